/** The Poisson distribution: events that come independently. */
import { requireNumber, requirePositive } from "./check.ts";
import type { Discrete } from "./distribution.ts";
import { gammaTails } from "./incomplete-gamma.ts";
import { poissonKernel } from "./log-gamma.ts";
import type { Tails } from "./tails.ts";
import { wholeQuantiles } from "./whole-quantile.ts";

/** @param mean > 0 */
export function poisson(mean: number): Discrete {
  requirePositive("poisson", "mean", mean);
  const tails = (x: number): Tails => {
    requireNumber("poisson", "k", x);
    const k = Math.floor(x);
    if (k < 0) return { lower: 0, upper: 1 };
    if (k === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
    const { lower, upper } = gammaTails(k + 1, mean);
    return { lower: upper, upper: lower };
  };
  return {
    mean,
    variance: mean,
    mass: (k) => {
      requireNumber("poisson", "k", k);
      if (!Number.isInteger(k) || k < 0) return 0;
      return k === 0 ? Math.exp(-mean) : poissonKernel(k, mean);
    },
    cdf: (k) => tails(k).lower,
    upper: (k) => tails(k).upper,
    ...wholeQuantiles("poisson", {
      mean,
      variance: mean,
      most: Number.POSITIVE_INFINITY,
      tails,
    }),
  };
}
