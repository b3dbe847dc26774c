import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { launch, open, openWindow } from "./browser.ts";
import { EVERYTHING } from "./choices.ts";
import { lineOf } from "./csv.ts";
import { type Oracle, openOracle } from "./oracle.ts";
import type { Stage } from "./stage.ts";
import { SAMPLE_FEES } from "./worlds.ts";

const SEED = Number(process.env.LEADSMART_SEED ?? 20_260);
const RANDOM_ROWS = 3;

interface Listed {
  readonly file: string;
  readonly line: number;
  readonly reason: string | null;
  /** Canonical column → exact value and text in sight. */
  readonly cells: Readonly<Record<string, { readonly value: string; readonly text: string }>>;
}

function listedIn(drawer: Locator): Promise<Listed[]> {
  return drawer.locator("tr[data-line]").evaluateAll((rows) =>
    rows.map((element) => {
      const row = element as HTMLElement;
      const cells = [...row.querySelectorAll<HTMLElement>("[data-column]")];
      return {
        file: row.dataset.file ?? "",
        line: Number(row.dataset.line),
        reason: row.querySelector<HTMLElement>("[data-reason]")?.dataset.reason ?? null,
        cells: Object.fromEntries(
          cells.map((cell) => [
            cell.dataset.column ?? "",
            { value: cell.dataset.value ?? "", text: cell.textContent },
          ]),
        ),
      };
    }),
  );
}

/** What the drawer should say of a line of the insights: canonical column → value. */
function insightCells(line: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ad_set_id: line.ad_set_id ?? "",
    campaign_id: line.campaign_id ?? "",
    day: (line.created_at ?? "").slice(0, 10),
    spend_minor: String(Math.round(Number(line.spend) * 100)),
    impressions: line.impressions ?? "",
    clicks: line.clicks ?? "",
    reach: line.reach ?? "",
  };
}

function leadCells(line: Readonly<Record<string, string>>): Record<string, string> {
  return {
    lead_id: line.id ?? "",
    campaign_id: line.campaign_id ?? "",
    name: line.name ?? "",
    email: line.email ?? "",
    phone: line.phone ?? "",
    lead_status: line.lead_status ?? "",
    added_at: line.added_date ?? "",
  };
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Three rows of the list, drawn at random, compared cell by cell with their lines on disk. */
function compareWithDisk(rows: readonly Listed[], stage: Stage): void {
  const drawn = fc.sample(fc.constantFrom(...rows), { numRuns: RANDOM_ROWS, seed: SEED });
  for (const row of drawn) {
    const line = lineOf(path.join(stage.tables, row.file), row.line);
    const expected = row.file === "insights.csv" ? insightCells(line) : leadCells(line);
    const shown = Object.fromEntries(
      Object.keys(expected).map((column) => [column, row.cells[column]?.value]),
    );
    expect(shown, `${row.file}, line ${row.line}`).toEqual(expected);
  }
}

describe.each(["sample", "real"] as const)("on the %s tables", (which) => {
  const stage = inject(which);
  let page: Page;
  let oracle: Oracle;
  beforeAll(async () => {
    if (stage === null) return;
    oracle = await openOracle(stage.tables, SAMPLE_FEES);
    page = await openWindow(browser, stage.origin, stage.state);
  });
  beforeEach(({ skip }) => skip(stage === null, "the real tables are not on this machine"));
  afterAll(async () => {
    await page?.context().close();
    oracle?.close();
  });

  it.each([
    ["Spend", "insights.csv"],
    ["Leads", "campaign_leads.csv"],
    ["Qualified leads", "campaign_leads.csv"],
  ])("the rows behind “%s” name a file and line that hold these cells", async (kpi, file) => {
    if (stage === null) return;
    await open(page, "/?from=all");
    await page.getByRole("button", { name: `Show rows: ${kpi}`, exact: true }).click();
    const drawer = page.getByRole("dialog", { name: kpi });
    await drawer.locator("tr[data-line]").first().waitFor();
    const rows = await listedIn(drawer);
    expect(new Set(rows.map((row) => row.file))).toEqual(new Set([file]));
    compareWithDisk(rows, stage);

    const [count] = await oracle.query(
      kpi === "Spend"
        ? "SELECT count(*) AS n FROM insights WHERE NOT raw"
        : `SELECT count(*) AS n FROM leads WHERE NOT raw ${kpi === "Leads" ? "" : "AND qualified"}`,
    );
    expect(await drawer.locator("[data-total]").getAttribute("data-total")).toBe(String(count?.n));
    await drawer.getByRole("button", { name: "Show more" }).click();
    await expect
      .poll(async () => (await listedIn(drawer)).length, { timeout: 30_000 })
      .toBeGreaterThan(rows.length);
    const more = (await listedIn(drawer)).slice(rows.length);
    compareWithDisk(more, stage);
    const keys = [...rows, ...more].map((row) => `${row.file} ${row.line}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("a dropped row is listed with its line and reason, and that line repeats an earlier one", async () => {
    if (stage === null) return;
    await open(page, "/?from=all&kpi=spend&view=dropped");
    const drawer = page.getByRole("dialog", { name: "Spend" });
    await drawer.locator("tr[data-line]").first().waitFor();
    const rows = await listedIn(drawer);
    const [count] = await oracle.query(
      "SELECT count(*) FILTER (raw) - count(*) FILTER (NOT raw) AS n FROM insights",
    );
    expect(rows.length).toBe(count?.n);
    for (const row of rows) {
      expect(row.reason).toBe("exact_duplicate");
      const lines = readFileSync(path.join(stage.tables, row.file), "utf8").split(/\r?\n/);
      const copy = lines[row.line - 1] ?? "";
      expect(lines.indexOf(copy), `line ${row.line}`).toBeLessThan(row.line - 1);
    }
    await drawer.getByText("Same as an earlier line of this file").first().waitFor();
  });

  it("says how a ratio is computed: its numerator, its denominator, and both with their numbers", async () => {
    if (stage === null) return;
    await open(page, "/?from=all");
    await page.getByRole("button", { name: "How computed: Cost per lead", exact: true }).click();
    const drawer = page.getByRole("dialog", { name: "Cost per lead" });
    expect(await drawer.locator("[data-formula]").textContent()).toBe("spend ÷ leads");
    const { spend, leads } = await oracle.kpis(EVERYTHING, oracle.days(EVERYTHING));
    const money = new Intl.NumberFormat("en", { minimumFractionDigits: 2 });
    const numbers = (await drawer.getByRole("definition").allTextContents()).join("\n");
    expect(numbers).toContain(money.format((spend ?? 0) / 100));
    expect(numbers).toContain(new Intl.NumberFormat("en").format(leads ?? 0));
    await drawer.getByRole("radio", { name: "Rows that count" }).check();
    await drawer.locator("tr[data-file='insights.csv']").first().waitFor();
  });

  it("a cost per lead rests on two tables: each has a tab with its number of rows, and the address keeps it", async () => {
    if (stage === null) return;
    await open(page, "/?from=all&kpi=cpl");
    const drawer = page.getByRole("dialog", { name: "Cost per lead" });
    await drawer.locator("tr[data-line]").first().waitFor();
    const [counts] = await oracle.query(
      `SELECT (SELECT count(*) FROM insights WHERE NOT raw) AS insights,
              (SELECT count(*) FROM leads WHERE NOT raw) AS leads`,
    );
    const named = (name: string, n: unknown) =>
      drawer.getByRole("radio", {
        name: `${name} (${new Intl.NumberFormat("en").format(Number(n))})`,
      });
    expect(await named("Daily insights", counts?.insights).isChecked()).toBe(true);
    await named("Leads", counts?.leads).check();
    const leads = drawer.locator("tr[data-file='campaign_leads.csv']");
    await leads.first().waitFor();
    expect(await drawer.locator("tr[data-file='insights.csv']").count()).toBe(0);
    expect(await drawer.locator("[data-total]").getAttribute("data-total")).toBe(
      String(counts?.leads),
    );
    compareWithDisk(await listedIn(drawer), stage);
    await page.reload();
    await leads.first().waitFor();
    expect(await named("Leads", counts?.leads).isChecked()).toBe(true);
  });

  it("a stage of the funnel opens onto exactly the leads that stand there", async () => {
    if (stage === null) return;
    await open(page, "/?from=all");
    const at = await oracle.stages(EVERYTHING);
    const statuses = await oracle.query("SELECT status, stage FROM stages");
    for (const [name, key] of [
      ["Won", "won"],
      ["Engaged", "engaged"],
      ["Lost", "lost"],
    ] as const) {
      await page.getByRole("button", { name: new RegExp(`^${name}: `) }).click();
      const drawer = page.getByRole("dialog", { name: `Leads · ${name}` });
      await drawer.locator("tr[data-line]").first().waitFor();
      const total = drawer.locator("[data-total]");
      expect(await total.getAttribute("data-total"), name).toBe(String(at[key]));
      const rows = await listedIn(drawer);
      const there = statuses.filter((one) => one.stage === key).map((one) => one.status);
      expect(
        rows.filter((row) => !there.includes(row.cells.lead_status?.value ?? "")),
        name,
      ).toEqual([]);
      await page.goBack();
      await drawer.waitFor({ state: "detached" });
    }
  });
});
