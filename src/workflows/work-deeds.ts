/** What people do with leads: take one, hand them over, tell what came of a call, take that back, note something. */
import { isProblem, Problem } from "../base/problem.ts";
import type {
  AssignRequest,
  ClaimAnswer,
  ClaimRequest,
  KeptRow,
  NoteRequest,
  OutcomesAnswer,
  OutcomesRequest,
  UndoRequest,
  WorkLead,
} from "../contract/work.ts";
import { accountsWith } from "../domain/roles.ts";
import type { WorkEntry, WorkReader } from "../store/work.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import { assignedEvent, chooser } from "./work-deal.ts";
import type { WorkCaller } from "./work-desk.ts";
import { inOrder, type LeadRow, readLeads, UNDO_MINUTES, workLead } from "./work-leads.ts";
import { accountsIn } from "./work-lists.ts";
import type { WorkMirror, WorkSight } from "./work-mirror.ts";
import {
  accountNotYours,
  leadTaken,
  leadUnknown,
  nothingToUndo,
  personUnknown,
} from "./work-problems.ts";
import {
  asProblem,
  holds,
  keepSteps,
  keepTimeless,
  ownId,
  personOf,
  type Step,
  statusEvent,
} from "./work-receive.ts";
import type { Workspace } from "./workspace.ts";

/** How many leads of the pool are looked through for the next ones to call. */
const POOL_LOOK = 500;

export interface WorkRoom {
  readonly workspace: Workspace;
  readonly mirror: WorkMirror;
}

/** Whether a caller decides about every lead of an account. */
export function manages({ grants }: WorkCaller, account: string): boolean {
  const accounts = accountsWith(grants, "work_leads");
  return accounts === "all" || (accounts?.includes(account) ?? false);
}

/** The lead as the caller sees it now. @throws Problem `LEAD_UNKNOWN` */
export async function leadNow(
  { workspace }: WorkRoom,
  sight: WorkSight,
  caller: WorkCaller,
  account: string,
  lead: string,
): Promise<WorkLead> {
  const nowMs = workspace.clock.now().getTime();
  const rows = await readLeads(sight.session, { accounts: [account], named: [lead], open: false });
  const [placed] = inOrder(rows, workspace.definitions(), nowMs);
  if (!placed) throw leadUnknown(account, lead);
  return workLead(placed, sight.names, caller.person, nowMs);
}

/**
 * Speaks against whoever neither has the lead nor ever had it: a call that was made before a lead went to somebody else
 * still came to something.
 */
function unlessTheirs(
  caller: WorkCaller,
  row: Known,
): ((work: WorkReader) => Promise<Problem | null>) | undefined {
  const { account, lead } = row;
  if (manages(caller, account)) return undefined;
  return async (work) => {
    const state = await work.find(account, lead);
    const holder = state?.decided ? state.assignee : row.named;
    if (holder === caller.person) return null;
    const entries = await work.entries(account, lead);
    const had = entries.some(
      (one) => one.type === "lead.assigned" && one.assignee === caller.person,
    );
    return had ? null : leadUnknown(account, lead);
  };
}

/** A lead that is known in an account, and whom its row names. */
interface Known {
  readonly account: string;
  readonly lead: string;
  readonly named: string | null;
}

/** Leads by account and own id, as far as the caller holds the accounts. */
async function named(
  sight: WorkSight,
  caller: WorkCaller,
  leads: readonly { readonly account: string; readonly leadId: string }[],
): Promise<Map<string, Known>> {
  const held = leads.filter((one) => holds(caller, one.account));
  if (held.length === 0) return new Map();
  const rows = await sight.session.all<{ account: string; uniqueId: string; named: string | null }>(
    sqlFile(import.meta.url, "sql/work-known.sql"),
    {
      accounts: [...new Set(held.map((one) => one.account))],
      unique: held.flatMap(({ account, leadId }) => {
        const own = ownId(account, leadId);
        return [own, `${own} @ ${account}`];
      }),
    },
  );
  return new Map(
    rows.map(({ account, uniqueId, named: person }) => {
      const lead = ownId(account, uniqueId);
      return [JSON.stringify([account, lead]), { account, lead, named: person }];
    }),
  );
}

const nameOf = (one: { readonly account: string; readonly leadId: string }) =>
  JSON.stringify([one.account, ownId(one.account, one.leadId)]);

/** @throws Problem `LEAD_UNKNOWN`, `LEAD_TAKEN`, `NOT_ALLOWED` */
export async function claimLeads(
  room: WorkRoom,
  caller: WorkCaller,
  request: ClaimRequest,
): Promise<ClaimAnswer> {
  const { workspace, mirror } = room;
  const { account } = request;
  const asked = request.leadId === undefined ? null : ownId(account, request.leadId);
  if (!holds(caller, account)) throw accountNotYours(account, asked ?? "*");
  const { candidates, names, present } = await mirror.ask(async (sight) => {
    const now = workspace.clock.now().getTime();
    const rows = await readLeads(sight.session, {
      accounts: [account],
      ...(asked === null ? { holder: null, limit: POOL_LOOK } : { named: [asked] }),
    });
    return {
      candidates: inOrder(rows, workspace.definitions(), now).map(({ row }) => row),
      names: sight.names,
      present: new Set(sight.workersOf(account).map(({ id }) => id)),
    };
  });
  const taken: LeadRow[] = [];
  for (const row of candidates) {
    if (taken.length === (asked === null ? request.count : 1)) break;
    const claimed = await claimOne(room, caller, row, names, present);
    if (claimed === null) taken.push(row);
    else if (asked !== null) throw claimed;
  }
  if (asked !== null && taken.length === 0) throw leadUnknown(account, asked);
  const now = workspace.clock.now();
  const held = taken.map((row) => ({
    ...row,
    holder: caller.person,
    claimed_ms: row.holder === caller.person ? row.claimed_ms : now.getTime(),
    version: row.version + (row.holder === caller.person ? 0 : 1),
  }));
  const placed = inOrder(held, workspace.definitions(), now.getTime());
  return { items: placed.map((one) => workLead(one, names, caller.person, now.getTime())) };
}

/** Null once the caller has the lead, else why not. */
async function claimOne(
  { workspace }: WorkRoom,
  caller: WorkCaller,
  row: LeadRow,
  names: ReadonlyMap<string, string>,
  present: ReadonlySet<string>,
): Promise<Problem | null> {
  const { account, lead } = row;
  if (row.holder === caller.person) return null;
  const takenBy = (person: string) => leadTaken(account, lead, names.get(person) ?? person);
  if (row.holder !== null) return takenBy(row.holder);
  const event = assignedEvent({
    account,
    lead,
    version: row.version,
    to: caller.person,
    by: caller.person,
    how: "claimed",
    at: workspace.clock.now(),
  });
  const [result] = await workspace.store.work.append([
    {
      event,
      unless: async (work) => {
        const holder = (await work.find(account, lead))?.assignee ?? null;
        // A lead of somebody who left is nobody's.
        return holder === null || holder === caller.person || !present.has(holder)
          ? null
          : takenBy(holder);
      },
    },
  ]);
  if (!result || !("problem" in result)) return null;
  // The same claim sent twice at once: the other one got through.
  const state = await workspace.store.work.find(account, lead);
  return state?.assignee === caller.person ? null : result.problem;
}

/** @throws Problem `PERSON_UNKNOWN` */
export async function assignLeads(
  { workspace, mirror }: WorkRoom,
  caller: WorkCaller,
  { leads, from, to }: AssignRequest,
): Promise<KeptRow[]> {
  const at = workspace.clock.now();
  const steps = await mirror.ask(async (sight): Promise<Step[]> => {
    if (from !== undefined && !sight.people.has(from)) throw personUnknown(from);
    if ("person" in to && !sight.people.has(to.person)) throw personUnknown(to.person);
    const rows =
      from === undefined
        ? await named(sight, caller, leads ?? [])
        : new Map(
            (
              await readLeads(sight.session, {
                accounts: accountsIn(sight, caller.scope),
                holder: from,
              })
            ).map(({ account, lead }): [string, Known] => [
              JSON.stringify([account, lead]),
              { account, lead, named: null },
            ]),
          );
    const wanted =
      leads ?? [...rows.values()].map(({ account, lead }) => ({ account, leadId: lead }));
    const choosers = new Map<string, () => string | null>();
    const made: Step[] = [];
    for (const one of wanted) {
      const { account, leadId } = one;
      const row = rows.get(nameOf(one));
      if (!row) {
        made.push({ leadId, account, problem: leadUnknown(account, leadId) });
        continue;
      }
      let person: string | null = null;
      if ("person" in to) person = to.person;
      else if (to.rule !== "pool") {
        const next = choosers.get(account) ?? (await chooser(workspace, sight, account, to.rule));
        choosers.set(account, next);
        person = next();
        if (person === from) person = next();
      }
      const works =
        person === null
          ? "rule" in to && to.rule === "pool"
          : sight.workersOf(account).some(({ id }) => id === person);
      if (!works) {
        made.push({ leadId, account, problem: personUnknown(person ?? account) });
        continue;
      }
      const how = "person" in to || to.rule === "pool" ? "by_hand" : to.rule;
      const event = assignedEvent({
        account,
        lead: row.lead,
        version: (await workspace.store.work.find(account, row.lead))?.version ?? 0,
        to: person,
        by: caller.person,
        how,
        at,
      });
      made.push({ leadId, account, step: { event } });
    }
    return made;
  });
  const kept = await keepSteps(workspace.store.work, steps);
  // The same decision, taken twice at once, is one.
  return kept.map((one) =>
    one.problem?.code === "EVENT_CONFLICT" ? { ...one, outcome: "repeated", problem: null } : one,
  );
}

/** Outcomes in the order in which they are told. */
export async function tellOutcomes(
  { workspace, mirror }: WorkRoom,
  caller: WorkCaller,
  { outcomes }: OutcomesRequest,
): Promise<OutcomesAnswer["items"]> {
  const { work } = workspace.store;
  const rows = await mirror.ask((sight) => named(sight, caller, outcomes));
  const steps = outcomes.map((one): Step => {
    const { account, leadId } = one;
    const row = rows.get(nameOf(one));
    const refused = (problem: Problem): Step => ({ leadId, account, problem });
    if (!row) return refused(leadUnknown(account, leadId));
    const event = asProblem(() => statusEvent(workspace, account, row.lead, caller.person, one));
    if (isProblem(event)) return refused(event);
    const unless = unlessTheirs(caller, row);
    return { leadId, account, step: unless ? { event, unless } : { event } };
  });
  const kept = await keepSteps(work, steps);
  const items: OutcomesAnswer["items"] = [];
  for (const [index, one] of kept.entries()) {
    const { id = "", account = "", leadId = "" } = outcomes[index] ?? {};
    const until = one.outcome === "refused" ? null : await undoableUntil(account, leadId);
    items.push({ ...one, id, undoUntil: until });
  }
  return items;

  async function undoableUntil(account: string, leadId: string): Promise<string | null> {
    const state = await work.find(account, ownId(account, leadId));
    if (state?.lastBy !== caller.person || state.lastRecordedAt === null) return null;
    return new Date(state.lastRecordedAt.getTime() + UNDO_MINUTES * 60_000).toISOString();
  }
}

/** @throws Problem `LEAD_UNKNOWN`, `NOTHING_TO_UNDO` */
export async function undoOutcome(
  room: WorkRoom,
  caller: WorkCaller,
  request: UndoRequest,
): Promise<WorkLead> {
  const { workspace, mirror } = room;
  const { account } = request;
  const lead = ownId(account, request.leadId);
  const row = await mirror.ask(async (sight) =>
    (await named(sight, caller, [request])).get(nameOf(request)),
  );
  if (!row) throw leadUnknown(account, request.leadId);
  const against = await unlessTheirs(caller, row)?.(workspace.store.work);
  if (against) throw against;
  const entries = await workspace.store.work.entries(account, lead);
  const key = request.id === undefined ? null : `${caller.person} ${request.id}`;
  const meant =
    key === null ? lastOf(entries, caller.person) : entries.find((one) => one.key === key);
  if (!meant?.withdrawn) {
    const nowMs = workspace.clock.now().getTime();
    const mine = meant !== undefined && meant === lastOf(entries, caller.person);
    if (!mine || meant.recordedAt.getTime() + UNDO_MINUTES * 60_000 <= nowMs) {
      throw nothingToUndo(account, request.leadId, UNDO_MINUTES);
    }
    await workspace.store.work.append([
      {
        event: {
          account,
          type: "lead.status_withdrawn",
          key: String(meant.position),
          occurredAt: workspace.clock.now(),
          payload: { leadId: lead, position: meant.position, by: caller.person },
        },
      },
    ]);
  }
  return mirror.ask((sight) => leadNow(room, sight, caller, account, lead));
}

/** The last outcome of a lead that stands, where it is a person's own. */
function lastOf(entries: readonly WorkEntry[], person: string): WorkEntry | undefined {
  let last: WorkEntry | undefined;
  for (const one of entries) {
    if (one.type !== "lead.status_set" || one.withdrawn) continue;
    if (last === undefined || one.at >= last.at) last = one;
  }
  return last?.by === person ? last : undefined;
}

/** @throws Problem `LEAD_UNKNOWN`, `EVENT_CONFLICT` */
export async function noteLead(
  { workspace, mirror }: WorkRoom,
  caller: WorkCaller,
  request: NoteRequest,
): Promise<void> {
  const { account, id, text } = request;
  const lead = ownId(account, request.leadId);
  const row = await mirror.ask(async (sight) =>
    (await named(sight, caller, [request])).get(nameOf(request)),
  );
  if (!row) throw leadUnknown(account, request.leadId);
  const unless = unlessTheirs(caller, row);
  const event = {
    account,
    type: "lead.note_added",
    key: `${caller.person} ${id}`,
    occurredAt: request.at === undefined ? workspace.clock.now() : new Date(request.at),
    payload: { leadId: lead, by: caller.person },
    personal: { person: personOf(account, lead), fields: { note: text } },
  };
  const step: Step = { leadId: lead, account, step: unless ? { event, unless } : { event } };
  const timeless = request.at === undefined ? [0] : [];
  const [kept] = await keepTimeless(workspace.store.work, [step], new Set(timeless));
  if (kept?.problem) throw Problem.fromJSON(kept.problem);
}
