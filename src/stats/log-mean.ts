/** The logarithmic mean, and the exact split of a difference between two products into the parts of their factors. */

/**
 * Logarithmic mean of two positive numbers: (a − b) / ln(a / b), and a where both are equal. It lies between the
 * geometric and the arithmetic mean.
 */
export function logMean(a: number, b: number): number {
  const ratio = a / b;
  // Near equality the quotient loses its digits; there 1 + x/2 − x²/12 is exact to rounding.
  const x = ratio - 1;
  if (Math.abs(x) < 1e-5) return b * (1 + x / 2 - (x * x) / 12);
  return (a - b) / Math.log(ratio);
}

/**
 * How much each factor adds to the difference between two products of positive factors, additive LMDI-I: the parts add
 * up to the difference, none is left over, and swapping the two products turns every sign.
 *
 * @param factors one pair per factor: its value here, and in what it is held against
 * @see Ang (2004), Energy Policy 32(9)
 */
export function splitDifference(factors: readonly (readonly [number, number])[]): number[] {
  const here = factors.reduce((product, [value]) => product * value, 1);
  const there = factors.reduce((product, [, value]) => product * value, 1);
  const weight = logMean(here, there);
  return factors.map(([value, other]) => weight * Math.log(value / other));
}
