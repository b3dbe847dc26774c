/** Any measure with an interval by drawing rows, or whole groups of them, again and again. */
import { type BootstrapInterval, percentileBootstrap } from "../stats/bootstrap.ts";
import { checkOption } from "./checks.ts";
import type { EstimateWithError, Measure, Weighable } from "./estimate.ts";

export interface ResamplingOptions {
  readonly seed: number;
  /** Draws, 100 … 100,000; default 2,000. */
  readonly resamples?: number;
}

/**
 * A measure with a percentile bootstrap interval; its standard error is the standard deviation over the draws. Where the rows have groups, whole groups are drawn. The draws depend
 * on the order of the rows; the value does not.
 *
 * @returns null where the measure is not defined on these rows. The interval is null where there is one group, where all
 * draws give the same number, or where the measure is not defined on half of them
 * @throws Problem `EVALUATE_OPTION`
 * @see Efron & Tibshirani (1993), An Introduction to the Bootstrap; Field & Welsh (2007), JRSS B 69(3), of groups
 */
export function estimated<Rows extends Weighable<Rows>>(
  rows: Rows,
  measure: Measure<Rows>,
  options: ResamplingOptions,
): EstimateWithError | null {
  const value = measure(rows);
  checkResamples(options);
  if (value === null) return null;
  return {
    value,
    ...resampled(rows, (weights) => measure(rows.weighed(weights)), options),
    n: rows.n,
    positives: rows.positives,
  };
}

export function checkResamples({ resamples = 2000 }: ResamplingOptions): void {
  const fine = Number.isInteger(resamples) && resamples >= 100 && resamples <= 100_000;
  checkOption("resamples", fine, resamples, "a whole number from 100 to 100,000");
}

/** Interval and standard error of a number that depends on the weights of rows. */
export function resampled<Rows>(
  { rows, weights, groups }: Weighable<Rows>,
  numberOf: (weights: Float64Array) => number | null,
  { seed, resamples = 2000 }: ResamplingOptions,
): Pick<EstimateWithError, "interval" | "standardError"> {
  const drawn = new Float64Array(rows);
  let missing = 0;
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const statistic = (places: Int32Array) => {
    drawn.fill(0);
    for (let i = 0; i < places.length; i++) {
      const row = places[i]!;
      drawn[row]! += weights === null ? 1 : weights[row]!;
    }
    const value = numberOf(drawn);
    if (value === null) missing++;
    else {
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
    return value;
  };
  let found: BootstrapInterval;
  try {
    found = percentileBootstrap(rows, statistic, {
      seed,
      resamples,
      ...(groups && { groups }),
    });
  } catch (error) {
    if (missing > resamples / 2) return { interval: null, standardError: null };
    throw error;
  }
  const { low, high, standardError } = found;
  if (lowest === highest) return { interval: null, standardError: null };
  return { interval: { low, high }, standardError };
}
