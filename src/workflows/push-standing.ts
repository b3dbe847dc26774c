/** Whose leads are, and who may take those that nobody has: what an alert needs to know, and no more. */
import { type LeadRow, readLeads } from "./work-leads.ts";
import type { WorkMirror } from "./work-mirror.ts";

export interface LeadName {
  readonly account: string;
  readonly leadId: string;
}

export interface LeadStanding {
  readonly account: string;
  readonly leadId: string;
  /** Null: nobody has it. */
  readonly holder: string | null;
  readonly open: boolean;
  readonly project: string | null;
  readonly campaign: string | null;
  /** Who calls in this account. */
  readonly callers: readonly string[];
}

const nameOf = (account: string, lead: string) => JSON.stringify([account, lead]);

/** How leads stand now; those that are not known are left out. */
export function standingOf(
  mirror: WorkMirror,
  leads: readonly LeadName[],
): Promise<LeadStanding[]> {
  if (leads.length === 0) return Promise.resolve([]);
  return mirror.ask(async (sight) => {
    const wanted = new Set(leads.map(({ account, leadId }) => nameOf(account, leadId)));
    const read = (open: boolean): Promise<LeadRow[]> =>
      readLeads(sight.session, {
        accounts: [...new Set(leads.map(({ account }) => account))],
        named: [...new Set(leads.map(({ leadId }) => leadId))],
        open,
      });
    const open = new Set((await read(true)).map(({ account, lead }) => nameOf(account, lead)));
    const rows = (await read(false)).filter(({ account, lead }) =>
      wanted.has(nameOf(account, lead)),
    );
    return rows.map(({ account, lead, holder, project, campaign }) => {
      const workers = sight.workersOf(account);
      const reps = workers.filter(({ grants }) =>
        grants.some(
          (one) => one.role === "rep" && (one.account === "*" || one.account === account),
        ),
      );
      return {
        account,
        leadId: lead,
        holder,
        open: open.has(nameOf(account, lead)),
        project,
        campaign,
        callers: (reps.length > 0 ? reps : workers).map(({ id }) => id),
      };
    });
  });
}
