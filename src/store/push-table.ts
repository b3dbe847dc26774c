/** Devices that are alerted, one row each. */
import type { Selectable } from "kysely";
import type { Clock } from "../base/clock.ts";
import type { Engine } from "./engine.ts";
import type { PushDevice, PushTable } from "./push.ts";
import type { PushDevicesTable } from "./tables.ts";

function deviceOf(row: Selectable<PushDevicesTable>): PushDevice {
  return {
    endpoint: row.endpoint,
    person: row.person,
    p256dh: row.p256dh,
    auth: row.auth,
    language: row.language === "ar" ? "ar" : "en",
    addedAt: new Date(row.added_at),
    lastSentAt: row.last_sent_at === null ? null : new Date(row.last_sent_at),
  };
}

export function pushTable({ db, write }: Engine, clock: Clock): PushTable {
  return {
    async put({ language, ...device }) {
      await write(async (trx) => {
        await trx
          .insertInto("push_devices")
          .values({
            ...device,
            language: language ?? "en",
            added_at: clock.now().getTime(),
            last_sent_at: null,
          })
          .onConflict((clash) =>
            clash
              .column("endpoint")
              .doUpdateSet({ ...device, ...(language === null ? {} : { language }) }),
          )
          .execute();
      });
    },
    async list(person) {
      const query = db
        .selectFrom("push_devices")
        .selectAll()
        .orderBy("added_at")
        .orderBy("endpoint");
      const rows = await (person === null ? query : query.where("person", "=", person)).execute();
      return rows.map(deviceOf);
    },
    async remove(endpoint, person) {
      await write(async (trx) => {
        const query = trx.deleteFrom("push_devices").where("endpoint", "=", endpoint);
        await (person === null ? query : query.where("person", "=", person)).execute();
      });
    },
    async sent(endpoint) {
      await write(async (trx) => {
        await trx
          .updateTable("push_devices")
          .set({ last_sent_at: clock.now().getTime() })
          .where("endpoint", "=", endpoint)
          .execute();
      });
    },
  };
}
