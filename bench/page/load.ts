/** What the page loads first, and when Today stands. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { openWindow } from "../../test/browser/browser.ts";
import { type BenchContext, type BenchRow, lowerIsBetter, quantile } from "../measure.ts";
import type { Served } from "./product.ts";

const OPENINGS = 5;

/** Compressed script before anything is shown: what the page names, and the texts of the larger language. */
export function firstLoad(context: BenchContext): BenchRow {
  const folder = path.join(context.product, "dist", "dashboard");
  const size = (file: string) => gzipSync(readFileSync(path.join(folder, file))).length;
  const html = readFileSync(path.join(folder, "index.html"), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, file = ""]) => file);
  const texts = readdirSync(path.join(folder, "assets"))
    .filter((file) => /^(en|ar)-.*\.js$/.test(file))
    .map((file) => size(`assets/${file}`));
  const bytes = named.reduce((sum, file) => sum + size(file), 0) + Math.max(0, ...texts);
  return lowerIsBetter(
    "first load, compressed script",
    bytes / 1000,
    null,
    "kB",
    `${named.length} files that the page names, and the larger language; gzip; target ≤ 160 kB before charts`,
  );
}

/** Milliseconds since the navigation began, once what the selectors ask for holds at a frame. */
function whenThere(page: Page, there: string, gone: string): Promise<number> {
  return page
    .waitForFunction(
      ([wanted, unwanted]) =>
        document.querySelector(wanted ?? "") !== null &&
        (unwanted === "" || document.querySelector(unwanted ?? "") === null)
          ? performance.now()
          : null,
      [there, gone],
      { polling: "raf" },
    )
    .then((handle) => handle.jsonValue() as Promise<number>);
}

/** A browser that has never been here opens Today. */
export async function todayCold(
  browser: Browser,
  served: Served,
  name: string,
): Promise<BenchRow[]> {
  const figures: number[] = [];
  const whole: number[] = [];
  for (let n = 0; n < OPENINGS; n++) {
    const page = await openWindow(browser, served.origin, served.state);
    await page.goto("/", { waitUntil: "commit" });
    figures.push(await whenThere(page, "[data-kpi] [data-value]", ""));
    whole.push(await whenThere(page, "[data-kpi] [data-value]", ".skeleton, [aria-busy=true]"));
    await page.context().close();
  }
  const how = `${name}; headless Chromium, empty cache, from the navigation on, median of ${OPENINGS}`;
  return [
    lowerIsBetter(
      "Today interactive, cold",
      quantile(figures, 0.5),
      null,
      "ms",
      `${how}: the key figures stand and answer; target ≤ 1,500 ms`,
    ),
    lowerIsBetter(
      "Today whole, cold",
      quantile(whole, 0.5),
      null,
      "ms",
      `${how}: every part below them too`,
    ),
  ];
}
