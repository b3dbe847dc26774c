/** SHAP values of a boosting, per row: ours against XGBoost's own on a model of the same size, and the plain recursion. */
import { existsSync } from "node:fs";
import path from "node:path";
import { datasetOf } from "../../src/dataset/dataset.ts";
import { fitBoosting } from "../../src/learn/boosting.ts";
import { encoded } from "../../src/learn/features.ts";
import {
  type BenchContext,
  type BenchRow,
  lowerIsBetter,
  quantile,
  runMeasured,
} from "../measure.ts";
import { type Matrix, synthetic, written } from "./matrices.ts";
import { recursiveShap } from "./recursive-shap.ts";

const ROUNDS = 300;
const LEAVES = 31;
/** Rows explained at once. */
const ROWS = 2000;
/** Rows explained by the recursion, which takes long. */
const FEW_ROWS = 200;

interface Told {
  readonly batches: number[];
  readonly processor: number[];
  readonly row: number;
  readonly version: string;
}

const median = (values: readonly number[]) => quantile(values, 0.5);

function part({ columns, x, y }: Matrix, from: number, to: number) {
  const values = Array.from({ length: columns }, (_, k) =>
    Float64Array.from({ length: to - from }, (_, i) => x[(from + i) * columns + k]!),
  );
  return datasetOf(
    values.map((one, k) => ({ kind: "numeric", name: `x${k}`, values: one })),
    {
      target: {
        kind: "class",
        codes: Int32Array.from(y.subarray(from, to)),
        classes: ["0", "1"],
      },
    },
  );
}

/** Microseconds per call by the clock and by the processor, of this process with all its threads. */
function timed(calls: number, call: (i: number) => void): { clock: number; processor: number } {
  const started = performance.now();
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) call(i);
  const { user, system } = process.cpuUsage(before);
  return {
    clock: ((performance.now() - started) * 1000) / calls,
    processor: (user + system) / calls,
  };
}

async function xgboost(
  context: BenchContext,
  folder: string,
  repeats: number,
): Promise<Told | null> {
  const program = path.join(context.root, "bench", "rivals", "explain.py");
  const interpreter = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  const args = [folder, ROUNDS, LEAVES, ROWS, repeats].map(String);
  try {
    return JSON.parse((await runMeasured(interpreter, [program, ...args])).stdout) as Told;
  } catch (error) {
    if (!/ModuleNotFoundError|ENOENT/.test(String(error))) throw error;
    context.log("no XGBoost of Python here");
    return null;
  }
}

/** @param scratch a folder for the matrix */
export async function explained(
  context: BenchContext,
  scratch: string,
  repeats: number,
): Promise<BenchRow[]> {
  const matrix = synthetic(57_000, 11, 11);
  const folder = written(matrix, scratch);
  const { train } = matrix;
  const model = await fitBoosting(part(matrix, 0, train), { rounds: ROUNDS, maxLeaves: LEAVES });
  const batch = part(matrix, train, train + ROWS);
  const singles = Array.from({ length: ROWS }, (_, i) => part(matrix, train + i, train + i + 1));
  const first = timed(1, () => model.explain(singles[0]!));
  model.explain(batch);
  const batches = Array.from({ length: repeats }, () => timed(1, () => model.explain(batch)));
  const clock = median(batches.map((one) => one.clock)) / ROWS;
  const processor = median(batches.map((one) => one.processor)) / ROWS;
  const single = timed(ROWS, (i) => model.explain(singles[i]!));
  const columns = encoded(batch, model.features);
  const rows = Array.from({ length: FEW_ROWS }, (_, i) =>
    Float64Array.from(columns, (column) => column[i]!),
  );
  const recursive = timed(FEW_ROWS, (i) => recursiveShap(model.trees, rows[i]!, LEAVES));
  const on = `SHAP values, boosting of ${ROUNDS} × ${LEAVES} leaves, ${matrix.name}`;
  context.log(`${on}: ${clock.toFixed(0)} µs a row, ${single.clock.toFixed(0)} µs a row alone`);
  const them = await xgboost(context, folder, repeats);
  if (them) context.log(`  XGBoost: ${median(them.batches).toFixed(0)} µs a row`);
  const against = them ? `against ${them.version}` : "(no rival here)";
  return [
    lowerIsBetter(
      `${on}: by the clock ${against}`,
      clock,
      them && median(them.batches),
      "µs a row",
      `${ROWS} rows at once, medians; ours on one thread, the rival on all`,
    ),
    lowerIsBetter(
      `${on}: processor time ${against}`,
      processor,
      them && median(them.processor),
      "µs a row",
      `${ROWS} rows at once, medians`,
    ),
    lowerIsBetter(
      `${on}: one row alone ${against}`,
      single.clock,
      them?.row ?? null,
      "µs",
      `mean of ${ROWS} different rows, processor time ${single.processor.toFixed(0)} µs; the very first, with all that is prepared once per model, ${(first.clock / 1000).toFixed(0)} ms; target ≤ 5,000 µs`,
    ),
    lowerIsBetter(
      `${on}: processor time against the plain recursion`,
      processor,
      recursive.processor,
      "µs a row",
      `the recursion in the same process on ${FEW_ROWS} rows`,
    ),
  ];
}
