/** The records in which evaluations answer. */
import { type Interval, twoSidedZ } from "../stats/intervals.ts";

/** A number with its uncertainty and the rows behind it. */
export interface Estimate {
  readonly value: number;
  /** 95 %; null where the rows do not tell how uncertain the value is. */
  readonly interval: Interval | null;
  /** Rows that count (weight above 0). */
  readonly n: number;
  /** Those of them whose label is 1; null where there are no such labels. */
  readonly positives: number | null;
}

export interface EstimateWithError extends Estimate {
  /** Null where the rows do not tell it. */
  readonly standardError: number | null;
}

const Z95 = twoSidedZ(0.95);

/** Value ± 1.96 standard errors, kept within [low, high]; null where the standard error is not above 0. */
export function normalInterval(
  value: number,
  standardError: number,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
): Interval | null {
  if (!(standardError > 0 && standardError < Infinity)) return null;
  return {
    low: Math.max(low, value - Z95 * standardError),
    high: Math.min(high, value + Z95 * standardError),
  };
}

/**
 * Rows that an evaluation can look at again with other weights, as a bootstrap does.
 * Weights count a row as often as they say; groups hold rows that are not independent.
 */
export interface Weighable<Rows> {
  /** Length of every part, also of rows with weight 0. */
  readonly rows: number;
  /** Rows with weight above 0. */
  readonly n: number;
  /** Rows with weight above 0 and label 1; null where there are no such labels. */
  readonly positives: number | null;
  /** What came of each row: label, value or class. */
  readonly truth: Uint8Array | Float64Array | Int32Array;
  readonly weights: Float64Array | null;
  readonly groups: Int32Array | null;
  /** The same rows with other weights (length rows, unchecked). */
  weighed(weights: Float64Array): Rows;
}

/** A number about rows; null where they do not define it. */
export type Measure<Rows> = (rows: Rows) => number | null;
