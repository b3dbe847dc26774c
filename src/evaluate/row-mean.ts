/** Measures that are a mean over rows, with the error of that mean. */
import { errorOfMean } from "../learn/row-mean.ts";
import { brier, squaredDistance } from "./brier.ts";
import { type EstimateWithError, normalInterval, type Weighable } from "./estimate.ts";
import { logLoss, surprise } from "./log-loss.ts";
import { meanAbsoluteError, meanError } from "./regression.ts";
import type { ScoredRows } from "./scored-rows.ts";
import type { ValueRows } from "./value-rows.ts";

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
  const lossOf = (row: number) => surprise(scores[lineOf[row]!]!, truth[row]!);
  return estimateOf(rows, logLoss(rows), lossOf, 0);
}

/** Brier score with its interval. @throws Problem as `brier` */
export function brierEstimate(rows: ScoredRows): EstimateWithError | null {
  const { scores, lineOf, truth } = rows;
  const lossOf = (row: number) => squaredDistance(scores[lineOf[row]!]!, truth[row]!);
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
