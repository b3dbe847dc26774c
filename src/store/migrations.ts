/** How the store's tables came to be, in numbered steps that each run once and never change afterwards. */
import { type Kysely, sql, type Transaction } from "kysely";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import type { ColumnTypes, Engine } from "./engine.ts";
import type { StoreTables } from "./tables.ts";

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly up: (db: Transaction<StoreTables>, columns: ColumnTypes) => Promise<void>;
}

const events: Migration = {
  number: 1,
  name: "events and the keys of people",
  up: async (db, { whole, bytes, identity, asIdentity }) => {
    await db.schema
      .createTable("events")
      .addColumn("position", identity, asIdentity)
      .addColumn("recorded_at", whole, (column) => column.notNull())
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("key", "text", (column) => column.notNull())
      .addColumn("occurred_at", whole, (column) => column.notNull())
      .addColumn("payload", "text", (column) => column.notNull())
      .addColumn("person", "text")
      .addColumn("person_key_id", whole)
      .addColumn("sealed_fields", bytes)
      .addColumn("fields_digest", bytes)
      .addUniqueConstraint("events_once", ["account", "type", "key"])
      .execute();
    await db.schema
      .createIndex("events_by_type")
      .on("events")
      .columns(["type", "position"])
      .execute();
    await db.schema
      .createIndex("events_by_account")
      .on("events")
      .columns(["account", "position"])
      .execute();
    await db.schema
      .createTable("person_keys")
      .addColumn("id", identity, asIdentity)
      .addColumn("person", "text", (column) => column.notNull().unique())
      .addColumn("key", bytes, (column) => column.notNull())
      .execute();
  },
};

const access: Migration = {
  number: 2,
  name: "sessions, one-time tokens and notes",
  up: async (db, { whole }) => {
    await db.schema
      .createTable("tokens")
      .addColumn("digest", "text", (column) => column.primaryKey().notNull())
      .addColumn("purpose", "text", (column) => column.notNull())
      .addColumn("expires_at", whole, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("sessions")
      .addColumn("digest", "text", (column) => column.primaryKey().notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("expires_at", whole, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("notes")
      .addColumn("key", "text", (column) => column.primaryKey().notNull())
      .addColumn("value", "text", (column) => column.notNull())
      .execute();
  },
};

const people: Migration = {
  number: 3,
  name: "people, their roles and credentials, and the record of what they did",
  up: async (db, { whole, identity, asIdentity }) => {
    await db.schema.alterTable("tokens").addColumn("person", "text").execute();
    await db.schema
      .createTable("people")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("contact", "text")
      .addColumn("contact_key", "text", (column) => column.unique())
      .addColumn("password", "text")
      .addColumn("added_at", whole, (column) => column.notNull())
      .addColumn("added_by", "text", (column) => column.notNull())
      .addColumn("removed_at", whole)
      .execute();
    await db.schema
      .createTable("grants")
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("role", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("one_role_per_account", ["person", "account"])
      .execute();
    await db.schema
      .createTable("api_keys")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("digest", "text", (column) => column.notNull().unique())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("grants", "text", (column) => column.notNull())
      .addColumn("added_at", whole, (column) => column.notNull())
      .addColumn("expires_at", whole, (column) => column.notNull())
      .addColumn("used_at", whole)
      .addColumn("revoked_at", whole)
      .execute();
    await db.schema
      .createTable("audit")
      .addColumn("position", identity, asIdentity)
      .addColumn("at", whole, (column) => column.notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("via", "text", (column) => column.notNull())
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("about", "text", (column) => column.notNull())
      .addColumn("status", "integer", (column) => column.notNull())
      .execute();
  },
};

const work: Migration = {
  number: 4,
  name: "the work on leads, folded from events",
  up: async (db, { whole }) => {
    await db.schema
      .createTable("work_leads")
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("lead", "text", (column) => column.notNull())
      .addColumn("assignee", "text")
      .addColumn("claimed_at", whole)
      .addColumn("decided", "integer", (column) => column.notNull())
      .addColumn("received_position", whole)
      .addColumn("last_status", "text")
      .addColumn("last_at", whole)
      .addColumn("last_by", "text")
      .addColumn("last_position", whole)
      .addColumn("last_recorded_at", whole)
      .addColumn("next_attempt_at", whole)
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("position", whole, (column) => column.notNull())
      .addPrimaryKeyConstraint("one_state_per_lead", ["account", "lead"])
      .execute();
    await db.schema
      .createIndex("work_leads_by_position")
      .on("work_leads")
      .columns(["position"])
      .execute();
    await db.schema
      .createIndex("work_leads_by_assignee")
      .on("work_leads")
      .columns(["assignee"])
      .execute();
    await db.schema
      .createTable("work_entries")
      .addColumn("position", whole, (column) => column.primaryKey().notNull())
      .addColumn("account", "text", (column) => column.notNull())
      .addColumn("lead", "text", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("key", "text", (column) => column.notNull())
      .addColumn("at", whole, (column) => column.notNull())
      .addColumn("recorded_at", whole, (column) => column.notNull())
      .addColumn("by", "text", (column) => column.notNull())
      .addColumn("status", "text")
      .addColumn("next_attempt_at", whole)
      .addColumn("assignee", "text")
      .addColumn("withdrawn", "integer", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("work_entries_by_lead")
      .on("work_entries")
      .columns(["account", "lead", "position"])
      .execute();
    await db.schema
      .createIndex("work_entries_by_time")
      .on("work_entries")
      .columns(["type", "at"])
      .execute();
    await db.schema
      .createTable("work_leaves")
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("first_day", "text", (column) => column.notNull())
      .addColumn("last_day", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("one_leave", ["person", "first_day", "last_day"])
      .execute();
  },
};

const passkeys: Migration = {
  number: 5,
  name: "passkeys",
  up: async (db, { whole, bytes }) => {
    await db.schema
      .createTable("passkeys")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("public_key", bytes, (column) => column.notNull())
      .addColumn("counter", whole, (column) => column.notNull())
      .addColumn("transports", "text", (column) => column.notNull())
      .addColumn("added_at", whole, (column) => column.notNull())
      .addColumn("used_at", whole)
      .execute();
  },
};

const push: Migration = {
  number: 6,
  name: "devices that hear of new leads",
  up: async (db, { whole }) => {
    await db.schema
      .createTable("push_devices")
      .addColumn("endpoint", "text", (column) => column.primaryKey().notNull())
      .addColumn("person", "text", (column) => column.notNull())
      .addColumn("p256dh", "text", (column) => column.notNull())
      .addColumn("auth", "text", (column) => column.notNull())
      .addColumn("language", "text", (column) => column.notNull())
      .addColumn("added_at", whole, (column) => column.notNull())
      .addColumn("last_sent_at", whole)
      .execute();
    await db.schema
      .createIndex("push_devices_by_person")
      .on("push_devices")
      .columns(["person"])
      .execute();
  },
};

const jobs: Migration = {
  number: 7,
  name: "work in the background",
  up: async (db, { whole }) => {
    await db.schema
      .createTable("jobs")
      .addColumn("id", "text", (column) => column.primaryKey().notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("key", "text", (column) => column.notNull())
      .addColumn("owner", "text", (column) => column.notNull())
      .addColumn("accounts", "text", (column) => column.notNull())
      .addColumn("input", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("phase", "text")
      .addColumn("progress", "real")
      .addColumn("attempts", whole, (column) => column.notNull())
      .addColumn("created_at", whole, (column) => column.notNull())
      .addColumn("due_at", whole, (column) => column.notNull())
      .addColumn("started_at", whole)
      .addColumn("ended_at", whole)
      .addColumn("problem", "text")
      .addColumn("result", "text")
      .addColumn("checkpoint", "text")
      .execute();
    await db.schema.createIndex("jobs_by_state").on("jobs").columns(["state", "due_at"]).execute();
  },
};

export const migrations: readonly Migration[] = [
  events,
  access,
  people,
  work,
  passkeys,
  push,
  jobs,
];

/**
 * Brings the store to the newest of `steps`, all missing steps in one transaction.
 *
 * @throws Problem `STORE_NEWER` when the file was written by a later version
 */
export async function migrate(
  engine: Engine,
  clock: Clock,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  const newest = steps.at(-1)?.number ?? 0;
  if ((await versionOf(engine.db)) === newest) return;
  await engine.write(async (trx) => {
    await trx.schema
      .createTable("migrations")
      .ifNotExists()
      .addColumn("number", "integer", (column) => column.primaryKey())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("applied_at", engine.columns.whole, (column) => column.notNull())
      .execute();
    const version = await versionOf(trx);
    if (version > newest) {
      throw new Problem("STORE_NEWER", {
        what: `The store is at version ${version}, this program knows versions up to ${newest}`,
        where: "store.sqlite",
        fix: "Start the newer leadsmart that wrote it, or choose another --home.",
        details: { version, newest },
      });
    }
    for (const step of steps) {
      if (step.number <= version) continue;
      await step.up(trx, engine.columns);
      await trx
        .insertInto("migrations")
        .values({ number: step.number, name: step.name, applied_at: clock.now().getTime() })
        .execute();
    }
  });
}

/** The newest step applied; 0 for an empty store. */
async function versionOf(db: Kysely<StoreTables>): Promise<number> {
  const tables = await db.introspection.getTables();
  if (!tables.some((table) => table.name === "migrations")) return 0;
  const row = await db
    .selectFrom("migrations")
    .select(sql<number>`coalesce(max(number), 0)`.as("version"))
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}
