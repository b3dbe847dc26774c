/** Permutation test of any statistic of labels. Takes labels and a callback; gives a p that is never 0. */
import { seededRandom } from "../base/random.ts";
import { requireCount, statsArgument } from "./check.ts";
import type { Alternative } from "./test-result.ts";

export interface PermutationOptions {
  readonly seed: number;
  /** Orders drawn beside the one seen, from 99; default 9,999. */
  readonly permutations?: number;
  /** Default two-sided: twice the smaller tail. */
  readonly alternative?: Alternative;
  /** One number per row: labels change places within a stratum only. */
  readonly strata?: ArrayLike<number>;
}

export interface PermutationTest {
  /** The statistic of the labels as they are. */
  readonly statistic: number;
  /** (orders as extreme + 1) / (orders + 1), the one seen counted among both. */
  readonly p: number;
  /** Of p, from the number of orders drawn. */
  readonly standardError: number;
  readonly permutations: number;
}

/**
 * How often would labels dealt out at random give a statistic this extreme?
 *
 * @param labels one per row: a group, an outcome, any number
 * @param statistic of labels; the array is used again for the next order: do not keep it. NaN or null where labels do
 *   not define it; such an order counts as extreme
 * @throws Problem `STATS_ARGUMENT` for options out of range or a statistic not defined on the labels as they are
 * @see Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9(1), for the p
 */
export function permutationTest(
  labels: ArrayLike<number>,
  statistic: (labels: Float64Array) => number | null,
  options: PermutationOptions,
): PermutationTest {
  const where = "permutationTest";
  const { permutations = 9999, alternative = "two-sided", strata } = options;
  requireCount(where, "permutations", permutations, 99);
  requireCount(where, "number of labels", labels.length, 2);
  if (strata !== undefined && strata.length !== labels.length) {
    throw statsArgument(
      where,
      `There are ${labels.length} labels and ${strata.length} entries of strata`,
      "Give one stratum per label.",
    );
  }
  const shuffled = Float64Array.from(labels);
  const seen = statistic(shuffled.slice());
  if (seen === null || !Number.isFinite(seen)) {
    throw statsArgument(
      where,
      `The statistic of the labels is ${seen}`,
      "Ask only for a statistic that these labels define.",
    );
  }
  const random = seededRandom(options.seed).fork("permutation");
  const rowsOf = stratumRows(labels.length, strata);
  // Equal orders may differ in the last digits when sums are taken in another order.
  const slack = 1e-12 * Math.abs(seen);
  let atMost = 1;
  let atLeast = 1;
  for (let i = 0; i < permutations; i++) {
    for (const rows of rowsOf) shuffle(shuffled, rows, random.int);
    const value = statistic(shuffled);
    if (value === null || Number.isNaN(value) || value <= seen + slack) atMost++;
    if (value === null || Number.isNaN(value) || value >= seen - slack) atLeast++;
  }
  const extreme =
    alternative === "lower"
      ? atMost
      : alternative === "higher"
        ? atLeast
        : 2 * Math.min(atMost, atLeast);
  const p = Math.min(1, extreme / (permutations + 1));
  return {
    statistic: seen,
    p,
    standardError: Math.sqrt((p * (1 - p)) / (permutations + 1)),
    permutations,
  };
}

function stratumRows(rows: number, strata: ArrayLike<number> | undefined): Int32Array[] {
  const byStratum = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const stratum = strata === undefined ? 0 : (strata[row] as number);
    const members = byStratum.get(stratum);
    if (members === undefined) byStratum.set(stratum, [row]);
    else members.push(row);
  }
  return [...byStratum.values()].map((members) => Int32Array.from(members));
}

/** Fisher and Yates' shuffle of the labels of these rows. */
function shuffle(labels: Float64Array, rows: Int32Array, int: (bound: number) => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const here = rows[i] as number;
    const there = rows[int(i + 1)] as number;
    const kept = labels[here] as number;
    labels[here] = labels[there] as number;
    labels[there] = kept;
  }
}
