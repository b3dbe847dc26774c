/** What happened to a lead here, newest first, and who is away when. */
import type {
  LeaveAnswer,
  LeaveRequest,
  WorkEntry as SeenEntry,
  WorkHistoryAnswer,
  WorkHistoryQuery,
} from "../contract/work.ts";
import { definitionsOf } from "../domain/definitions.ts";
import type { Store } from "../store/store.ts";
import type { WorkEntry } from "../store/work.ts";
import { WORKSPACE } from "./ledger.ts";
import { manages, type WorkRoom } from "./work-deeds.ts";
import type { WorkCaller } from "./work-desk.ts";
import { readLeads } from "./work-leads.ts";
import { worksIn } from "./work-mirror.ts";
import { leadUnknown, personUnknown } from "./work-problems.ts";
import { holds, ownId } from "./work-receive.ts";

const KINDS: Readonly<Record<string, SeenEntry["kind"]>> = {
  "lead.received": "received",
  "lead.status_set": "status",
  "lead.status_withdrawn": "withdrawn",
  "lead.note_added": "note",
  "lead.assigned": "assigned",
};

/** What was noted with an entry; null without a note, or once the person was forgotten. */
async function noteOf(store: Store, entry: WorkEntry): Promise<string | null> {
  if (entry.type !== "lead.status_set" && entry.type !== "lead.note_added") return null;
  const [event] = await store.read({
    after: entry.position - 1,
    types: [entry.type],
    account: entry.account,
    limit: 1,
  });
  const note = event?.position === entry.position ? event.personal?.fields?.note : null;
  return typeof note === "string" ? note : null;
}

/** @throws Problem `LEAD_UNKNOWN` */
export async function leadHistory(
  { workspace, mirror }: WorkRoom,
  caller: WorkCaller,
  query: WorkHistoryQuery,
): Promise<WorkHistoryAnswer> {
  const { account } = query;
  const lead = ownId(account, query.leadId);
  const { row, names } = await mirror.ask(async (sight) => {
    const accounts = holds(caller, account) ? [account] : [];
    const [found] = await readLeads(sight.session, { accounts, named: [lead], open: false });
    return { row: found, names: sight.names };
  });
  if (!row || !(manages(caller, account) || row.holder === caller.person)) {
    throw leadUnknown(account, query.leadId);
  }
  const { statusMap } = definitionsOf(workspace.definitions(), account);
  const entries = await workspace.store.work.entries(account, lead);
  const items: SeenEntry[] = [];
  for (const entry of entries.reverse()) {
    const { status, assignee } = entry;
    items.push({
      kind: KINDS[entry.type] ?? "note",
      at: entry.at.toISOString(),
      recordedAt: entry.recordedAt.toISOString(),
      by: entry.by,
      byName: names.get(entry.by) ?? null,
      status,
      stage: status === null ? null : (statusMap[status] ?? null),
      note: await noteOf(workspace.store, entry),
      nextAttemptAt: entry.nextAttemptAt?.toISOString() ?? null,
      assignee,
      assigneeName: assignee === null ? null : (names.get(assignee) ?? null),
      takenBack: entry.withdrawn,
    });
  }
  return { items };
}

/** One's own leave, or that of somebody in an account that one manages. @throws Problem `PERSON_UNKNOWN` */
export async function takeLeave(
  { workspace }: WorkRoom,
  caller: WorkCaller,
  request: LeaveRequest,
): Promise<LeaveAnswer> {
  const { store, clock } = workspace;
  const { from, to, cancel } = request;
  const person = request.person ?? caller.person;
  if (person !== caller.person) {
    const known = await store.people.find(person);
    const led =
      known !== null &&
      known.removedAt === null &&
      known.grants.some(
        ({ account }) => manages(caller, account) && worksIn(known.grants, account),
      );
    if (!led) throw personUnknown(person);
  }
  const own = async () => (await store.work.leaves()).filter((one) => one.person === person);
  const there = (await own()).some((one) => one.from === from && one.to === to);
  if (there === cancel) {
    // The position makes each taking and giving back a fact of its own.
    const key = `${person} ${from} ${to} ${await store.lastPosition()}`;
    await store.work.append([
      {
        event: {
          account: WORKSPACE,
          type: "person.away",
          key,
          occurredAt: clock.now(),
          payload: { person, from, to, cancel, by: caller.person },
        },
      },
    ]);
  }
  return { person, away: (await own()).map((one) => ({ from: one.from, to: one.to })) };
}
