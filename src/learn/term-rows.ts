/** Rows kept as terms (see design.ts), and the sums over them by which linear models are fit. */

/** Rows as terms: of row r and the t-th of the design's `terms` the term `place[r × each + t]` (−1: none) has that value. */
export interface TermRows {
  readonly rows: number;
  /** Entries of each row: length of the design's `terms`. */
  readonly each: number;
  readonly place: Int32Array;
  readonly value: Float64Array;
}

/**
 * What each term adds per row: out[row] = start + Σ value × slope of its term, for one output.
 *
 * @param slopes length width
 */
export function forward(
  rows: TermRows,
  slopes: Float64Array,
  start: number,
  out: Float64Array,
): void {
  const { each, place, value } = rows;
  for (let row = 0, k = 0; row < rows.rows; row++) {
    let sum = start;
    for (let t = 0; t < each; t++, k++) if (place[k]! >= 0) sum += slopes[place[k]!]! * value[k]!;
    out[row] = sum;
  }
}

/** out[term] += Σ over rows of value × residual; gives the sum of the residuals. */
export function backward(rows: TermRows, residuals: Float64Array, out: Float64Array): number {
  const { each, place, value } = rows;
  let all = 0;
  for (let row = 0, k = 0; row < rows.rows; row++) {
    const residual = residuals[row]!;
    all += residual;
    for (let t = 0; t < each; t++, k++) if (place[k]! >= 0) out[place[k]!]! += value[k]! * residual;
  }
  return all;
}

/** Σ over rows of weight × value² for each term, plus l2; then, of the intercept, Σ of weights. */
export function squares(
  { rows, each, place, value }: TermRows,
  width: number,
  weights: Float64Array,
  l2: number,
): Float64Array {
  const out = new Float64Array(width + 1).fill(l2, 0, width);
  for (let row = 0, k = 0; row < rows; row++) {
    const weight = weights[row]!;
    out[width]! += weight;
    for (let t = 0; t < each; t++, k++)
      if (place[k]! >= 0) out[place[k]!]! += weight * value[k]! * value[k]!;
  }
  return out;
}

/** The lower triangle of X′WX + l2, row-major, the intercept last. */
export function normalMatrix(
  { rows, each, place, value }: TermRows,
  width: number,
  weights: Float64Array,
  l2: number,
): Float64Array {
  const size = width + 1;
  const out = new Float64Array(size * size);
  for (let row = 0; row < rows; row++) {
    const start = row * each;
    const weight = weights[row]!;
    if (weight === 0) continue;
    for (let i = start; i < start + each; i++) {
      const term = place[i]!;
      if (term < 0) continue;
      const pull = weight * value[i]!;
      // Later entries of a row have later places.
      for (let j = start; j <= i; j++)
        if (place[j]! >= 0) out[term * size + place[j]!]! += pull * value[j]!;
      out[width * size + term]! += pull;
    }
    out[width * size + width]! += weight;
  }
  for (let term = 0; term < width; term++) out[term * size + term]! += l2;
  return out;
}
