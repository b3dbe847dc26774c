/** The rows of a dataset as boosting learns from them: parted by time where some are kept to stop by, weighed, checked. */
import { type Dataset, takeRows } from "../dataset/dataset.ts";
import { quantileOf } from "./boosting-answers.ts";
import type { BoostingOptions } from "./boosting-options.ts";
import { checkOption, checkValues, type TrainingTarget, trainingTarget } from "./checks.ts";
import { rowWeights } from "./class-weights.ts";
import { log } from "./exp.ts";

/** Rows with what is to be learnt of them. */
export interface RowsToLearn {
  readonly dataset: Dataset;
  readonly target: TrainingTarget;
  /** Weight per row, above 0; null = 1 each. */
  readonly weights: Float64Array | null;
}

/**
 * @returns the rows to learn from, and those to stop by; rows of weight 0 are left out
 * @throws Problem as `Learner.fit`
 */
export function rowsToLearn(
  dataset: Dataset,
  options: BoostingOptions,
): { readonly training: RowsToLearn; readonly validation: RowsToLearn | null } {
  const { validation, validationShare } = options;
  const whole = trainingTarget(dataset);
  if (validation !== null) {
    return {
      training: weighed(dataset, whole, options),
      validation: weighedLike(whole, validation, options),
    };
  }
  if (validationShare === 0)
    return { training: weighed(dataset, whole, options), validation: null };
  const { earlier, later } = partByTime(dataset, validationShare);
  const training = trainingTarget(earlier);
  return {
    training: weighed(earlier, training, options),
    validation: weighedLike(training, later, options),
  };
}

/** The last rows by time, and those before them; rows of one moment stay together. */
function partByTime(dataset: Dataset, share: number): { earlier: Dataset; later: Dataset } {
  const { times, rows } = dataset;
  const known = times?.every((time) => !Number.isNaN(time)) ?? false;
  checkOption(known, "validationShare", share, "0 where the rows' times are not all known");
  const sorted = (times as Float64Array).toSorted();
  const first = sorted[Math.min(rows - 1, Math.ceil(rows * (1 - share)))]!;
  const earlier: number[] = [];
  const later: number[] = [];
  for (let row = 0; row < rows; row++) (times![row]! < first ? earlier : later).push(row);
  checkOption(
    earlier.length > 0,
    "validationShare",
    share,
    "0, as no row is earlier than the share's first",
  );
  return {
    earlier: takeRows(dataset, Uint32Array.from(earlier)),
    later: takeRows(dataset, Uint32Array.from(later)),
  };
}

function weighed(
  dataset: Dataset,
  target: TrainingTarget,
  { classWeights }: BoostingOptions,
): RowsToLearn {
  if (target.task === "regression")
    checkOption(
      classWeights === null,
      "classWeights",
      classWeights,
      "null where values are learnt",
    );
  const weights = target.task === "regression" ? target.weights : rowWeights(target, classWeights);
  if (weights === null || !weights.includes(0)) return { dataset, target, weights };
  const rows = Uint32Array.from(weights.keys()).filter((row) => weights[row]! > 0);
  const kept = takeRows({ ...dataset, weights }, rows);
  return { dataset: kept, target: trainingTarget(kept), weights: kept.weights };
}

/** Rows to stop by, whose target must be of the same kind; their classes may come in another order or be fewer. */
function weighedLike(
  training: TrainingTarget,
  dataset: Dataset,
  options: BoostingOptions,
): RowsToLearn | null {
  const { target, rows } = dataset;
  const fitting = target !== null && (target.kind === "class") === (training.classes !== null);
  checkOption(
    fitting && rows > 0,
    "validation",
    `${rows} rows with a target of ${target?.kind ?? "nothing"}`,
    "rows with a target of the same kind as those to learn from",
  );
  const weights = dataset.weights?.some((weight) => weight > 0) === false ? null : dataset.weights;
  if (target?.kind !== "class" || training.task === "regression") {
    const values = target?.kind === "value" ? target.values : new Float64Array(0);
    checkValues(values);
    return { dataset, target: { task: "regression", classes: null, values, weights }, weights };
  }
  const places = target.classes.map((name) => training.classes.indexOf(name));
  const codes = target.codes.map((code) => places[code]!);
  const unknown = codes.indexOf(-1);
  checkOption(
    unknown < 0,
    "validation",
    `a row of the class ${target.classes[target.codes[unknown] ?? 0]}`,
    `rows of the classes to learn only: ${training.classes.join(", ")}`,
  );
  const like: TrainingTarget = { task: training.task, classes: training.classes, codes, weights };
  const one = codes.every((code) => code === codes[0]);
  return {
    dataset,
    target: like,
    weights: one ? weights : rowWeights(like, options.classWeights),
  };
}

/** What is said before the first tree: log-odds, logarithms of shares, the mean or the quantile. */
export function baseOf({ target, weights }: RowsToLearn, quantile: number | null): Float64Array {
  if (target.task === "regression") {
    const { values } = target;
    if (quantile !== null) return Float64Array.of(quantileOf(values.slice(), weights, quantile));
    return Float64Array.of(meanOf(values, weights));
  }
  const sums = new Float64Array(target.classes.length);
  let total = 0;
  for (let row = 0; row < target.codes.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    sums[target.codes[row]!]! += weight;
    total += weight;
  }
  if (target.task === "binary") return Float64Array.of(log(sums[1]! / sums[0]!));
  return sums.map((sum) => log(Math.max(sum / total, RAREST)));
}

/** Share of a class that does not come among the rows. */
const RAREST = 1e-15;

function meanOf(values: Float64Array, weights: Float64Array | null): number {
  let mean = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    // A constant stays itself to the bit, and no sum overflows.
    if (values[row] !== mean) mean = mean * (1 - weight / total) + values[row]! * (weight / total);
  }
  return mean;
}
