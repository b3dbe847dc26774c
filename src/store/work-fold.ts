/** Folds an event into the work on leads, in the transaction that keeps the event; the same events give the same tables. */
import type { Selectable, Transaction } from "kysely";
import type { PreparedEvent } from "./new-event.ts";
import type { StoreTables, WorkEntriesTable } from "./tables.ts";
import { WORK_EVENTS } from "./work.ts";

/** Payloads of the events, as far as the fold reads them. */
interface Told {
  readonly leadId?: string;
  readonly by?: string;
  readonly status?: string;
  readonly nextAttemptAt?: string | null;
  readonly assignee?: string | null;
  /** Of the status that is taken back. */
  readonly position?: number;
  readonly person?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cancel?: boolean;
}

const FOLDED = new Set<string>(WORK_EVENTS);

const instantMs = (text: string | null | undefined) =>
  text === null || text === undefined ? null : Date.parse(text);

/** Changes the tables of the work where the event is of the work at all. */
export async function foldWork(
  trx: Transaction<StoreTables>,
  event: PreparedEvent,
  position: number,
  recordedAtMs: number,
): Promise<void> {
  if (!FOLDED.has(event.type)) return;
  const told = JSON.parse(event.payload) as Told;
  if (event.type === "person.away") return foldLeave(trx, told);
  const lead = told.leadId ?? "";
  await trx
    .insertInto("work_entries")
    .values({
      position,
      account: event.account,
      lead,
      type: event.type,
      key: event.key,
      at: event.occurredAtMs,
      recorded_at: recordedAtMs,
      by: told.by ?? "",
      status: told.status ?? null,
      next_attempt_at: instantMs(told.nextAttemptAt),
      assignee: told.assignee ?? null,
      withdrawn: 0,
    })
    .execute();
  if (event.type === "lead.status_withdrawn" && told.position !== undefined) {
    await trx
      .updateTable("work_entries")
      .set({ withdrawn: 1 })
      .where("position", "=", told.position)
      .where("account", "=", event.account)
      .where("lead", "=", lead)
      .execute();
  }
  await sumUp(trx, event.account, lead);
}

async function foldLeave(trx: Transaction<StoreTables>, told: Told): Promise<void> {
  const { person = "", from = "", to = "" } = told;
  if (told.cancel) {
    await trx
      .deleteFrom("work_leaves")
      .where("person", "=", person)
      .where("first_day", "=", from)
      .where("last_day", "=", to)
      .execute();
    return;
  }
  await trx
    .insertInto("work_leaves")
    .values({ person, first_day: from, last_day: to })
    .onConflict((clash) => clash.columns(["person", "first_day", "last_day"]).doNothing())
    .execute();
}

type Entry = Selectable<WorkEntriesTable>;

/** The state of one lead from all its entries, so that it does not matter in which order late ones came. */
async function sumUp(trx: Transaction<StoreTables>, account: string, lead: string): Promise<void> {
  const entries = await trx
    .selectFrom("work_entries")
    .selectAll()
    .where("account", "=", account)
    .where("lead", "=", lead)
    .orderBy("position")
    .execute();
  let last: Entry | null = null;
  let given: Entry | null = null;
  let received: Entry | null = null;
  let attempts = 0;
  for (const entry of entries) {
    if (entry.type === "lead.received") received ??= entry;
    if (entry.type === "lead.assigned") given = entry;
    if (entry.type !== "lead.status_set" || entry.withdrawn === 1) continue;
    attempts++;
    if (last === null || entry.at >= last.at) last = entry;
  }
  const state = {
    assignee: given?.assignee ?? null,
    claimed_at: given === null || given.assignee === null ? null : given.at,
    decided: given === null ? 0 : 1,
    received_position: received?.position ?? null,
    last_status: last?.status ?? null,
    last_at: last?.at ?? null,
    last_by: last?.by ?? null,
    last_position: last?.position ?? null,
    last_recorded_at: last?.recorded_at ?? null,
    next_attempt_at: last?.next_attempt_at ?? null,
    attempts,
    version: entries.length,
    position: entries.at(-1)?.position ?? 0,
  };
  await trx
    .insertInto("work_leads")
    .values({ account, lead, ...state })
    .onConflict((clash) => clash.columns(["account", "lead"]).doUpdateSet(state))
    .execute();
}
