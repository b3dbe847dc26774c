/** Platt's calibration: takes any scores with labels and gives an S-shaped curve from score to probability. */
import { checkedScores, type LabelledScores } from "./calibration-scores.ts";
import { log, logistic } from "./exp.ts";
import { smallLogistic } from "./small-logistic.ts";

export interface PlattCurve {
  readonly method: "platt";
  /** `log-odds`: scores are probabilities, and their log-odds go into the curve. */
  readonly on: "score" | "log-odds";
  /** Probability = 1 / (1 + e^−(slope × score + intercept)); slope ≥ 0. */
  readonly slope: number;
  readonly intercept: number;
}

/** Probabilities nearer to 0 or 1 than this are taken for this near. */
export const NEAREST = 1e-15;

/** ln (p / (1 − p)), within ± 34.5. */
export function logOdds(p: number): number {
  const kept = Math.max(NEAREST, Math.min(1 - NEAREST, p));
  return log(kept) - log(1 - kept);
}

/**
 * Targets are (positives + 1) / (positives + 2) and 1 / (others + 2) instead of 1 and 0, so that few rows make no
 * certainty. Scores that rank the wrong way round give a level curve, never a falling one.
 *
 * @throws Problem `LEARN_SCORES`, `LEARN_ONE_CLASS`
 * @see Platt (1999), Advances in Large Margin Classifiers; Lin, Lin & Weng (2007), Machine Learning 68(3)
 */
export function fitPlatt(given: LabelledScores, on: PlattCurve["on"] = "score"): PlattCurve {
  const { scores, labels, weights } = checkedScores(given);
  const sums = [0, 0];
  for (let row = 0; row < labels.length; row++) sums[labels[row]!]! += weights[row]!;
  const [others = 0, positives = 0] = sums;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (others + 2);
  const targets = Float64Array.from(labels, (label) => (label === 1 ? high : low));
  const input = on === "log-odds" ? scores.map(logOdds) : scores;
  // Scores near 1 in size, lest products overflow.
  const unit = input.reduce((most, score) => Math.max(most, Math.abs(score)), 0) || 1;
  const [slope = 0, intercept = 0] = smallLogistic(
    [input.map((score) => score / unit)],
    targets,
    weights,
  );
  if (slope > 0 && slope / unit < Infinity)
    return { method: "platt", on, slope: slope / unit, intercept };
  const [level = 0] = smallLogistic([], targets, weights);
  return { method: "platt", on, slope: 0, intercept: level };
}

/** The curve at a score. */
export function plattAt({ on, slope, intercept }: PlattCurve, score: number): number {
  return logistic(slope * (on === "log-odds" ? logOdds(score) : score) + intercept);
}
