/** The beta-binomial distribution: hits in trials whose chance differs from unit to unit as a beta variable. */
import { requireCount, requireNumber, requirePositive } from "./check.ts";
import type { Discrete } from "./distribution.ts";
import { logRising } from "./log-gamma.ts";
import type { Tails } from "./tails.ts";
import { wholeQuantiles } from "./whole-quantile.ts";

/**
 * Tails are sums of masses: a call costs as many steps as the shorter way to an end, at most `trials`.
 *
 * @param trials a whole number ≥ 0
 * @param a > 0 @param b > 0, of the beta distribution of the chance
 */
export function betaBinomial(trials: number, a: number, b: number): Discrete {
  requireCount("betaBinomial", "trials", trials);
  requirePositive("betaBinomial", "a", a);
  requirePositive("betaBinomial", "b", b);
  const mass = (k: number) => {
    const fewer = Math.min(k, trials - k);
    return Math.exp(
      logRising(trials - fewer + 1, fewer) -
        logRising(1, fewer) +
        logRising(a, k) +
        logRising(b, trials - k) -
        logRising(a + b, trials),
    );
  };
  /** mass(k + 1) / mass(k) */
  const growth = (k: number) => ((trials - k) / (k + 1)) * ((k + a) / (trials - k - 1 + b));
  const mean = (trials * a) / (a + b);
  const variance = (((mean * b) / (a + b)) * (a + b + trials)) / (a + b + 1);
  const tails = (x: number): Tails => {
    requireNumber("betaBinomial", "k", x);
    const k = Math.floor(x);
    if (k < 0) return { lower: 0, upper: 1 };
    if (k >= trials) return { lower: 1, upper: 0 };
    if (k < mean) {
      let term = mass(k);
      let lower = term;
      for (let i = k - 1; i >= 0 && term > lower * 1e-18; i--) {
        term /= growth(i);
        lower += term;
      }
      lower = Math.min(1, lower);
      return { lower, upper: 1 - lower };
    }
    let term = mass(k + 1);
    let upper = term;
    for (let i = k + 1; i < trials && term > upper * 1e-18; i++) {
      term *= growth(i);
      upper += term;
    }
    upper = Math.min(1, upper);
    return { lower: 1 - upper, upper };
  };
  return {
    mean,
    variance,
    mass: (k) => {
      requireNumber("betaBinomial", "k", k);
      return Number.isInteger(k) && k >= 0 && k <= trials ? mass(k) : 0;
    },
    cdf: (k) => tails(k).lower,
    upper: (k) => tails(k).upper,
    ...wholeQuantiles("betaBinomial", { mean, variance, most: trials, tails }),
  };
}
