/** Takes a model and rows and gives what it would say on average were one or two of their columns set to a value. */
import { Problem } from "../base/problem.ts";
import { seededRandom } from "../base/random.ts";
import { type Column, type Dataset, takeRows } from "../dataset/dataset.ts";
import { checkOption, optionsOver } from "./checks.ts";
import { encoded, type Feature } from "./features.ts";
import type { Model } from "./model.ts";
import { middleOf, rowDraws } from "./row-mean.ts";

export interface DependenceOptions {
  /** Most values of a column: quantiles of its known numbers, or its most frequent levels. 2 … 1000, default 20. */
  readonly points: number;
  /** Most rows looked at, drawn without replacement; 1 or more, default 2000. */
  readonly rows: number;
  /** Draws of rows for the intervals, 0 … 100 000, default 0 = no intervals. */
  readonly resamples: number;
  /** Keep what is said of each row as well (individual conditional expectation). */
  readonly each: boolean;
  readonly seed: number;
}

/** The values that a column is set to. */
export interface GridAxis {
  readonly feature: Feature;
  /** Increasing numbers (booleans 0 and 1, times in milliseconds); of a categorical column null. */
  readonly numbers: Float64Array | null;
  /** In the order of the model's levels; null where there are numbers. */
  readonly levels: readonly string[] | null;
}

/** A cell is a value of the first axis with one of the second (which runs faster), if there are two. */
export interface PartialDependence {
  readonly axes: readonly GridAxis[];
  readonly outputs: number;
  /** Rows looked at. */
  readonly rows: number;
  /** cells × outputs: mean prediction, weighted as the rows are. */
  readonly mean: Float64Array;
  /** cells × outputs, 95 % over rows (or groups) drawn anew; null where not asked for. The model's own chance is not in it. */
  readonly low: Float64Array | null;
  readonly high: Float64Array | null;
  /** rows × cells × outputs; null where not asked for. */
  readonly each: Float64Array | null;
  /** Places in the dataset of the rows looked at. */
  readonly places: Uint32Array;
}

const DEFAULTS: DependenceOptions = {
  points: 20,
  rows: 2000,
  resamples: 0,
  each: false,
  seed: 1,
};

/**
 * Partial dependence on one or two columns. Where columns depend on each other, some cells are of rows that never
 * occur; the lines of single rows show whether the mean hides opposite ways.
 *
 * @throws Problem `LEARN_OPTION` (no such column, an option out of its range), `LEARN_EMPTY` (no row, or nothing known of
 * the column), what `predict` throws
 * @see Friedman (2001), Annals of Statistics 29(5); Goldstein et al. (2015), JCGS 24(1)
 */
export function partialDependence(
  model: Model,
  dataset: Dataset,
  names: readonly [string] | readonly [string, string],
  given: Partial<DependenceOptions> = {},
): PartialDependence {
  const options = checked(optionsOver(DEFAULTS, given));
  const features = featuresNamed(model, names);
  const axes = features.map((feature) => axisOf(feature, dataset, options.points));
  const random = seededRandom(options.seed);
  const places = drawnPlaces(dataset, options.rows, random.fork("rows"));
  const looked = takeRows(dataset, places);
  const cells = axes.reduce((product, axis) => product * sizeOf(axis), 1);
  const second = axes[1] ? sizeOf(axes[1]) : 1;
  let outputs = 1;
  let said = new Float64Array(0);
  for (let cell = 0; cell < cells; cell++) {
    const values = [Math.floor(cell / second), cell % second];
    const set = axes.map((axis, i) => columnOf(axis, values[i]!, looked.rows));
    const predicted = model.predict(withSet(looked, set));
    if (cell === 0) {
      outputs = predicted.length / looked.rows;
      said = new Float64Array(looked.rows * cells * outputs);
    }
    for (let row = 0; row < looked.rows; row++) {
      for (let k = 0; k < outputs; k++)
        said[(row * cells + cell) * outputs + k] = predicted[row * outputs + k]!;
    }
  }
  const width = cells * outputs;
  const { weights } = looked;
  const mean = new Float64Array(width);
  addMean(said, weights, looked.rows, (row) => row, mean);
  const band = options.resamples === 0 ? null : bandOf(said, looked, width, options, random);
  return {
    axes,
    outputs,
    rows: looked.rows,
    mean,
    low: band?.low ?? null,
    high: band?.high ?? null,
    each: options.each ? said : null,
    places,
  };
}

function checked(options: DependenceOptions): DependenceOptions {
  const { points, rows, resamples, each, seed } = options;
  const whole = (name: string, value: number, least: number, most: number) =>
    checkOption(
      Number.isInteger(value) && value >= least && value <= most,
      name,
      value,
      `a whole number from ${least} to ${most}`,
    );
  whole("points", points, 2, 1000);
  whole("rows", rows, 1, Number.MAX_SAFE_INTEGER);
  whole("resamples", resamples, 0, 100_000);
  checkOption(typeof each === "boolean", "each", each, "true or false");
  checkOption(Number.isInteger(seed), "seed", seed, "a whole number");
  return options;
}

function featuresNamed({ features }: Model, names: readonly string[]): Feature[] {
  const known = features.map((feature) => feature.name).join(", ");
  const fine = (names.length === 1 || names.length === 2) && new Set(names).size === names.length;
  checkOption(fine, "names", names.join(", "), "one column, or two different ones");
  return names.map((name) => {
    const feature = features.find((one) => one.name === name);
    checkOption(feature !== undefined, "names", name, `only: ${known}`);
    return feature as Feature;
  });
}

function nothingKnown(what: string, where: string): never {
  throw new Problem("LEARN_EMPTY", {
    what,
    where,
    fix: "Give rows of which something is known, with weights above 0.",
  });
}

function axisOf(feature: Feature, dataset: Dataset, points: number): GridAxis {
  const known = encoded(dataset, [feature])[0]!
    .filter((x) => !Number.isNaN(x))
    .sort();
  if (known.length === 0) nothingKnown("It has no known value", `column ${feature.name}`);
  const { levels } = feature;
  if (levels !== null) {
    const counts = new Uint32Array(levels.length);
    for (const code of known) counts[code]!++;
    const seen = [...counts.keys()].filter((code) => counts[code]! > 0);
    const most = seen.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, points);
    const chosen = most.sort((a, b) => a - b).map((code) => levels[code] ?? "");
    return { feature, numbers: null, levels: chosen };
  }
  const distinct = new Set(known);
  const numbers =
    distinct.size <= points
      ? distinct
      : new Set(
          Array.from(
            { length: points },
            (_, i) => known[Math.round((i * (known.length - 1)) / (points - 1))]!,
          ),
        );
  return { feature, numbers: Float64Array.from(numbers), levels: null };
}

function sizeOf({ numbers, levels }: GridAxis): number {
  return numbers?.length ?? levels?.length ?? 0;
}

function columnOf({ feature, numbers, levels }: GridAxis, at: number, rows: number): Column {
  const { name } = feature;
  if (levels !== null)
    return { kind: "categorical", name, levels, codes: new Int32Array(rows).fill(at) };
  const number = numbers?.[at] ?? Number.NaN;
  if (feature.kind === "boolean")
    return { kind: "boolean", name, values: new Int8Array(rows).fill(number) };
  const kind = feature.kind === "time" ? "time" : "numeric";
  return { kind, name, values: new Float64Array(rows).fill(number) };
}

function withSet(dataset: Dataset, set: readonly Column[]): Dataset {
  const columns = dataset.columns.map(
    (column) => set.find((one) => one.name === column.name) ?? column,
  );
  return { ...dataset, columns };
}

/** In the order of the dataset. */
function drawnPlaces(
  { rows, weights }: Dataset,
  most: number,
  random: ReturnType<typeof seededRandom>,
): Uint32Array {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const counting = weights === null ? all : all.filter((row) => weights[row]! > 0);
  if (counting.length === 0) nothingKnown("There are no rows that count", "dataset");
  if (counting.length <= most) return counting;
  for (let i = 0; i < most; i++) {
    const j = i + random.int(counting.length - i);
    const held = counting[i]!;
    counting[i] = counting[j]!;
    counting[j] = held;
  }
  return counting.slice(0, most).sort();
}

/** Adds the weighted mean of rows of numbers to `mean`. */
function addMean(
  said: Float64Array,
  weights: Float64Array | null,
  rows: number,
  placeOf: (i: number) => number,
  mean: Float64Array,
): void {
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const row = placeOf(i);
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    const start = row * mean.length;
    for (let at = 0; at < mean.length; at++) mean[at]! += weight * said[start + at]!;
  }
  for (let at = 0; at < mean.length; at++) mean[at]! /= total;
}

function bandOf(
  said: Float64Array,
  looked: Dataset,
  width: number,
  { resamples }: DependenceOptions,
  random: ReturnType<typeof seededRandom>,
): { low: Float64Array; high: Float64Array } {
  const draw = rowDraws(looked);
  const means = Array.from({ length: resamples }, (_, place) => {
    const rows = draw(random.fork(`draw ${place}`));
    const mean = new Float64Array(width);
    addMean(said, looked.weights, rows.length, (i) => rows[i]!, mean);
    return mean;
  });
  const low = new Float64Array(width);
  const high = new Float64Array(width);
  for (let at = 0; at < width; at++) {
    const middle = middleOf(Float64Array.from(means, (mean) => mean[at]!));
    low[at] = middle?.low ?? Number.NaN;
    high[at] = middle?.high ?? Number.NaN;
  }
  return { low, high };
}
