/**
 * Random forests: takes a dataset whose target is a class or a number and gives a model that is the mean of many trees,
 * each grown from other rows and trying other features at every split.
 *
 * @see Breiman (2001), Machine Learning 45; Malley et al. (2012), Methods of Information in Medicine 51 (probabilities)
 */
import type { Dataset } from "../dataset/dataset.ts";
import { binRows, chooseBins, type FeatureBins } from "./bins.ts";
import { checkOption, type TrainingTarget, trainingTarget } from "./checks.ts";
import { rowWeights } from "./class-weights.ts";
import { encoded, featuresOf } from "./features.ts";
import { FOREST_KIND, type ForestModel, forestFromJson, forestModel } from "./forest-model.ts";
import { type ForestOptions, forestOptions, triedFeatures } from "./forest-options.ts";
import { forestTrees } from "./forest-trees.ts";
import type { ForestPart, ForestPlan } from "./grow-forest.ts";
import type { GrownTree } from "./grow-nodes.ts";
import { MOST_ROWS } from "./grow-split.ts";
import type { Learner, TrainingControl } from "./model.ts";
import { outOfBagOf, outOfBagSums } from "./out-of-bag.ts";
import { pool, runParts } from "./pool.ts";
import { MOST_DRAWS } from "./split-binary.ts";

type Options = Required<ForestOptions>;

/** Rows × trees of one part of the work; parts should be long beside a message between threads. */
const PART_ROWS = 100_000;

/** The learner of forests. */
export interface ForestLearner extends Learner<ForestOptions> {
  fit(dataset: Dataset, options?: ForestOptions, control?: TrainingControl): Promise<ForestModel>;
  fromJSON(json: unknown): ForestModel;
}

export const forest: ForestLearner = {
  kind: FOREST_KIND,
  fit: fitForest,
  fromJSON: forestFromJson,
};

async function fitForest(
  dataset: Dataset,
  given?: ForestOptions,
  control: TrainingControl = {},
): Promise<ForestModel> {
  const options = forestOptions(given);
  const target = trainingTarget(dataset);
  checkOption(dataset.rows <= MOST_ROWS, "rows", dataset.rows, `at most ${MOST_ROWS} rows`);
  const features = featuresOf(dataset);
  const columns = encoded(dataset, features);
  const parts = partsOf(options.trees, dataset.rows);
  pool.prepare("forest", parts.length, control);
  const bins = chooseBins(features, columns, options.bins);
  const plan = planOf(target, bins, columns, options);
  const grown = await runParts<GrownTree[]>("forest", plan, parts, control);
  const trees = forestTrees(grown, features, bins, plan.outputs);
  const outOfBag =
    plan.outOfBag === null ? null : outOfBagOf(plan.outOfBag, plan.outputs, target, target.weights);
  return forestModel(target.task, features, target.classes, trees, outOfBag);
}

function partsOf(trees: number, rows: number): ForestPart[] {
  const size = Math.min(trees, Math.max(1, Math.floor(PART_ROWS / rows)));
  const parts: ForestPart[] = [];
  for (let first = 0; first < trees; first += size)
    parts.push({ first, count: Math.min(size, trees - first) });
  return parts;
}

function planOf(
  target: TrainingTarget,
  bins: readonly FeatureBins[],
  columns: readonly Float64Array[],
  options: Options,
): ForestPlan {
  const stride = (bins.length + 3) & ~3;
  const rowCount = columns[0]?.length ?? 0;
  const binned = new Uint8Array(new SharedArrayBuffer(rowCount * stride));
  binRows(columns, bins, binned, stride, 1);
  const weights =
    target.task === "regression" ? target.weights : rowWeights(target, options.classWeights);
  const eligible = weights?.some((weight) => weight === 0)
    ? Uint32Array.from(weights.keys()).filter((row) => weights[row]! > 0)
    : null;
  const { rows, ...kind } = targetOf(target, weights);
  const outputs = target.task === "multiclass" ? target.classes.length : 1;
  const asked = options.featuresPerSplit ?? (target.task === "regression" ? "third" : "sqrt");
  const sampleShare = options.sampleShare ?? (options.sampling === "subsample" ? 0.632 : 1);
  const draws = Math.max(1, Math.round(sampleShare * (eligible?.length ?? rowCount)));
  const tooMany = `a share that makes at most ${MOST_DRAWS} rows`;
  checkOption(draws <= MOST_DRAWS, "sampleShare", sampleShare, tooMany);
  return {
    data: {
      stride,
      binCounts: Uint16Array.from(bins, (one) => one.bins),
      categorical: Uint8Array.from(bins, (one) => (one.binOfLevel === null ? 0 : 1)),
    },
    rows: { bins: binned, ...rows },
    rowCount,
    ...kind,
    outputs,
    eligible,
    candidates: changingFeatures(binned, stride, bins.length),
    drawing: { sampling: options.sampling, draws },
    limits: {
      maxDepth: options.maxDepth ?? Number.POSITIVE_INFINITY,
      minSplitRows: options.minSplitRows,
      maxLeaves: options.maxLeaves ?? Number.POSITIVE_INFINITY,
      featuresPerSplit: triedFeatures(asked, bins.length),
    },
    minLeafRows: options.minLeafRows,
    seed: options.seed,
    outOfBag: options.outOfBag ? sumsFor(target, rowCount, outputs, options.trees) : null,
  };
}

function sumsFor(target: TrainingTarget, rows: number, outputs: number, trees: number) {
  if (target.task !== "regression") return outOfBagSums(rows, outputs, trees, 0, 1);
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of target.values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return outOfBagSums(rows, outputs, trees, least, most);
}

/** Features that are not in the same bin in all rows. */
function changingFeatures(binned: Uint8Array, stride: number, features: number): number[] {
  const out: number[] = [];
  for (let f = 0; f < features; f++) {
    let at = f;
    while (at < binned.length && binned[at] === binned[f]) at += stride;
    if (at < binned.length) out.push(f);
  }
  return out;
}

/** The target as the search for splits wants it, in shared memory. */
function targetOf(
  target: TrainingTarget,
  weights: Float64Array | null,
): Pick<ForestPlan, "target" | "binary" | "classWeights"> & {
  rows: { codes: Uint16Array | null; values: Float64Array | null; weights: Float64Array | null };
} {
  const length = target.task === "regression" ? target.values.length : target.codes.length;
  const shared = (bytes: number) => new SharedArrayBuffer(bytes * length);
  const numbers = (from: ArrayLike<number>) => {
    const out = new Float64Array(shared(8));
    out.set(from);
    return out;
  };
  const weighed = weights === null ? null : numbers(weights);
  const rows = { codes: null, values: null, weights: weighed };
  const plain = { binary: null, classWeights: [1, 1] as const };
  if (target.task === "regression")
    return { ...plain, target: "values", rows: { ...rows, values: numbers(target.values) } };
  if (target.task === "multiclass") {
    const codes = new Uint16Array(shared(2));
    codes.set(target.codes);
    return { ...plain, target: "classes", rows: { ...rows, codes } };
  }
  if (target.weights !== null)
    return { ...plain, target: "two-weighted", rows: { ...rows, values: numbers(target.codes) } };
  const binary = new Uint8Array(shared(1));
  binary.set(target.codes);
  // Without weights of their own rows differ by class alone.
  const weightOf = (code: number) => weights?.[target.codes.indexOf(code)] ?? 1;
  const classWeights = [weightOf(0), weightOf(1)] as const;
  return { target: "two", binary, classWeights, rows: { ...rows, weights: null } };
}
