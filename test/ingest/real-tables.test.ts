import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { openDesk } from "./desk.ts";

const FOLDER = path.resolve("../shared/data/leadsmart");
const present = existsSync(path.join(FOLDER, "facts.json"));

it.skipIf(!present)(
  "loads the four real tables without a reject, with the rows and the spend of the facts file (skipped where ../shared/data is absent)",
  async () => {
    const facts: { facts: { id: string; value: unknown }[] } = JSON.parse(
      readFileSync(path.join(FOLDER, "facts.json"), "utf8"),
    );
    const fact = (id: string) => facts.facts.find((one) => one.id === id)?.value;
    const rows = fact("rows") as Record<string, number>;
    const desk = await openDesk();
    const expected: [string, string, number | undefined][] = [
      ["campaigns.csv", "campaigns", rows.campaigns],
      ["insights.csv", "insights", rows.insights],
      ["campaign_leads.csv", "campaign_leads", rows.leads],
      ["lead_status_changes.csv", "lead_status_changes", rows.log],
    ];
    for (const [name, table, count] of expected) {
      const loaded = await desk.loadOne(name, readFileSync(path.join(FOLDER, name)));
      expect([loaded.table, loaded.format]).toEqual([table, "leadsmart"]);
      expect([loaded.rowsAccepted, loaded.rowsRejected, loaded.totalRows]).toEqual([count, 0, 0]);
      if (table === "insights") {
        const sum = await desk.session.first<{ minor: number }>(
          `SELECT CAST(sum(spend_minor) AS BIGINT) AS minor FROM ${loaded.rowsTable}`,
        );
        expect((sum?.minor ?? 0) / 100).toBe(fact("spend_raw"));
      }
    }
    await desk.close();
  },
);
