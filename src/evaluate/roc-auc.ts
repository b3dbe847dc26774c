/** The area under the ROC curve, its DeLong interval, and the curve. */
import { type EstimateWithError, normalInterval } from "./estimate.ts";
import { grouping } from "./groups.ts";
import { checkTable, type ScoredRows, type ScoreTable } from "./scored-rows.ts";

/**
 * The chance that a random positive outranks a random negative; ties count one half (Mann-Whitney U).
 *
 * @returns 0 … 1, 0.5 is a coin; null where all rows are of one class
 * @see Hanley & McNeil (1982), Radiology 143(1)
 */
export function auc(table: ScoreTable): number | null {
  const { positive, negative, totalPositive, totalNegative } = table;
  if (totalPositive === 0 || totalNegative === 0) return null;
  let above = 0;
  let pairs = 0;
  for (let line = 0; line < positive.length; line++) {
    pairs += negative[line]! * (above + positive[line]! / 2);
    above += positive[line]!;
  }
  return pairs / (totalPositive * totalNegative);
}

/**
 * The AUC with DeLong's interval, O(n log n); where groups are given, Obuchowski's, which lets rows of a group go
 * together. Weights are taken as those of a sample, not as counts of repeated rows.
 *
 * The interval is null where the variance is 0 (classes that do not overlap tell nothing of it) or a class has one row.
 *
 * @throws Problem `EVALUATE_ONE_CLASS`
 * @see DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44(3); Sun & Xu (2014), IEEE Signal Processing Letters 21(11)
 * @see Obuchowski (1997), Biometrics 53(2)
 */
export function rocAuc(rows: ScoredRows): EstimateWithError {
  checkTable(rows, "ROC-AUC");
  const value = auc(rows) as number;
  const standardError = placementError(rows, placementParts(rows, value));
  return {
    value,
    interval: standardError === null ? null : normalInterval(value, standardError, 0, 1),
    standardError,
    n: rows.n,
    positives: rows.positives,
  };
}

/**
 * What each row adds to the error of the AUC: weight × (placement − AUC) ÷ weight of its class, where the placement of a
 * row is the part of the other class that it is on the right side of.
 */
export function placementParts(rows: ScoredRows, value: number): Float64Array {
  const { positive, negative, totalPositive, totalNegative, truth, lineOf, weights } = rows;
  const lines = positive.length;
  const ofPositive = new Float64Array(lines);
  const ofNegative = new Float64Array(lines);
  let positiveAbove = 0;
  let negativeAbove = 0;
  for (let line = 0; line < lines; line++) {
    const below = totalNegative - negativeAbove - negative[line]! / 2;
    ofPositive[line] = (below / totalNegative - value) / totalPositive;
    ofNegative[line] =
      ((positiveAbove + positive[line]! / 2) / totalPositive - value) / totalNegative;
    positiveAbove += positive[line]!;
    negativeAbove += negative[line]!;
  }
  const parts = new Float64Array(rows.rows);
  for (let row = 0; row < parts.length; row++) {
    const line = lineOf[row]!;
    const part = truth[row] === 1 ? ofPositive[line]! : ofNegative[line]!;
    parts[row] = weights === null ? part : weights[row]! * part;
  }
  return parts;
}

/** Standard error of an AUC, or of a difference of AUCs, from the parts of the rows; null where it cannot be told. */
export function placementError(rows: ScoredRows, parts: Float64Array): number | null {
  const { truth, weights, groups } = rows;
  const { groups: count, of } = grouping(groups, rows.rows);
  const positiveSum = new Float64Array(count);
  const negativeSum = new Float64Array(count);
  // Bit 1: the group holds a positive that counts, bit 2: a negative.
  const holds = new Uint8Array(count);
  for (let row = 0; row < parts.length; row++) {
    if (weights !== null && weights[row] === 0) continue;
    const group = of[row]!;
    if (truth[row] === 1) {
      positiveSum[group]! += parts[row]!;
      holds[group]! |= 1;
    } else {
      negativeSum[group]! += parts[row]!;
      holds[group]! |= 2;
    }
  }
  let withPositive = 0;
  let withNegative = 0;
  let withAny = 0;
  let both = 0;
  let squaresPositive = 0;
  let squaresNegative = 0;
  for (let group = 0; group < count; group++) {
    const kinds = holds[group]!;
    if (kinds === 0) continue;
    withAny++;
    withPositive += kinds & 1;
    withNegative += kinds >>> 1;
    squaresPositive += positiveSum[group]! ** 2;
    squaresNegative += negativeSum[group]! ** 2;
    both += positiveSum[group]! * negativeSum[group]!;
  }
  if (withPositive < 2 || withNegative < 2) return null;
  const variance =
    (withPositive / (withPositive - 1)) * squaresPositive +
    (withNegative / (withNegative - 1)) * squaresNegative +
    (withAny / (withAny - 1)) * 2 * both;
  // Rounding leaves a trace where every row is placed alike.
  return variance > 1e-24 ? Math.sqrt(variance) : null;
}

/** A corner of the ROC curve: rows with a score of `threshold` or more are called positive. */
export interface RocPoint {
  /** Infinity at the first corner, where none is. */
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** The ROC curve from (0, 0) to (1, 1), a corner per distinct score. @throws Problem `EVALUATE_ONE_CLASS` */
export function rocCurve(table: ScoreTable): RocPoint[] {
  checkTable(table, "A ROC curve");
  const points: RocPoint[] = [
    { threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 },
  ];
  let truePositive = 0;
  let falsePositive = 0;
  for (let line = 0; line < table.scores.length; line++) {
    if (table.positive[line] === 0 && table.negative[line] === 0) continue;
    truePositive += table.positive[line]!;
    falsePositive += table.negative[line]!;
    points.push({
      threshold: table.scores[line]!,
      falsePositiveRate: falsePositive / table.totalNegative,
      truePositiveRate: truePositive / table.totalPositive,
    });
  }
  return points;
}
