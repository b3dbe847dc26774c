/** The profile of a wide table against the same profile in pandas, and the profile of the four tables of a home. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type BenchContext, type BenchRow, lowerIsBetter, runMeasured } from "../measure.ts";
import { findPandas } from "../rivals/rival.ts";
import { writeWideTable } from "./wide-table.ts";

/** Rows at scale 1; the default scale of 100 makes three million. */
const ROWS_PER_SCALE = 30_000;

interface Told {
  readonly profileSeconds: number;
  readonly readSeconds: number;
}

/** A program that profiles one database file in a process of its own, so that its memory can be read. */
function ours(context: BenchContext): string {
  const from = (module: string) =>
    JSON.stringify(pathToFileURL(path.join(context.product, "dist", "src", module)).href);
  return `
    import { openWarehouse } from ${from("warehouse/warehouse.js")};
    import { profileTable } from ${from("explore/profile/profile-table.js")};
    import { columnsOf } from ${from("explore/profile/profiled.js")};
    const started = performance.now();
    const warehouse = await openWarehouse(process.argv[1], { threads: 2, memoryLimit: "1400MB", tempDirectory: process.argv[2] });
    const session = await warehouse.openScratch();
    const columns = await columnsOf(session, "wide");
    const parts = { month: "strftime(day, '%Y-%m')" };
    const profile = await profileTable(session, { table: "wide", from: "wide", columns, sources: [], parts });
    if (profile.columns.length !== columns.length) throw new Error("a column is missing from the profile");
    process.stdout.write(JSON.stringify({ profileSeconds: (performance.now() - started) / 1000, readSeconds: 0 }));
    session.close();
    await warehouse.close();`;
}

/** @returns seconds and peak memory of profiling the wide table */
export async function profileRows(context: BenchContext): Promise<BenchRow[]> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "leadsmart-profile-"));
  try {
    const rows = ROWS_PER_SCALE * context.scale;
    const database = path.join(scratch, "wide.duckdb");
    const csv = path.join(scratch, "wide.csv");
    const pandas = findPandas(context, "profile.py");
    const columns = await writeWideTable(rows, database, pandas ? csv : null);
    context.log(`${rows.toLocaleString("en")} rows × ${columns} columns written`);
    const mine = await runMeasured(process.execPath, [
      "--input-type=module",
      "-e",
      ours(context),
      database,
      scratch,
    ]);
    const told = JSON.parse(mine.stdout) as Told;
    context.log(
      `ours: ${told.profileSeconds.toFixed(1)} s, ${mine.cpuSeconds?.toFixed(1)} s of processor time`,
    );
    const theirs = pandas ? await pandas.run(csv) : null;
    const rival = theirs ? (JSON.parse(theirs.stdout) as Told) : null;
    const size = `${(rows / 1e6).toLocaleString("en")}M rows × ${columns} columns`;
    const how = `${size}, a fresh process, 2 threads; processor time ${mine.cpuSeconds?.toFixed(1) ?? "—"} s${theirs ? ` against ${theirs.cpuSeconds?.toFixed(1) ?? "—"} s of ${pandas?.name}, whose reading of the CSV (${rival?.readSeconds.toFixed(1)} s) is left out of its seconds but not of its memory` : ""}`;
    return [
      lowerIsBetter(
        `profile of ${size}`,
        told.profileSeconds,
        rival?.profileSeconds ?? null,
        "s",
        `${how}; target ≤ 60 s`,
      ),
      lowerIsBetter(
        `profile of ${size}, peak resident memory`,
        mine.peakMegabytes ?? Number.NaN,
        theirs?.peakMegabytes ?? null,
        "MB",
        `${how}; VmHWM of the process; target ≤ 2048 MB`,
      ),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
