import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { ExploreReport, Finding } from "../../src/contract/explore.ts";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { launch, open, openWindow, settled, signIn } from "./browser.ts";
import { EVERYTHING } from "./choices.ts";
import { openOracle } from "./oracle.ts";
import { panel, readCards } from "./reading.ts";
import { type Server, startServer } from "./server.ts";
import { type Watch, watch } from "./watch.ts";

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let ears: Watch;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-explore-"));
  server = await startServer({ home: folder, data: inject("sample").tables });
  page = await openWindow(browser, server.origin, await signIn(browser, server.link));
  page.setDefaultTimeout(90_000);
  ears = watch(page);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function asked<T>(address: string): Promise<T> {
  const answer = await page.request.get(`/api/v1${address}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as T;
}
const explored = () => asked<ExploreReport>("/explore");
const card = (key: string) => page.locator(`[data-finding="${key}"]`);
const figureOf = async (place: string, data: string) => {
  const found = page.getByRole("region", { name: place, exact: true }).locator(`[data-${data}]`);
  return Number(await found.getAttribute(`data-${data}`));
};

/** A finding whose recommended treatment changes the spend. */
function costly({ findings }: ExploreReport): Finding {
  const found = findings.find(
    (one) =>
      one.severity !== "info" &&
      one.proposals.some(({ recommended, spendMinor }) => recommended && spendMinor),
  );
  if (!found) throw new Error("nothing in the sample world costs anything");
  return found;
}

async function spendToday(): Promise<{ value: number | null; raw: number | null }> {
  await open(page, "/?from=all");
  const { spend } = await readCards(page);
  if (!spend) throw new Error("no card of spend");
  return { value: spend.value, raw: spend.raw };
}

it("Health tells what SQL over the files and the API tell: totals, findings, waterfall", async () => {
  const oracle = await openOracle(inject("sample").tables, { defaultFee: 1, fees: {} });
  const raw = await oracle.kpis({ ...EVERYTHING, basis: "raw" }, oracle.days(EVERYTHING));
  oracle.close();
  const told = await explored();
  await open(page, "/data/health");
  expect(await figureOf("Spend, corrected", "raw")).toBe(raw.spend);
  expect(await figureOf("Leads, corrected", "raw")).toBe(raw.leads);
  expect(await figureOf("Spend, corrected", "corrected")).toBe(told.waterfall?.spend.corrected);

  const shown = await page
    .locator("[data-finding]")
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.finding));
  expect(shown).toEqual(told.findings.map(({ key }) => key));
  expect(await page.getByRole("article").count()).toBeLessThanOrEqual(10);
  for (const one of told.findings.filter(({ severity }) => severity !== "info").slice(0, 10)) {
    const article = page.getByRole("article", { name: one.title.en, exact: true });
    expect(await article.locator("[data-rows]").getAttribute("data-rows")).toBe(String(one.rows));
    if (one.moneyMinor !== null)
      expect(await article.locator("[data-money]").getAttribute("data-money")).toBe(
        String(one.moneyMinor),
      );
  }
  const steps = await panel(page, "From raw to corrected")
    .locator("tr[data-step]")
    .evaluateAll((rows) =>
      rows.map((row) => ({
        kind: (row as HTMLElement).dataset.kind,
        spend: Number(row.querySelector<HTMLElement>("[data-spend]")?.dataset.spend),
      })),
    );
  const changes = steps.filter(({ kind }) => kind === "step");
  expect(changes.reduce((sum, one) => sum + one.spend, steps[0]?.spend ?? 0)).toBe(
    told.waterfall?.spend.corrected,
  );
});

it("one click treats a finding, Today follows with the raw figure beneath, and undo brings everything back", async () => {
  const before = await spendToday();
  const finding = costly(await explored());
  const proposal = finding.proposals.find(({ recommended }) => recommended);
  await open(page, "/data/health");
  const button = card(finding.key).locator(`[data-proposal="${proposal?.kind}"]`);
  await button.focus();
  await page.keyboard.press("Enter");
  // In force at once, before the server has answered; the focus waits on the way back.
  const undo = card(finding.key).getByRole("button", { name: /^Undo/ });
  await undo.waitFor();
  await expect.poll(() => undo.evaluate((one) => one === document.activeElement)).toBe(true);
  await card(finding.key).locator('[data-undo^="t-"]').waitFor();
  const listed = panel(page, "Treatments").locator('[data-withdrawn="false"]');
  await listed.waitFor();
  expect(await listed.textContent()).toContain("by Owner");

  const after = await spendToday();
  expect(after.value).toBe((before.value ?? 0) + (proposal?.spendMinor ?? 0));
  expect(after.raw).toBe(before.raw);

  await open(page, "/data/health");
  await card(finding.key).getByRole("button", { name: /^Undo/ }).click();
  await panel(page, "Treatments").locator('[data-withdrawn="true"]').waitFor();
  expect(await card(finding.key).locator("[data-treatment]").count()).toBe(0);
  expect(await spendToday()).toEqual(before);
});

it("treating leaves the page where the reader is, and needs no network besides this machine", async () => {
  const finding = costly(await explored());
  await page.setViewportSize({ width: 1440, height: 500 });
  await open(page, "/data/health");
  const place = card(finding.key);
  await place.evaluate((one) => one.scrollIntoView({ block: "start" }));
  // What the browser says once the cable is out or the wireless off.
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  await place.locator("[data-proposal]").first().click();
  await place.locator('[data-undo^="t-"]').waitFor();
  await panel(page, "Treatments").locator('[data-withdrawn="false"]').waitFor();
  await settled(page);
  const inSight = () =>
    place.evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top < innerHeight && bottom > 0;
    });
  expect(await inSight()).toBe(true);
  await place.getByRole("button", { name: /^Undo/ }).click();
  await panel(page, "Treatments")
    .locator('[data-withdrawn="false"]')
    .waitFor({ state: "detached" });
  expect(await inSight()).toBe(true);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.setViewportSize({ width: 1440, height: 900 });
});

it("Today asks for its figures first, and has the data examined once those have come", async () => {
  const events: string[] = [];
  const path = (url: string) => new URL(url).pathname.replace("/api/v1/", "");
  page.on("request", (request) => events.push(`ask ${path(request.url())}`));
  page.on("requestfinished", (request) => events.push(`come ${path(request.url())}`));
  await page.route("**/api/v1/funnel*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await open(page, "/");
  await page.locator(".quality-badge").waitFor();
  await page.unroute("**/api/v1/funnel*");
  const figures = ["kpis", "trend", "funnel", "breakdown", "campaigns"];
  const came = figures.map((one) => events.lastIndexOf(`come ${one}`));
  expect(Math.min(...came)).toBeGreaterThan(-1);
  expect(Math.max(...came)).toBeLessThan(events.indexOf("ask findings/summary"));
  // One line is all that Today says of them.
  expect(events).not.toContain("ask findings");
  // A change of the filters changes nothing of what was found.
  await open(page, "/");
  await page.locator(".quality-badge").waitFor();
  events.length = 0;
  await page.locator(".filters label", { hasText: "Raw" }).click();
  await settled(page);
  expect(events).toContain("ask kpis");
  expect(events).not.toContain("ask findings/summary");
  page.removeAllListeners("request");
  page.removeAllListeners("requestfinished");
});

it("says what it costs and asks first what costs most, and from the last days it is one click to all", async () => {
  const { insights, questions } = await explored();
  const costs = insights.find(({ id }) => id === "ads-or-follow-up");
  await open(page, "/data/health");
  const told = page.getByRole("region", { name: "What it costs", exact: true });
  await told.waitFor();
  expect(await told.textContent()).toContain(costs?.sentence.en.slice(0, 40));
  await open(page, "/data/questions");
  await page.locator("[data-question]").first().waitFor();
  const [first] = questions.toSorted((a, b) => (b.moneyMinor ?? 0) - (a.moneyMinor ?? 0));
  expect(await page.locator("[data-question]").first().getAttribute("data-question")).toBe(
    first?.id,
  );
  await open(page, "/");
  await page.getByRole("button", { name: /^Show all data/ }).click();
  await settled(page);
  expect(new URL(page.url()).searchParams.get("from")).toBe("all");
  await page.getByRole("button", { name: /^Show all data/ }).waitFor({ state: "detached" });
});

it("some items of a finding are treated alone", async () => {
  const finding = (await explored()).findings.find(
    (one) => one.severity !== "info" && one.proposals.length > 0 && one.items.length > 2,
  );
  if (!finding) throw new Error("no finding of several items");
  await open(page, "/data/health");
  const place = card(finding.key);
  await place.getByRole("button", { name: "Details" }).click();
  await place.getByRole("checkbox").first().check();
  await place.locator("[data-proposal]").first().click();
  await place.locator('[data-undo^="t-"]').waitFor();
  expect(await place.locator("[data-treatment]").textContent()).toContain("1 item");
  const [treated] = (await explored()).findings.filter(({ key }) => key === finding.key);
  expect(treated?.items.filter((item) => item.treatment !== null)).toHaveLength(1);
  await place.getByRole("button", { name: /^Undo/ }).click();
  await panel(page, "Treatments")
    .locator('[data-withdrawn="false"]')
    .waitFor({ state: "detached" });
});

it("all rows of a finding are listed, page by page, and their number is the finding's", async () => {
  const told = await explored();
  const finding = told.findings.find(({ rows }) => rows > 100) ?? told.findings[0];
  await open(page, `/data/health?finding=${finding?.key}`);
  const drawer = page.getByRole("dialog");
  await drawer.locator("tr[data-row]").first().waitFor();
  const total = Number(await drawer.locator("[data-total]").getAttribute("data-total"));
  const first = await drawer.locator("tr[data-row]").count();
  expect(first).toBe(Math.min(100, total));
  if (total > first) {
    await drawer.getByRole("button", { name: "Show more" }).click();
    await drawer.locator(`tr[data-row="${first}"]`).waitFor();
  }
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
});

it("an answer changes the definition, names who gave it, and can be changed again", async () => {
  const hours = async () => (await asked<DefinitionsAnswer>("/definitions")).default.workHours;
  const usual = await hours();
  await open(page, "/data/questions");
  const question = page.locator('[data-question="work-hours"]');
  const options = question.getByRole("radio");
  const given = (await explored()).questions.find(({ id }) => id === "work-hours");
  const other = given?.options.findIndex(
    ({ value }) => JSON.stringify(value) !== JSON.stringify(usual),
  );
  await options.nth(other ?? 1).check();
  await question.getByRole("button", { name: "Save the answer" }).click();
  await question.locator("[data-answered]").waitFor();
  expect(await question.locator("[data-answered]").textContent()).toContain("Owner");
  expect(await hours()).toEqual(given?.options[other ?? 1]?.value);

  const back = given?.options.findIndex(
    ({ value }) => JSON.stringify(value) === JSON.stringify(usual),
  );
  await options.nth(back ?? 0).check();
  await question.getByRole("button", { name: "Save the answer" }).click();
  await expect.poll(hours, { timeout: 60_000 }).toEqual(usual);
});

it("Ads or follow-up speaks of the filters, and keeps them when another part is opened", async () => {
  await open(page, "/data/ads?by=account");
  const rows = await asked<{ items: { id: string; spendMinor: number | null }[] }>(
    "/ads-or-follow-up?from=all&by=account&limit=50",
  );
  const shown = await page
    .locator("tr[data-id]")
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.id));
  expect(shown).toEqual(rows.items.map(({ id }) => id));
  const [one] = rows.items;
  await open(page, `/data/ads?account=${one?.id}`);
  const spend = page.locator('tr[data-id] [data-column="spend"]');
  expect(await spend.count()).toBe(1);
  expect(Number(await spend.getAttribute("data-value"))).toBe(one?.spendMinor);
  await page.getByRole("link", { name: "Insights" }).click();
  await settled(page);
  expect(new URL(page.url()).pathname).toBe("/data/insights");
  expect(new URL(page.url()).searchParams.getAll("account")).toEqual([one?.id]);
});

it("Tables, a column and a comparison of two days are there; the report comes as files in both languages", async () => {
  const { tables } = await explored();
  await open(page, "/data/tables?profile=insights");
  const rows = page.getByRole("region", { name: "Daily insights", exact: true });
  expect(Number(await rows.locator("[data-rows]").getAttribute("data-rows"))).toBe(
    tables.find(({ table }) => table === "insights")?.rows,
  );
  await rows.getByRole("button", { name: "spend", exact: true }).click();
  await page.getByRole("dialog").getByText("Mean").waitFor();
  await page.keyboard.press("Escape");

  await open(page, "/data/compare?left=2025-06-30&right=2025-08-31");
  const leads = page.locator('[data-kpi-row="leads"]');
  await leads.waitFor();
  const [left, right] = [leads.locator("[data-left]"), leads.locator("[data-right]")];
  expect(Number(await right.getAttribute("data-right"))).toBeGreaterThan(
    Number(await left.getAttribute("data-left")),
  );

  for (const [query, says] of [
    ["format=html&language=ar", 'dir="rtl"'],
    ["format=markdown&language=en", "# "],
    ["format=json", '"findings"'],
  ] as const) {
    const answer = await page.request.get(`/api/v1/explore/report?${query}`);
    expect(answer.headers()["content-disposition"]).toContain("attachment");
    expect(await answer.text()).toContain(says);
  }
  expect(ears.heard).toEqual([]);
});
