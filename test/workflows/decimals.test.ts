import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { tableCounts } from "../../src/quality/table-counts.ts";
import { overviewText } from "../../src/report/overview-text.ts";
import { makeReport } from "../../src/workflows/report.ts";
import { inHome, type OpenHome, withFolder } from "./home.ts";

/** A home with accounts of 2 (EGP), 3 (KWD) and 0 (JPY) decimals. */
async function inGulf(deed: (home: OpenHome) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await mkdir(path.join(folder, "home"));
    await writeFile(
      path.join(folder, "home", "leadsmart.config.json"),
      JSON.stringify({
        accounts: { kuwait: { currency: "KWD" }, tokyo: { currency: "JPY" } },
      }),
    );
    await inHome(folder, deed);
  });
}

const CAMPAIGNS = `id,daily_budget,user_id,project_name
c1,100.50,cairo,Palm
c2,20.125,kuwait,Palm
c3,5000,tokyo,Palm
`;

const insights = (...rows: string[]) =>
  `ad_set_id,campaign_id,spend,clicks,impressions,created_at\n${rows.map((row) => `${row},10,100,2025-01-02\n`).join("")}`;

async function spendOf({ workspace }: OpenHome, account: string) {
  const { kpis, frame } = await workspace.queries.kpis(
    { from: "all", account: [account], project: [], campaign: [], basis: "corrected" },
    EVERYTHING,
  );
  const spend = kpis.find((kpi) => kpi.id === "spend")?.value;
  return [frame.currency, frame.currencyDecimals, spend];
}

it("keeps every decimal of each account's currency, though the file names neither", async () => {
  await inGulf(async (home) => {
    const files = {
      "campaigns.csv": CAMPAIGNS,
      "insights.csv": insights("a1,c1,50.25", "a2,c2,1.234", "a3,c3,1500"),
    };
    const preview = await home.preview(files);
    const sums = preview.files.map((file) => [file.name, file.sums.spendMinor ?? null]);
    // In the default currency's minor units, as nobody knows yet whose rows these are.
    expect(sums).toContainEqual(["insights.csv", 155_148.4]);
    await home.give(files);
    expect(await spendOf(home, "cairo")).toEqual(["EGP", 2, 5025]);
    expect(await spendOf(home, "kuwait")).toEqual(["KWD", 3, 1234]);
    expect(await spendOf(home, "tokyo")).toEqual(["JPY", 0, 1500]);
    const budgets = await home.workspace.warehouse.all<{ budget: number }>(
      "SELECT daily_budget_minor AS budget FROM staging.campaigns ORDER BY campaign_id",
    );
    expect(budgets.map((row) => row.budget)).toEqual([10_050, 20_125, 5000]);
    const rows = await home.workspace.queries.rows(
      {
        from: "all",
        account: ["kuwait"],
        project: [],
        campaign: [],
        basis: "corrected",
        kpi: "spend",
        dropped: false,
        limit: 5,
      },
      EVERYTHING,
    );
    expect(rows.items.map((row) => row.cells.spend_minor)).toEqual([1234]);
  });
});

it("leaves out, and says so, an amount with more decimals than its account's currency has", async () => {
  await inGulf(async (home) => {
    await home.give({
      "campaigns.csv": CAMPAIGNS,
      "insights.csv": insights("a1,c1,50.255", "a1b,c1,1.50", "a3,c3,1500.5"),
    });
    expect(await spendOf(home, "cairo")).toEqual(["EGP", 2, 150]);
    const drops = await home.workspace.warehouse.all(
      "SELECT table_name, line, reason FROM staging.drops ORDER BY ALL",
    );
    expect(drops).toEqual([
      { table_name: "insights", line: 2, reason: "inexact_amount" },
      { table_name: "insights", line: 4, reason: "inexact_amount" },
    ]);
    const { tables } = await tableCounts(home.workspace.warehouse);
    expect(tables.find(({ table }) => table === "insights")).toMatchObject({
      rowsAccepted: 3,
      inexactAmounts: 2,
    });
    const said = overviewText(await makeReport(home.workspace));
    expect(said).toContain("2 rows are left out for their amount");
  });
});

it("reads deals in the decimals of their lead's account", async () => {
  await inGulf(async (home) => {
    await home.give({
      "campaigns.csv": CAMPAIGNS,
      "leads.csv":
        "id,campaign_id,name,phone,lead_status,added_date\nl1,c2,Mona Adel,,DONE_DEAL,2025-01-03 10:00:00\nl2,c1,Omar Said,,DONE_DEAL,2025-01-03 10:00:00\n",
      "deals.csv":
        "lead_id,stage,value,deal_date\nl1,contract,1000.125,2025-01-05\nl2,contract,70.5,2025-01-05\n",
    });
    const deals = await home.workspace.warehouse.all(
      "SELECT lead_id, value_minor, currency FROM staging.deals ORDER BY ALL",
    );
    expect(deals).toEqual([
      { lead_id: "l1", value_minor: 1_000_125, currency: "KWD" },
      { lead_id: "l2", value_minor: 7050, currency: "EGP" },
    ]);
  });
});

it("reads files again when an account with other decimals comes or goes", async () => {
  await withFolder(async (folder) => {
    const files = {
      "campaigns.csv": CAMPAIGNS,
      "insights.csv": insights("a1,c1,50.25", "a2,c2,1.234"),
    };
    await inHome(folder, async (home) => {
      await home.give(files);
      // As pounds this has too many decimals: refused, and kept with its reason.
      expect(await spendOf(home, "kuwait")).toEqual(["EGP", 2, null]);
      const { total } = await home.desk.rejects({ limit: 5 }, EVERYTHING);
      expect(total).toBe(2);
    });
    await writeFile(
      path.join(folder, "home", "leadsmart.config.json"),
      JSON.stringify({ accounts: { kuwait: { currency: "KWD" } } }),
    );
    await inHome(folder, async (home) => {
      expect(await spendOf(home, "kuwait")).toEqual(["KWD", 3, 1234]);
      expect(await spendOf(home, "cairo")).toEqual(["EGP", 2, 5025]);
    });
  });
});
