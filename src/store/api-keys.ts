/** Keys for programs: hashed, bounded by what their maker may do, and ending on a day. */
import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { Clock } from "../base/clock.ts";
import type { Grant } from "../domain/roles.ts";
import type { Engine } from "./engine.ts";
import { digestOf, newSecret, sameText } from "./secrets.ts";
import type { ApiKey, ApiKeyTable } from "./store.ts";
import type { StoreTables } from "./tables.ts";

/** Says what a found secret is: scanners of leaked secrets look for such beginnings. */
const PREFIX = "lsk_";
/** Uses are noted no more often than this. */
const NOTED_MS = 60_000;

function keyOf(row: Selectable<StoreTables["api_keys"]>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    person: row.person,
    grants: JSON.parse(row.grants) as Grant[],
    addedAt: new Date(row.added_at),
    expiresAt: new Date(row.expires_at),
    usedAt: row.used_at === null ? null : new Date(row.used_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  };
}

export function apiKeyTable({ db, write }: Engine, clock: Clock): ApiKeyTable {
  return {
    async create({ name, person, grants, expiresAt }) {
      const id = randomUUID();
      const secret = `${PREFIX}${newSecret()}`;
      await write(async (trx) => {
        await trx
          .insertInto("api_keys")
          .values({
            id,
            digest: digestOf(secret),
            name,
            person,
            grants: JSON.stringify(grants),
            added_at: clock.now().getTime(),
            expires_at: expiresAt.getTime(),
            used_at: null,
            revoked_at: null,
          })
          .execute();
      });
      return { id, secret };
    },
    async find(secret) {
      if (!secret.startsWith(PREFIX)) return null;
      const digest = digestOf(secret);
      const now = clock.now().getTime();
      const row = await db
        .selectFrom("api_keys")
        .selectAll()
        .where("digest", "=", digest)
        .where("expires_at", ">", now)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      if (row === undefined || !sameText(row.digest, digest)) return null;
      if (now - (row.used_at ?? 0) >= NOTED_MS) {
        await write(async (trx) => {
          await trx
            .updateTable("api_keys")
            .set({ used_at: now })
            .where("id", "=", row.id)
            .execute();
        });
      }
      return keyOf(row);
    },
    async list() {
      const rows = await db
        .selectFrom("api_keys")
        .selectAll()
        .orderBy("added_at")
        .orderBy("id")
        .execute();
      return rows.map(keyOf);
    },
    revoke: (id) =>
      write(async (trx) => {
        const gone = await trx
          .updateTable("api_keys")
          .set({ revoked_at: clock.now().getTime() })
          .where("id", "=", id)
          .where("revoked_at", "is", null)
          .returning("id")
          .executeTakeFirst();
        return gone !== undefined;
      }),
  };
}
