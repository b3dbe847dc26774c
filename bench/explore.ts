/** The numbers of exploring: what the checks find of planted faults, the whole report, profiles of large tables. */
import { cleanRows, faultRows } from "./explore/faults.ts";
import { profileRows } from "./explore/profile.ts";
import { reportRows } from "./explore/report.ts";
import { type BenchContext, type BenchRow, othersAtWork } from "./measure.ts";

/** @returns the rows of every part asked for */
export async function run(context: BenchContext): Promise<BenchRow[]> {
  const wants = (part: string) => context.only === null || context.only.includes(part);
  const note = othersAtWork();
  const rows: BenchRow[] = [];
  if (wants("faults")) rows.push(...(await faultRows(context)));
  if (wants("clean")) rows.push(...(await cleanRows(context)));
  if (wants("report")) rows.push(...(await reportRows(context)));
  if (wants("profile")) rows.push(...(await profileRows(context)));
  return rows.map((row) => ({ ...row, how: row.how + note }));
}
