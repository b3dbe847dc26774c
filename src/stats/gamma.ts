/** The gamma distribution with scale 1: distribution function and quantiles. */

/** Lanczos coefficients, g = 7, n = 9: relative error below 1e-14 for x > 0. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0. @see Lanczos (1964), SIAM Journal on Numerical Analysis 1 */
export function logGamma(x: number): number {
  const shifted = x - 1;
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] as number) / (shifted + i);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Regularised lower incomplete gamma function P(a, x): the share of a gamma(a) distribution below x.
 *
 * Series below a + 1, Lentz's continued fraction above.
 *
 * @see Press et al. (2007), Numerical Recipes, 6.2
 */
export function gammaCdf(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; ; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = c * d;
    h *= step;
    if (Math.abs(step - 1) < 1e-16 || i > 1e6) break;
  }
  return Math.max(0, 1 - front * h);
}

/** Above this shape the cube-root normal approximation is closer than 1e-8 (relative) and costs nothing. */
const LARGE_SHAPE = 100_000;

/** Standard normal quantiles of the two tails in use. */
const NORMAL: ReadonlyMap<number, number> = new Map([
  [0.025, -1.959963984540054],
  [0.975, 1.959963984540054],
]);

/**
 * Quantile of the gamma distribution with scale 1.
 *
 * Newton steps on P(a, x) from Wilson and Hilferty's approximation, kept inside a shrinking bracket.
 *
 * @param p 0.025 or 0.975, the tails of a 95 % interval
 * @param shape > 0
 * @see Wilson & Hilferty (1931), Proceedings of the National Academy of Sciences 17
 */
export function gammaQuantile(p: 0.025 | 0.975, shape: number): number {
  const z = NORMAL.get(p) as number;
  const cube = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  const start = shape * Math.max(cube, 0.05) ** 3;
  if (shape > LARGE_SHAPE) return start;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let x = start;
  for (let i = 0; i < 100; i++) {
    const error = gammaCdf(shape, x) - p;
    if (error > 0) high = x;
    else low = x;
    const density = Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape));
    let next = x - error / density;
    if (!(next > low && next < high)) {
      next = high === Number.POSITIVE_INFINITY ? x * 2 : (low + high) / 2;
    }
    if (Math.abs(next - x) <= 1e-14 * x) return next;
    x = next;
  }
  return x;
}
