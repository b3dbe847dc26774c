/** How long the whole report takes on tables that are imported already, in a fresh process. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeWorld } from "../../sample/world.ts";
import { type BenchContext, type BenchRow, lowerIsBetter, runMeasured } from "../measure.ts";

/** Opens a home, makes the report twice, and says how long each took; the second time nothing is kept from the first. */
const PROGRAM = (dist: string, home: string) => `
  import { openWorkspace } from ${JSON.stringify(`${dist}/workflows/workspace.js`)};
  import { explore } from ${JSON.stringify(`${dist}/workflows/explore.js`)};
  import { EVERYTHING } from ${JSON.stringify(`${dist}/domain/scope.js`)};
  import { systemClock } from ${JSON.stringify(`${dist}/base/clock.js`)};
  const workspace = await openWorkspace({ home: ${JSON.stringify(home)}, clock: systemClock });
  const told = [];
  for (const asOf of [null, "2100-01-01"]) {
    const started = performance.now();
    const used = process.cpuUsage();
    const report = await explore(workspace, { scope: EVERYTHING, asOf });
    const { user, system } = process.cpuUsage(used);
    told.push({ wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6, findings: report.findings.length });
  }
  process.stdout.write(JSON.stringify(told));
  await workspace.close();`;

export async function reportRows(context: BenchContext): Promise<BenchRow[]> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "leadsmart-report-"));
  try {
    const real = path.join(context.root, "..", "shared", "data", "leadsmart");
    const present = existsSync(path.join(real, "insights.csv"));
    const directory = present ? real : path.join(scratch, "world");
    if (!present) await writeWorld({ directory });
    const home = path.join(scratch, "home");
    const program = path.join(context.product, "bin", "leadsmart");
    await runMeasured(process.execPath, [program, "import", directory, "--home", home, "--json"]);
    const dist = `file://${path.join(context.product, "dist", "src")}`;
    const ran = await runMeasured(process.execPath, [
      "--input-type=module",
      "-e",
      PROGRAM(dist, home),
    ]);
    const told = JSON.parse(ran.stdout) as { wall: number; cpu: number; findings: number }[];
    const tables = present ? "the four real tables" : "sample ×1";
    return told.map(({ wall, cpu, findings }, i) =>
      lowerIsBetter(
        `the whole report on ${tables}, ${i === 0 ? "first" : "second"} in its process`,
        wall,
        null,
        "s",
        `${findings} findings, ${cpu.toFixed(2)} s of processor time, target 2 s on two free cores`,
      ),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
