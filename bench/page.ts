/** The page's own numbers: what it loads, when Today stands, how fast filters repaint and tables scroll, idle memory. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { launch } from "../test/browser/browser.ts";
import { idleServer } from "./house/idle-server.ts";
import {
  type BenchContext,
  type BenchRow,
  lowerIsBetter,
  othersAtWork,
  quantile,
} from "./measure.ts";
import { firstLoad, todayCold } from "./page/load.ts";
import { naiveRepaints } from "./page/naive.ts";
import { importInto, serve } from "./page/product.ts";
import { CHANGES, repaints, spreadOf } from "./page/repaint.ts";
import { scrolling } from "./page/scroll.ts";
import { largeWorld, oneAdvertiser, ordinaryTables, type Tables } from "./worlds.ts";

type Browser = Awaited<ReturnType<typeof launch>>;

/** A change of filters, ours and the rival's, on the same tables and the same filters. */
async function repaintRow(
  browser: Browser,
  served: Awaited<ReturnType<typeof serve>>,
  tables: Tables,
  targetMs: number,
): Promise<BenchRow> {
  const { times, filters, questions } = await repaints(browser, served);
  const theirs = await naiveRepaints(browser, tables, filters);
  const slow = questions.slice(0, 6).map(({ name, ms }) => `${name} ${ms.toFixed(0)}`);
  return lowerIsBetter(
    `filter change until all of Today is painted, p95, ${tables.name}`,
    quantile(times, 0.95),
    quantile(theirs, 0.95),
    "ms",
    `${CHANGES} random periods and accounts, ${spreadOf(times)}; median ms until its answer, by question: ${slow.join(", ")}; rival: tables as received in DuckDB, one SELECT per number and picture, Observable Plot, the key figures and five of Today's pictures, ${spreadOf(theirs)}; target ≤ ${targetMs} ms`,
  );
}

/** @returns rows in the order: first load, Today, repaint, scroll, idle, and with --large the repaint there */
export async function run(context: BenchContext): Promise<BenchRow[]> {
  const wants = (part: string) => context.only === null || context.only.includes(part);
  const scratch = mkdtempSync(path.join(os.tmpdir(), "leadsmart-bench-"));
  const clear = () => rmSync(scratch, { recursive: true, force: true });
  const stopped = () => {
    clear();
    process.exit(130);
  };
  process.once("SIGINT", stopped);
  process.once("SIGTERM", stopped);
  const rows: BenchRow[] = [];
  const note = othersAtWork();
  const add = (found: readonly BenchRow[]) => {
    rows.push(...found.map((row) => ({ ...row, how: row.how + note })));
    for (const row of found) context.log(`${row.name}: ${row.ours.toPrecision(4)} ${row.unit}`);
  };
  const browser = await launch();
  const serving = async (
    tables: Tables,
    deed: (served: Awaited<ReturnType<typeof serve>>) => Promise<void>,
  ) => {
    const home = mkdtempSync(path.join(scratch, "home-"));
    await importInto(context, tables, home);
    const served = await serve(context, browser, home);
    try {
      await deed(served);
    } finally {
      await served.stop();
    }
  };
  try {
    const tables = await ordinaryTables(context, scratch);
    if (wants("load")) add([firstLoad(context)]);
    if (["load", "repaint", "scroll"].some(wants))
      await serving(tables, async (served) => {
        if (wants("load")) add(await todayCold(browser, served, tables.name));
        if (wants("repaint")) add([await repaintRow(browser, served, tables, 100)]);
        if (wants("scroll")) add(await scrolling(browser, served, tables.name));
      });
    if (wants("idle")) {
      const one = await oneAdvertiser(tables, scratch);
      const home = path.join(scratch, "one-home");
      await importInto(context, one, home);
      add(await idleServer(context, home, one.name));
    }
    if (context.large) {
      const { directory } = await largeWorld(context, scratch);
      const large = { directory, name: `sample ×${context.scale}` };
      await serving(large, async (served) => {
        if (wants("repaint")) add([await repaintRow(browser, served, large, 400)]);
        if (wants("scroll")) add(await scrolling(browser, served, large.name));
      });
    }
    return rows;
  } finally {
    await browser.close();
    process.off("SIGINT", stopped);
    process.off("SIGTERM", stopped);
    clear();
  }
}
