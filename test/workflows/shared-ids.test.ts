import { expect, it } from "vitest";
import { inHome, TABLES, withFolder } from "./home.ts";

const told = (files: readonly { name: string; sharedIds: object; overlap: object }[]) =>
  Object.fromEntries(
    files.map((file) => [file.name, { ...file.sharedIds, overlap: file.overlap }]),
  );

const NOTHING = { elsewhere: 0, unclear: 0, overlap: { same: 0, supersedes: 0 } };

const leads = (...rows: string[]) =>
  `id,name,phone,lead_status,added_date\n${rows.map((row) => `${row},2025-01-09 10:00:00\n`).join("")}`;

const log = (...rows: string[]) =>
  `lead_id,status,created_at\n${rows.map((row) => `${row},2025-01-09 10:00:00\n`).join("")}`;

it("warns before an import that its ids are another account's people, and replaces none of them", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, preview, workspace }) => {
      await give(TABLES);
      const second = { "leads.csv": leads("l1,Zeyad Fouad,01211111111,NEW_LEAD", "n9,,,") };
      const { files } = await preview(second, { account: "second" });
      expect(told(files)).toEqual({ "leads.csv": { ...NOTHING, elsewhere: 1 } });
      await give(second, { account: "second" });
      const rows = await workspace.warehouse.all<{ lead_id: string; name: string | null }>(
        "SELECT lead_id, name FROM staging.campaign_leads WHERE lead_id LIKE 'l1%' ORDER BY ALL",
      );
      expect(rows).toEqual([
        { lead_id: "l1 @ second", name: "Zeyad Fouad" },
        { lead_id: "l1 @ u1", name: "Mona Adel" },
      ]);
      // Now l1 alone no longer says who is meant, unless the import names the account or brings the lead.
      const later = { "log.csv": log("l1,QUALIFIED", "l3,QUALIFIED") };
      expect(told((await preview(later)).files)).toEqual({ "log.csv": { ...NOTHING, unclear: 1 } });
      expect(told((await preview(later, { account: "second" })).files)).toEqual({
        "log.csv": NOTHING,
      });
      expect(told((await preview(second, { account: "second" })).files)).toEqual({
        "leads.csv": { ...NOTHING, overlap: { same: 2, supersedes: 0 } },
      });
      await give(later);
      const { kpis: _kpis, unresolved } = await workspace.queries.kpis(
        { from: "all", account: [], project: [], campaign: [], basis: "corrected" },
        { accounts: "all" },
      );
      expect(unresolved).toEqual({ insights: 0, leads: 0, statusChanges: 1 });
    }),
  );
});

it("warns that campaigns of another account come in beside its own", async () => {
  await withFolder((folder) =>
    inHome(folder, async ({ give, preview }) => {
      await give(TABLES);
      const { files } = await preview({
        "campaigns.csv": "id,user_id,project_name\nc1,u7,Elsewhere\nc2,u1,Nile View\n",
        "insights.csv": `ad_set_id,campaign_id,spend,created_at\na1,c1,5,2025-01-09 00:00:00\n`,
      });
      expect(told(files)).toEqual({
        "campaigns.csv": { elsewhere: 1, unclear: 0, overlap: { same: 0, supersedes: 1 } },
        "insights.csv": NOTHING,
      });
    }),
  );
});
