/**
 * Scores and labels of the same rows, brought into one table with a line per distinct score. All that ranks, bins or
 * weighs probabilities reads this table, so that neither the order of rows nor the order within ties can matter.
 */
import { Problem } from "../base/problem.ts";
import { checkBothClasses, checkFinite, checkLength, checkParts, checkValues } from "./checks.ts";
import type { Weighable } from "./estimate.ts";
import { descendingOrder } from "./order.ts";

/** One line per distinct score, highest first. A line may weigh nothing. */
export interface ScoreTable {
  readonly scores: Float64Array;
  /** Weight of the rows with this score and label 1. */
  readonly positive: Float64Array;
  /** Weight of the rows with this score and label 0. */
  readonly negative: Float64Array;
  readonly totalPositive: number;
  readonly totalNegative: number;
}

/** The table, and the rows that it was made of. */
export interface ScoredRows extends ScoreTable, Weighable<ScoredRows> {
  readonly positives: number;
  /** 1 = positive, 0 = negative, per row. */
  readonly truth: Uint8Array;
  /** Line of each row in the table. */
  readonly lineOf: Uint32Array;
}

export interface RowParts {
  /** Weight per row, ≥ 0; null = 1 each. */
  readonly weights?: Float64Array | null;
  /** Rows with the same number are not independent (one person, one campaign); null = all are. */
  readonly groups?: Int32Array | null;
}

/**
 * Puts scores and labels together after checking them. O(n log n) at most, in practice O(n).
 *
 * @param scores length n; larger means "more likely"; probabilities where a measure says so
 * @param labels length n, 1 = it happened, 0 = it did not
 * @returns rows of weight 0 are left out
 * @throws Problem `EVALUATE_LENGTH`, `EVALUATE_EMPTY`, `EVALUATE_VALUE` (score not finite, label not 0 or 1, weight
 * negative or not finite)
 */
export function scoredRows(
  scores: Float64Array,
  labels: Uint8Array | Int32Array,
  { weights = null, groups = null }: RowParts = {},
): ScoredRows {
  checkLength("labels", labels.length, scores.length);
  checkParts(scores.length, weights, groups);
  checkFinite("score", scores);
  const wrong = labels.findIndex((label: number) => label !== 0 && label !== 1);
  checkValues("label", wrong, labels[wrong], "Give 1 where it happened and 0 where it did not.");
  if (weights?.includes(0)) {
    const kept = (_: number, row: number) => weights[row]! > 0;
    const counting = { weights: weights.filter(kept), groups: groups?.filter(kept) ?? null };
    return scoredRows(scores.filter(kept), Int32Array.from(labels).filter(kept), counting);
  }
  const rows = scores.length;
  const order = descendingOrder(scores);
  const lineOf = new Uint32Array(rows);
  const distinct = new Float64Array(rows);
  let lines = 0;
  for (let i = 0; i < rows; i++) {
    const row = order[i]!;
    if (i === 0 || scores[row] !== distinct[lines - 1]) distinct[lines++] = scores[row]!;
    lineOf[row] = lines - 1;
  }
  return weighed(distinct.slice(0, lines), Uint8Array.from(labels), lineOf, weights, groups);
}

function weighed(
  scores: Float64Array,
  truth: Uint8Array,
  lineOf: Uint32Array,
  weights: Float64Array | null,
  groups: Int32Array | null,
): ScoredRows {
  const rows = truth.length;
  const positive = new Float64Array(scores.length);
  const negative = new Float64Array(scores.length);
  let n = 0;
  let positives = 0;
  for (let row = 0; row < rows; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    n++;
    if (truth[row] === 1) {
      positives++;
      positive[lineOf[row]!]! += weight;
    } else negative[lineOf[row]!]! += weight;
  }
  return {
    scores,
    positive,
    negative,
    totalPositive: sum(positive),
    totalNegative: sum(negative),
    rows,
    n,
    positives,
    truth,
    lineOf,
    weights,
    groups,
    weighed: (others) => weighed(scores, truth, lineOf, others, groups),
  };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

/** How far a probability may lie outside 0 … 1: a mean of many is not always rounded inward. */
export const PROBABILITY_TOLERANCE = 1e-9;

/** @throws Problem `EVALUATE_VALUE` where a score is no probability */
export function checkProbabilities(table: ScoreTable): void {
  const highest = table.scores[0] ?? 0;
  const lowest = table.scores.at(-1) ?? 0;
  const wrong =
    highest > 1 + PROBABILITY_TOLERANCE ? highest : lowest < -PROBABILITY_TOLERANCE ? lowest : null;
  if (wrong === null) return;
  throw new Problem("EVALUATE_VALUE", {
    what: `A score is ${wrong}; this measure is about probabilities`,
    where: "score",
    fix: "Give probabilities from 0 to 1, or calibrate the scores first.",
  });
}

/** @throws Problem `EVALUATE_ONE_CLASS` */
export function checkTable(table: ScoreTable, measure: string): void {
  checkBothClasses(table.totalPositive, table.totalNegative, measure);
}
