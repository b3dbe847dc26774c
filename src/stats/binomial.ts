/** The binomial distribution: hits in independent trials. */
import { requireCount, requireNumber, requireProbability } from "./check.ts";
import type { Discrete } from "./distribution.ts";
import { betaTails } from "./incomplete-beta.ts";
import { binomialKernel } from "./log-gamma.ts";
import type { Tails } from "./tails.ts";
import { wholeQuantiles } from "./whole-quantile.ts";

/** @param trials a whole number ≥ 0 @param chance of a hit in each, in [0, 1] */
export function binomial(trials: number, chance: number): Discrete {
  requireCount("binomial", "trials", trials);
  requireProbability("binomial", "chance", chance);
  const miss = 1 - chance;
  const tails = (x: number): Tails => {
    requireNumber("binomial", "k", x);
    const k = Math.floor(x);
    if (k < 0) return { lower: 0, upper: 1 };
    if (k >= trials) return { lower: 1, upper: 0 };
    const { lower, upper } = betaTails(chance, miss, k + 1, trials - k);
    return { lower: upper, upper: lower };
  };
  const mean = trials * chance;
  const variance = mean * miss;
  return {
    mean,
    variance,
    mass: (k) => {
      requireNumber("binomial", "k", k);
      if (!Number.isInteger(k) || k < 0 || k > trials) return 0;
      if (k === 0) return chance < 0.5 ? Math.exp(trials * Math.log1p(-chance)) : miss ** trials;
      if (k === trials) return chance ** trials;
      if (chance === 0 || chance === 1) return 0;
      return binomialKernel(k, trials - k, chance, miss);
    },
    cdf: (k) => tails(k).lower,
    upper: (k) => tails(k).upper,
    ...wholeQuantiles("binomial", { mean, variance, most: trials, tails }),
  };
}
