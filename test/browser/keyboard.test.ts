import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled } from "./browser.ts";
import { type Focus, focusOf, tabTo as tabToOn } from "./focus.ts";
import { panel } from "./reading.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const { origin, state } = inject("sample");
  page = await openWindow(browser, origin, state);
  await open(page, "/?from=2025-06-01&to=2025-08-31");
});
afterEach(() => page.context().close());

const focus = () => focusOf(page);
const tabTo = (name: RegExp, most?: number) => tabToOn(page, name, most);

it("Tab walks through skip link, places, import, filters, cards and tables, and shows where it is", async () => {
  const walked: Focus[] = [];
  for (let n = 0; n < 400; n++) {
    await page.keyboard.press("Tab");
    const now = await focus();
    if (now.what.startsWith("body")) break;
    walked.push(now);
  }
  expect(walked.filter((one) => !one.visible).map((one) => one.what)).toEqual([]);
  const order = [
    "a Skip to the content",
    "a Today",
    "a Data",
    "button Import",
    "button You and display",
    "button Period",
    "button Account",
    "button Project",
    "input Corrected",
    "button Show rows: Spend",
    "button How computed: Spend",
    "button Show data",
    "section Top projects: table",
    "section Top accounts: table",
    "section Campaigns: table",
    "button Spend (EGP)",
  ].map((start) => walked.findIndex((one) => one.what.startsWith(start)));
  expect(
    order.every((at) => at >= 0),
    JSON.stringify(walked.map((one) => one.what)),
  ).toBe(true);
  // The last is met first in the tables of projects: only the others must follow each other.
  const places = order.slice(0, -1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

it("the skip link leads to the content", async () => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
});

it("/ goes to the search, Esc empties and leaves it; g d and g t change the place and keep the filters", async () => {
  await page.keyboard.press("/");
  await page.getByRole("searchbox", { name: "Search campaigns" }).waitFor();
  await page.keyboard.press("/");
  expect((await focus()).what).toContain("Search campaigns");
  await page.keyboard.type("gd 5399");
  expect(new URL(page.url()).pathname).toBe("/campaigns");
  await page.keyboard.press("Escape");
  expect((await focus()).what).toMatch(/^body/);

  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.getByRole("heading", { level: 1, name: "Data" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/data");
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  expect(new URL(page.url()).searchParams.get("from")).toBe("2025-06-01");
});

it("? lists the keys; Esc closes the list and the focus is back where it was", async () => {
  await tabTo(/^button Import$/);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await help.waitFor();
  expect(await help.getByRole("term").count()).toBeGreaterThan(4);
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "detached" });
  expect((await focus()).what).toBe("button Import");
});

it("a drawer opened by Enter keeps the focus inside and gives it back to its button on Esc", async () => {
  await tabTo(/^button Show rows: Qualified leads/);
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Qualified leads" });
  await drawer.locator("tr[data-line]").first().waitFor();
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement === document.body || activeElement?.closest("dialog") !== null;
    });
    expect(inside).toBe(true);
  }
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  expect((await focus()).what).toContain("Show rows: Qualified leads");
  expect(new URL(page.url()).searchParams.get("kpi")).toBeNull();
});

it("a filter is opened, searched, ticked and closed without a mouse", async () => {
  await tabTo(/^button Account/);
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "Account" });
  await list.waitFor();
  expect((await focus()).what).toMatch(/^input Search accounts/);
  await page.keyboard.type("56");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  expect(new URL(page.url()).searchParams.getAll("account")).toEqual(["56"]);
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  expect((await focus()).what).toMatch(/^button Account/);
});

it("the chart is walked by arrows, and a table is sorted by Enter on its head", async () => {
  const slider = panel(page, "Trend").getByRole("slider");
  await slider.focus();
  const places: (string | null)[] = [];
  for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowLeft", "End"]) {
    await page.keyboard.press(key);
    places.push(await slider.getAttribute("aria-valuetext"));
  }
  expect(places[1]).not.toBe(places[0]);
  expect(places[3]).toBe(places[1]);
  expect(places[4]).toContain("31 Aug");

  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.getByRole("grid", { name: "Campaigns" }).waitFor();
  await panel(page, "Campaigns").getByRole("button", { name: "Leads", exact: true }).focus();
  await page.keyboard.press("Enter");
  await settled(page);
  expect(new URL(page.url()).searchParams.get("sort")).toBe("leads");
});

it("a period is chosen, and the tabs and tables of a drawer are walked, without a mouse", async () => {
  await tabTo(/^button Period/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Period" }).waitFor();
  await tabTo(/^button Last active 90 days/, 10);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Period" }).waitFor({ state: "detached" });
  expect((await focus()).what).toMatch(/^button Period/);
  const { searchParams } = new URL(page.url());
  expect(searchParams.get("from")).not.toBe("2025-06-01");
  await settled(page);

  await tabTo(/^button Show rows: Cost per lead$/);
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Cost per lead" });
  await drawer.locator("tr[data-file='insights.csv']").first().waitFor();
  const shown = () => new URL(page.url()).searchParams;
  await tabTo(/^input Daily insights/, 12);
  await page.keyboard.press("ArrowRight");
  await drawer.locator("tr[data-file='campaign_leads.csv']").first().waitFor();
  expect(shown().get("table")).toBe("campaign_leads");
  await drawer.getByRole("radio", { name: "Rows that count" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await drawer.locator("[data-formula]").waitFor();
  expect(shown().get("view")).toBe("formula");
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  expect((await focus()).what).toBe("button Show rows: Cost per lead");
  expect([shown().get("kpi"), shown().get("table")]).toEqual([null, null]);
});
