import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launch, open, openWindow, settled } from "./browser.ts";
import { axeFindings, englishLeftovers, holes, overflows } from "./looks.ts";
import { watch } from "./watch.ts";

/** A folder that keeps a picture of every state, for people to look at. */
const PICTURES = process.env.LEADSMART_PICTURES;

interface State {
  readonly name: string;
  readonly address: string;
  readonly act?: (page: Page) => Promise<string | undefined>;
}

const STATES: readonly State[] = [
  { name: "today", address: "/" },
  { name: "health", address: "/data/health" },
  {
    name: "health, details",
    address: "/data/health",
    act: async (page) => {
      await page.locator(".finding .finding-foot [aria-expanded]").first().click();
      await page.locator(".finding-line summary").first().click();
      return undefined;
    },
  },
  {
    name: "rows of a finding",
    address: "/data/health?finding=cumulative-series",
    act: async () => "dialog[open]",
  },
  { name: "questions", address: "/data/questions" },
  {
    name: "ads or follow-up",
    address: "/data/ads?by=campaign",
    act: async (page) => {
      await page.locator("main details > summary").first().click();
      return undefined;
    },
  },
  { name: "insights", address: "/data/insights" },
  { name: "tables", address: "/data/tables" },
  {
    name: "column",
    address: "/data/tables?profile=insights&column=spend",
    act: async () => "dialog[open]",
  },
  { name: "compare", address: "/data/compare?left=2025-06-30&right=2025-08-31" },
];

const LOOKS = [
  { width: 1440, theme: "light", language: "en" },
  { width: 1024, theme: "dark", language: "ar" },
  { width: 390, theme: "light", language: "ar" },
  { width: 390, theme: "dark", language: "en" },
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
});
afterAll(() => browser.close());

describe("the parts of Data: no error, overflow, hole, foreign text or finding of axe", () => {
  it.each(LOOKS)("at $width px, $theme, $language", async (look) => {
    const { origin, state } = inject("sample");
    const page = await openWindow(browser, origin, state, look);
    page.setDefaultTimeout(90_000);
    const ears = watch(page);
    const wrong: string[] = [];
    try {
      for (const { name, address, act } of STATES) {
        await open(page, address);
        const part = await act?.(page);
        await settled(page);
        // What lies under the bar after a click is not judged as if it were always there.
        await page.evaluate(() => scrollTo(0, 0));
        if (PICTURES !== undefined) {
          const file = `${name.replaceAll(/\W+/g, "-")}-${look.width}-${look.theme}-${look.language}.png`;
          await page.screenshot({ path: path.join(PICTURES, file), fullPage: part === undefined });
        }
        const found = [
          ...(await overflows(page)),
          ...(await holes(page)),
          ...(look.language === "ar" ? await englishLeftovers(page) : []),
          ...(await axeFindings(page, look.theme === "light" ? "all" : "colours", part)),
        ];
        wrong.push(...found.map((what) => `${name}: ${what}`));
      }
      expect([...wrong, ...ears.heard]).toEqual([]);
    } finally {
      await page.context().close();
    }
  });
});
