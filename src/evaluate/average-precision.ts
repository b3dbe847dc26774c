/** The area under the precision-recall curve as average precision, and the curve. */
import { checkTable, type ScoreTable } from "./scored-rows.ts";

/**
 * PR-AUC as average precision: the mean of the precision at each distinct score, weighted by the recall it adds. No
 * straight lines between the corners, which would be too kind. A model that knows nothing has the base rate.
 *
 * @returns null where no row is positive; 1 where all are
 * @see Davis & Goadrich (2006), ICML; Flach & Kull (2015), NeurIPS
 */
export function averagePrecision(table: ScoreTable): number | null {
  const { positive, negative, totalPositive } = table;
  if (totalPositive === 0) return null;
  let truePositive = 0;
  let chosen = 0;
  let sum = 0;
  for (let line = 0; line < positive.length; line++) {
    truePositive += positive[line]!;
    chosen += positive[line]! + negative[line]!;
    if (positive[line]! > 0) sum += positive[line]! * (truePositive / chosen);
  }
  return sum / totalPositive;
}

/** A corner of the precision-recall curve: rows with a score of `threshold` or more are called positive. */
export interface PrecisionRecallPoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/** The curve from the highest score to the lowest. @throws Problem `EVALUATE_ONE_CLASS` */
export function precisionRecallCurve(table: ScoreTable): PrecisionRecallPoint[] {
  checkTable(table, "A precision-recall curve");
  const points: PrecisionRecallPoint[] = [];
  let truePositive = 0;
  let chosen = 0;
  for (let line = 0; line < table.scores.length; line++) {
    const weight = table.positive[line]! + table.negative[line]!;
    if (weight === 0) continue;
    truePositive += table.positive[line]!;
    chosen += weight;
    points.push({
      threshold: table.scores[line]!,
      precision: truePositive / chosen,
      recall: truePositive / table.totalPositive,
    });
  }
  return points;
}
