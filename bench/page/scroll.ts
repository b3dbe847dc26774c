/** Frames of the longest table while somebody scrolls through it. */
import type { Browser } from "playwright-core";
import { open, openWindow } from "../../test/browser/browser.ts";
import { type BenchRow, lowerIsBetter, quantile } from "../measure.ts";
import type { Served } from "./product.ts";

const FRAMES = 240;
const STEP_PX = 200;

/** @returns time from frame to frame, and what the page's own work took of it */
export async function scrolling(
  browser: Browser,
  served: Served,
  name: string,
): Promise<BenchRow[]> {
  const page = await openWindow(browser, served.origin, served.state);
  try {
    await open(page, "/leads?from=all");
    const total = Number(await page.locator("[data-total]").first().getAttribute("data-total"));
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    const worked = async () => {
      const { metrics } = await cdp.send("Performance.getMetrics");
      return (metrics.find((one) => one.name === "TaskDuration")?.value ?? 0) * 1000;
    };
    const before = await worked();
    const deltas = await page.locator(".data-box").evaluate(
      (box, [frames, step]) =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const next = (now: number) => {
            times.push(now);
            box.scrollTop += step ?? 0;
            if (times.length <= (frames ?? 0)) requestAnimationFrame(next);
            else resolve(times.slice(1).map((time, i) => time - (times[i] ?? time)));
          };
          requestAnimationFrame(next);
        }),
      [FRAMES, STEP_PX],
    );
    const work = ((await worked()) - before) / FRAMES;
    return [
      lowerIsBetter(
        "leads table, p95 frame while scrolling",
        quantile(deltas, 0.95),
        null,
        "ms",
        `${name}, ${total.toLocaleString("en")} rows; ${FRAMES} frames of ${STEP_PX} px, from frame to frame; longest ${Math.max(...deltas).toFixed(0)} ms; work of the page ${work.toFixed(1)} ms a frame on average; target ≤ 20 ms`,
      ),
    ];
  } finally {
    await page.context().close();
  }
}
