/** Kolmogorov and Smirnov's test: do two samples come from one distribution, whatever its shape? */
import { requireSample } from "./check.ts";

export interface KolmogorovSmirnovTest {
  /** Largest distance between the two empirical distribution functions, in [0, 1]. */
  readonly statistic: number;
  /** A place of that distance: the shares of values ≤ this differ most. */
  readonly at: number;
  readonly p: number;
  readonly method: "exact" | "asymptotic";
}

/** Exact p up to this many pairs of values: some milliseconds. */
const MOST_EXACT_PAIRS = 4_000_000;

/**
 * Two-sided, with ties taken as they are (the p is that of all ways to deal the pooled values out).
 *
 * @param first finite numbers, at least one @param second likewise
 * @throws Problem `STATS_ARGUMENT` for an empty sample or a value that is not finite
 * @see Hodges (1958), Arkiv för Matematik 3(43); Schröer & Trenkler (1995), Computational Statistics & Data Analysis 20
 */
export function kolmogorovSmirnov(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): KolmogorovSmirnovTest {
  requireSample("kolmogorovSmirnov", "first", first, 1);
  requireSample("kolmogorovSmirnov", "second", second, 1);
  const a = Float64Array.from(first).sort();
  const b = Float64Array.from(second).sort();
  const m = a.length;
  const n = b.length;
  // ends[k]: after k pooled values the next one is another number, so the distance there is seen
  const ends = new Uint8Array(m + n + 1);
  let widest = 0;
  let at = Math.min(a[0] as number, b[0] as number);
  let i = 0;
  let j = 0;
  while (i < m || j < n) {
    const value = Math.min(
      i < m ? (a[i] as number) : Number.POSITIVE_INFINITY,
      j < n ? (b[j] as number) : Number.POSITIVE_INFINITY,
    );
    while (i < m && a[i] === value) i++;
    while (j < n && b[j] === value) j++;
    ends[i + j] = 1;
    // Distances are compared as whole multiples of 1 / (m n).
    const distance = Math.abs(i * n - j * m);
    if (distance > widest) {
      widest = distance;
      at = value;
    }
  }
  const statistic = widest / m / n;
  if (m * n <= MOST_EXACT_PAIRS) {
    return { statistic, at, p: chanceOfWider(widest, m, n, ends), method: "exact" };
  }
  const p = kolmogorovUpper(Math.sqrt((m / (m + n)) * n) * statistic);
  return { statistic, at, p, method: "asymptotic" };
}

/** Chance that dealing m + n values out gives a distance of at least `widest` / (m n) somewhere that it is seen. */
function chanceOfWider(widest: number, m: number, n: number, ends: Uint8Array): number {
  if (widest === 0) return 1;
  const wider = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      if (ends[i + j] === 1 && Math.abs(i * n - j * m) >= widest) {
        wider[j] = 1;
        continue;
      }
      if (i + j === 0) continue;
      const fromRow = i > 0 ? i * (wider[j] as number) : 0;
      const fromColumn = j > 0 ? j * (wider[j - 1] as number) : 0;
      wider[j] = (fromRow + fromColumn) / (i + j);
    }
  }
  return Math.min(1, wider[n] as number);
}

/** Upper tail of Kolmogorov's limiting distribution at x ≥ 0. @see Kolmogorov (1933); DLMF 20.7.32 for small x */
export function kolmogorovUpper(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1) {
    const front = Math.sqrt(2 * Math.PI) / x;
    const unit = -(Math.PI * Math.PI) / (8 * x * x);
    for (let k = 1; k < 40; k += 2) sum += Math.exp(unit * k * k);
    return 1 - front * sum;
  }
  for (let k = 1; k < 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}
