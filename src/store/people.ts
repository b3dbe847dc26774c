/** People of the workspace, the roles they hold, and how they prove who they are. */
import { randomUUID } from "node:crypto";
import type { Kysely, Selectable } from "kysely";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import { EVERY_ACCOUNT, type Grant, type Role } from "../domain/roles.ts";
import type { Engine } from "./engine.ts";
import type { NewPerson, PeopleTable, Person, PersonChange } from "./store.ts";
import type { PeopleTable as PeopleRows, StoreTables } from "./tables.ts";

type PersonRow = Selectable<PeopleRows>;

/** E-mails without case and spaces; phones as their digits with what comes before them. */
export function contactKey(contact: string): string {
  const text = contact.trim().toLowerCase();
  return text.includes("@") ? text : text.replace(/[^\d+]/g, "").replace(/^00/, "+");
}

function keyOrNull(contact: string | null): string | null {
  const key = contact === null ? "" : contactKey(contact);
  return key === "" ? null : key;
}

function personOf(row: PersonRow, grants: readonly Grant[]): Person {
  return {
    id: row.id,
    name: row.name,
    contact: row.contact,
    hasPassword: row.password !== null,
    addedAt: new Date(row.added_at),
    addedBy: row.added_by,
    removedAt: row.removed_at === null ? null : new Date(row.removed_at),
    grants,
  };
}

async function grantsOf(
  db: Kysely<StoreTables>,
  people: readonly string[] | null,
): Promise<Map<string, Grant[]>> {
  const query = db.selectFrom("grants").selectAll().orderBy("person").orderBy("account");
  const rows = await (people === null ? query : query.where("person", "in", people)).execute();
  const found = new Map<string, Grant[]>();
  for (const { person, account, role } of rows) {
    const held = found.get(person) ?? [];
    held.push({ account, role: role as Role });
    found.set(person, held);
  }
  return found;
}

async function setGrants(
  db: Kysely<StoreTables>,
  person: string,
  grants: readonly Grant[],
): Promise<void> {
  await db.deleteFrom("grants").where("person", "=", person).execute();
  if (grants.length === 0) return;
  await db
    .insertInto("grants")
    .values(grants.map(({ account, role }) => ({ person, account, role })))
    .execute();
}

/** Without an owner of everything nobody could let anybody in any more. */
async function keepAnOwner(db: Kysely<StoreTables>): Promise<void> {
  const owner = await db
    .selectFrom("grants")
    .innerJoin("people", "people.id", "grants.person")
    .select("people.id")
    .where("grants.account", "=", EVERY_ACCOUNT)
    .where("grants.role", "=", "owner" satisfies Role)
    .where("people.removed_at", "is", null)
    .executeTakeFirst();
  if (owner !== undefined) return;
  throw new Problem("LAST_OWNER", {
    what: "Nobody would be left who owns the whole workspace",
    where: "people",
    fix: "Make somebody else an owner of all accounts first.",
  });
}

async function refuseTaken(
  db: Kysely<StoreTables>,
  key: string | null,
  except: string,
): Promise<void> {
  if (key === null) return;
  const holder = await db
    .selectFrom("people")
    .select("id")
    .where("contact_key", "=", key)
    .where("id", "<>", except)
    .executeTakeFirst();
  if (holder === undefined) return;
  throw new Problem("CONTACT_TAKEN", {
    what: "Somebody else is known by this e-mail or phone",
    where: "contact",
    fix: "Give another one, or change the roles of the person who has it.",
  });
}

/** Ends everything a person could come in with. */
async function endCredentials(
  db: Kysely<StoreTables>,
  person: string,
  nowMs: number,
): Promise<void> {
  await db.deleteFrom("passkeys").where("person", "=", person).execute();
  await db.deleteFrom("sessions").where("person", "=", person).execute();
  await db.deleteFrom("tokens").where("person", "=", person).execute();
  await db
    .updateTable("api_keys")
    .set({ revoked_at: nowMs })
    .where("person", "=", person)
    .where("revoked_at", "is", null)
    .execute();
}

export function peopleTable({ db, write }: Engine, clock: Clock): PeopleTable {
  const find = async (id: string) => {
    const row = await db.selectFrom("people").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) return null;
    return personOf(row, (await grantsOf(db, [id])).get(id) ?? []);
  };
  return {
    find,
    async list() {
      const rows = await db
        .selectFrom("people")
        .selectAll()
        .orderBy("added_at")
        .orderBy("id")
        .execute();
      const grants = await grantsOf(db, null);
      return rows.map((row) => personOf(row, grants.get(row.id) ?? []));
    },
    async add({ id = randomUUID(), name, contact, grants, by }: NewPerson) {
      const key = keyOrNull(contact);
      const now = clock.now().getTime();
      await write(async (trx) => {
        await refuseTaken(trx, key, id);
        await trx
          .insertInto("people")
          .values({
            id,
            name,
            contact: key === null ? null : contact,
            contact_key: key,
            password: null,
            added_at: now,
            added_by: by,
            removed_at: null,
          })
          .execute();
        await setGrants(trx, id, grants);
      });
      return id;
    },
    change: (id, { name, contact, grants }: PersonChange) =>
      write(async (trx) => {
        const known = await trx
          .selectFrom("people")
          .select("id")
          .where("id", "=", id)
          .where("removed_at", "is", null)
          .executeTakeFirst();
        if (known === undefined) return false;
        if (name !== undefined)
          await trx.updateTable("people").set({ name }).where("id", "=", id).execute();
        if (contact !== undefined) {
          const key = keyOrNull(contact);
          await refuseTaken(trx, key, id);
          await trx
            .updateTable("people")
            .set({ contact: key === null ? null : contact, contact_key: key })
            .where("id", "=", id)
            .execute();
        }
        if (grants !== undefined) {
          await setGrants(trx, id, grants);
          await keepAnOwner(trx);
        }
        return true;
      }),
    remove: (id) =>
      write(async (trx) => {
        const now = clock.now().getTime();
        const gone = await trx
          .updateTable("people")
          .set({ removed_at: now, contact_key: null, password: null })
          .where("id", "=", id)
          .where("removed_at", "is", null)
          .returning("id")
          .executeTakeFirst();
        if (gone === undefined) return false;
        await endCredentials(trx, id, now);
        await keepAnOwner(trx);
        await trx.deleteFrom("grants").where("person", "=", id).execute();
        return true;
      }),
    async setPassword(id, password) {
      await write(async (trx) => {
        await trx.updateTable("people").set({ password }).where("id", "=", id).execute();
      });
    },
    async passwordOf(contact) {
      const row = await db
        .selectFrom("people")
        .select(["id", "password"])
        .where("contact_key", "=", contactKey(contact))
        .where("removed_at", "is", null)
        .executeTakeFirst();
      return row?.password ? { person: row.id, password: row.password } : null;
    },
  };
}
