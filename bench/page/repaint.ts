/** From a change of filters to the frame in which all of Today is painted anew. */
import type { Browser, Page } from "playwright-core";
import { type Random, seededRandom } from "../../src/base/random.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { open, openWindow } from "../../test/browser/browser.ts";
import { quantile } from "../measure.ts";
import type { Served } from "./product.ts";

export const CHANGES = 30;
const WARM_UP = 5;

declare global {
  interface Window {
    asked?: { waiting: number; readonly times: { readonly name: string; readonly ms: number }[] };
  }
}

/** Counts the questions that wait for their answer; runs before the page's own scripts. */
export function countQuestions(): void {
  const asked: NonNullable<Window["asked"]> = { waiting: 0, times: [] };
  window.asked = asked;
  const send = window.fetch;
  window.fetch = async (...args) => {
    const started = performance.now();
    asked.waiting++;
    try {
      return await send(...args);
    } finally {
      asked.waiting--;
      const name = new URL(String(args[0]), location.href).pathname.replace("/api/v1", "");
      asked.times.push({ name, ms: performance.now() - started });
    }
  };
}

export interface Filters {
  readonly from: string;
  readonly to: string;
  readonly account: readonly string[];
}

/** Periods of 7 to 120 days; one in two is of one account. All different, the same for each seed. */
export function filtersOf(facets: FacetsAnswer, count: number, seed: number): Filters[] {
  const random: Random = seededRandom(seed);
  const first = Date.parse(facets.firstDay ?? "2025-01-01");
  const last = Date.parse(facets.lastDay ?? "2025-12-31");
  const days = Math.max(1, Math.round((last - first) / 86_400_000));
  const text = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return Array.from({ length: count }, () => {
    const length = 7 + random.int(114);
    const start = first + random.int(Math.max(1, days - length)) * 86_400_000;
    const account = facets.accounts[random.int(facets.accounts.length)]?.id;
    return {
      from: text(start),
      to: text(start + length * 86_400_000),
      account: random.next() < 0.5 && account !== undefined ? [account] : [],
    };
  });
}

export function queryOf({ from, to, account }: Filters): string {
  const params = new URLSearchParams({ from, to });
  for (const id of account) params.append("account", id);
  return params.toString();
}

/** Milliseconds until nothing waits, nothing is marked as old, and that state is painted. */
function change(page: Page, url: string): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve) => {
        const started = performance.now();
        let painted: number | null = null;
        let quiet = 0;
        const look = () => {
          const busy =
            (window.asked?.waiting ?? 0) > 0 ||
            document.querySelector(".skeleton, [aria-busy=true], .is-old") !== null;
          quiet = busy ? 0 : quiet + 1;
          if (busy) painted = null;
          // What is quiet for three frames stays so; the first of them is the one that counts.
          if (quiet === 1)
            setTimeout(() => {
              painted ??= performance.now();
            });
          if (quiet >= 3 && painted !== null) resolve(painted - started);
          else requestAnimationFrame(look);
        };
        history.pushState(null, "", to);
        dispatchEvent(new PopStateEvent("popstate"));
        requestAnimationFrame(look);
      }),
    url,
  );
}

export interface Repaints {
  readonly times: readonly number[];
  readonly filters: readonly Filters[];
  /** Median time of each question until its answer began, slowest first. */
  readonly questions: readonly { readonly name: string; readonly ms: number }[];
}

/** Times of each change, after some to warm up. */
export async function repaints(browser: Browser, served: Served): Promise<Repaints> {
  const page = await openWindow(browser, served.origin, served.state);
  try {
    await page.addInitScript(countQuestions);
    const answer = await page.request.get("/api/v1/facets");
    const filters = filtersOf((await answer.json()) as FacetsAnswer, CHANGES + WARM_UP, 20_260);
    await open(page, "/");
    const times: number[] = [];
    for (const [n, one] of filters.entries()) {
      // Of the warming up nothing is told.
      if (n === WARM_UP) await page.evaluate(() => window.asked?.times.splice(0));
      const took = await change(page, `/?${queryOf(one)}`);
      if (n >= WARM_UP) times.push(took);
      await page.waitForTimeout(100);
    }
    const asked = await page.evaluate(() => window.asked?.times ?? []);
    const names = [...new Set(asked.map(({ name }) => name))];
    const questions = names
      .map((name) => ({
        name,
        ms: quantile(
          asked.filter((one) => one.name === name).map(({ ms }) => ms),
          0.5,
        ),
      }))
      .sort((one, other) => other.ms - one.ms);
    return { times, filters: filters.slice(WARM_UP), questions };
  } finally {
    await page.context().close();
  }
}

/** "median 40 ms, longest 90 ms". */
export const spreadOf = (times: readonly number[]) =>
  `median ${quantile(times, 0.5).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms`;
