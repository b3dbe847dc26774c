/** Takes numbers in order and gives the rising ones nearest to them: the pool-adjacent-violators algorithm. */

/**
 * The non-decreasing sequence with the least weighted sum of squared distances. O(n).
 *
 * @param weights > 0
 * @see Ayer et al. (1955), Annals of Mathematical Statistics 26(4)
 */
export function risingFit(values: Float64Array, weights: Float64Array): Float64Array {
  const means = new Float64Array(values.length);
  const sums = new Float64Array(values.length);
  const ends = new Int32Array(values.length);
  let blocks = 0;
  for (let i = 0; i < values.length; i++) {
    means[blocks] = values[i]!;
    sums[blocks] = weights[i]!;
    ends[blocks] = i + 1;
    blocks++;
    while (blocks > 1 && means[blocks - 2]! >= means[blocks - 1]!) {
      const one = blocks - 2;
      const sum = sums[one]! + sums[one + 1]!;
      means[one]! += (means[one + 1]! - means[one]!) * (sums[one + 1]! / sum);
      sums[one] = sum;
      ends[one] = ends[one + 1]!;
      blocks--;
    }
  }
  const out = new Float64Array(values.length);
  for (let block = 0, i = 0; block < blocks; block++)
    for (; i < ends[block]!; i++) out[i] = means[block]!;
  return out;
}

/** A line through points, level beyond the first and the last. */
export interface Polyline {
  /** Strictly ascending, at least one. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Height of the line at x, which may be ±∞. */
export function heightAt({ x, y }: Polyline, at: number): number {
  const last = x.length - 1;
  if (at <= x[0]!) return y[0]!;
  if (at >= x[last]!) return y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  const share = (at - x[low]!) / (x[high]! - x[low]!);
  const height = y[low]! + share * (y[high]! - y[low]!);
  // Rounding must not leave the rise.
  return y[low]! <= y[high]! ? Math.max(y[low]!, Math.min(y[high]!, height)) : height;
}
