/** Questions about the work on leads, and events kept under a condition. */
import type { Kysely, Selectable } from "kysely";
import type { Engine } from "./engine.ts";
import type { EventLog } from "./event-log.ts";
import type { StoreTables, WorkEntriesTable, WorkLeadsTable } from "./tables.ts";
import type { WorkEntry, WorkReader, WorkState, WorkTable } from "./work.ts";

/** Parameters of one statement are bounded. */
const KEYS_AT_ONCE = 200;

const dateOf = (ms: number | null) => (ms === null ? null : new Date(ms));

function stateOf(row: Selectable<WorkLeadsTable>): WorkState {
  return {
    account: row.account,
    lead: row.lead,
    assignee: row.assignee,
    claimedAt: dateOf(row.claimed_at),
    decided: row.decided === 1,
    receivedPosition: row.received_position,
    lastStatus: row.last_status,
    lastAt: dateOf(row.last_at),
    lastBy: row.last_by,
    lastPosition: row.last_position,
    lastRecordedAt: dateOf(row.last_recorded_at),
    nextAttemptAt: dateOf(row.next_attempt_at),
    attempts: row.attempts,
    version: row.version,
    position: row.position,
  };
}

function entryOf(row: Selectable<WorkEntriesTable>): WorkEntry {
  return {
    position: row.position,
    account: row.account,
    lead: row.lead,
    type: row.type as WorkEntry["type"],
    key: row.key,
    at: new Date(row.at),
    recordedAt: new Date(row.recorded_at),
    by: row.by,
    status: row.status,
    nextAttemptAt: dateOf(row.next_attempt_at),
    assignee: row.assignee,
    withdrawn: row.withdrawn === 1,
  };
}

/** Reads of one lead, also within a transaction. */
export function workReader(db: Kysely<StoreTables>): WorkReader {
  return {
    async find(account, lead) {
      const row = await db
        .selectFrom("work_leads")
        .selectAll()
        .where("account", "=", account)
        .where("lead", "=", lead)
        .executeTakeFirst();
      return row === undefined ? null : stateOf(row);
    },
    async entries(account, lead) {
      const rows = await db
        .selectFrom("work_entries")
        .selectAll()
        .where("account", "=", account)
        .where("lead", "=", lead)
        .orderBy("position")
        .execute();
      return rows.map(entryOf);
    },
  };
}

export function workTable({ db }: Engine, log: EventLog): WorkTable {
  return {
    ...workReader(db),
    append: log.appendUnder,
    async changedAfter(position) {
      const rows = await db
        .selectFrom("work_leads")
        .selectAll()
        .where("position", ">", position)
        .orderBy("position")
        .execute();
      return rows.map(stateOf);
    },
    receivedAfter: (position) =>
      log.read({ after: position, types: ["lead.received"], limit: Number.MAX_SAFE_INTEGER }),
    async doneSince(moment, accounts) {
      let query = db
        .selectFrom("work_entries")
        .select(({ fn }) => ["account", "by as person", "status", fn.countAll<number>().as("done")])
        .where("type", "=", "lead.status_set")
        .where("withdrawn", "=", 0)
        .where("at", ">=", moment.getTime())
        .groupBy(["account", "by", "status"]);
      if (accounts !== "all") query = query.where("account", "in", accounts);
      const rows = await query.execute();
      return rows.map((row) => ({ ...row, status: row.status ?? "", done: Number(row.done) }));
    },
    async lastGiven(account) {
      const rows = await db
        .selectFrom("work_entries")
        .select(({ fn }) => ["assignee", fn.max("position").as("position")])
        .where("account", "=", account)
        .where("type", "=", "lead.assigned")
        .where("assignee", "is not", null)
        .groupBy("assignee")
        .orderBy("position")
        .execute();
      return new Map(rows.map((row) => [row.assignee ?? "", Number(row.position)]));
    },
    async leaves() {
      const rows = await db
        .selectFrom("work_leaves")
        .selectAll()
        .orderBy("first_day")
        .orderBy("last_day")
        .orderBy("person")
        .execute();
      return rows.map((row) => ({ person: row.person, from: row.first_day, to: row.last_day }));
    },
    async moments(keys) {
      const found = new Map<string, Date>();
      const name = (one: { account: string; type: string; key: string }) =>
        JSON.stringify([one.account, one.type, one.key]);
      const groups = new Map<string, { account: string; type: string; keys: string[] }>();
      for (const { account, type, key } of keys) {
        const group = JSON.stringify([account, type]);
        const known = groups.get(group);
        if (known) known.keys.push(key);
        else groups.set(group, { account, type, keys: [key] });
      }
      for (const { account, type, keys: wanted } of groups.values()) {
        for (let i = 0; i < wanted.length; i += KEYS_AT_ONCE) {
          const rows = await db
            .selectFrom("events")
            .select(["account", "type", "key", "occurred_at"])
            .where("account", "=", account)
            .where("type", "=", type)
            .where("key", "in", wanted.slice(i, i + KEYS_AT_ONCE))
            .execute();
          for (const row of rows) found.set(name(row), new Date(row.occurred_at));
        }
      }
      return keys.map((one) => found.get(name(one)) ?? null);
    },
  };
}
