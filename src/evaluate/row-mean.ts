/** Measures that are a mean over rows, with the error of that mean. */

import { brier } from "./brier.ts";
import { type EstimateWithError, normalInterval, type Weighable } from "./estimate.ts";
import { grouping } from "./groups.ts";
import { clipped, logLoss } from "./log-loss.ts";
import { meanAbsoluteError, meanError } from "./regression.ts";
import type { ScoredRows } from "./scored-rows.ts";
import type { ValueRows } from "./value-rows.ts";

/**
 * Standard error of Σ weight × value ÷ Σ weight, from the sums of groups (rows, where there are none): no model of the
 * values, and weights as those of a sample. Null where there is one group.
 *
 * @see Cochran (1977), Sampling Techniques, 6.3 (the ratio estimator)
 */
function errorOfMean<Rows>(
  { rows, weights, groups }: Weighable<Rows>,
  mean: number,
  numberOf: (row: number) => number,
): number | null {
  const { groups: count, of } = grouping(groups, rows);
  const sums = new Float64Array(count);
  const counts = new Uint8Array(count);
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    total += weight;
    counts[of[row]!] = 1;
    sums[of[row]!]! += weight * (numberOf(row) - mean);
  }
  let counted = 0;
  let squares = 0;
  for (let group = 0; group < count; group++) {
    counted += counts[group]!;
    squares += sums[group]! ** 2;
  }
  return counted < 2 ? null : Math.sqrt((counted / (counted - 1)) * squares) / total;
}

function estimateOf<Rows>(
  rows: Weighable<Rows>,
  value: number | null,
  numberOf: (row: number) => number,
  lowest: number,
): EstimateWithError | null {
  if (value === null) return null;
  const error = errorOfMean(rows, value, numberOf);
  // Rounding leaves a trace where all rows have the same value.
  const standardError = error !== null && error > 1e-12 * Math.abs(value) ? error : null;
  return {
    value,
    interval: standardError === null ? null : normalInterval(value, standardError, lowest),
    standardError,
    n: rows.n,
    positives: rows.positives,
  };
}

/** Log loss with its interval. @throws Problem as `logLoss` */
export function logLossEstimate(rows: ScoredRows): EstimateWithError | null {
  const { scores, lineOf, truth } = rows;
  const lossOf = (row: number) => {
    const p = clipped(scores[lineOf[row]!]!);
    return truth[row] === 1 ? -Math.log(p) : -Math.log1p(-p);
  };
  return estimateOf(rows, logLoss(rows), lossOf, 0);
}

/** Brier score with its interval. @throws Problem as `brier` */
export function brierEstimate(rows: ScoredRows): EstimateWithError | null {
  const { scores, lineOf, truth } = rows;
  const lossOf = (row: number) => (scores[lineOf[row]!]! - truth[row]!) ** 2;
  return estimateOf(rows, brier(rows), lossOf, 0);
}

/** Mean absolute error with its interval. */
export function meanAbsoluteErrorEstimate(rows: ValueRows): EstimateWithError | null {
  const { predicted, truth } = rows;
  const errorOf = (row: number) => Math.abs(predicted[row]! - truth[row]!);
  return estimateOf(rows, meanAbsoluteError(rows), errorOf, 0);
}

/** Mean error with its interval. */
export function meanErrorEstimate(rows: ValueRows): EstimateWithError | null {
  const { predicted, truth } = rows;
  const errorOf = (row: number) => predicted[row]! - truth[row]!;
  return estimateOf(rows, meanError(rows), errorOf, Number.NEGATIVE_INFINITY);
}
