/** Small durable facts about the running server: key → JSON, the last writer wins. */
import { canonicalJson } from "../base/canonical-json.ts";
import type { Engine } from "./engine.ts";
import type { Json } from "./events.ts";
import type { NoteTable } from "./store.ts";

export function noteTable({ db, write }: Engine): NoteTable {
  return {
    get: async (key) => {
      const row = await db
        .selectFrom("notes")
        .select("value")
        .where("key", "=", key)
        .executeTakeFirst();
      return row === undefined ? null : (JSON.parse(row.value) as Json);
    },
    set: async (key, value) => {
      const text = canonicalJson(value);
      await write((trx) =>
        trx
          .insertInto("notes")
          .values({ key, value: text })
          .onConflict((clash) => clash.column("key").doUpdateSet({ value: text }))
          .execute(),
      );
    },
    delete: async (key) => {
      await write((trx) => trx.deleteFrom("notes").where("key", "=", key).execute());
    },
  };
}
