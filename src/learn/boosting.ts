/**
 * Histogram gradient boosting: takes a dataset with classes or values and gives a model that adds up small trees, each
 * grown to mend what those before it got wrong.
 *
 * @see Friedman (2001), Annals of Statistics 29(5); Ke et al. (2017), LightGBM, NeurIPS; Chen & Guestrin (2016), XGBoost
 */
import type { Dataset } from "../dataset/dataset.ts";
import { binRows, chooseBins } from "./bins.ts";
import type { Boosted, BoostingWork } from "./boosting-member.ts";
import {
  layoutOf,
  memoryFor,
  type RowViews,
  type Sizes,
  trainingViews,
  validationViews,
} from "./boosting-memory.ts";
import { type BoostingModel, boostingModel, readBoosting } from "./boosting-model.ts";
import { type BoostingOptions, boostingOptions, monotoneDirections } from "./boosting-options.ts";
import { treesOf } from "./boosting-record.ts";
import { baseOf, type RowsToLearn, rowsToLearn } from "./boosting-rows.ts";
import { encoded, featuresOf } from "./features.ts";
import type { Learner, TrainingControl } from "./model.ts";
import { pool } from "./pool.ts";
import { giveBackMemory } from "./shared-memory.ts";

/** Rows that are worth a thread of their own. */
const ROWS_PER_THREAD = 2048;

/**
 * Boosts. Equal data, options and seed give an equal model to the bit, whatever the number of threads; without
 * sampling the seed does not matter.
 *
 * @throws Problem as `Learner.fit`; `LEARN_TOO_LARGE` beyond 4 GiB of bins and sums
 */
export async function fitBoosting(
  dataset: Dataset,
  given: Partial<BoostingOptions> = {},
  control: TrainingControl = {},
): Promise<BoostingModel> {
  const options = boostingOptions(given);
  const { training, validation } = rowsToLearn(dataset, options);
  const { target } = training;
  const features = featuresOf(training.dataset);
  const outputs = target.task === "multiclass" ? target.classes.length : 1;
  const directions = monotoneDirections(options.monotone, training.dataset.columns, outputs);
  const { rows } = training.dataset;
  const worthIt = Math.max(1, Math.floor(rows / ROWS_PER_THREAD));
  const members = Math.min(pool.threadsOf(control), worthIt);
  control.signal?.throwIfAborted();
  pool.prepare("boosting", members, control);

  const trainingColumns = encoded(training.dataset, features);
  const bins = chooseBins(features, trainingColumns, options.maxBins);
  const entries = new Uint32Array(features.length + 1);
  bins.forEach((of, feature) => {
    entries[feature + 1] = entries[feature]! + of.bins + 1;
  });
  const sizes: Sizes = {
    rows,
    features: features.length,
    outputs,
    classes: target.task !== "regression",
    weighted: training.weights !== null,
    validationRows: validation?.dataset.rows ?? 0,
    validationWeighted: (validation?.weights ?? null) !== null,
    entries: entries[features.length]!,
    maxLeaves: options.maxLeaves,
    members,
  };
  const layout = layoutOf(sizes);
  const memory = memoryFor(layout);
  const base = baseOf(training, options.quantile);
  // Column by column; the threads themselves turn the bins of their rows.
  binRows(trainingColumns, bins, new Uint8Array(memory.buffer, layout.columns), 1, rows);
  fill(trainingViews(memory.buffer, layout, sizes), training, base);
  if (validation !== null) {
    const views = validationViews(memory.buffer, layout, sizes);
    const columns = encoded(validation.dataset, features);
    binRows(columns, bins, views.bins, features.length, 1);
    fill(views, validation, base);
  }

  const work: BoostingWork = {
    memory,
    layout,
    sizes,
    plan: {
      bins: Uint8Array.from(bins, (of) => of.bins),
      categorical: Uint8Array.from(bins, (of) => (of.cuts === null ? 1 : 0)),
      directions,
      entries,
    },
    rules: { ...rulesOf(options, rows), monotone: directions.some((direction) => direction !== 0) },
    rounds: options.rounds,
    learningRate: options.learningRate,
    maxDepth: options.maxDepth ?? Infinity,
    columnShare: options.columnShare,
    nodeColumnShare: options.nodeColumnShare,
    rowShare: options.rowShare,
    quantile: target.task === "regression" ? options.quantile : null,
    patience: options.patience,
    seed: options.seed,
    largestWeight: training.weights?.reduce((most, weight) => Math.max(most, weight), 0) ?? 1,
  };
  const gang = Array.from({ length: members }, (_, member) => member);
  const [boosted] = await pool.runGang<Boosted>("boosting", work, gang, control);
  // Only now is it sure that no thread works on it; after an error or an abort it is left to itself.
  giveBackMemory(memory);
  const { trees, trainingLoss, validationLoss, rounds } = boosted as Boosted;
  const weight = training.weights?.reduce((sum, one) => sum + one, 0) ?? rows;
  return boostingModel(
    { task: target.task, features, classes: target.classes },
    {
      base,
      trees: treesOf(trees, bins, outputs, weight),
      quantile: work.quantile,
      history: {
        training: trainingLoss,
        validation: meanOf(validationLoss, validation),
        rounds,
      },
    },
  );
}

function rulesOf(options: BoostingOptions, rows: number) {
  const { l2, minGain, minLeafRows, minChildWeight } = options;
  const { categorySmoothing, minCategoryRows, categoryL2 } = options;
  const minGroupRows = options.minGroupRows ?? Math.min(100, Math.max(1, Math.floor(rows / 20)));
  const ofLevels = { categorySmoothing, minCategoryRows, categoryL2, minGroupRows };
  return { l2, minGain, minLeafRows, minChildWeight, ...ofLevels };
}

/** Writes what is known of rows but for their bins into the memory that the threads share. */
function fill(views: RowViews, { target, weights }: RowsToLearn, base: Float64Array): void {
  if (target.task === "regression") views.values?.set(target.values);
  else views.codes?.set(target.codes);
  if (weights !== null) views.weights?.set(weights);
  for (let at = 0; at < views.scores.length; at += base.length) views.scores.set(base, at);
}

/** Sums of losses as means by weight. */
function meanOf(sums: Float64Array, rows: RowsToLearn | null): Float64Array {
  if (rows === null) return sums;
  const weight = rows.weights?.reduce((sum, one) => sum + one, 0) ?? rows.dataset.rows;
  return sums.map((sum) => sum / weight);
}

export const boosting: Learner<Partial<BoostingOptions>> = {
  kind: "boosting",
  fit: fitBoosting,
  fromJSON: readBoosting,
};
