/** The numbers of exploring: what the checks find of planted faults, the whole report, profiles of large tables. */
import os from "node:os";
import { cleanRows, faultRows } from "./explore/faults.ts";
import { profileRows } from "./explore/profile.ts";
import { reportRows } from "./explore/report.ts";
import type { BenchContext, BenchRow } from "./measure.ts";

/** @returns the rows of every part asked for */
export async function run(context: BenchContext): Promise<BenchRow[]> {
  const wants = (part: string) => context.only === null || context.only.includes(part);
  const load = os.loadavg()[0] ?? 0;
  const cores = os.availableParallelism();
  const note =
    load > cores / 2
      ? `; OTHERS WERE AT WORK: load average ${load.toFixed(1)} on ${cores} cores`
      : "";
  const rows: BenchRow[] = [];
  if (wants("faults")) rows.push(...(await faultRows(context)));
  if (wants("clean")) rows.push(...(await cleanRows(context)));
  if (wants("report")) rows.push(...(await reportRows(context)));
  if (wants("profile")) rows.push(...(await profileRows(context)));
  return rows.map((row) => ({ ...row, how: row.how + note }));
}
