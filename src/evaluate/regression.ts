/** How far predicted numbers are from true ones. All are in the unit of the values unless they say otherwise. */
import { checkFinite, checkLength, checkOption } from "./checks.ts";
import type { Estimate, Measure } from "./estimate.ts";
import { shareOf } from "./share.ts";
import type { ValueRows } from "./value-rows.ts";

/** Σ weight × of(predicted, actual) ÷ Σ weight; null where nothing weighs. */
function mean(
  { predicted, truth, weights }: ValueRows,
  of: (predicted: number, actual: number) => number,
): number | null {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    sum += weight * of(predicted[row]!, truth[row]!);
    total += weight;
  }
  return total === 0 ? null : sum / total;
}

/** Mean absolute error. */
export function meanAbsoluteError(rows: ValueRows): number | null {
  return mean(rows, (predicted, actual) => Math.abs(predicted - actual));
}

/** Square root of the mean squared error. */
export function rootMeanSquaredError(rows: ValueRows): number | null {
  const squared = mean(rows, (predicted, actual) => (predicted - actual) ** 2);
  return squared === null ? null : Math.sqrt(squared);
}

/** Mean of predicted − actual: above 0 the model promises too much. */
export function meanError(rows: ValueRows): number | null {
  return mean(rows, (predicted, actual) => predicted - actual);
}

/**
 * R²: 1 − squared errors ÷ squared distances from the mean of the true values. 1 is perfect, 0 as good as that mean;
 * below 0 worse. Without unit.
 *
 * @returns null where all true values are the same
 */
export function rSquared(rows: ValueRows): number | null {
  const centre = mean(rows, (_, actual) => actual);
  if (centre === null) return null;
  const errors = mean(rows, (predicted, actual) => (predicted - actual) ** 2) as number;
  const spread = mean(rows, (_, actual) => (actual - centre) ** 2) as number;
  const [first = 0] = rows.truth;
  const same = rows.truth.every((value, row) => rows.weights?.[row] === 0 || value === first);
  return same || spread === 0 ? null : 1 - errors / spread;
}

/** Median absolute error: half of the weight errs less. Midway where exactly half lies on either side. */
export function medianAbsoluteError({ predicted, truth, weights }: ValueRows): number | null {
  const errors: { error: number; weight: number }[] = [];
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    errors.push({ error: Math.abs(predicted[row]! - truth[row]!), weight });
    total += weight;
  }
  errors.sort((a, b) => a.error - b.error);
  let below = 0;
  for (const [i, { error, weight }] of errors.entries()) {
    below += weight;
    if (below > total / 2) return error;
    if (below === total / 2) return (error + (errors[i + 1]?.error ?? error)) / 2;
  }
  return null;
}

/** Mean of |error| ÷ |true value|, a fraction; null where a true value is 0. */
export function meanAbsolutePercentageError(rows: ValueRows): number | null {
  const value = mean(rows, (predicted, actual) =>
    actual === 0 ? Number.NaN : Math.abs((predicted - actual) / actual),
  );
  return Number.isNaN(value) ? null : value;
}

/** Σ |error| ÷ Σ |true value|, a fraction that small true values cannot blow up; null where all are 0. */
export function weightedAbsolutePercentageError(rows: ValueRows): number | null {
  const errors = meanAbsoluteError(rows);
  const size = mean(rows, (_, actual) => Math.abs(actual));
  return errors === null || size === null || size === 0 ? null : errors / size;
}

/**
 * Pinball loss of predictions meant as the given quantile: of 0.5 half the mean absolute error.
 *
 * @param quantile above 0, below 1
 * @throws Problem `EVALUATE_OPTION`
 * @see Koenker & Bassett (1978), Econometrica 46(1)
 */
export function pinballLoss(quantile: number): Measure<ValueRows> {
  checkOption("quantile", quantile > 0 && quantile < 1, quantile, "a number between 0 and 1");
  return (rows) =>
    mean(rows, (predicted, actual) =>
      actual >= predicted ? quantile * (actual - predicted) : (1 - quantile) * (predicted - actual),
    );
}

/** How intervals around predictions did. */
export interface IntervalQuality {
  /** Share of true values within [low, high], with Wilson's interval. */
  readonly coverage: Estimate;
  /** Shares of true values below and above the intervals. */
  readonly below: number;
  readonly above: number;
  readonly meanWidth: number;
  readonly medianWidth: number;
}

/**
 * Coverage and width of prediction intervals; both ends belong to the interval.
 *
 * @param rows the true values; what was predicted between the ends does not matter
 * @param low length n, lower ends
 * @param high length n, upper ends, none below its lower end
 * @throws Problem `EVALUATE_LENGTH`, `EVALUATE_VALUE` (an end not finite), `EVALUATE_OPTION` (ends the wrong way about)
 */
export function intervalQuality(
  rows: ValueRows,
  low: Float64Array,
  high: Float64Array,
): IntervalQuality {
  const { truth } = rows;
  checkLength("lower ends", low.length, truth.length);
  checkLength("upper ends", high.length, truth.length);
  checkFinite("lower end", low);
  checkFinite("upper end", high);
  const swapped = low.findIndex((end, row) => end > high[row]!);
  checkOption("low", swapped < 0, low[swapped], "lower ends that are not above the upper ones");
  const within = shareOf({
    weight: rows.weights ?? new Float64Array(rows.rows).fill(1),
    part: new Float64Array(rows.rows).fill(1),
    hit: truth.map((value, row) => (value >= low[row]! && value <= high[row]! ? 1 : 0)),
    group: rows.groups,
  });
  const belowLow = mean({ ...rows, predicted: low }, (end, value) => (value < end ? 1 : 0));
  const aboveHigh = mean({ ...rows, predicted: high }, (end, value) => (value > end ? 1 : 0));
  const ends = { ...rows, predicted: high, truth: low };
  return {
    coverage: {
      value: within.value as number,
      interval: within.interval,
      n: rows.n,
      positives: null,
    },
    below: belowLow as number,
    above: aboveHigh as number,
    meanWidth: meanAbsoluteError(ends) as number,
    medianWidth: medianAbsoluteError(ends) as number,
  };
}
