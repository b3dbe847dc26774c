/** Takes a model, rows whose target is known and a measure, and gives how much worse it gets without each column. */
import { Problem } from "../base/problem.ts";
import { seededRandom } from "../base/random.ts";
import { type Column, type Dataset, takeRows } from "../dataset/dataset.ts";
import { checkOption, optionsOver } from "./checks.ts";
import type { Model, TrainingControl } from "./model.ts";
import { type Interval, middleOf, rowDraws } from "./row-mean.ts";

/** How good predictions are. */
export interface Measure {
  readonly better: "higher" | "lower";
  /**
   * @param predictions as the model gives them for these rows
   * @param rows with target, weights, groups and times, but without columns
   */
  readonly of: (predictions: Float64Array, rows: Dataset) => number;
}

export interface PermutationOptions {
  /** Times that each column is shuffled, 1 … 1000, default 5. */
  readonly repeats: number;
  /** Draws of rows for the intervals, 0 … 100 000, default 200; 0 = no intervals. */
  readonly resamples: number;
  readonly seed: number;
  /** Columns that are shuffled together, as one says much of the other; each other column is shuffled alone. */
  readonly together: readonly (readonly string[])[];
}

export interface ColumnImportance {
  readonly columns: readonly string[];
  /** How much worse the measure gets, mean over the repeats; below 0 where it gets better. */
  readonly value: number;
  /**
   * 95 %: middle of the differences over rows drawn anew (whole groups where there are groups), each with one of the
   * shuffles, so that chance of the rows and of the shuffle are both in it. Null where not asked for, or where the
   * measure has no answer for half of the draws.
   */
  readonly interval: Interval | null;
}

export interface PermutationImportance {
  /** The measure with nothing shuffled. */
  readonly measured: number;
  readonly rows: number;
  /** Most important first. */
  readonly importances: readonly ColumnImportance[];
}

const DEFAULTS: PermutationOptions = { repeats: 5, resamples: 200, seed: 1, together: [] };

/**
 * Permutation importance. It is that of the model, not of the world: of two columns that say the same, shuffling one
 * may change little; shuffle such columns together.
 *
 * @param dataset rows that the model was not trained on; its weights count as far as the measure looks at them
 * @throws Problem `LEARN_OPTION`, `LEARN_EMPTY`, what `predict` and the measure throw; the signal's reason
 * @see Breiman (2001), Machine Learning 45(1); Fisher, Rudin & Dominici (2019), JMLR 20
 */
export async function permutationImportance(
  model: Model,
  dataset: Dataset,
  measure: Measure,
  given: Partial<PermutationOptions> = {},
  { signal, onProgress }: TrainingControl = {},
): Promise<PermutationImportance> {
  const options = optionsOver(DEFAULTS, given);
  const units = unitsOf(model, options);
  if (dataset.rows === 0) {
    throw new Problem("LEARN_EMPTY", {
      what: "There are no rows to measure on",
      where: "dataset",
      fix: "Give at least one row whose target is known.",
    });
  }
  const random = seededRandom(options.seed);
  const bare = { ...dataset, columns: [] };
  const sign = measure.better === "higher" ? 1 : -1;
  const said = model.predict(dataset);
  const measured = measure.of(said, bare);
  const draw = rowDraws(dataset);
  const drawn = (place: number) => draw(random.fork(`rows ${place}`));
  const measuredOn = (rows: Uint32Array, predictions: Float64Array) =>
    answered(() => measure.of(pickedRows(predictions, dataset.rows, rows), takeRows(bare, rows)));
  const before = Float64Array.from({ length: options.resamples }, (_, place) =>
    measuredOn(drawn(place), said),
  );
  const importances: ColumnImportance[] = [];
  for (const [place, columns] of units.entries()) {
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    const shuffled = Array.from({ length: options.repeats }, (_, repeat) => {
      const order = shuffledRows(dataset.rows, random.fork(`${columns.join("\n")} ${repeat}`));
      return model.predict(withShuffled(dataset, columns, order));
    });
    const worse = shuffled.map((one) => sign * (measured - measure.of(one, bare)));
    const replicates = before
      .map((one, b) => sign * (one - measuredOn(drawn(b), shuffled[b % options.repeats] ?? said)))
      .filter((one) => !Number.isNaN(one));
    const enough = replicates.length > options.resamples / 2;
    importances.push({
      columns,
      value: worse.reduce((sum, one) => sum + one, 0) / worse.length,
      interval: enough ? middleOf(replicates) : null,
    });
    onProgress?.((place + 1) / units.length);
  }
  importances.sort((a, b) => b.value - a.value);
  return { measured, rows: dataset.rows, importances };
}

function unitsOf(
  { features }: Model,
  { repeats, resamples, seed, together }: PermutationOptions,
): readonly (readonly string[])[] {
  const whole = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  checkOption(whole(repeats, 1, 1000), "repeats", repeats, "a whole number from 1 to 1000");
  checkOption(
    whole(resamples, 0, 100_000),
    "resamples",
    resamples,
    "a whole number from 0 to 100000",
  );
  checkOption(Number.isInteger(seed), "seed", seed, "a whole number");
  const names = features.map((feature) => feature.name);
  const listed = together.flat();
  for (const name of listed)
    checkOption(names.includes(name), "together", name, `only: ${names.join(", ")}`);
  const once = new Set(listed).size === listed.length && together.every((one) => one.length > 0);
  checkOption(once, "together", listed.join(", "), "each column in one place at most");
  const alone = names.filter((name) => !listed.includes(name)).map((name) => [name]);
  return [...together, ...alone];
}

/** NaN where the measure has no answer, as for a draw of one class only. */
function answered(ask: () => number): number {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Problem) return Number.NaN;
    throw error;
  }
}

function shuffledRows(rows: number, random: ReturnType<typeof seededRandom>): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let i = rows - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const held = order[i]!;
    order[i] = order[j]!;
    order[j] = held;
  }
  return order;
}

function withShuffled(dataset: Dataset, names: readonly string[], order: Uint32Array): Dataset {
  const moved = (column: Column) => {
    if (!names.includes(column.name)) return column;
    const bare = { rows: dataset.rows, columns: [column] };
    const none = { target: null, weights: null, groups: null, times: null };
    return takeRows({ ...bare, ...none }, order).columns[0] ?? column;
  };
  return { ...dataset, columns: dataset.columns.map(moved) };
}

function pickedRows(predictions: Float64Array, rows: number, picked: Uint32Array): Float64Array {
  const width = predictions.length / rows;
  const out = new Float64Array(picked.length * width);
  for (let i = 0; i < picked.length; i++) {
    for (let k = 0; k < width; k++) out[i * width + k] = predictions[picked[i]! * width + k]!;
  }
  return out;
}
