/** Fisher and Snedecor's F distribution of ratios of variances. */
import { requireNumber, requirePositive, requireProbability } from "./check.ts";
import type { Continuous } from "./distribution.ts";
import { betaDensity, betaTailQuantile, betaTails } from "./incomplete-beta.ts";

/** @param above degrees of freedom of the numerator, > 0 @param below of the denominator, > 0 */
export function fRatio(above: number, below: number): Continuous {
  requirePositive("fRatio", "above", above);
  requirePositive("fRatio", "below", below);
  const a = above / 2;
  const b = below / 2;
  const tails = (f: number) => {
    requireNumber("fRatio", "f", f);
    if (f <= 0) return { lower: 0, upper: 1 };
    const odds = (above / below) * f;
    if (odds === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
    return betaTails(odds / (1 + odds), 1 / (1 + odds), a, b);
  };
  const at = (chance: number, lowerTail: boolean): number => {
    if (chance === 0) return lowerTail ? 0 : Number.POSITIVE_INFINITY;
    if (chance > 0.5) return at(1 - chance, !lowerTail);
    const { x, y } = betaTailQuantile(a, b, chance, lowerTail);
    return (below / above) * (x / y);
  };
  return {
    mean: below > 2 ? below / (below - 2) : null,
    variance:
      below > 4
        ? ((2 * below * below) / (above * (below - 2) * (below - 2))) *
          ((above + below - 2) / (below - 4))
        : null,
    density: (f) => {
      requireNumber("fRatio", "f", f);
      if (f < 0) return 0;
      const odds = (above / below) * f;
      if (odds === 0) return above > 2 ? 0 : above === 2 ? 1 : Number.POSITIVE_INFINITY;
      if (odds === Number.POSITIVE_INFINITY) return 0;
      const y = 1 / (1 + odds);
      return betaDensity(odds * y, y, a, b) * (above / below) * y * y;
    },
    cdf: (f) => tails(f).lower,
    upper: (f) => tails(f).upper,
    quantile: (p) => {
      requireProbability("fRatio", "p", p);
      return at(p, true);
    },
    upperQuantile: (q) => {
      requireProbability("fRatio", "q", q);
      return at(q, false);
    },
  };
}
