/** The regularised incomplete gamma function and its inverse: the ground of gamma, χ² and Poisson. */
import { logGamma, poissonKernel } from "./log-gamma.ts";
import { normalQuantile } from "./normal.ts";
import { solveTail, type Tails } from "./tails.ts";

const MOST_STEPS = 10_000_000;

/**
 * P(a, x) and Q(a, x): the shares of a gamma(a) distribution below and above x ≥ 0.
 *
 * Series below a + 1, Lentz's continued fraction above; some √a steps near the middle.
 *
 * @see Press et al. (2007), Numerical Recipes, 6.2; Loader (2000) for the factor in front
 */
export function gammaTails(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const front = poissonKernel(a, x);
  if (front === 0) return x < a ? { lower: 0, upper: 1 } : { lower: 1, upper: 0 };
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; n < MOST_STEPS && term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = Math.min(1, front * sum);
    return { lower, upper: 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < MOST_STEPS; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = c * d;
    h *= step;
    if (Math.abs(step - 1) < 2e-16) break;
  }
  const upper = Math.min(1, front * a * h);
  return { lower: 1 - upper, upper };
}

/** Density of gamma(a) at x > 0 with scale 1. */
export function gammaDensity(a: number, x: number): number {
  // Close to 0 the quotient overflows before the product is taken.
  if (x < 1e-200) return Math.exp((a - 1) * Math.log(x) - logGamma(a));
  return (a / x) * poissonKernel(a, x);
}

/**
 * The x with P(a, x) = chance (lower tail) or Q(a, x) = chance (upper tail), chance in (0, ½].
 *
 * @see Wilson & Hilferty (1931), Proceedings of the National Academy of Sciences 17, for the start
 */
export function gammaTailQuantile(a: number, chance: number, lowerTail: boolean): number {
  const z = normalQuantile(chance) * (lowerTail ? 1 : -1);
  const cube = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  const small = (Math.log(chance) + logGamma(a + 1)) / a;
  const start = cube > 0.2 ? Math.log(a) + 3 * Math.log(cube) : lowerTail ? small : Math.log(a) - 1;
  const u = solveTail(
    (at) => {
      const x = Math.exp(at);
      const tails = gammaTails(a, x);
      return {
        chance: lowerTail ? tails.lower : tails.upper,
        slope: x > 0 ? a * poissonKernel(a, x) : 0,
      };
    },
    chance,
    start,
    lowerTail,
    Number.POSITIVE_INFINITY,
  );
  return Math.exp(u);
}
