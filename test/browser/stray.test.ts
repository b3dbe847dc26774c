import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch, open, openWindow, settled, signIn } from "./browser.ts";
import { panel, readCards } from "./reading.ts";
import { startServer } from "./server.ts";

const CAMPAIGNS = `id,user_id,project_name,daily_budget,start_time,stop_time
1,7,Palm Court,100,2025-03-01 00:00:00,2025-03-31 00:00:00
`;
const INSIGHTS = `ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at
11,1,10,100.00,5,100,2025-03-01
11,1,10,50.00,5,100,2025-03-02
11,1,10,7.00,5,100,2099-01-31
`;
const LEADS = `id,campaign_id,name,email,phone,lead_status,added_date
1,1,Invented Person,someone@example.org,+201000000001,NEW_LEAD,2025-03-02 10:00:00
`;

let folder: string;
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-stray-"));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Serves these tables from a home of their own while something is done in a window. */
async function withHome(
  name: string,
  tables: Readonly<Record<string, string>>,
  deed: (page: Page) => Promise<void>,
): Promise<void> {
  const data = path.join(folder, name, "data");
  await mkdir(data, { recursive: true });
  for (const [file, text] of Object.entries(tables)) await writeFile(path.join(data, file), text);
  const server = await startServer({ home: path.join(folder, name, "home"), data });
  try {
    const page = await openWindow(browser, server.origin, await signIn(browser, server.link));
    await deed(page);
    await page.context().close();
  } finally {
    await server.stop();
  }
}

const spend = async (page: Page) => (await readCards(page)).spend?.value;

it("all data end with the last day that had come, say what lies beyond, and take it in on request", async () => {
  const tables = { "campaigns.csv": CAMPAIGNS, "insights.csv": INSIGHTS };
  await withHome("stray", tables, async (page) => {
    await open(page, "/");
    await page.getByRole("button", { name: /^Period/ }).click();
    await page.getByRole("button", { name: /^All data/ }).click();
    await settled(page);
    expect(await spend(page)).toBe(15_000);
    await page.getByText("Rows dated after 2 Mar 2025, as far as 31 Jan 2099").waitFor();
    await page.getByRole("button", { name: "Count them too" }).click();
    await settled(page);
    await expect.poll(() => spend(page)).toBe(15_700);
    expect(new URL(page.url()).search).toBe("?from=all");
    await page.getByRole("button", { name: "Leave them out" }).click();
    await expect.poll(() => spend(page)).toBe(15_000);
    await page.getByRole("button", { name: /^Period/ }).click();
    await page.getByRole("button", { name: /^Every row, whatever its date/ }).click();
    await expect.poll(() => spend(page)).toBe(15_700);
  });
});

it("where nothing tells leads, the chart and the funnel say so, and an empty period leads to the days with data", async () => {
  const tables = { "campaigns.csv": CAMPAIGNS, "insights.csv": INSIGHTS };
  await withHome("no-leads", tables, async (page) => {
    await open(page, "/");
    const missing = "Not recorded in your tables";
    await panel(page, "Trend").getByText(missing).waitFor();
    await panel(page, "Funnel").getByText(missing).waitFor();
    expect((await readCards(page)).leads?.text).toContain(missing);
    await open(page, "/?from=2024-01-01&to=2024-01-31");
    await panel(page, "Trend").getByText("There is nothing in 1–31 Jan 2024.").waitFor();
    await page.getByRole("button", { name: "Show the last active days" }).click();
    await expect.poll(() => spend(page)).toBe(15_000);
    expect(new URL(page.url()).search).toBe("");
  });
});

it("rows that wait for their account are not called no data: the page says what they wait for", async () => {
  const tables = { "campaign_leads.csv": LEADS, "insights.csv": INSIGHTS };
  await withHome("waiting", tables, async (page) => {
    for (const place of ["/", "/data"]) {
      await open(page, place);
      await page.getByRole("heading", { name: "Imported, but not counted yet" }).waitFor();
      await page.getByText("3 rows of daily insights and 1 lead wait").waitFor();
    }
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Import files" }).click();
    await page.getByRole("button", { name: "Choose files" }).click();
    const chooser = await choosing;
    await chooser.setFiles({
      name: "campaigns.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(CAMPAIGNS),
    });
    const drawer = page.getByRole("dialog", { name: "Import" });
    await drawer.getByRole("button", { name: "Import", exact: true }).click();
    await drawer.getByRole("button", { name: "See the figures" }).click();
    await expect.poll(() => spend(page), { timeout: 30_000 }).toBe(15_000);
  });
});
