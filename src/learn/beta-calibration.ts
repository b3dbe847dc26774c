/** Beta calibration: takes probabilities with labels and gives a curve of a family that holds the straight one. */
import { checkedScores, type LabelledScores } from "./calibration-scores.ts";
import { log, logistic } from "./exp.ts";
import { NEAREST } from "./platt.ts";
import { smallLogistic } from "./small-logistic.ts";

/** Log-odds = a ln p − b ln (1 − p) + c. */
export interface BetaCurve {
  readonly method: "beta";
  /** ≥ 0. */
  readonly a: number;
  /** ≥ 0. */
  readonly b: number;
  readonly c: number;
}

function kept(p: number): number {
  return Math.max(NEAREST, Math.min(1 - NEAREST, p));
}

/**
 * Where the best curve would fall somewhere, the parameter at fault is 0 and the others are found again.
 *
 * @param given whose scores are probabilities
 * @throws Problem `LEARN_SCORES`, `LEARN_ONE_CLASS`
 * @see Kull, Silva Filho & Flach (2017), AISTATS
 */
export function fitBeta(given: LabelledScores): BetaCurve {
  const { scores, labels, weights } = checkedScores(given);
  const targets = Float64Array.from(labels);
  const near = scores.map((p) => log(kept(p)));
  const off = scores.map((p) => -log(1 - kept(p)));
  const [a = 0, b = 0, c = 0] = smallLogistic([near, off], targets, weights);
  if (a >= 0 && b >= 0) return { method: "beta", a, b, c };
  const [slope = 0, intercept = 0] = smallLogistic([a < 0 ? off : near], targets, weights);
  if (slope < 0) {
    const [level = 0] = smallLogistic([], targets, weights);
    return { method: "beta", a: 0, b: 0, c: level };
  }
  return { method: "beta", a: a < 0 ? 0 : slope, b: a < 0 ? slope : 0, c: intercept };
}

/** The curve at a probability. */
export function betaAt({ a, b, c }: BetaCurve, p: number): number {
  return logistic(a * log(kept(p)) - b * log(1 - kept(p)) + c);
}
