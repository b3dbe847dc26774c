import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import type { FirstHourAnswer } from "../../src/contract/today.ts";
import { launch, open, openWindow, signIn } from "./browser.ts";
import { type Server, startServer } from "./server.ts";
import { type Watch, watch } from "./watch.ts";

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let ears: Watch;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-today-"));
  server = await startServer({ home: folder, data: inject("sample").tables });
  page = await openWindow(browser, server.origin, await signIn(browser, server.link));
  ears = watch(page);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask<T>(address: string): Promise<T> {
  return (await (await page.request.get(`/api/v1${address}`)).json()) as T;
}
const button = (name: string | RegExp) => page.getByRole("button", { name });
const question = (name: string) => page.locator(`[data-question="${name}"]`);

it("asks five questions after the first own tables, and every answer is a definition", async () => {
  const told = await ask<FirstHourAnswer>("/first-hour");
  expect(told.due).toBe(true);
  const { proposed } = told.target;
  expect(proposed).not.toBeNull();
  expect(told.hours.proposed).not.toBeNull();

  await open(page, "/?from=all");
  await page.getByText("Five questions make these figures yours.").waitFor();
  await button("Begin").click();
  await question("money").waitFor();
  await page.getByLabel("Tax on ad spend").fill("14");
  await button("Save and go on").click();

  await question("target").waitFor();
  await button(/^Take EGP/).click();
  await button("Save and go on").click();

  await question("qualified").waitFor();
  await page.locator("li[data-status='QUALIFIED']").waitFor();
  await button("Skip").click();

  await question("hours").waitFor();
  await button(/^Take /).click();
  await button("Save and go on").click();

  await question("callers").waitFor();
  await page.getByLabel("Who calls a new lead").selectOption({ label: "The rep with least to do" });
  await button("Save and go on").click();

  await question("done").getByText("Answered: 4 questions.").waitFor();
  const { default: settings } = await ask<DefinitionsAnswer>("/definitions");
  expect(settings).toMatchObject({
    taxRate: 0.14,
    targetCostPerQualified: (await ask<FirstHourAnswer>("/first-hour")).target.inForce,
    workDays: told.hours.proposed?.workDays,
    workHours: told.hours.proposed?.workHours,
    assignment: "by_load",
  });
  // The history counts the tax that was said a question before.
  expect(settings.targetCostPerQualified ?? 0).toBeGreaterThanOrEqual(proposed ?? Infinity);

  await button("Show my figures").click();
  await page.getByRole("heading", { name: "What changed" }).waitFor();
  const after = await ask<FirstHourAnswer>("/first-hour");
  expect(after.due).toBe(false);
  expect(after.done).toMatchObject({ by: "owner", skipped: ["qualified"] });
  await open(page, "/");
  await page.getByRole("heading", { name: "What waits" }).waitFor();
  expect(await page.getByText("Five questions make these figures yours.").count()).toBe(0);

  await open(page, "/settings");
  const again = page.getByRole("link", { name: "Ask the first questions again" });
  expect(await page.getByLabel("A qualified lead may cost").inputValue()).toBe(
    String(settings.targetCostPerQualified),
  );
  await again.click();
  await question("money").waitFor();
  expect(ears.heard).toEqual([]);
});

it("tells a change through its campaigns, adding up to all of it, and each opens its rows", async () => {
  await open(page, "/?told=spend");
  const panel = page.locator(".panel-changes");
  const values = async (selector: string) =>
    (
      await panel
        .locator(selector)
        .evaluateAll((found) => found.map((one) => Number(one.getAttribute("data-value"))))
    ).reduce((sum, one) => sum + one, 0);
  const total = Number(await panel.getByTestId("change-total").getAttribute("data-value"));
  expect(total).not.toBe(0);
  expect(await values(".effect-cell [data-value]")).toBe(total);
  expect(await values("tr[data-part] [data-value]")).toBe(total);

  await panel.getByRole("radio", { name: "Last 7 days" }).check();
  await page.waitForURL(/since=week/);
  await open(page, "/?told=spend");
  const first = panel.locator("tbody tr[data-campaign] a").first();
  const campaign = await panel
    .locator("tbody tr[data-campaign]")
    .first()
    .getAttribute("data-campaign");
  await first.click();
  await page.getByRole("dialog").waitFor();
  expect(new URL(page.url()).searchParams.get("campaign")).toBe(campaign);
  expect(new URL(page.url()).searchParams.get("kpi")).toBe("spend");
  expect(ears.heard).toEqual([]);
});

it("keeps an insight quiet for everybody until it is brought back", async () => {
  await open(page, "/data/insights");
  const card = page.locator("article[data-insight]").first();
  const id = await card.getAttribute("data-insight");
  const same = page.locator(`article[data-insight="${id}"]`);
  await card.getByRole("button", { name: "Keep quiet" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("For how long").selectOption({ label: "For good" });
  await dialog.getByRole("button", { name: "Keep quiet" }).click();
  await page.getByText("Kept quiet (1)").click();
  await page
    .locator(".quiet-insights")
    .locator(same)
    .getByText(/By Owner/)
    .waitFor();
  await page.locator(".quiet-insights").getByRole("button", { name: "Bring back" }).click();
  await page.locator(".quiet-insights").waitFor({ state: "detached" });
  await same.waitFor();
  expect(ears.heard).toEqual([]);
});

it("keeps for one account what differs from all", async () => {
  await open(page, "/settings");
  const panel = page.getByRole("region", { name: "Settings of" });
  const choice = panel.getByLabel("Settings of");
  const account = (await choice.locator("option").nth(1).getAttribute("value")) ?? "";
  await choice.selectOption(account);
  await panel.getByLabel("A qualified lead may cost").fill("4321");
  await panel.getByLabel("Who calls a new lead").selectOption({ label: "A manager decides" });
  await panel.getByRole("button", { name: "Save" }).click();
  await panel.getByText("Saved. The figures rest on it now.").waitFor();
  const { accounts, default: all } = await ask<DefinitionsAnswer>("/definitions");
  expect(accounts[account]).toEqual({ targetCostPerQualified: 4321, assignment: "by_hand" });
  expect(all.targetCostPerQualified).not.toBe(4321);
  expect(ears.heard).toEqual([]);
});
