import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launch, open, openWindow, signIn } from "./browser.ts";
import { wrongCards } from "./check.ts";
import { EVERYTHING } from "./choices.ts";
import { openOracle } from "./oracle.ts";
import { readFunnel } from "./reading.ts";
import { type Server, startServer } from "./server.ts";
import { type Watch, watch } from "./watch.ts";

let folder: string;
let server: Server;
let browser: Browser;
let page: Page;
let ears: Watch;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-settings-"));
  server = await startServer({ home: folder, data: inject("sample").tables });
  page = await openWindow(browser, server.origin, await signIn(browser, server.link));
  ears = watch(page, /status of 400|^400: .*\/definitions$/);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const setting = (name: string) => page.locator(`[data-setting="${name}"]`);
const tax = () => page.getByRole("spinbutton", { name: "Tax on ad spend" });
const save = () => page.getByRole("button", { name: "Save", exact: true });

/** What is wrong with the cards where an account adds this to net spend. */
async function wrongWith(factor: number): Promise<string[]> {
  await open(page, "/?from=all&kpis=all");
  const oracle = await openOracle(inject("sample").tables, { defaultFee: factor, fees: {} });
  try {
    return await wrongCards(page, oracle, EVERYTHING);
  } finally {
    oracle.close();
  }
}

it("a definition is edited, discarded, refused, saved and set back, and every figure follows", async () => {
  expect(await wrongWith(1)).toEqual([]);

  await open(page, "/settings");
  expect(await save().isDisabled()).toBe(true);
  await tax().fill("12");
  await page.getByText("1 change not saved").waitFor();
  await page.getByRole("button", { name: "Discard changes" }).click();
  expect(await tax().inputValue()).toBe("0");
  expect(await save().isDisabled()).toBe(true);

  await tax().fill("140");
  await save().click();
  await setting("taxRate").getByText("Give a number from 0 to 100.").waitFor();
  expect(await tax().getAttribute("aria-invalid")).toBe("true");
  await expect.poll(() => tax().evaluate((field) => field === document.activeElement)).toBe(true);
  await page.getByText("Nothing was saved: correct the marked fields.").waitFor();

  await tax().fill("25");
  expect(await tax().getAttribute("aria-invalid")).toBe("false");
  await save().click();
  await page.getByText("Saved. The figures rest on it now.").waitFor();
  await setting("taxRate")
    .getByText(/^Changed by Owner, /)
    .waitFor();
  expect(await wrongWith(1.25)).toEqual([]);

  await open(page, "/settings");
  expect(await tax().inputValue()).toBe("25");
  await tax().fill("0");
  await save().click();
  await page.getByText("Saved. The figures rest on it now.").waitFor();
  expect(await wrongWith(1)).toEqual([]);
});

it("a status without a stage is left until it is named: the dialog suggests, saves, and Settings take it back", async () => {
  await open(page, "/?from=all");
  const before = await readFunnel(page);
  const waiting = before?.beside.unmapped ?? 0;
  expect(waiting).toBeGreaterThan(0);
  const notice = page.getByRole("note", { name: "Statuses without a meaning" });
  const name = notice.getByRole("button", { name: "Name their stages" });
  const dialog = page.getByRole("dialog", { name: "Stages of your statuses" });

  await name.click();
  const stage = dialog.getByRole("combobox", { name: "Stage of not_qualified" });
  await dialog.getByText("suggested", { exact: true }).waitFor();
  expect(await stage.inputValue()).toBe("lost");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(await name.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await readFunnel(page)).toEqual(before);

  // Without a mouse: in, to the choice, another one, to the button, out.
  await page.keyboard.press("Enter");
  await stage.focus();
  await stage.selectOption("");
  await dialog.getByText("Stays left out.", { exact: true }).waitFor();
  expect(await dialog.getByRole("button", { name: "Choose a stage first" }).isDisabled()).toBe(
    true,
  );
  await stage.selectOption("lost");
  await dialog.getByRole("button", { name: "Save 1 stage" }).focus();
  await page.keyboard.press("Enter");
  await dialog.getByText("1 status has its stage now.").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await notice.waitFor({ state: "detached" });
  const lost = before?.beside.lost ?? 0;
  await expect
    .poll(async () => (await readFunnel(page))?.beside, { timeout: 30_000 })
    .toMatchObject({ lost: lost + waiting });
  expect((await readFunnel(page))?.beside.unmapped).toBeUndefined();

  await open(page, "/settings");
  const row = page.locator('[data-status="not_qualified"]');
  await row.getByText(/^Changed by Owner, /).waitFor();
  await row.getByRole("combobox").selectOption("invalid");
  await save().click();
  await page.getByText("Saved. The figures rest on it now.").waitFor();
  await open(page, "/?from=all");
  const after = await readFunnel(page);
  expect([after?.beside.lost, after?.beside.invalid]).toEqual([
    lost,
    (before?.beside.invalid ?? 0) + waiting,
  ]);
  expect(ears.heard).toEqual([]);
});
