import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open, openWindow } from "./browser.ts";
import { watch } from "./watch.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  const { origin, state } = inject("sample");
  page = await openWindow(browser, origin, state);
});
afterAll(() => browser.close());

const palette = () => page.getByRole("dialog", { name: "Go to, find or do" });
const field = () => palette().getByRole("combobox");
const chosen = () => palette().getByRole("option", { selected: true });

it("goes to a page, narrows to an account and opens a campaign without a pointer, and gives the focus back", async () => {
  const ears = watch(page);
  await open(page, "/?from=all");
  await page.keyboard.press("Control+k");
  await field().fill("speed");
  await palette().getByRole("option", { name: "Leads › Speed to lead" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/leads/speed?from=all");

  await page.getByRole("button", { name: "Go to, find or do" }).click();
  await page.keyboard.press("Escape");
  await palette().waitFor({ state: "detached" });
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  expect(focused).toContain("Go to, find or do");

  const { accounts } = (await (await page.request.get("/api/v1/facets")).json()) as {
    accounts: { id: string }[];
  };
  const account = accounts[1]?.id ?? "";
  await page.keyboard.press("Control+k");
  await field().fill(`account ${account}`);
  await palette()
    .getByRole("option", { name: `Account ${account}` })
    .first()
    .waitFor();
  while ((await chosen().locator("bdi").first().textContent()) !== `Account ${account}`)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("account") === account);

  const { items } = (await (
    await page.request.get("/api/v1/campaigns?from=all&limit=1")
  ).json()) as { items: { campaignId: string }[] };
  const campaign = items[0]?.campaignId ?? "";
  await page.keyboard.press("Control+k");
  await field().fill(campaign);
  await palette().getByRole("group", { name: "Campaigns" }).getByRole("option").first().waitFor();
  while (!(await chosen().textContent())?.includes(campaign))
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.searchParams.get("open") === campaign);
  expect(ears.heard).toEqual([]);
});

it("says when nothing has that name", async () => {
  await open(page, "/");
  await page.keyboard.press("Control+k");
  await field().fill("zzzz no such thing");
  await palette().getByText("Nothing has this name.").waitFor();
  expect(await palette().getByRole("option").count()).toBe(0);
  await page.keyboard.press("Escape");
});
