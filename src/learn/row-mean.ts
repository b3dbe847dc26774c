/** Takes a number per row and gives the mean with its uncertainty; for summaries over rows that are explained. */
import type { Random } from "../base/random.ts";
import type { Dataset } from "../dataset/dataset.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface RowMean {
  /** Weighted mean; NaN when no row counts. */
  readonly value: number;
  /**
   * 95 %, normal (± 1.96 standard errors), good from some 30 rows on; rows of one group count as one draw. Null where
   * fewer than two rows or groups count.
   */
  readonly interval: Interval | null;
  /** Rows with a weight above 0. */
  readonly rows: number;
}

/** Two-sided 95 %: the standard normal's 0.975 quantile. */
const Z95 = 1.959963984540054;

/** Rows that are weighed, and rows that belong together. */
type Weighed = Pick<Dataset, "rows" | "weights" | "groups">;

/**
 * Standard error of Σ weight × number ÷ Σ weight: that of a ratio of sums over groups (rows, where there are none),
 * G / (G − 1) Σ (Σ w (x − mean))² / (Σ w)²; without weights and groups the standard deviation / √n. Null where fewer than
 * two rows or groups count.
 *
 * @param numberAt of a row's place
 * @param rows places; default: all
 * @see Cochran (1977), Sampling Techniques, 6.3 (the ratio estimator)
 */
export function errorOfMean(
  { rows: all, weights, groups }: Weighed,
  mean: number,
  numberAt: (row: number) => number,
  rows: ArrayLike<number> | null = null,
): number | null {
  const length = rows?.length ?? all;
  let draws = 0;
  let total = 0;
  let squares = 0;
  const ofGroup = new Map<number, number>();
  for (let i = 0; i < length; i++) {
    const row = rows === null ? i : rows[i]!;
    const weight = weights === null ? 1 : weights[row]!;
    if (!(weight > 0)) continue;
    total += weight;
    draws++;
    const off = weight * (numberAt(row) - mean);
    if (groups === null) squares += off ** 2;
    else ofGroup.set(groups[row]!, (ofGroup.get(groups[row]!) ?? 0) + off);
  }
  if (groups !== null) {
    draws = ofGroup.size;
    for (const one of ofGroup.values()) squares += one ** 2;
  }
  return draws < 2 ? null : Math.sqrt((draws / (draws - 1)) * squares) / total;
}

/**
 * Mean over some rows of a dataset, weighted as the dataset says, with the error of `errorOfMean`.
 *
 * @param numberAt of a row's place
 * @param rows places; default: all
 */
export function rowMean(
  dataset: Weighed,
  numberAt: (row: number) => number,
  rows: ArrayLike<number> | null = null,
): RowMean {
  const { rows: all, weights } = dataset;
  const length = rows?.length ?? all;
  const place = (i: number) => (rows === null ? i : rows[i]!);
  const weight = (row: number) => (weights === null ? 1 : weights[row]!);
  let counting = 0;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const row = place(i);
    if (!(weight(row) > 0)) continue;
    counting++;
    total += weight(row);
    sum += weight(row) * numberAt(row);
  }
  const value = sum / total;
  const error = errorOfMean(dataset, value, numberAt, rows);
  if (error === null) return { value, interval: null, rows: counting };
  const half = Z95 * error;
  return { value, interval: { low: value - half, high: value + half }, rows: counting };
}

/**
 * Rows drawn with replacement, as many as there are; where there are groups, whole groups, as many as there are.
 *
 * @returns a function that draws
 */
export function rowDraws({
  rows,
  groups,
}: Pick<Dataset, "rows" | "groups">): (random: Random) => Uint32Array {
  if (groups === null) {
    return (random) => {
      const drawn = new Uint32Array(rows);
      for (let i = 0; i < rows; i++) drawn[i] = random.int(rows);
      return drawn;
    };
  }
  const members = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const known = members.get(groups[row]!);
    if (known) known.push(row);
    else members.set(groups[row]!, [row]);
  }
  const lists = [...members.values()];
  return (random) =>
    Uint32Array.from(Array.from(lists, () => lists[random.int(lists.length)]!).flat());
}

/** The middle 95 % of replicates, between which quantiles are interpolated; null for none. Sorts them. */
export function middleOf(replicates: Float64Array): Interval | null {
  if (replicates.length === 0) return null;
  replicates.sort();
  const at = (p: number) => {
    const place = p * (replicates.length - 1);
    const before = Math.floor(place);
    const low = replicates[before]!;
    return low + (place - before) * (replicates[Math.ceil(place)]! - low);
  };
  return { low: at(0.025), high: at(0.975) };
}
