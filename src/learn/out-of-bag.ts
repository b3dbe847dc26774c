/**
 * What trees say of the rows that they were not grown from: an honest estimate without a test set.
 * Sums are kept in whole numbers, so that they are the same whichever thread adds first.
 */
import type { GrownTree } from "./grow-nodes.ts";
import type { GrowData } from "./grow-split.ts";

/** Sums over trees, in shared memory. */
export interface OutOfBagSums {
  /** rows × outputs: of what trees say, as a part of the way from `least` to `most`, `unit` = the whole way. */
  readonly sums: Int32Array;
  /** Per row the trees that were grown without it. */
  readonly trees: Int32Array;
  readonly least: number;
  readonly most: number;
  readonly unit: number;
}

/** Predictions of training rows by those trees only that were grown without them. */
export interface OutOfBag {
  /** As `predict` gives them; NaN for a row from which every tree was grown. Exact to trees ÷ 2³¹ of the range. */
  readonly predictions: Float64Array;
  /** Rows with a prediction. */
  readonly rows: number;
  /**
   * Over these rows by weight: of classes the share whose likeliest class is right; of values 1 − squared error ÷
   * variance. Null where nothing can be said (no such row, or all values the same).
   */
  readonly score: number | null;
}

/** @param least the smallest and @param most the largest number that a tree can say */
export function outOfBagSums(
  rows: number,
  outputs: number,
  trees: number,
  least: number,
  most: number,
): OutOfBagSums {
  const shared = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));
  const unit = Math.floor((2 ** 31 - 1) / trees);
  return { sums: shared(rows * outputs), trees: shared(rows), least, most, unit };
}

/** Adds what a tree says of the rows that it was not grown from. @param times how often each row was drawn for it */
export function addOutOfBag(
  { sums, trees, least, most, unit }: OutOfBagSums,
  data: GrowData,
  bins: Uint8Array,
  times: Uint8Array,
  tree: GrownTree,
  outputs: number,
): void {
  const scale = most > least ? unit / (most - least) : 0;
  const parts = Int32Array.from(tree.value, (value) => Math.round((value - least) * scale));
  for (let row = 0; row < times.length; row++) {
    if (times[row]! > 0) continue;
    const leaf = leafOf(tree, data, bins, row * data.stride);
    Atomics.add(trees, row, 1);
    for (let k = 0; k < outputs; k++)
      Atomics.add(sums, row * outputs + k, parts[leaf * outputs + k]!);
  }
}

/** The place among the leaves of the one that a row comes to. */
function leafOf(tree: GrownTree, data: GrowData, bins: Uint8Array, at: number): number {
  const { feature, bin, missingLeft, set, sets, right } = tree;
  let node = 0;
  for (let f = feature[0]!; f >= 0; f = feature[node]!) {
    const here = bins[at + f]!;
    const from = set === null ? -1 : set[node]!;
    let left: boolean;
    if (from >= 0) left = ((sets[from + (here >>> 5)]! >>> (here & 31)) & 1) === 1;
    else if (here === data.binCounts[f]) left = missingLeft[node] === 1;
    else left = here <= bin[node]!;
    node = left ? node + 1 : right[node]!;
  }
  return right[node]!;
}

/** The predictions from the sums. @param truth class codes or values of the rows, and their weights (null = 1 each) */
export function outOfBagOf(
  { sums, trees, least, most, unit }: OutOfBagSums,
  outputs: number,
  truth: { readonly codes: Int32Array } | { readonly values: Float64Array },
  weights: Float64Array | null,
): OutOfBag {
  const predictions = new Float64Array(sums.length);
  let rows = 0;
  for (let row = 0; row < trees.length; row++) {
    const count = trees[row]!;
    if (count > 0) rows++;
    for (let k = row * outputs; k < (row + 1) * outputs; k++) {
      const part = sums[k]! / (count * unit);
      predictions[k] = count > 0 ? least + part * (most - least) : Number.NaN;
    }
  }
  const weightOf = (row: number) => (trees[row] === 0 ? 0 : (weights?.[row] ?? 1));
  const score =
    "codes" in truth
      ? rightShare(predictions, outputs, truth.codes, weightOf)
      : explainedShare(predictions, truth.values, weightOf);
  return { predictions, rows, score };
}

function rightShare(
  predictions: Float64Array,
  outputs: number,
  codes: Int32Array,
  weightOf: (row: number) => number,
): number | null {
  let all = 0;
  let right = 0;
  for (let row = 0; row < codes.length; row++) {
    const weight = weightOf(row);
    if (weight === 0) continue;
    all += weight;
    let likeliest = outputs === 1 && predictions[row]! > 0.5 ? 1 : 0;
    for (let k = 1; k < outputs; k++)
      if (predictions[row * outputs + k]! > predictions[row * outputs + likeliest]!) likeliest = k;
    if (likeliest === codes[row]) right += weight;
  }
  return all > 0 ? right / all : null;
}

function explainedShare(
  predictions: Float64Array,
  values: Float64Array,
  weightOf: (row: number) => number,
): number | null {
  let all = 0;
  let mean = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weightOf(row);
    if (weight === 0) continue;
    all += weight;
    mean += ((values[row]! - mean) * weight) / all;
  }
  let error = 0;
  let variance = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weightOf(row);
    if (weight === 0) continue;
    error += weight * (values[row]! - predictions[row]!) ** 2;
    variance += weight * (values[row]! - mean) ** 2;
  }
  return variance > 0 ? 1 - error / variance : null;
}
