/** A fraction as the percentage people write, without the dust of binary arithmetic: 0.07 → 7. */
export function percentOf(fraction: number): number {
  return Number((fraction * 100).toPrecision(12));
}

/** The fraction of a written percentage: 7 → 0.07. */
export function fractionOf(percent: number): number {
  return Number((percent / 100).toPrecision(12));
}
