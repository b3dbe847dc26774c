import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { ar } from "../../dashboard/i18n/ar.ts";
import { en } from "../../dashboard/i18n/en.ts";
import { launch, open, openWindow, signIn } from "./browser.ts";
import { axeFindings, englishLeftovers, holes, overflows } from "./looks.ts";
import { readCards } from "./reading.ts";
import { startServer } from "./server.ts";
import { watch } from "./watch.ts";

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-door-"));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

it("tells who is not signed in what to do, in both languages, and shows no figure", async () => {
  const { origin } = inject("sample");
  for (const [language, texts] of [
    ["en", en],
    ["ar", ar],
  ] as const) {
    const page = await openWindow(browser, origin, null, { language, width: 390 });
    await page.goto("/?from=all");
    await page
      .getByRole("heading", { level: 1, name: new RegExp(texts["signIn.title"]) })
      .waitFor();
    const text = await page.getByRole("main").textContent();
    expect(text).toContain(texts["signIn.invited"]);
    expect(text).toContain(texts["signIn.machine"]);
    expect(await page.getByLabel(texts["signIn.contact"]).count()).toBe(1);
    expect(await page.locator("[data-value]").count()).toBe(0);
    expect([
      ...(await overflows(page)),
      ...(await holes(page)),
      ...(language === "ar" ? await englishLeftovers(page) : []),
      ...(await axeFindings(page, "all")),
    ]).toEqual([]);
    await page.context().close();
  }
});

it("signs out: the page asks who is there again, also in every other window and after Back", async () => {
  const server = await startServer({ home: path.join(folder, "leaving") });
  try {
    const state = await signIn(browser, server.link);
    const other = await openWindow(browser, server.origin, state);
    const page = await openWindow(browser, server.origin, state);
    await page.goto("/data");
    await page.getByRole("button", { name: "Display" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    const title = { level: 1, name: "leadsmart · Sign in" } as const;
    await page.getByRole("heading", title).waitFor();
    await page.goBack();
    await page.getByRole("heading", title).waitFor();
    await other.goto("/");
    await other.getByRole("heading", title).waitFor();
  } finally {
    await server.stop();
  }
});

it("greets a spent link with a friendly page, and its owner with the Overview", async () => {
  const server = await startServer({ home: path.join(folder, "links") });
  try {
    const state = await signIn(browser, server.link);
    const stranger = await openWindow(browser, server.origin, null);
    const answer = await stranger.goto(server.link);
    expect(answer?.status()).toBe(403);
    const heading = stranger.getByRole("heading", { level: 1 });
    expect(await heading.textContent()).toBe("This link does not work any more");
    expect(await stranger.getByRole("main").textContent()).toContain("newest link");

    const owner = await openWindow(browser, server.origin, state);
    await owner.goto(server.link);
    expect(new URL(owner.url()).pathname).toBe("/");
    expect(new URL(owner.url()).search).not.toContain("token");
    await owner.getByRole("heading", { name: "No data yet" }).waitFor();
  } finally {
    await server.stop();
  }
});

it("says since when it is not live while the server is away, keeps its figures, and recovers on its own", async () => {
  const home = path.join(folder, "away");
  const first = await startServer({ home, data: inject("sample").tables });
  const page = await openWindow(browser, first.origin, await signIn(browser, first.link));
  const ears = watch(page, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE/);
  let stopSecond = async () => {};
  try {
    await open(page, "/?from=all");
    await page.getByText("Live", { exact: true }).waitFor();
    const figures = await readCards(page);
    await first.stop();
    const badge = page.getByRole("button", { name: /^Not live since/ });
    await badge.waitFor();
    expect(await badge.textContent()).toMatch(/\d{1,2}:\d{2}/);
    expect(await readCards(page)).toEqual(figures);

    // A question asked meanwhile keeps the last answer on the page and says how old it is.
    await page.getByRole("radio", { name: "Raw" }).check();
    await page.getByText("The server does not answer. Is it still running?").first().waitFor();

    const second = await startServer({ home, port: first.port });
    stopSecond = second.stop;
    await page.getByText("Live", { exact: true }).waitFor({ timeout: 60_000 });
    await expect.poll(async () => page.getByRole("alert").count(), { timeout: 30_000 }).toBe(0);
    expect(Object.keys(await readCards(page))).toEqual(Object.keys(figures));
    expect(ears.heard).toEqual([]);
  } finally {
    await first.stop();
    await stopSecond();
  }
});
