import { spawnSync } from "node:child_process";
import path from "node:path";
import { type BenchContext, type ChildResult, runMeasured } from "../measure.ts";

export interface Rival {
  /** Runs the script in a fresh interpreter. */
  run(...args: string[]): Promise<ChildResult>;
  readonly name: string;
}

/**
 * pandas, where a Python that has it is found; null (and a line in the log) where not.
 *
 * @param script file in bench/rivals
 */
export function findPandas(context: BenchContext, script: string): Rival | null {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const probe = spawnSync(python, ["-c", "import pandas; print(pandas.__version__)"], {
      encoding: "utf8",
    });
    if (probe.status !== 0) continue;
    const file = path.join(context.root, "bench", "rivals", script);
    return {
      name: `pandas ${probe.stdout.trim()}`,
      run: (...args) => runMeasured(python, [file, ...args]),
    };
  }
  context.log(
    "no Python with pandas (Debian: apt-get install python3-pandas): the rival is skipped",
  );
  return null;
}
