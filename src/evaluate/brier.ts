/** The Brier score and what it is made of. */
import { type Binning, binSums } from "./bins.ts";
import { checkProbabilities, type ScoreTable } from "./scored-rows.ts";

/** @param label 1 = it happened */
export function squaredDistance(probability: number, label: number): number {
  return (probability - label) ** 2;
}

/**
 * Mean squared distance of probability and outcome.
 *
 * @returns 0 … 1, lower is better; null where no row counts
 * @throws Problem `EVALUATE_VALUE` (a score that is no probability)
 * @see Brier (1950), Monthly Weather Review 78(1)
 */
export function brier(table: ScoreTable): number | null {
  checkProbabilities(table);
  const { scores, positive, negative } = table;
  const total = table.totalPositive + table.totalNegative;
  if (total === 0) return null;
  let sum = 0;
  for (let line = 0; line < scores.length; line++) {
    const p = scores[line]!;
    sum += positive[line]! * squaredDistance(p, 1) + negative[line]! * squaredDistance(p, 0);
  }
  return sum / total;
}

/** brier = reliability − resolution + uncertainty + withinBins. */
export interface BrierParts {
  readonly brier: number;
  /** Squared distance of expected and observed: what better calibration would save. */
  readonly reliability: number;
  /** Squared distance of observed and base rate: what telling rows apart has won. */
  readonly resolution: number;
  /** Base rate × (1 − base rate): what saying the base rate of all would cost. */
  readonly uncertainty: number;
  /** What bins hide: variance of the probabilities within bins less twice their covariance with the outcome. */
  readonly withinBins: number;
  /** 1 − brier ÷ uncertainty: the part of the uncertainty that the model takes away; null where there is none. */
  readonly skill: number | null;
}

/**
 * Murphy's decomposition over bins, with the two terms within bins that make it add up exactly.
 *
 * @returns null where no row counts
 * @throws Problem `EVALUATE_VALUE` (a score that is no probability)
 * @see Murphy (1973), Journal of Applied Meteorology 12(4); Stephenson, Coelho & Jolliffe (2008), Weather and
 * Forecasting 23(4)
 */
export function brierParts(table: ScoreTable, binning: Binning): BrierParts | null {
  const whole = brier(table);
  if (whole === null) return null;
  const { weight, positive, expected } = binSums(table, binning);
  const total = table.totalPositive + table.totalNegative;
  const base = table.totalPositive / total;
  let reliability = 0;
  let resolution = 0;
  for (let bin = 0; bin < binning.bins; bin++) {
    const w = weight[bin]!;
    if (w === 0) continue;
    reliability += w * ((expected[bin]! - positive[bin]!) / w) ** 2;
    resolution += w * (positive[bin]! / w - base) ** 2;
  }
  let within = 0;
  for (let line = 0; line < binning.of.length; line++) {
    const bin = binning.of[line]!;
    const w = weight[bin]!;
    if (w === 0) continue;
    const distance = table.scores[line]! - expected[bin]! / w;
    const rate = positive[bin]! / w;
    const lineWeight = table.positive[line]! + table.negative[line]!;
    within +=
      lineWeight * distance ** 2 - 2 * distance * (table.positive[line]! - lineWeight * rate);
  }
  const uncertainty = base * (1 - base);
  return {
    brier: whole,
    reliability: reliability / total,
    resolution: resolution / total,
    uncertainty,
    withinBins: within / total,
    skill: uncertainty > 0 ? 1 - whole / uncertainty : null,
  };
}

/** A bin per distinct score: over them Murphy's three terms alone add up to the Brier score. */
export function distinctScores(table: ScoreTable): Binning {
  const bins = table.scores.length;
  const of = Uint32Array.from({ length: bins }, (_, line) => bins - 1 - line);
  const edges = new Float64Array(bins + 1);
  for (let bin = 0; bin < bins; bin++) edges[bin + 1] = table.scores[bins - 1 - bin]!;
  edges[0] = edges[1] ?? 0;
  return { bins, of, edges };
}
