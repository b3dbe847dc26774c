/** The negative binomial distribution: a Poisson count whose mean differs from unit to unit as a gamma variable. */
import { requireNumber, requirePositive } from "./check.ts";
import type { Discrete } from "./distribution.ts";
import { betaTails } from "./incomplete-beta.ts";
import { binomialKernel } from "./log-gamma.ts";
import type { Tails } from "./tails.ts";
import { wholeQuantiles } from "./whole-quantile.ts";

/** Beyond this products overflow; no chance is left there. */
const FURTHEST = 1e150;

/**
 * @param size > 0, the shape of the gamma variable; the smaller, the more the units differ. The variance is
 *   mean + mean² / size
 * @param mean > 0
 */
export function negativeBinomial(size: number, mean: number): Discrete {
  requirePositive("negativeBinomial", "size", size);
  requirePositive("negativeBinomial", "mean", mean);
  const stop = size / (size + mean);
  const go = mean / (size + mean);
  const tails = (x: number): Tails => {
    requireNumber("negativeBinomial", "k", x);
    const k = Math.floor(x);
    if (k < 0) return { lower: 0, upper: 1 };
    if (k > FURTHEST) return { lower: 1, upper: 0 };
    return betaTails(stop, go, size, k + 1);
  };
  const variance = mean + (mean * mean) / size;
  return {
    mean,
    variance,
    mass: (k) => {
      requireNumber("negativeBinomial", "k", k);
      if (!Number.isInteger(k) || k < 0 || k > FURTHEST) return 0;
      if (k === 0) return Math.exp(-size * Math.log1p(mean / size));
      return (size / (size + k)) * binomialKernel(size, k, stop, go);
    },
    cdf: (k) => tails(k).lower,
    upper: (k) => tails(k).upper,
    ...wholeQuantiles("negativeBinomial", {
      mean,
      variance,
      most: Number.POSITIVE_INFINITY,
      tails,
    }),
  };
}
