/** One learner on one matrix: ours and the rivals', each in a process of its own. */
import { existsSync } from "node:fs";
import path from "node:path";
import { type BenchContext, quantile, runMeasured } from "../measure.ts";

export interface Run {
  /** Medians, seconds; binning included. */
  readonly fit: number;
  /** The first fit of the process, seconds. */
  readonly first: number;
  readonly repeats: number;
  /** Of rows that a model has predicted before: what it prepares at first is over. */
  readonly predict: number;
  /** The model's first. */
  readonly predictFirst: number;
  /** Again, on one thread; null where not asked. */
  readonly predictAlone: number | null;
  /** Microseconds to predict one row; null where not asked. */
  readonly row: number | null;
  readonly auc: number;
  /** Largest resident memory, MB; null where not known. */
  readonly peak: number | null;
  /** Median processor seconds of a fit, all threads; null where not known. */
  readonly processor: number | null;
  readonly version: string;
}

interface Told {
  readonly fits: number[];
  readonly predictions: number[];
  readonly firsts: number[];
  readonly alone?: number[];
  readonly processor?: number[];
  readonly row?: number;
  readonly auc: number;
  readonly peak?: number;
  readonly version?: string;
  readonly versions?: Record<string, string>;
}

const median = (values: readonly number[]) => quantile(values, 0.5);

function runOf(told: Told): Run {
  return {
    fit: median(told.fits),
    first: told.fits[0] ?? Number.NaN,
    repeats: told.fits.length,
    predict: median(told.predictions),
    predictFirst: median(told.firsts),
    predictAlone: told.alone ? median(told.alone) : null,
    row: told.row ?? null,
    auc: told.auc,
    peak: told.peak ?? null,
    processor: told.processor ? median(told.processor) : null,
    version:
      told.version ??
      Object.entries(told.versions ?? {})
        .map(([name, version]) => `${name} ${version}`)
        .join(", "),
  };
}

const OURS = (dist: string) => `
  import { closeSync, openSync, readFileSync, readSync } from "node:fs";
  import path from "node:path";
  import { datasetOf } from ${JSON.stringify(`${dist}/dataset/dataset.js`)};
  import { rocAuc } from ${JSON.stringify(`${dist}/evaluate/roc-auc.js`)};
  import { scoredRows } from ${JSON.stringify(`${dist}/evaluate/scored-rows.js`)};
  import { LEARNERS, predictInParallel } from ${JSON.stringify(`${dist}/learn/learn.js`)};
  const [folder, kind, options, repeats] = process.argv.slice(-4);
  const { rows, columns, train } = JSON.parse(readFileSync(path.join(folder, "meta.json"), "utf8"));
  const y = readFileSync(path.join(folder, "y.u8"));
  // Read piece by piece into columns: the matrix is never held twice, as the rivals do not either.
  const loaded = () => {
    const parts = [[0, train], [train, rows], [train, train + 1]].map(([from, to]) => ({
      from, to, columns: Array.from({ length: columns }, () => new Float64Array(to - from)),
    }));
    const file = openSync(path.join(folder, "x.f64"));
    const piece = new Float64Array(4096 * columns);
    for (let first = 0; first < rows; first += 4096) {
      const read = readSync(file, piece, 0, piece.byteLength, first * columns * 8) / 8 / columns;
      for (const { from, to, columns: values } of parts)
        for (let i = Math.max(from, first); i < Math.min(to, first + read); i++)
          for (let k = 0; k < columns; k++) values[k][i - from] = piece[(i - first) * columns + k];
    }
    closeSync(file);
    return parts.map(({ from, to, columns: values }) => datasetOf(
      values.map((one, k) => ({ kind: "numeric", name: "x" + k, values: one })),
      { target: { kind: "class", codes: Int32Array.from(y.subarray(from, to)), classes: ["0", "1"] } },
    ));
  };
  const [learnt, tested, one] = loaded();
  const learner = LEARNERS.find((one) => one.kind === kind);
  const fits = [], firsts = [], predictions = [], alone = [], processor = [];
  let said, model;
  for (let i = 0; i < Number(repeats); i++) {
    model = said = null;
    gc(); // the model before is not held beside the next one, as the rivals do not either
    const started = performance.now(), used = process.cpuUsage();
    model = await learner.fit(learnt, JSON.parse(options));
    fits.push((performance.now() - started) / 1000);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1e6);
    const before = performance.now();
    said = await predictInParallel(model, tested); // the model's first, what it prepares included
    firsts.push((performance.now() - before) / 1000);
    for (let k = 0; k < 2; k++) {
      const once = performance.now();
      await predictInParallel(model, tested);
      predictions.push((performance.now() - once) / 1000);
    }
    const again = performance.now();
    model.predict(tested);
    alone.push((performance.now() - again) / 1000);
  }
  for (let i = 0; i < 2000; i++) model.predict(one);
  const before = performance.now();
  for (let i = 0; i < 2000; i++) model.predict(one);
  const row = (performance.now() - before) / 2000 * 1000;
  const auc = rocAuc(scoredRows(said, Uint8Array.from(y.subarray(train)))).value;
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ fits, firsts, predictions, alone, processor, row, auc, peak, version: "leadsmart" }));
  process.exit(0);`;

/** Our learner `kind` on a matrix. */
export async function ours(
  context: BenchContext,
  folder: string,
  kind: string,
  options: Readonly<Record<string, unknown>>,
  repeats: number,
): Promise<Run> {
  const dist = `file://${path.join(context.product, "dist", "src")}`;
  const args = ["--expose-gc", "--input-type=module", "-e", OURS(dist), "--"];
  const ran = await runMeasured(process.execPath, [
    ...args,
    folder,
    kind,
    JSON.stringify(options),
    String(repeats),
  ]);
  return runOf(JSON.parse(ran.stdout) as Told);
}

/** A rival of Python on a matrix; null where it is not installed. */
export async function python(
  context: BenchContext,
  folder: string,
  model: "forest" | "histogram" | "xgboost" | "logistic",
  options: Readonly<Record<string, unknown>>,
  repeats: number,
): Promise<Run | null> {
  const program = path.join(context.root, "bench", "rivals", "learn.py");
  // Debian's own Python holds Debian's packages, whatever other one comes first on the path.
  const interpreter = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  try {
    const args = [program, folder, model, JSON.stringify(options), String(repeats)];
    return runOf(JSON.parse((await runMeasured(interpreter, args)).stdout) as Told);
  } catch (error) {
    if (!/ModuleNotFoundError|ENOENT/.test(String(error))) throw error;
    context.log(`no ${model} of Python here`);
    return null;
  }
}

/** R's ranger on a matrix; null where it is not installed. @param depth 0 = unlimited */
export async function ranger(
  context: BenchContext,
  folder: string,
  trees: number,
  depth: number,
  repeats: number,
): Promise<Run | null> {
  const program = path.join(context.root, "bench", "rivals", "ranger.R");
  try {
    const args = [program, folder, String(trees), String(depth), String(repeats)];
    const ran = await runMeasured("Rscript", args);
    const run = runOf(JSON.parse(ran.stdout) as Told);
    return { ...run, peak: ran.peakMegabytes, version: `ranger ${run.version}` };
  } catch (error) {
    if (!/ENOENT|no package called/.test(String(error))) throw error;
    context.log("no ranger of R here");
    return null;
  }
}
