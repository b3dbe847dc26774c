/**
 * Ridge regression: a number as a sum over features, by least squares with a penalty. Takes a dataset and gives a model;
 * numbers are standardised inside, levels and missing have terms of their own.
 */
import type { Dataset } from "../dataset/dataset.ts";
import { checkOption, optionsOver, valuesToLearn } from "./checks.ts";
import { solveByRoot } from "./cholesky.ts";
import { dot, solveByGradients } from "./conjugate-gradients.ts";
import { checkStretches, designOf, termRows } from "./design.ts";
import { encoded, featuresOf } from "./features.ts";
import {
  type Linear,
  linearExplanation,
  linearJson,
  linearScores,
  readLinear,
} from "./linear-model.ts";
import type { Learner, Model, TrainingControl } from "./model.ts";
import { type ModelHeader, readHeader } from "./model-json.ts";
import { backward, forward, normalMatrix, squares, type TermRows } from "./term-rows.ts";
import { nextTurn } from "./turns.ts";

export interface RidgeOptions {
  /** l2 × Σ slopes² is added to the weighted sum of squared errors; ≥ 0 (scikit-learn's alpha). Default 1. */
  readonly l2: number;
  /**
   * Numbers and times say in addition what each of so many stretches of about equal count says, so that they need not
   * be a straight line; 0 = none, or 2 … 100. Default 0.
   */
  readonly stretches: number;
}

export interface RidgeModel extends Model {
  /** Slopes and intercept, one output. */
  readonly linear: Linear;
}

const DEFAULTS: RidgeOptions = { l2: 1, stretches: 0 };
const KIND = "ridge";
const VERSION = 1;
/** Up to this many terms the equations are solved by their root; more would fill the memory. */
const MOST_FOR_ROOT = 1000;

/** @throws Problem as `Learner.fit` */
export async function fitRidge(
  dataset: Dataset,
  options: Partial<RidgeOptions> = {},
  control: TrainingControl = {},
): Promise<RidgeModel> {
  const { l2, stretches } = optionsOver(DEFAULTS, options);
  checkStretches(stretches);
  checkOption(l2 >= 0 && l2 < Infinity, "l2", l2, "a finite number of 0 or more");
  const target = valuesToLearn(dataset);
  const weights = target.weights ?? new Float64Array(dataset.rows).fill(1);
  const features = featuresOf(dataset);
  const columns = encoded(dataset, features);
  const design = designOf(features, columns, weights, stretches);
  await nextTurn();
  control.signal?.throwIfAborted();
  control.onProgress?.(0);
  // Numbers near 1, lest squares overflow and so that rounding is relative to the values' spread.
  const { middle, unit } = measureOf(target.values, weights);
  const scaled = target.values.map((value) => (unit > 0 ? (value - middle) / unit : 0));
  const rows = termRows(design, columns);
  const found = leastSquares(rows, design.width, scaled, weights, l2);
  return ridgeModel(
    { task: "regression", features, classes: null },
    {
      features,
      design,
      slopes: [found.slice(0, design.width).map((slope) => slope * unit)],
      intercepts: Float64Array.of(middle + unit * found[design.width]!),
    },
  );
}

/** Weighted mean of values and their farthest distance from it. */
function measureOf(values: Float64Array, weights: Float64Array): { middle: number; unit: number } {
  let middle = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    if (weights[row] === 0) continue;
    total += weights[row]!;
    const share = weights[row]! / total;
    middle = middle * (1 - share) + values[row]! * share;
  }
  let unit = 0;
  for (let row = 0; row < values.length; row++)
    if (weights[row]! > 0) unit = Math.max(unit, Math.abs(values[row]! / 2 - middle / 2) * 2);
  return { middle, unit: unit === Infinity ? Number.MAX_VALUE : unit };
}

/** Slopes and, last, the intercept that minimise Σ weight × (value − score)² + l2 × Σ slopes². */
function leastSquares(
  rows: TermRows,
  width: number,
  values: Float64Array,
  weights: Float64Array,
  l2: number,
): Float64Array {
  const size = width + 1;
  const b = new Float64Array(size);
  b[width] = backward(
    rows,
    values.map((value, row) => value * weights[row]!),
    b,
  );
  if (width <= MOST_FOR_ROOT) {
    const exact = Float64Array.from(b);
    if (solveByRoot(normalMatrix(rows, width, weights, l2), exact)) return exact;
  }
  const product = new Float64Array(rows.rows);
  const times = (v: Float64Array, out: Float64Array) => {
    forward(rows, v, v[width]!, product);
    for (let row = 0; row < product.length; row++) product[row]! *= weights[row]!;
    for (let term = 0; term < width; term++) out[term] = l2 * v[term]!;
    out[width] = backward(rows, product, out);
  };
  // One more round on what is left mends the rounding of the first.
  const equations = { times, diagonal: squares(rows, width, weights, l2) };
  const most = 10 * size + 100;
  const first = solveByGradients(equations, b, 1e-14, most);
  const reached = new Float64Array(size);
  times(first, reached);
  const left = b.map((one, i) => one - reached[i]!);
  if (dot(left, left) === 0) return first;
  const second = solveByGradients(equations, left, 1e-6, most);
  return first.map((one, i) => one + second[i]!);
}

function ridgeModel(header: ModelHeader, linear: Linear): RidgeModel {
  return {
    kind: KIND,
    ...header,
    linear,
    predict: (dataset) => linearScores(linear, dataset),
    explain: (dataset) => linearExplanation(linear, dataset, "value"),
    toJSON: () => ({ kind: KIND, version: VERSION, ...header, ...linearJson(linear) }),
  };
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readRidge(json: unknown): RidgeModel {
  const { header, parts } = readHeader(json, KIND, VERSION, ["regression"]);
  return ridgeModel(header, readLinear(parts, header.features, 1));
}

export const ridge: Learner<Partial<RidgeOptions>> = {
  kind: KIND,
  fit: fitRidge,
  fromJSON: readRidge,
};
