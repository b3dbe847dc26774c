/** Points and weights at which a polynomial is looked at to integrate it exactly over 0 … 1. */

export interface Quadrature {
  /** Increasing, inside 0 … 1. */
  readonly points: Float64Array;
  /** 1 − point, without the loss of a subtraction. */
  readonly rest: Float64Array;
  /** Positive; their sum is 1. */
  readonly weights: Float64Array;
}

/** Roots of the Legendre polynomials known so far, in order; that of degree n at place n. */
const roots: Float64Array[] = [new Float64Array(0)];
const rules: Quadrature[] = [];

/** The Legendre polynomial of degree n at x, and its slope for |x| < 1. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let k = 1; k < n; k++) {
    const next = ((2 * k + 1) * x * value - k * before) / (k + 1);
    before = value;
    value = next;
  }
  return { value, slope: (n * (before - x * value)) / (1 - x * x) };
}

/** The one root between two numbers, by Newton's steps that never leave what halving still allows. */
function rootBetween(n: number, from: number, to: number): number {
  let low = from;
  let high = to;
  const rising = legendre(n, low).value < 0;
  let x = (low + high) / 2;
  for (let step = 0; step < 100; step++) {
    const { value, slope } = legendre(n, x);
    if (value < 0 === rising) low = x;
    else high = x;
    let next = x - value / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - x) <= 1e-17 || next === x) return next;
    x = next;
  }
  return x;
}

/** Roots of degree n: one between each two neighbouring roots of degree n − 1 and the ends. */
function rootsOf(n: number): Float64Array {
  for (let degree = roots.length; degree <= n; degree++) {
    const fences = [-1, ...roots[degree - 1]!, 1];
    const found = new Float64Array(degree);
    for (let i = 0; i < degree >>> 1; i++) {
      found[i] = rootBetween(degree, fences[i]!, fences[i + 1]!);
      found[degree - 1 - i] = -found[i]!;
    }
    roots.push(found);
  }
  return roots[n]!;
}

/**
 * Gauss–Legendre rule of n points over 0 … 1, exact for polynomials of degree 2n − 1 or less. Only + − × ÷ are used, so
 * it is the same to the bit on every machine.
 *
 * @param n 1 or more
 * @see Abramowitz & Stegun (1964), 25.4.29
 */
export function gaussLegendre(n: number): Quadrature {
  const known = rules[n];
  if (known) return known;
  const at = rootsOf(n);
  const weights = at.map((x) => {
    const { slope } = legendre(n, x);
    return 1 / ((1 - x * x) * slope * slope);
  });
  const rule = {
    points: at.map((x) => (1 + x) / 2),
    rest: at.map((x) => (1 - x) / 2),
    weights,
  };
  rules[n] = rule;
  return rule;
}
