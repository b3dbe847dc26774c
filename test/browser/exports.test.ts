import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { readSheet } from "read-excel-file/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { launch, open, openWindow } from "./browser.ts";
import { cellsOf } from "./csv.ts";
import { panel, readRows } from "./reading.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const { origin, state } = inject("sample");
  page = await openWindow(browser, origin, state);
});
afterEach(() => page.context().close());

async function taken(of: string, format: RegExp): Promise<Buffer> {
  await page.getByRole("button", { name: "Export", exact: true }).first().click();
  const coming = page.waitForEvent("download");
  await page.getByRole("dialog", { name: of }).getByRole("link", { name: format }).click();
  return readFile(await (await coming).path());
}

it("a table taken away holds the rows of the page, in their order, and ties out with its totals", async () => {
  await open(page, "/campaigns?sort=leads");
  const shown = (await readRows(panel(page, "Campaigns"))).filter((row) => row.id !== "total");
  const [head = [], ...rows] = await readSheet(await taken("Export: Campaigns", /XLSX/), 1);
  expect(rows.slice(0, shown.length).map(([id]) => id)).toEqual(shown.map(({ id }) => id));
  const leads = rows.reduce((sum, cells) => sum + Number(cells[head.indexOf("Leads")] ?? 0), 0);
  const total = await panel(page, "Campaigns")
    .locator('tr[data-id="total"] [data-column="leads"]')
    .textContent();
  expect(leads).toBe(Number(total?.replaceAll(",", "")));
});

it("a list of leads taken away as CSV has one line for each lead that the page counts", async () => {
  await open(page, "/leads?stage=qualified");
  const total = await page.locator("[data-total]").first().getAttribute("data-total");
  const lines = (await taken("Export: Leads", /CSV/)).toString("utf8").split("\r\n").slice(1, -1);
  expect(lines).toHaveLength(Number(total));
  expect(new Set(lines.map((line) => cellsOf(line)[0])).size).toBe(lines.length);
});

it("what is printed says what it shows, and has nothing to press", async () => {
  await open(page, "/campaigns?basis=raw");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".print-head").textContent()).toMatch(/2026.*Raw/s);
  expect(await page.locator("button.button:visible, .filters:visible, .bar:visible").count()).toBe(
    0,
  );
});

it("a link for a client opens in a browser that knows nobody, until it is taken back", async () => {
  await open(page, "/data/jobs");
  await page.getByRole("button", { name: "Make a link" }).click();
  const asking = page.getByRole("dialog");
  await asking.getByLabel("Title").fill("Your month");
  await asking.getByLabel("Your name or your agency's").fill("Nile Media");
  await asking.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const { origin } = inject("sample");
  const outside = await openWindow(browser, origin, null);
  const answer = await outside.goto(link);
  expect(answer?.status()).toBe(200);
  await outside.getByRole("heading", { name: "Your month" }).waitFor();
  expect(await outside.locator("body").textContent()).toContain("Cost per lead");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Take back: Your month" }).click();
  await page.getByText("There is no link in force.").waitFor();
  expect((await outside.goto(link))?.status()).toBe(404);
  await outside.context().close();
});
