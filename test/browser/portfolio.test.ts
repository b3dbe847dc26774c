import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled } from "./browser.ts";

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

const kpi = (id: string) => page.getByTestId(`kpi-${id}`).getAttribute("data-value");

it("shows accounts that tie out with the Overview, and narrows everything to the one opened", async () => {
  await open(page, "/?from=all&kpis=all");
  const whole = { spend: await kpi("spend"), leads: await kpi("leads") };
  await open(page, "/campaigns");
  await page.getByRole("link", { name: "Accounts", exact: true }).click();
  await settled(page);
  await open(page, "/campaigns/accounts?from=all");
  const cells = page.locator("tfoot [data-value]");
  expect(await cells.nth(0).getAttribute("data-value")).toBe(whole.spend);
  expect(await cells.nth(1).getAttribute("data-value")).toBe(whole.leads);

  const first = page.locator(".data-table tbody tr.opens").first();
  const account = ((await first.locator("th").textContent()) ?? "").trim();
  const own = await first.locator("[data-value]").first().getAttribute("data-value");
  await first.click();
  await settled(page);
  expect(new URL(page.url()).searchParams.getAll("account")).toEqual([account]);
  await open(page, `/?${new URL(page.url()).searchParams}`);
  expect(await kpi("spend")).toBe(own);
  await page.goBack();
  await page.goBack();
  await settled(page);
  expect(new URL(page.url()).pathname).toBe("/campaigns/accounts");
});

it("finds accounts by what is typed, and says so where there is none", async () => {
  await open(page, "/campaigns/accounts?from=all");
  const lines = page.locator(".data-table tbody tr.opens");
  const name = ((await lines.nth(1).locator("th").textContent()) ?? "").trim();
  await page.getByRole("searchbox", { name: "Search accounts" }).fill(name);
  await page.waitForURL(/search=/);
  expect(await lines.first().locator("th").textContent()).toContain(name);
  await page.getByRole("searchbox", { name: "Search accounts" }).fill("nobody at all");
  await page.getByText("No account matches this search.").waitFor();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await lines.first().waitFor();
});

it("compares with the days that were chosen, keeps them in the address, and names them", async () => {
  await open(page, "/?kpis=all");
  const usual = await page.locator(".compared").textContent();
  await page.getByRole("button", { name: /^Period/ }).click();
  await page.getByLabel("Compare with").selectOption("month");
  await page.waitForURL(/compare=month/);
  await settled(page);
  expect(await page.locator(".compared").textContent()).not.toBe(usual);
  const spend = await kpi("spend");
  const before = await figureBefore();
  // The figure of those days themselves.
  const [from, to] = await comparedDays();
  await open(page, `/?kpis=all&from=${from}&to=${to}`);
  expect(await kpi("spend")).toBe(before);
  expect(spend).not.toBeNull();
});

const figureBefore = () =>
  page.locator('[data-kpi="spend"] [data-previous]').first().getAttribute("data-previous");

async function comparedDays(): Promise<readonly [string, string]> {
  const asked = new URL(page.url()).searchParams;
  asked.delete("kpis");
  const answer = await page.request.get(`/api/v1/kpis?${asked}`);
  const { frame } = (await answer.json()) as { frame: { previous: { from: string; to: string } } };
  return [frame.previous.from, frame.previous.to];
}
