/** One campaign, its place in segments, and what is kept of the page: read off the page, held against the files. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled } from "./browser.ts";
import { EVERYTHING } from "./choices.ts";
import { type CampaignFigures, type Oracle, openOracle } from "./oracle.ts";
import { panel, readRows } from "./reading.ts";
import { type Watch, watch } from "./watch.ts";
import { SAMPLE_FEES } from "./worlds.ts";

let browser: Browser;
let oracle: Oracle;
let page: Page;
let all: readonly CampaignFigures[];
let errors: Watch;
beforeAll(async () => {
  browser = await launch();
  oracle = await openOracle(inject("sample").tables, SAMPLE_FEES);
  all = await oracle.campaignsOf(EVERYTHING);
});
afterAll(async () => {
  await browser.close();
  oracle.close();
});
beforeEach(async () => {
  const { origin, state } = inject("sample");
  page = await openWindow(browser, origin, state);
  errors = watch(page);
});
afterEach(async () => {
  expect(errors.heard).toEqual([]);
  await page.context().close();
});

const drawer = () => page.getByRole("dialog").first();
const own = (name: string) => new URL(page.url()).searchParams.get(name);

it("j and k walk the table, Enter opens the campaign, Esc closes it, with the files' figures in it", async () => {
  await open(page, "/campaigns?from=all");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("j");
  const active = page.locator("tr.is-active");
  const id = (await active.getAttribute("data-id")) ?? "";
  await page.keyboard.press("Enter");
  await drawer().locator("[data-figure=Spend]").waitFor();
  expect(own("open")).toBe(id);
  const right = all.find((one) => one.id === id)?.figures ?? {};
  const figure = async (name: string) =>
    Number(await drawer().locator(`[data-figure="${name}"]`).getAttribute("data-value"));
  expect([await figure("Spend"), await figure("Leads"), await figure("Qualified leads")]).toEqual([
    right.spend,
    right.leads,
    right.qualified,
  ]);
  const sets = await readRows(drawer().locator(".table-ad-sets"), "tbody tr[data-id]");
  expect(sets.reduce((sum, set) => sum + (set.figures.spend ?? 0), 0)).toBe(right.spend);
  await drawer().getByRole("slider").waitFor();
  await page.keyboard.press("Escape");
  await drawer().waitFor({ state: "detached" });
  expect(own("open")).toBeNull();
});

it("every figure of a campaign leads to its rows, and the funnel to the leads at a stage", async () => {
  const one = all.find(({ figures }) => (figures.leads ?? 0) > 5) as CampaignFigures;
  await open(page, `/campaigns?open=${one.id}`);
  await drawer().locator("[data-figure=Leads] button").click();
  const rows = page.getByRole("dialog", { name: "Leads" });
  await rows.locator("[data-total]").waitFor();
  expect(Number(await rows.locator("[data-total]").getAttribute("data-total"))).toBe(
    one.figures.leads,
  );
  await rows.getByRole("button", { name: "Close" }).click();
  await rows.waitFor({ state: "detached" });
  expect(await drawer().isVisible()).toBe(true);
});

it("a state and a mark narrow the list, and the total with it", async () => {
  await open(page, "/campaigns?from=all");
  const table = panel(page, "Campaigns");
  await table.getByRole("combobox", { name: "What stands out" }).selectOption("spend_no_lead");
  await settled(page);
  const barren = all.filter(({ figures }) => (figures.spend ?? 0) > 0 && figures.leads === 0);
  await expect
    .poll(async () => (await readRows(table)).find(({ id }) => id === "total")?.figures.spend)
    .toBe(barren.reduce((sum, { figures }) => sum + (figures.spend ?? 0), 0));
  expect(own("mark")).toBe("spend_no_lead");
  await table.getByRole("combobox", { name: "State" }).selectOption("never");
  await table.getByRole("button", { name: "Clear the search" }).click();
  await settled(page);
  expect([own("mark"), own("state")]).toEqual([null, null]);
});

it("columns are chosen and moved, kept in the address, and a saved view brings them back", async () => {
  await open(page, "/campaigns?from=all");
  const heads = () =>
    page.getByRole("columnheader").evaluateAll((cells) => cells.map((cell) => cell.textContent));
  await page.getByRole("button", { name: /^Columns/ }).click();
  const choice = page.getByRole("dialog", { name: "Columns" });
  await choice.getByRole("checkbox", { name: "CPM" }).check();
  await choice.getByRole("checkbox", { name: "Account" }).uncheck();
  await choice.getByRole("button", { name: "Move CPM towards the start" }).click();
  await page.keyboard.press("Escape");
  const chosen = await heads();
  expect(chosen).toContain("CPM (EGP)");
  expect(chosen).not.toContain("Account");
  expect(chosen.indexOf("CPM (EGP)")).toBe(chosen.length - 2);

  await page.getByRole("button", { name: /^Saved views/ }).click();
  const views = page.getByRole("dialog", { name: "Saved views" });
  await views.getByRole("textbox", { name: "Name of this view" }).fill("By thousand");
  await views.getByRole("button", { name: "Save as it stands" }).click();
  await views.getByRole("link", { name: "By thousand" }).waitFor();
  await page.keyboard.press("Escape");
  await open(page, "/campaigns");
  expect(await heads()).toContain("Account");
  await page.getByRole("button", { name: /^Saved views/ }).click();
  await views.getByRole("link", { name: "By thousand" }).click();
  await views.waitFor({ state: "detached" });
  await settled(page);
  expect(await heads()).toEqual(chosen);
  expect(own("from")).toBe("all");
  await page.getByRole("button", { name: /^Saved views/ }).click();
  await views.getByRole("button", { name: "Delete By thousand" }).click();
  await views.getByRole("link", { name: "By thousand" }).waitFor({ state: "detached" });
});

it("segments add up to the files, and two of them are held side by side in a sentence", async () => {
  await open(page, "/campaigns/segments?from=all&seg=weekday");
  const rows = await readRows(panel(page, "Segments"));
  const total = rows.find(({ id }) => id === "total");
  const [right] = await oracle.query(
    `SELECT count(*) AS leads, count(*) FILTER (qualified) AS qualified,
            (SELECT sum(spend) FROM insights WHERE NOT raw) AS spend FROM leads WHERE NOT raw`,
  );
  for (const name of ["leads", "qualified", "spend"]) {
    const sum = rows
      .filter((row) => row !== total)
      .reduce((added, row) => added + (row.figures[name] ?? 0), 0);
    expect([name, sum, total?.figures[name]]).toEqual([name, right?.[name], right?.[name]]);
  }
  const boxes = panel(page, "Segments").getByRole("checkbox");
  await boxes.nth(0).check();
  await boxes.nth(4).check();
  const says = page.locator("[data-says]");
  await says.waitFor();
  expect(await says.textContent()).toMatch(/^Of the judged leads of Monday .* of Friday /);
  expect([own("left"), own("right")]).toEqual(["1", "5"]);
});

it("speaks Arabic: the table, a campaign and its segments", async () => {
  await page.context().close();
  const { origin, state } = inject("sample");
  page = await openWindow(browser, origin, state, {
    language: "ar",
    digits: "arab",
    theme: "dark",
  });
  errors = watch(page);
  const { id } = all[3] as CampaignFigures;
  await open(page, `/campaigns?from=all&open=${id}`);
  await page.getByRole("dialog").getByText("بين نظيراتها").waitFor();
  await page.keyboard.press("Escape");
  await open(page, "/campaigns/segments?from=all&seg=slot");
  await page.getByRole("columnheader", { name: "يوم الوصول وساعته" }).waitFor();
  await open(page, "/campaigns/ads");
  expect(
    await page.getByRole("link", { name: "الإعلانات أم المتابعة" }).getAttribute("aria-current"),
  ).toBe("page");
});
