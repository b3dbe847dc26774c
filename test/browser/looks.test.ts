import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ar } from "../../dashboard/i18n/ar.ts";
import { en } from "../../dashboard/i18n/en.ts";
import { launch, open, openWindow, settled } from "./browser.ts";
import { axeFindings, englishLeftovers, holes, overflows } from "./looks.ts";
import { watch } from "./watch.ts";
import { ARABIC_PROJECT, AWKWARD_PROJECT } from "./worlds.ts";

/** A folder that keeps a picture of every state, for people to look at. */
const PICTURES = process.env.LEADSMART_PICTURES;
const SUMMER = "from=2025-06-01&to=2025-08-31";
const NAMES = new URLSearchParams([
  ["project", AWKWARD_PROJECT],
  ["project", ARABIC_PROJECT],
]);

const FILES = [
  {
    name: "a-rather-long-name-of-an-export-2026-05-insights.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      "ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at\n1,5000,1,1.00,1,1,2026-05-01\n1,5000,1,much,1,1,2026-05-02\n",
    ),
  },
  {
    name: "strange.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("c_ref,box,on_what,cash\n5000,1,11/05/2026,1\n"),
  },
];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
});
afterAll(() => browser.close());

/** One way for the page to stand, from the address to what is open on it. */
interface State {
  readonly name: string;
  readonly address: string;
  /** Opens something; gives the part that it opened, for axe to look at that alone. */
  readonly act?: (
    page: Page,
    t: (key: keyof typeof ar & keyof typeof en) => string,
  ) => Promise<string>;
}

const DIALOG = "dialog[open]";
const POPOVER = ".popover-panel";

const STATES: readonly State[] = [
  { name: "today", address: `/?${SUMMER}` },
  { name: "today, all figures of everything by month", address: "/?from=all&kpis=all&grain=month" },
  { name: "today, hard names", address: `/?from=all&${NAMES}` },
  { name: "today, nothing matches", address: "/?from=2024-01-01&to=2024-01-31" },
  { name: "campaigns", address: "/campaigns?from=all" },
  {
    name: "campaign",
    address: "/campaigns?from=all&sort=leads",
    act: async (page) => {
      await page.locator("tbody tr[data-id], .data-card[data-id]").first().click();
      await page.locator(DIALOG).locator(".campaign-figures").waitFor();
      return DIALOG;
    },
  },
  {
    name: "campaigns, columns",
    address: "/campaigns?from=all",
    act: async (page, t) => {
      await page
        .locator(".popover > button")
        .filter({ hasText: t("campaigns.columns") })
        .click();
      await page.locator(POPOVER).waitFor();
      return POPOVER;
    },
  },
  { name: "segments", address: "/campaigns/segments?from=all&seg=age&left=0&right=3" },
  { name: "segments by hour", address: "/campaigns/segments?from=all&seg=slot" },
  { name: "campaigns, ads or follow-up", address: "/campaigns/ads" },
  { name: "accounts", address: "/campaigns/accounts?from=all" },
  { name: "leads", address: "/leads?from=all" },
  {
    name: "lead",
    address: "/leads?from=all&contact=touched",
    act: async (page) => {
      await page.locator("tbody tr[data-id], .data-card[data-id]").first().click();
      await page.locator(DIALOG).locator("[data-kind]").first().waitFor();
      return DIALOG;
    },
  },
  { name: "leads, none", address: "/leads?from=all&search=nobody+is+called+so" },
  { name: "funnel", address: "/leads/funnel?from=all" },
  { name: "cohorts", address: "/leads/cohorts?from=all" },
  { name: "speed", address: "/leads/speed?from=all" },
  { name: "team", address: "/leads/team" },
  { name: "my leads", address: "/my-leads" },
  { name: "first hour", address: "/?first=money" },
  { name: "data", address: "/data" },
  { name: "health", address: "/data/health" },
  { name: "questions", address: "/data/questions" },
  { name: "insights", address: "/data/insights" },
  { name: "tables", address: "/data/tables" },
  { name: "compare", address: "/data/compare" },
  { name: "reports and jobs", address: "/data/jobs" },
  {
    name: "palette",
    address: "/",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator("dialog[open]").getByRole("option").first().waitFor();
      return DIALOG;
    },
  },
  { name: "settings", address: "/settings" },
  { name: "templates", address: "/settings/templates" },
  { name: "people", address: "/settings/people" },
  {
    name: "invite",
    address: "/settings/people",
    act: async (page, t) => {
      await page.getByRole("button", { name: t("people.invite") }).click();
      await page.locator(DIALOG).getByRole("checkbox").nth(1).check();
      await page
        .locator(DIALOG)
        .getByRole("button", { name: t("people.makeLink") })
        .click();
      return DIALOG;
    },
  },
  {
    name: "link",
    address: "/settings/people",
    act: async (page, t) => {
      await page.getByRole("button", { name: t("people.newLink") }).click();
      await page.locator(".qr").waitFor();
      return DIALOG;
    },
  },
  {
    name: "key",
    address: "/settings/people",
    act: async (page, t) => {
      await page.getByRole("button", { name: t("keyring.make") }).click();
      await page.locator(DIALOG).locator("summary").click();
      return DIALOG;
    },
  },
  { name: "nowhere", address: "/nowhere" },
  {
    name: "data of the chart",
    address: `/?${SUMMER}`,
    act: async (page, t) => {
      await page.getByRole("button", { name: t("action.showData"), exact: true }).click();
      return ".panel";
    },
  },
  ...(["filters.period", "filters.account", "preferences.title"] as const).map((key) => ({
    name: `open: ${en[key]}`,
    address: `/?${SUMMER}`,
    act: async (page: Page, t: (key: keyof typeof ar & keyof typeof en) => string) => {
      await page
        .locator(".popover > button")
        .filter({ hasText: t(key) })
        .click();
      await page.locator(POPOVER).waitFor();
      return POPOVER;
    },
  })),
  ...["rows", "dropped", "formula"].map((view) => ({
    name: `drawer: ${view}`,
    address: `/?from=all&kpi=cpql&view=${view}`,
    act: async () => DIALOG,
  })),
  {
    name: "keys",
    address: "/data",
    act: async (page) => {
      await page.keyboard.press("?");
      return DIALOG;
    },
  },
  {
    name: "import, preview",
    address: "/data",
    act: async (page, t) => {
      await page.getByRole("button", { name: t("action.import"), exact: true }).click();
      await page.locator("input[type=file]").setInputFiles(FILES);
      await page.locator(".file-card").first().waitFor();
      return DIALOG;
    },
  },
];

/** All twelve where somebody asks for them, or for pictures; else each width, theme and language, in six. */
const EVERY_LOOK = process.env.LEADSMART_LOOKS === "all" || PICTURES !== undefined;
const LOOKS = [1440, 1024, 390]
  .flatMap((width) =>
    (["light", "dark"] as const).flatMap((theme) =>
      (["en", "ar"] as const).map((language) => ({ width, theme, language })),
    ),
  )
  .filter(({ theme, language }) => EVERY_LOOK || (theme === "light") === (language === "en"));

describe("no error, overflow, hole, foreign text or finding of axe", () => {
  it.each(LOOKS)("at $width px, $theme, $language", async (look) => {
    const { width, theme, language } = look;
    const { origin, state } = inject("sample");
    const page = await openWindow(browser, origin, state, look);
    const ears = watch(page);
    const texts = language === "ar" ? ar : en;
    const t = (key: keyof typeof ar & keyof typeof en) => String(texts[key]);
    const wrong: string[] = [];
    try {
      for (const { name, address, act } of STATES) {
        await open(page, address);
        const part = await act?.(page, t);
        await settled(page);
        if (PICTURES !== undefined) {
          const file = `${name.replaceAll(/\W+/g, "-")}-${width}-${theme}-${language}.png`;
          await page.screenshot({ path: path.join(PICTURES, file), fullPage: part === undefined });
        }
        const direction = await page.evaluate(() => getComputedStyle(document.body).direction);
        const found = [
          ...(await overflows(page)),
          ...(await holes(page)),
          ...(language === "ar" ? await englishLeftovers(page) : []),
          ...(await axeFindings(page, theme === "light" ? "all" : "colours", part)),
          ...(direction === (language === "ar" ? "rtl" : "ltr") ? [] : [`direction ${direction}`]),
        ];
        wrong.push(...found.map((what) => `${name}: ${what}`));
      }
      expect([...wrong, ...ears.heard]).toEqual([]);
    } finally {
      await page.context().close();
    }
  });
});
