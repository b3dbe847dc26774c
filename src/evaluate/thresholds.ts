/** Rows called positive from a score upward: what a threshold finds, misses and earns. */
import { checkOption } from "./checks.ts";
import type { Measure } from "./estimate.ts";
import type { ScoreTable } from "./scored-rows.ts";

/** Value of each outcome of one row, in any one unit; costs are negative. */
export interface OutcomeValues {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** Rows with a score of `threshold` or more are called positive. Counts are of rows, or their weight. */
export interface ThresholdRow {
  readonly threshold: number;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
  /** Share of rows called positive. */
  readonly called: number;
  /** Called and positive ÷ called; null where none is called. */
  readonly precision: number | null;
  /** Called and positive ÷ positive; null where none is positive. */
  readonly recall: number | null;
  /** Not called and negative ÷ negative; null where none is negative. */
  readonly specificity: number | null;
  /** Harmonic mean of precision and recall; null where neither rows called nor positives are. */
  readonly f1: number | null;
  readonly accuracy: number;
  /** Sum over rows; null where no values were given. */
  readonly profit: number | null;
}

/**
 * One row per threshold, in the order given.
 *
 * @param thresholds on the scale of the scores; a row is called where its score is not below
 * @throws Problem `EVALUATE_OPTION` (NaN among thresholds or values)
 */
export function thresholdTable(
  table: ScoreTable,
  thresholds: readonly number[],
  values: OutcomeValues | null = null,
): ThresholdRow[] {
  const wrong = thresholds.find((threshold) => Number.isNaN(threshold));
  checkOption("threshold", wrong === undefined, wrong, "numbers on the scale of the scores");
  if (values !== null) checkOutcomes(values);
  const { scores, positive, negative } = table;
  const lines = scores.length;
  const positiveAbove = new Float64Array(lines + 1);
  const negativeAbove = new Float64Array(lines + 1);
  for (let line = 0; line < lines; line++) {
    positiveAbove[line + 1] = positiveAbove[line]! + positive[line]!;
    negativeAbove[line + 1] = negativeAbove[line]! + negative[line]!;
  }
  return thresholds.map((threshold) => {
    const called = linesFrom(scores, threshold);
    return thresholdRow(table, threshold, positiveAbove[called]!, negativeAbove[called]!, values);
  });
}

/** Number of lines with a score of the threshold or more. */
function linesFrom(scores: Float64Array, threshold: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

function thresholdRow(
  table: ScoreTable,
  threshold: number,
  truePositive: number,
  falsePositive: number,
  values: OutcomeValues | null,
): ThresholdRow {
  const falseNegative = table.totalPositive - truePositive;
  const trueNegative = table.totalNegative - falsePositive;
  const called = truePositive + falsePositive;
  const total = table.totalPositive + table.totalNegative;
  const part = (of: number, all: number) => (all === 0 ? null : of / all);
  const counts = { truePositive, falsePositive, falseNegative, trueNegative };
  return {
    threshold,
    ...counts,
    called: called / total,
    precision: part(truePositive, called),
    recall: part(truePositive, table.totalPositive),
    specificity: part(trueNegative, table.totalNegative),
    f1: part(2 * truePositive, called + table.totalPositive),
    accuracy: (truePositive + trueNegative) / total,
    profit: values && profitOf(counts, values),
  };
}

/** Sum of the values of outcomes so often. */
export function profitOf(counts: OutcomeValues, values: OutcomeValues): number {
  return (
    counts.truePositive * values.truePositive +
    counts.falsePositive * values.falsePositive +
    counts.falseNegative * values.falseNegative +
    counts.trueNegative * values.trueNegative
  );
}

/** Thresholds at which equal parts of the rows are called, from few to all; equal ones once. */
export function thresholdsByShare(table: ScoreTable, parts = 20): number[] {
  const fine = Number.isInteger(parts) && parts >= 1 && parts <= 10_000;
  checkOption("parts", fine, parts, "a whole number from 1 to 10,000");
  const total = table.totalPositive + table.totalNegative;
  const thresholds: number[] = [];
  let line = 0;
  let above = 0;
  for (let part = 1; part <= parts; part++) {
    const upTo = (total * part) / parts;
    while (line < table.scores.length && above < upTo * (1 - 1e-12)) {
      above += table.positive[line]! + table.negative[line]!;
      line++;
    }
    const threshold = table.scores[Math.max(0, line - 1)]!;
    if (threshold !== thresholds.at(-1)) thresholds.push(threshold);
  }
  return thresholds;
}

/** Mean profit per row when rows with a score of the threshold or more are called. As a measure for a bootstrap. */
export function profitFrom(threshold: number, values: OutcomeValues): Measure<ScoreTable> {
  checkOption("threshold", !Number.isNaN(threshold), threshold, "a number");
  checkOutcomes(values);
  return (table) => {
    const total = table.totalPositive + table.totalNegative;
    if (total === 0) return null;
    let truePositive = 0;
    let falsePositive = 0;
    const end = linesFrom(table.scores, threshold);
    for (let line = 0; line < end; line++) {
      truePositive += table.positive[line]!;
      falsePositive += table.negative[line]!;
    }
    const falseNegative = table.totalPositive - truePositive;
    const trueNegative = table.totalNegative - falsePositive;
    return profitOf({ truePositive, falsePositive, falseNegative, trueNegative }, values) / total;
  };
}

/** The most profitable threshold. */
export interface BestThreshold extends ThresholdRow {
  readonly profit: number;
  readonly profitPerRow: number;
}

/**
 * The threshold with the highest profit on these rows; of equal ones the one that calls fewest, Infinity to call none.
 *
 * Chosen and measured on the same rows it promises too much: measure it on others with `profitFrom`.
 *
 * @throws Problem `EVALUATE_OPTION`
 */
export function bestThreshold(table: ScoreTable, values: OutcomeValues): BestThreshold {
  checkOutcomes(values);
  let best = thresholdRow(table, Number.POSITIVE_INFINITY, 0, 0, values);
  let truePositive = 0;
  let falsePositive = 0;
  for (let line = 0; line < table.scores.length; line++) {
    truePositive += table.positive[line]!;
    falsePositive += table.negative[line]!;
    const counts = {
      truePositive,
      falsePositive,
      falseNegative: table.totalPositive - truePositive,
      trueNegative: table.totalNegative - falsePositive,
    };
    if (profitOf(counts, values) > (best.profit as number))
      best = thresholdRow(table, table.scores[line]!, truePositive, falsePositive, values);
  }
  const profit = best.profit as number;
  return { ...best, profit, profitPerRow: profit / (table.totalPositive + table.totalNegative) };
}

/**
 * The probability from which calling a row pays, if probabilities are right.
 *
 * @returns (TN − FP) ÷ (TN − FP + TP − FN); null where calling never or always pays
 * @see Elkan (2001), IJCAI, equation 2
 */
export function payingProbability(values: OutcomeValues): number | null {
  checkOutcomes(values);
  const ofNegative = values.trueNegative - values.falsePositive;
  const ofPositive = values.truePositive - values.falseNegative;
  return ofNegative > 0 && ofPositive > 0 ? ofNegative / (ofNegative + ofPositive) : null;
}

/** @throws Problem `EVALUATE_OPTION` (a value that is not finite) */
export function checkOutcomes(values: OutcomeValues): void {
  for (const [outcome, value] of Object.entries(values))
    checkOption(outcome, Number.isFinite(value), value, "a finite value; a cost is negative");
}
