/** The mean surprise at what happened, in nats. */
import { checkProbabilities, type ScoreTable } from "./scored-rows.ts";

/** Probabilities are kept this far from 0 and 1, so that one sure mistake costs 36 nats and not everything. */
export const CLIP = 2 ** -52;

/** A probability away from 0 and 1 by `CLIP`. */
export function clipped(probability: number): number {
  return Math.min(1 - CLIP, Math.max(CLIP, probability));
}

/** −ln of the probability given to what happened. @param label 1 = the positive class */
export function surprise(probability: number, label: number): number {
  const p = clipped(probability);
  return label === 1 ? -Math.log(p) : -Math.log1p(-p);
}

/**
 * Mean of −ln of the probability given to what happened.
 *
 * @returns ≥ 0; null where no row counts
 * @throws Problem `EVALUATE_VALUE` (a score that is no probability)
 */
export function logLoss(table: ScoreTable): number | null {
  checkProbabilities(table);
  const { scores, positive, negative } = table;
  const total = table.totalPositive + table.totalNegative;
  if (total === 0) return null;
  let sum = 0;
  for (let line = 0; line < scores.length; line++) {
    const p = scores[line]!;
    if (positive[line]! > 0) sum += positive[line]! * surprise(p, 1);
    if (negative[line]! > 0) sum += negative[line]! * surprise(p, 0);
  }
  return sum / total;
}
