import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ar } from "../../dashboard/i18n/ar.ts";
import { en } from "../../dashboard/i18n/en.ts";
import type { Role } from "../../src/domain/roles.ts";
import { launch, openWindow, signIn } from "./browser.ts";
import { crawl } from "./crawl.ts";
import { installCrawl } from "./crawl-page.ts";
import { giveLeads, invited } from "./crew.ts";
import { startServer } from "./server.ts";
import { watch } from "./watch.ts";
import { DEFINITIONS } from "./worlds.ts";

let folder: string;
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-browser-crawl-"));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** A walk of somebody who sees all of it takes minutes, so those are made by `npm run proof`. */
const ALL = process.env.LEADSMART_CRAWL === "all";
/** How long one walk may take; those of all roles as long as they need where nobody says. */
const MINUTES = process.env.LEADSMART_CRAWL_MINUTES ?? (ALL ? undefined : "2");
const CREW: readonly { readonly role: Role; readonly from: string }[] = [
  { role: "rep", from: "/my-leads" },
  { role: "viewer", from: "/" },
  { role: "sales_manager", from: "/" },
  { role: "owner", from: "/" },
];
const WALKS = CREW.filter(({ role }) => ALL || role === "rep").flatMap((one) =>
  (["en", "ar"] as const).map((language) => ({ ...one, language })),
);

describe("every link and button leads somewhere, and every state is clean", () => {
  it.each(WALKS)("$role, $language", { timeout: 1_800_000 }, async ({ role, from, language }) => {
    const home = await mkdtemp(path.join(folder, "home-"));
    await writeFile(path.join(home, "leadsmart.config.json"), JSON.stringify(DEFINITIONS));
    const server = await startServer({ home, data: inject("sample").tables });
    try {
      const owner = await signIn(browser, server.link);
      const account = "56";
      const rep = await invited(browser, server.origin, owner, "rep");
      await giveLeads(browser, server.origin, owner, rep, account);
      const me =
        role === "owner"
          ? owner
          : role === "rep"
            ? rep.state
            : (await invited(browser, server.origin, owner, role)).state;
      const page = await openWindow(browser, server.origin, me, { language });
      await page.addInitScript(installCrawl);
      const ears = watch(page);
      const t = language === "ar" ? ar : en;
      const { wrong, pressed, states, ended } = await crawl({
        page,
        ears,
        language,
        from,
        ...(MINUTES === undefined ? {} : { until: Date.now() + Number(MINUTES) * 60_000 }),
        last: [
          { name: new RegExp(`button ${t["action.undo"]}`) },
          { name: new RegExp(`button ${t["account.signOut"]}`), endsSession: true },
        ],
      });
      console.info(JSON.stringify({ role, language, pressed, states, wrong: wrong.length, ended }));
      await page.context().close();
      expect(wrong).toEqual([]);
      expect(pressed).toBeGreaterThan(role === "rep" ? 10 : 100);
    } finally {
      await server.stop();
    }
  });
});
