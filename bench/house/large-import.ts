import path from "node:path";
import {
  type BenchContext,
  type BenchRow,
  higherIsBetter,
  lowerIsBetter,
  runMeasured,
} from "../measure.ts";
import type { Rival } from "../rivals/rival.ts";

/** Rows per second and peak memory of importing the insights of a large world, marts included. */
export async function largeImport(
  context: BenchContext,
  world: { directory: string; insightRows: number },
  home: string,
  rival: Rival | null,
): Promise<BenchRow[]> {
  const program = path.join(context.product, "bin", "leadsmart");
  const load = (table: string) =>
    runMeasured(process.execPath, [
      program,
      "import",
      path.join(world.directory, `${table}.csv`),
      "--home",
      home,
      "--json",
    ]);
  const campaigns = await load("campaigns");
  context.log(`×${context.scale} campaigns imported in ${campaigns.seconds.toFixed(1)} s`);
  const ours = await load("insights");
  context.log(
    `×${context.scale} insights imported in ${ours.seconds.toFixed(1)} s, peak ${Math.round(ours.peakMegabytes ?? 0)} MB`,
  );
  const theirs = rival ? await rival.run("insights", world.directory) : null;
  const rows = world.insightRows;
  const how = `×${context.scale} sample, ${rows.toLocaleString("en")} insight rows into a home that holds the campaigns; a fresh process from start to exit, marts built; processor time ${ours.cpuSeconds?.toFixed(1) ?? "—"} s in ${ours.seconds.toFixed(1)} s`;
  return [
    higherIsBetter(
      `×${context.scale} insights imported`,
      rows / ours.seconds,
      theirs ? rows / theirs.seconds : null,
      "rows/s",
      `${how}; target ≥ 300,000 rows/s`,
    ),
    lowerIsBetter(
      `×${context.scale} insights, peak resident memory`,
      ours.peakMegabytes ?? Number.NaN,
      theirs?.peakMegabytes ?? null,
      "MB",
      `${how}; VmHWM of the process; target ≤ 2048 MB`,
    ),
  ];
}

/** Brings in what the Overview needs besides: seconds and peak memory of each table. */
export async function importRest(
  context: BenchContext,
  directory: string,
  home: string,
): Promise<BenchRow[]> {
  const program = path.join(context.product, "bin", "leadsmart");
  const rows: BenchRow[] = [];
  for (const table of ["campaign_leads", "lead_status_changes"]) {
    const file = path.join(directory, `${table}.csv`);
    const done = await runMeasured(process.execPath, [
      program,
      "import",
      file,
      "--home",
      home,
      "--json",
    ]);
    const name = `×${context.scale} ${table}`;
    const read = JSON.parse(done.stdout).import.files[0].rowsRead.toLocaleString("en");
    const how = `${read} rows into the home that holds the tables above; processor time ${done.cpuSeconds?.toFixed(1) ?? "—"} s in ${done.seconds.toFixed(1)} s, peak ${Math.round(done.peakMegabytes ?? 0)} MB`;
    rows.push(
      lowerIsBetter(`${name} imported`, done.seconds, null, "s", how),
      lowerIsBetter(
        `${name}, peak resident memory`,
        done.peakMegabytes ?? Number.NaN,
        null,
        "MB",
        `${how}; VmHWM of the process; target ≤ 2048 MB`,
      ),
    );
  }
  return rows;
}
