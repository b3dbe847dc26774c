/** The main deed of each place, done by somebody who has no pointer. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from "vitest";
import type { MineAnswer } from "../../src/contract/work.ts";
import { launch, open, openWindow, type SignedIn, settled, signIn } from "./browser.ts";
import { giveLeads, invited, type Member } from "./crew.ts";
import { focusOf, tabTo } from "./focus.ts";
import { type Server, startServer } from "./server.ts";
import { type Watch, watch } from "./watch.ts";

let folder: string;
let browser: Browser;
let server: Server;
let owner: SignedIn;
let rep: Member;
let page: Page;
let ears: Watch;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-keys-"));
  server = await startServer({ home: folder, data: inject("sample").tables });
  owner = await signIn(browser, server.link);
  rep = await invited(browser, server.origin, owner, "rep");
  await giveLeads(browser, server.origin, owner, rep, "56");
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  page = await openWindow(browser, server.origin, owner);
  ears = watch(page);
});
afterEach(async () => {
  expect(ears.heard).toEqual([]);
  await page.context().close();
});

const press = (...keys: readonly string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
const param = (name: string) => new URL(page.url()).searchParams.get(name);
const go = async (letter: string, place: string) => {
  await press("g", letter);
  await page.waitForURL(new RegExp(place));
  await settled(page);
};

it("Today: from a number to its rows, and back to the number", async () => {
  await open(page, "/?from=all");
  await tabTo(page, /^button Show rows: Spend/);
  await press("Enter");
  await page.getByRole("dialog").locator("tr[data-line]").first().waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await focusOf(page)).what).toContain("Show rows: Spend");
});

it("Campaigns: one opened, all sorted by cost, and segments compared", async () => {
  await open(page, "/?from=all");
  await go("c", "/campaigns");
  await press("j", "Enter");
  await page.getByRole("dialog").locator("[data-figure]").first().waitFor();
  expect(param("open")).not.toBeNull();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await tabTo(page, /^button CPQL/);
  await press("Enter");
  await settled(page);
  expect(param("sort")).toBe("cpql");
  await tabTo(page, /^a Segments/);
  await press("Enter");
  await page.waitForURL(/segments/);
  await settled(page);
  await tabTo(page, /^input Compare/);
  await press("Space", "Tab");
  await tabTo(page, /^input Compare/);
  await press("Space");
  await page.locator("[data-says]").waitFor();
  expect([param("left"), param("right")]).not.toContain(null);
});

it("Leads: searched, one opened, and the way to speed", async () => {
  await open(page, "/?from=all");
  await go("l", "/leads");
  await press("/");
  await page.keyboard.type("mona");
  await page.waitForURL(/search=mona/);
  await settled(page);
  await press("Escape", "j", "Enter");
  await page.getByRole("dialog").locator("[data-kind=arrival]").waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await tabTo(page, /^a Speed/);
  await press("Enter");
  await page.locator("[data-card=never]").waitFor();
  await tabTo(page, /^a \d/);
  await press("Enter");
  await page.locator("[data-total]").first().waitFor();
  expect(param("contact")).toBe("never");
});

it("My leads: an outcome set, and taken back", async () => {
  await page.context().close();
  page = await openWindow(browser, server.origin, rep.state, { width: 390, height: 844 });
  ears = watch(page);
  await page.goto("/my-leads");
  await page.locator(".lead-card").waitFor();
  const statusOf = async () => {
    const answer = await page.request.get("/api/v1/work/mine");
    const { items } = (await answer.json()) as MineAnswer;
    return items.map(({ leadId, status, stage }) => `${leadId} ${status} ${stage}`).sort();
  };
  const before = await statusOf();
  await tabTo(page, /^button No answer/i);
  await press("Enter");
  await page.getByRole("button", { name: "Undo" }).waitFor();
  await tabTo(page, /^button Undo/);
  await press("Enter");
  await page.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
  await expect.poll(statusOf, { timeout: 20_000 }).toEqual(before);
});

it("Data: an import looked at, a finding opened, and a question met", async () => {
  await open(page, "/");
  await go("d", "/data");
  await tabTo(page, /^a Health/);
  await press("Enter");
  await page.waitForURL(/health/);
  await settled(page);
  await tabTo(page, /^button List all rows/);
  await press("Enter");
  await page.getByRole("dialog").locator("[data-total]").waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await focusOf(page)).what).toMatch(/^button List all rows/);
});

it("Settings: a definition changed and saved, and somebody invited", async () => {
  await open(page, "/");
  await go("s", "/settings");
  await tabTo(page, /^input Tax/);
  await press("Control+a");
  await page.keyboard.type("14");
  await tabTo(page, /^button Save/);
  await press("Enter");
  await page.getByText(/saved/i).first().waitFor();
  await tabTo(page, /^a People/);
  await press("Enter");
  await page.waitForURL(/people/);
  await settled(page);
  await tabTo(page, /^button Invite somebody/);
  await press("Enter");
  await tabTo(page, /^input Name/, 8);
  await page.keyboard.type("Amal Example");
  await tabTo(page, /^input /, 12);
  await tabTo(page, /^button Make a link/, 40);
  await press("Enter");
  await page.getByText("Choose at least one account.").waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await focusOf(page)).what).toMatch(/^button Invite somebody/);
});
