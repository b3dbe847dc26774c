/** What every bench needs: rows, quantiles, and a child process that is timed and whose peak memory is read. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import os from "node:os";

/** One line of a bench's answer. `ratio` above 1 means ours is better, whatever the unit. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  /** The same figure of the rival in the same run; null where there is none. */
  readonly rival: number | null;
  readonly ratio: number | null;
  readonly unit: string;
  /** What was measured, on what, and the target. */
  readonly how: string;
}

/** What others do stretches times, so a reader must be told; processor seconds are stretched far less. "" when idle. */
export function othersAtWork(): string {
  const load = os.loadavg()[0] ?? 0;
  const cores = os.availableParallelism();
  return load > cores / 2
    ? `; OTHERS WERE AT WORK: load average ${load.toFixed(1)} on ${cores} cores`
    : "";
}

export interface BenchContext {
  /** The project's folder. */
  readonly root: string;
  /** A copy of the built product: `bin/leadsmart` in it stays the same however long the bench takes. */
  readonly product: string;
  /** Parts to run; null = all. */
  readonly only: readonly string[] | null;
  /** Two seeded worlds instead of ten. */
  readonly quick: boolean;
  /** Whether the large world is wanted where it is not usual. */
  readonly large: boolean;
  /** Scale of the large world. */
  readonly scale: number;
  /** Where the large world lies or is to be made, and stays; null = made anew and removed. */
  readonly world: string | null;
  readonly log: (line: string) => void;
}

/** The row of a figure that is better when smaller. */
export function lowerIsBetter(
  name: string,
  ours: number,
  rival: number | null,
  unit: string,
  how: string,
): BenchRow {
  return { name, ours, rival, ratio: rival === null ? null : rival / ours, unit, how };
}

/** The row of a figure that is better when larger. */
export function higherIsBetter(
  name: string,
  ours: number,
  rival: number | null,
  unit: string,
  how: string,
): BenchRow {
  return { name, ours, rival, ratio: rival === null ? null : ours / rival, unit, how };
}

/** Nearest-rank quantile; NaN for no values. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

export interface ChildResult {
  readonly seconds: number;
  readonly stdout: string;
  /** Largest resident set the process had, as the kernel kept it; null where there is no /proc. */
  readonly peakMegabytes: number | null;
  /** Processor time of all its threads: what a busy machine does not stretch; null where there is no /proc. */
  readonly cpuSeconds: number | null;
}

/** A figure in megabytes of /proc/PID/status, e.g. `VmHWM` (peak) or `VmRSS` (now). */
export function memoryOf(pid: number, field: "VmHWM" | "VmRSS"): number | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  try {
    const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(file, "utf8"));
    return found ? Number(found[1]) / 1024 : null;
  } catch {
    return null; // the process ended between the two looks
  }
}

const TICKS_PER_SECOND = 100;

/** Processor seconds a process has used so far, from /proc/PID/stat. */
function cpuOf(pid: number): number | null {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").pop() ?? "";
    const fields = afterName.split(" ");
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/**
 * Runs a program to its end.
 *
 * @throws Error with the program's words when it does not end with 0
 */
export function runMeasured(program: string, args: readonly string[]): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    let peak: number | null = null;
    let cpu: number | null = null;
    // VmHWM never falls, so the last look before the end is the peak but for the last moments.
    const watch = setInterval(() => {
      if (child.pid === undefined) return;
      peak = memoryOf(child.pid, "VmHWM") ?? peak;
      cpu = cpuOf(child.pid) ?? cpu;
    }, 20);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.on("close", (code) => {
      clearInterval(watch);
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ seconds, stdout, peakMegabytes: peak, cpuSeconds: cpu });
      else
        reject(new Error(`${program} ${args.join(" ")} ended with ${code}:\n${stderr}${stdout}`));
    });
  });
}
