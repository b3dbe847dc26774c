/** Takes numbers and cuts them into stretches of about equal count. */

/**
 * Where each stretch but the first begins: numbers that were seen, ascending; fewer than asked for where one number is
 * frequent. NaN and rows of weight 0 do not count.
 */
export function startsOf(
  values: Float64Array,
  weights: Float64Array | null,
  stretches: number,
): number[] {
  const there = values
    .filter((x, row) => !Number.isNaN(x) && (weights === null || weights[row]! > 0))
    .sort();
  const starts = new Set<number>();
  for (let i = 1; i < stretches; i++) {
    const start = there[Math.floor((i * there.length) / stretches)];
    if (start !== undefined && start > there[0]!) starts.add(start + 0);
  }
  return [...starts];
}

/** The stretch that a number is in: 0 before the first start; −1 for NaN. */
export function stretchOf(starts: readonly number[], x: number): number {
  if (Number.isNaN(x)) return -1;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
