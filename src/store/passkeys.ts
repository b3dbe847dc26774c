/** Passkeys: public halves only, so that nobody who reads the store can sign in. */
import type { Selectable } from "kysely";
import type { Clock } from "../base/clock.ts";
import type { Engine } from "./engine.ts";
import type { Passkey, PasskeyTable } from "./store.ts";
import type { StoreTables } from "./tables.ts";

function passkeyOf(row: Selectable<StoreTables["passkeys"]>): Passkey {
  return {
    id: row.id,
    person: row.person,
    name: row.name,
    publicKey: new Uint8Array(row.public_key),
    counter: Number(row.counter),
    transports: JSON.parse(row.transports) as string[],
    addedAt: new Date(row.added_at),
    usedAt: row.used_at === null ? null : new Date(row.used_at),
  };
}

export function passkeyTable({ db, write }: Engine, clock: Clock): PasskeyTable {
  return {
    add: ({ id, person, name, publicKey, counter, transports }) =>
      write(async (trx) => {
        const known = await trx
          .selectFrom("passkeys")
          .select("id")
          .where("id", "=", id)
          .executeTakeFirst();
        if (known !== undefined) return false;
        await trx
          .insertInto("passkeys")
          .values({
            id,
            person,
            name,
            public_key: Buffer.from(publicKey),
            counter,
            transports: JSON.stringify(transports),
            added_at: clock.now().getTime(),
            used_at: null,
          })
          .execute();
        return true;
      }),
    async find(id) {
      const row = await db
        .selectFrom("passkeys")
        .innerJoin("people", "people.id", "passkeys.person")
        .selectAll("passkeys")
        .where("passkeys.id", "=", id)
        .where("people.removed_at", "is", null)
        .executeTakeFirst();
      return row === undefined ? null : passkeyOf(row);
    },
    async list(person) {
      const rows = await db
        .selectFrom("passkeys")
        .selectAll()
        .where("person", "=", person)
        .orderBy("added_at")
        .orderBy("id")
        .execute();
      return rows.map(passkeyOf);
    },
    async used(id, counter) {
      await write((trx) =>
        trx
          .updateTable("passkeys")
          .set({ counter, used_at: clock.now().getTime() })
          .where("id", "=", id)
          .execute(),
      );
    },
    remove: (person, id) =>
      write(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom("passkeys")
          .where("id", "=", id)
          .where("person", "=", person)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
  };
}
