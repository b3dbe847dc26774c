import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled } from "./browser.ts";
import { wrongCards, wrongNumbers } from "./check.ts";
import { type Choice, EVERYTHING } from "./choices.ts";
import { addDays } from "./days.ts";
import { type Oracle, openOracle } from "./oracle.ts";
import { panel } from "./reading.ts";
import { ARABIC_PROJECT, AWKWARD_PROJECT, SAMPLE_FEES } from "./worlds.ts";

const DEFAULT: Choice = { ...EVERYTHING, from: null };

let browser: Browser;
let oracle: Oracle;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  oracle = await openOracle(inject("sample").tables, SAMPLE_FEES);
});
afterAll(async () => {
  await browser.close();
  oracle.close();
});
beforeEach(async () => {
  const { origin, state } = inject("sample");
  page = await openWindow(browser, origin, state);
});
afterEach(() => page.context().close());

const filters = () => page.getByRole("search", { name: "Filters" });
const params = () => new URL(page.url()).searchParams;

/** The page's cards become those of the choice. */
async function shows(choice: Choice): Promise<void> {
  await expect
    .poll(() => wrongCards(page, oracle, choice), { timeout: 30_000, interval: 200 })
    .toEqual([]);
}

it("a preset goes into the address, outlives a reload, and Back returns to the days before", async () => {
  await open(page, "/?kpis=all");
  await shows(DEFAULT);
  await filters()
    .getByRole("button", { name: /^Period/ })
    .click();
  await page.getByRole("button", { name: /^Last active 90 days/ }).click();
  const { to } = oracle.days(DEFAULT);
  const ninety = { ...DEFAULT, from: addDays(to, -89), to };
  expect([params().get("from"), params().get("to")]).toEqual([ninety.from, ninety.to]);
  await shows(ninety);

  await filters()
    .getByRole("button", { name: /^Period/ })
    .click();
  await page.getByRole("button", { name: /^All data/ }).click();
  // Rows dated in the future by mistake are left out, and counted only on request.
  expect([params().get("from"), params().get("to")]).toEqual(["all", oracle.lastDay]);
  await shows({ ...EVERYTHING, to: oracle.lastDay });
  await page.getByRole("button", { name: "Count them too" }).click();
  await shows(EVERYTHING);
  await page.reload();
  await settled(page);
  await shows(EVERYTHING);

  await page.goBack();
  await shows({ ...EVERYTHING, to: oracle.lastDay });
  await page.goBack();
  await shows(ninety);
  await page.goBack();
  expect(params().get("from")).toBeNull();
  await shows(DEFAULT);
  await page.goForward();
  await shows(ninety);
});

it("two days of one's own choosing become the period, and an end before the beginning is refused", async () => {
  await open(page, "/?kpis=all");
  await filters()
    .getByRole("button", { name: /^Period/ })
    .click();
  const panelOf = page.getByRole("dialog", { name: "Period" });
  await panelOf.getByLabel("From", { exact: true }).fill("2025-09-15");
  await panelOf.getByLabel("To", { exact: true }).fill("2025-06-01");
  await panelOf.getByRole("alert").waitFor();
  expect(await panelOf.getByRole("button", { name: "Apply" }).isDisabled()).toBe(true);
  await panelOf.getByLabel("From", { exact: true }).fill("2025-03-15");
  await panelOf.getByLabel("To", { exact: true }).press("Enter");
  await panelOf.waitFor({ state: "detached" });
  const chosen = { ...DEFAULT, from: "2025-03-15", to: "2025-06-01" };
  expect([params().get("from"), params().get("to")]).toEqual([chosen.from, chosen.to]);
  await shows(chosen);
  await settled(page);
  expect(await wrongNumbers(page, oracle, chosen)).toEqual([]);
});

it("accounts found by typing narrow every figure; ticking several is one step back", async () => {
  await open(page, "/?kpis=all&from=all");
  await filters()
    .getByRole("button", { name: /^Account/ })
    .click();
  const list = page.getByRole("dialog", { name: "Account" });
  await list.getByRole("searchbox").fill("5");
  const offered = await list.getByRole("checkbox").count();
  expect(offered).toBe(oracle.accounts.filter((name) => name.includes("5")).length);
  await list.getByRole("checkbox", { name: /^56/ }).check();
  await list.getByRole("searchbox").fill("87");
  await list.getByRole("checkbox", { name: /^87/ }).check();
  expect(params().getAll("account")).toEqual(["56", "87"]);
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  const two = { ...EVERYTHING, account: ["56", "87"] };
  await shows(two);
  await page.reload();
  await settled(page);
  expect(await wrongNumbers(page, oracle, two)).toEqual([]);
  await page.goBack();
  await shows(EVERYTHING);
});

it("a project in Arabic and one with commas, quotes and signs are chosen together, and each is dropped again", async () => {
  await open(page, "/?kpis=all&from=all");
  await filters()
    .getByRole("button", { name: /^Project/ })
    .click();
  const list = page.getByRole("dialog", { name: "Project" });
  await list.getByRole("searchbox").fill("واحة");
  await list.getByRole("checkbox").check();
  await list.getByRole("searchbox").fill('"the');
  await list.getByRole("checkbox").check();
  expect(params().getAll("project").sort()).toEqual([AWKWARD_PROJECT, ARABIC_PROJECT].sort());
  await shows({ ...EVERYTHING, project: [AWKWARD_PROJECT, ARABIC_PROJECT] });
  await list.getByRole("checkbox").uncheck();
  await shows({ ...EVERYTHING, project: [ARABIC_PROJECT] });
  await list.getByRole("button", { name: "Clear" }).click();
  await shows(EVERYTHING);
});

it("the basis is a choice like any other: raw counts copies, and all filters are cleared at once but it", async () => {
  await open(page, "/?kpis=all&from=all");
  await filters().getByRole("radio", { name: "Raw" }).check();
  expect(params().get("basis")).toBe("raw");
  await shows({ ...EVERYTHING, basis: "raw" });
  const copies = (await oracle.kpis({ ...EVERYTHING, basis: "raw" }, oracle.days(EVERYTHING)))
    .spend;
  const once = (await oracle.kpis(EVERYTHING, oracle.days(EVERYTHING))).spend;
  expect(copies).toBeGreaterThan(once ?? 0);
  await filters().getByRole("button", { name: "Clear all filters" }).click();
  await shows({ ...DEFAULT, basis: "raw" });
  await page.goBack();
  await page.goBack();
  await shows(EVERYTHING);
});

it("a name in a table narrows the page to it", async () => {
  await open(page, "/?kpis=all&from=all");
  const project = (await oracle.groups(EVERYTHING, "project"))[2]?.id ?? "";
  const narrowed = { ...EVERYTHING, project: [project] };
  await panel(page, "Top projects").getByRole("button", { name: project, exact: true }).click();
  expect(params().getAll("project")).toEqual([project]);
  await shows(narrowed);
  const account = (await oracle.groups(narrowed, "account"))[1]?.id ?? "";
  await panel(page, "Top accounts").getByRole("button", { name: account, exact: true }).click();
  await shows({ ...narrowed, account: [account] });
});
