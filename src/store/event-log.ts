/** The append-only log of business facts: takes events, gives them back in the order of their commits. */
import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../base/clock.ts";
import { appendAll } from "./append.ts";
import type { Engine } from "./engine.ts";
import type { AppendResult, Json, NewEvent, StoredEvent } from "./events.ts";
import { groupCommits } from "./group-commit.ts";
import { type PreparedEvent, prepareEvent } from "./new-event.ts";
import { keysById, unseal } from "./person-keys.ts";
import type { Store } from "./store.ts";
import type { EventRow } from "./tables.ts";
import type { ConditionalEvent, ConditionalResult } from "./work.ts";

/** Keeps one commit to a few milliseconds, so that no caller waits long for the disk or the event loop. */
const EVENTS_PER_COMMIT = 128;
const EVENTS_PER_TURN = 256;
const ROWS_PER_TURN = 500;
const DEFAULT_LIMIT = 1000;

type Fields = { readonly [key: string]: Json };

export interface EventLog extends Pick<Store, "append" | "read" | "lastPosition"> {
  /** As `append`, each event only where nothing speaks against it. */
  appendUnder(events: readonly ConditionalEvent[]): Promise<ConditionalResult[]>;
  /** Resolves when the appends under way have ended. */
  idle(): Promise<void>;
}

export function eventLog(engine: Engine, clock: Clock): EventLog {
  const submit = groupCommits<readonly PreparedEvent[], ConditionalResult[]>(
    (calls) => engine.write((trx) => appendAll(trx, calls, clock.now().getTime())),
    EVENTS_PER_COMMIT,
  );
  const underWay = new Set<Promise<unknown>>();
  const keep = async (events: readonly ConditionalEvent[]) => {
    if (events.length === 0) return [];
    const prepared: PreparedEvent[] = [];
    for (const { event, unless } of events) {
      const one = prepareEvent(event);
      prepared.push(unless === undefined ? one : { ...one, unless });
      if (prepared.length % EVENTS_PER_TURN === 0) await turn();
    }
    return submit(prepared, prepared.length);
  };
  const noted = <T>(results: Promise<T>): Promise<T> => {
    const done = () => underWay.delete(results);
    underWay.add(results);
    results.then(done, done);
    return results;
  };
  return {
    append: (events: readonly NewEvent[]) =>
      // Without a condition nothing is refused.
      noted(keep(events.map((event) => ({ event })))) as Promise<AppendResult[]>,
    appendUnder: (events) => noted(keep(events)),
    read: async ({ after, types, account, limit = DEFAULT_LIMIT }) => {
      const found: StoredEvent[] = [];
      let position = after;
      while (found.length < limit) {
        const size = Math.min(ROWS_PER_TURN, limit - found.length);
        const rows = await page(engine, { after: position, types, account, limit: size });
        for (const event of await opened(engine, rows)) found.push(event);
        position = rows.at(-1)?.position ?? position;
        if (rows.length < size) break;
        await turn();
      }
      return found;
    },
    lastPosition: async () => {
      const { last } = await engine.db
        .selectFrom("events")
        .select(({ fn }) => fn.max("position").as("last"))
        .executeTakeFirstOrThrow();
      return last ?? 0;
    },
    idle: async () => {
      await Promise.allSettled(underWay);
    },
  };
}

/** One page; asked per type, so that each part is a short walk along an index however rare the type is. */
async function page(
  { db }: Engine,
  options: {
    readonly after: number;
    readonly types: readonly string[] | undefined;
    readonly account: string | undefined;
    readonly limit: number;
  },
): Promise<EventRow[]> {
  const { after, types, account, limit } = options;
  let base = db
    .selectFrom("events")
    .selectAll()
    .where("position", ">", after)
    .orderBy("position")
    .limit(limit);
  if (account !== undefined) base = base.where("account", "=", account);
  if (types === undefined) return base.execute();
  const parts: EventRow[] = [];
  for (const type of new Set(types)) {
    for (const row of await base.where("type", "=", type).execute()) parts.push(row);
  }
  return parts.sort((left, right) => left.position - right.position).slice(0, limit);
}

async function opened({ db }: Engine, rows: readonly EventRow[]): Promise<StoredEvent[]> {
  const ids = new Set(rows.flatMap((row) => row.person_key_id ?? []));
  const keys = await keysById(db, [...ids]);
  return rows.map((row) => ({
    position: row.position,
    recordedAt: new Date(row.recorded_at),
    account: row.account,
    type: row.type,
    key: row.key,
    occurredAt: new Date(row.occurred_at),
    payload: JSON.parse(row.payload) as Fields,
    personal: row.person === null ? null : { person: row.person, fields: fieldsOf(row, keys) },
  }));
}

function fieldsOf(row: EventRow, keys: ReadonlyMap<number, Uint8Array>): Fields | null {
  const key = row.person_key_id === null ? undefined : keys.get(row.person_key_id);
  if (key === undefined || row.sealed_fields === null) return null;
  return JSON.parse(unseal(key, row, row.sealed_fields)) as Fields;
}
