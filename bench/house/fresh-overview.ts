import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import {
  type BenchContext,
  type BenchRow,
  lowerIsBetter,
  quantile,
  runMeasured,
} from "../measure.ts";
import type { Rival } from "../rivals/rival.ts";

const REPEATS = 3;

/** From four CSV files to a whole Overview: `import` and `report` as two fresh processes, both counted. */
export async function freshOverview(
  context: BenchContext,
  scratch: string,
  tables: { directory: string; name: string },
  rival: Rival | null,
): Promise<BenchRow[]> {
  const program = path.join(context.product, "bin", "leadsmart");
  const ours: number[] = [];
  const theirs: number[] = [];
  const peaks: number[] = [];
  const cpu: number[] = [];
  const theirCpu: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const home = mkdtempSync(path.join(scratch, "fresh-"));
    const load = [program, "import", tables.directory, "--home", home, "--json"];
    const imported = await runMeasured(process.execPath, load);
    const report = await runMeasured(process.execPath, [
      program,
      "report",
      "--home",
      home,
      "--json",
    ]);
    rmSync(home, { recursive: true, force: true });
    ours.push(imported.seconds + report.seconds);
    peaks.push(imported.peakMegabytes ?? Number.NaN);
    cpu.push((imported.cpuSeconds ?? Number.NaN) + (report.cpuSeconds ?? Number.NaN));
    if (rival) {
      const other = await rival.run("overview", tables.directory);
      theirs.push(other.seconds);
      theirCpu.push(other.cpuSeconds ?? Number.NaN);
    }
    context.log(
      `fresh overview: import ${imported.seconds.toFixed(2)} s, report ${report.seconds.toFixed(2)} s, pandas ${theirs.at(-1)?.toFixed(2) ?? "—"} s`,
    );
  }
  return [
    lowerIsBetter(
      "four tables from CSV to a ready Overview",
      quantile(ours, 0.5),
      rival ? quantile(theirs, 0.5) : null,
      "s",
      `${tables.name}; import + report as fresh processes, median of ${REPEATS}, durable store and rejects included; target ≤ 5 s; rival ${rival?.name ?? "absent"}: read, deduplicate, aggregate, nothing kept; processor time ${quantile(cpu, 0.5).toFixed(1)} s (rival ${quantile(theirCpu, 0.5).toFixed(1)} s); peak ${Math.round(Math.max(...peaks))} MB`,
    ),
  ];
}
