/** Who changed or took away what, and when; written before the answer goes out, never changed. */
import type { Clock } from "../base/clock.ts";
import type { Engine } from "./engine.ts";
import type { Json } from "./events.ts";
import type { AuditTable } from "./store.ts";

export function auditTable({ db, write }: Engine, clock: Clock): AuditTable {
  return {
    async add({ person, via, action, about, status }) {
      await write(async (trx) => {
        await trx
          .insertInto("audit")
          .values({
            at: clock.now().getTime(),
            person,
            via,
            action,
            about: JSON.stringify(about),
            status,
          })
          .execute();
      });
    },
    async read({ before, limit }) {
      const query = db.selectFrom("audit").selectAll().orderBy("position", "desc").limit(limit);
      const rows = await (before === null ? query : query.where("position", "<", before)).execute();
      return rows.map(({ at, about, ...row }) => ({
        ...row,
        at: new Date(at),
        about: JSON.parse(about) as Json,
      }));
    },
  };
}
