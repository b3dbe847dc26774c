/** The beta distribution of shares. */
import { requireNumber, requirePositive, requireProbability } from "./check.ts";
import type { Continuous } from "./distribution.ts";
import { betaDensity, betaTailQuantile, betaTails } from "./incomplete-beta.ts";

/** @param a > 0 @param b > 0; the mean is a / (a + b) */
export function beta(a: number, b: number): Continuous {
  requirePositive("beta", "a", a);
  requirePositive("beta", "b", b);
  const tails = (x: number) => {
    requireNumber("beta", "x", x);
    return betaTails(x, 1 - x, a, b);
  };
  const at = (chance: number, lowerTail: boolean): number => {
    if (chance === 0) return lowerTail ? 0 : 1;
    if (chance > 0.5) return at(1 - chance, !lowerTail);
    return betaTailQuantile(a, b, chance, lowerTail).x;
  };
  return {
    mean: a / (a + b),
    variance: ((a / (a + b)) * (b / (a + b))) / (a + b + 1),
    density: (x) => {
      requireNumber("beta", "x", x);
      if (x < 0 || x > 1) return 0;
      if (x === 0) return a > 1 ? 0 : a === 1 ? b : Number.POSITIVE_INFINITY;
      if (x === 1) return b > 1 ? 0 : b === 1 ? a : Number.POSITIVE_INFINITY;
      return betaDensity(x, 1 - x, a, b);
    },
    cdf: (x) => tails(x).lower,
    upper: (x) => tails(x).upper,
    quantile: (p) => {
      requireProbability("beta", "p", p);
      return at(p, true);
    },
    upperQuantile: (q) => {
      requireProbability("beta", "q", q);
      return at(q, false);
    },
  };
}
