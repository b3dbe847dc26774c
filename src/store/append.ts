/** Writing events: one decision per event, taken while no other writer can interfere. */
import { setImmediate as turn } from "node:timers/promises";
import type { Transaction } from "kysely";
import { Problem } from "../base/problem.ts";
import type { PreparedEvent } from "./new-event.ts";
import { digestOf, keyFor, keysById, type PersonKey, sameBytes, seal } from "./person-keys.ts";
import type { EventRow, StoreTables } from "./tables.ts";
import type { ConditionalResult } from "./work.ts";
import { foldWork } from "./work-fold.ts";
import { workReader } from "./work-table.ts";

/** After this many events of one commit other work of the process gets a turn. */
const EVENTS_PER_TURN = 64;

/** The columns that decide between a repeat and a conflict. */
type Known = Pick<
  EventRow,
  "position" | "occurred_at" | "payload" | "person" | "person_key_id" | "fields_digest"
>;

/** Appends calls inside one transaction; one list of results per call. */
export async function appendAll(
  trx: Transaction<StoreTables>,
  calls: readonly (readonly PreparedEvent[])[],
  recordedAtMs: number,
): Promise<ConditionalResult[][]> {
  const keys = new Map<string, PersonKey>();
  const results: ConditionalResult[][] = [];
  let done = 0;
  for (const call of calls) {
    const own: ConditionalResult[] = [];
    for (const event of call) {
      if (++done % EVENTS_PER_TURN === 0) await turn();
      own.push(await appendOne(trx, event, recordedAtMs, keys));
    }
    results.push(own);
  }
  return results;
}

async function appendOne(
  trx: Transaction<StoreTables>,
  event: PreparedEvent,
  recordedAtMs: number,
  keys: Map<string, PersonKey>,
): Promise<ConditionalResult> {
  const known = await trx
    .selectFrom("events")
    .select(["position", "occurred_at", "payload", "person", "person_key_id", "fields_digest"])
    .where("account", "=", event.account)
    .where("type", "=", event.type)
    .where("key", "=", event.key)
    .executeTakeFirst();
  if (known !== undefined) {
    const { position } = known;
    if (await sameContent(trx, known, event)) return { outcome: "repeated", position };
    return { outcome: "conflict", position, problem: conflict(event, position) };
  }
  const refusal = await event.unless?.(workReader(trx));
  if (refusal) return { outcome: "refused", problem: refusal };
  const { position } = await trx
    .insertInto("events")
    .values({
      recorded_at: recordedAtMs,
      account: event.account,
      type: event.type,
      key: event.key,
      occurred_at: event.occurredAtMs,
      payload: event.payload,
      ...(await sealedColumns(trx, event, keys)),
    })
    .returning("position")
    .executeTakeFirstOrThrow();
  await foldWork(trx, event, position, recordedAtMs);
  return { outcome: "appended", position };
}

async function sealedColumns(
  trx: Transaction<StoreTables>,
  event: PreparedEvent,
  keys: Map<string, PersonKey>,
) {
  const { person, fields } = event;
  if (person === null || fields === null) {
    return { person: null, person_key_id: null, sealed_fields: null, fields_digest: null };
  }
  const own = keys.get(person) ?? (await keyFor(trx, person));
  keys.set(person, own);
  return {
    person,
    person_key_id: own.id,
    sealed_fields: seal(own.key, event, fields),
    fields_digest: digestOf(own.key, event, fields),
  };
}

/**
 * Equal in time, payload, person and personal fields. Once the person is forgotten nobody can compare the fields
 * any more: the rest decides, so a webhook delivered again after an erasure is a repeat and brings nothing back.
 */
async function sameContent(
  trx: Transaction<StoreTables>,
  known: Known,
  event: PreparedEvent,
): Promise<boolean> {
  if (
    known.occurred_at !== event.occurredAtMs ||
    known.payload !== event.payload ||
    known.person !== event.person
  ) {
    return false;
  }
  if (known.person_key_id === null || known.fields_digest === null || event.fields === null) {
    return true;
  }
  const key = (await keysById(trx, [known.person_key_id])).get(known.person_key_id);
  return key === undefined || sameBytes(known.fields_digest, digestOf(key, event, event.fields));
}

function conflict({ account, type, key }: PreparedEvent, position: number): Problem {
  return new Problem("EVENT_CONFLICT", {
    what: "An event with this key and other content is already there; nothing was written",
    where: `account ${account}, type ${type}, key ${key}, position ${position}`,
    fix: "Send the same content again, or give the new fact its own key.",
    details: { account, type, key, position },
  });
}
