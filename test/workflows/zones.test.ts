import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { inHome, type OpenHome, withFolder } from "./home.ts";

/** A home with one account in Cairo (UTC+2 in winter) and one in Riyadh (UTC+3). */
async function inTwoZones(deed: (home: OpenHome) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await mkdir(path.join(folder, "home"));
    await writeFile(
      path.join(folder, "home", "leadsmart.config.json"),
      JSON.stringify({ accounts: { riyadh: { timeZone: "Asia/Riyadh" } } }),
    );
    await inHome(folder, deed);
  });
}

const CAMPAIGNS = `id,user_id,project_name,start_time
c1,cairo,Palm,2025-01-01T00:00:00Z
c2,riyadh,Palm,2025-01-01T00:00:00Z
`;

const leads = (time: string) => `id,campaign_id,name,phone,lead_status,added_date
l1,c1,Mona Adel,,NEW_LEAD,${time}
l2,c2,Omar Said,,NEW_LEAD,${time}
`;

const LOG = `lead_id,status,created_at
l1,QUALIFIED,2025-01-03T21:30:00Z
l2,QUALIFIED,2025-01-03T21:30:00Z
`;

it("reads moments with an offset as wall clock of each lead's account, though the file names none", async () => {
  await inTwoZones(async ({ give, workspace }) => {
    await give({
      "campaigns.csv": CAMPAIGNS,
      "leads.csv": leads("2025-01-02T21:30:00+00:00"),
      "log.csv": LOG,
    });
    const rows = await workspace.warehouse.all(
      `SELECT l.account_id, l.added_at::VARCHAR AS added, s.changed_at::VARCHAR AS changed, c.start_time::VARCHAR AS start
       FROM staging.campaign_leads AS l JOIN staging.lead_status_changes AS s USING (lead_id)
       JOIN staging.campaigns AS c USING (campaign_id) ORDER BY ALL`,
    );
    expect(rows).toEqual([
      {
        account_id: "cairo",
        added: "2025-01-02 23:30:00",
        changed: "2025-01-03 23:30:00",
        start: "2025-01-01 02:00:00",
      },
      {
        account_id: "riyadh",
        added: "2025-01-03 00:30:00",
        changed: "2025-01-04 00:30:00",
        start: "2025-01-01 03:00:00",
      },
    ]);
    const days = await workspace.warehouse.all<{ day: string }>(
      "SELECT arrival_day::VARCHAR AS day FROM marts.lead_outcome ORDER BY ALL",
    );
    expect(days.map((row) => row.day)).toEqual(["2025-01-02", "2025-01-03"]);
  });
});

it("leaves times without an offset as they are: wall clock of the account, wherever it is", async () => {
  await inTwoZones(async ({ give, workspace }) => {
    await give({ "campaigns.csv": CAMPAIGNS, "leads.csv": leads("2025-01-02 21:30:00") });
    const rows = await workspace.warehouse.all<{ added: string }>(
      "SELECT DISTINCT added_at::VARCHAR AS added FROM staging.campaign_leads",
    );
    expect(rows).toEqual([{ added: "2025-01-02 21:30:00" }]);
  });
});

it("asks for the account where the day of a moment depends on it", async () => {
  await inTwoZones(async ({ preview }) => {
    const file = {
      "insights.csv":
        "ad_set_id,campaign_id,spend,clicks,impressions,day\na1,c1,5,1,10,2025-01-02T22:30:00Z\n",
    };
    const asked = await preview(file);
    expect(asked.files[0]?.problem).toMatchObject({ code: "ACCOUNT_NOT_TOLD" });
    const told = await preview(file, { account: "riyadh" });
    expect(told.files[0]).toMatchObject({ problem: null, firstDay: "2025-01-03" });
  });
});
