/** The house's own numbers: from CSV to an Overview, large imports, queries, appends under load, idle memory. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { appendsUnderLoad } from "./house/appends.ts";
import { queryTimes } from "./house/dashboard.ts";
import { freshOverview } from "./house/fresh-overview.ts";
import { idleServer } from "./house/idle-server.ts";
import { importRest, largeImport } from "./house/large-import.ts";
import { type BenchContext, type BenchRow, othersAtWork, runMeasured } from "./measure.ts";
import { findPandas } from "./rivals/rival.ts";
import { largeWorld, ordinaryTables } from "./worlds.ts";

/** @returns rows in the order: fresh, queries, appends, idle, then the large world */
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
  try {
    const rival = findPandas(context, "house.py");
    const tables = await ordinaryTables(context, scratch);
    if (wants("fresh")) add(await freshOverview(context, scratch, tables, rival));
    if (["queries", "appends", "idle"].some(wants)) {
      const home = path.join(scratch, "home");
      const program = path.join(context.product, "bin", "leadsmart");
      const load = [program, "import", tables.directory, "--home", home, "--json"];
      await runMeasured(process.execPath, load);
      if (wants("queries"))
        add(await queryTimes(context, home, { ...tables, targetMs: 50 }, rival));
      if (wants("appends")) add(await appendsUnderLoad(home, tables.name));
      if (wants("idle")) add(await idleServer(context, home, tables.name));
    }
    if (wants("large") || wants("large-queries")) {
      const { directory, insightRows } = await largeWorld(context, scratch);
      const home = path.join(scratch, "large-home");
      add(await largeImport(context, { directory, insightRows }, home, rival));
      if (wants("large-queries")) {
        add(await importRest(context, directory, home));
        const large = { directory, name: `sample ×${context.scale}`, targetMs: 300 };
        add(await queryTimes(context, home, large, rival));
      }
    }
    return rows;
  } finally {
    process.off("SIGINT", stopped);
    process.off("SIGTERM", stopped);
    clear();
  }
}
