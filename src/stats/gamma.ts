/** The gamma distribution. */
import { requireNumber, requirePositive, requireProbability } from "./check.ts";
import type { Continuous } from "./distribution.ts";
import { gammaDensity, gammaTailQuantile, gammaTails } from "./incomplete-gamma.ts";

/**
 * The gamma distribution of amounts ≥ 0.
 *
 * @param shape > 0
 * @param scale > 0, one over the rate; the mean is shape × scale
 */
export function gamma(shape: number, scale = 1): Continuous {
  requirePositive("gamma", "shape", shape);
  requirePositive("gamma", "scale", scale);
  const tails = (x: number) => {
    requireNumber("gamma", "x", x);
    return gammaTails(shape, x / scale);
  };
  const place = (chance: number, lowerTail: boolean): number => {
    if (chance === 0) return lowerTail ? 0 : Number.POSITIVE_INFINITY;
    if (chance > 0.5) return place(1 - chance, !lowerTail);
    return scale * gammaTailQuantile(shape, chance, lowerTail);
  };
  return {
    mean: shape * scale,
    variance: shape * scale * scale,
    density: (x) => {
      requireNumber("gamma", "x", x);
      const at = x / scale;
      if (x < 0 || at === Number.POSITIVE_INFINITY) return 0;
      if (at === 0) return shape > 1 ? 0 : shape === 1 ? 1 / scale : Number.POSITIVE_INFINITY;
      return gammaDensity(shape, at) / scale;
    },
    cdf: (x) => tails(x).lower,
    upper: (x) => tails(x).upper,
    quantile: (p) => {
      requireProbability("gamma", "p", p);
      return place(p, true);
    },
    upperQuantile: (q) => {
      requireProbability("gamma", "q", q);
      return place(q, false);
    },
  };
}
