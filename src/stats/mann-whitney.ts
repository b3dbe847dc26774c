/** Mann and Whitney's test: do values of one sample tend to be larger than those of the other? */
import { requireSample } from "./check.ts";
import { normal } from "./normal.ts";
import { midRanks } from "./ranks.ts";
import { type Alternative, symmetricP } from "./test-result.ts";

export interface MannWhitneyTest {
  /** Pairs in which the first value is larger, equal ones counting one half. */
  readonly statistic: number;
  /** The share of such pairs: chance that a random first value exceeds a random second one. */
  readonly estimate: number;
  readonly p: number;
  readonly method: "exact" | "asymptotic";
}

/** Exact p up to this many pairs of values, where none are equal. */
const MOST_EXACT_PAIRS = 2500;

/**
 * @param first finite numbers, at least one @param second likewise
 * @returns exact p without ties and up to 2,500 pairs; else the normal approximation with correction for ties and
 *   continuity. All values equal: p = 1
 * @throws Problem `STATS_ARGUMENT` for an empty sample or a value that is not finite
 * @see Mann & Whitney (1947), Annals of Mathematical Statistics 18(1)
 */
export function mannWhitney(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  alternative: Alternative = "two-sided",
): MannWhitneyTest {
  requireSample("mannWhitney", "first", first, 1);
  requireSample("mannWhitney", "second", second, 1);
  const m = first.length;
  const n = second.length;
  const pairs = m * n;
  const all = new Float64Array(m + n);
  all.set(first, 0);
  all.set(second, m);
  const { ranks, tieSum } = midRanks(all);
  let rankSum = 0;
  for (let i = 0; i < m; i++) rankSum += ranks[i] as number;
  const statistic = rankSum - (m * (m + 1)) / 2;
  const result = { statistic, estimate: statistic / pairs };
  if (tieSum === 0 && pairs <= MOST_EXACT_PAIRS) {
    return { ...result, p: exactP(statistic, m, n, alternative), method: "exact" };
  }
  const total = m + n;
  const variance = (pairs / 12) * (total + 1 - tieSum / (total * (total - 1)));
  if (!(variance > 0)) return { ...result, p: 1, method: "asymptotic" };
  const gap = statistic - pairs / 2;
  const towards = alternative === "higher" ? 1 : alternative === "lower" ? -1 : Math.sign(gap);
  const z = (gap - 0.5 * towards) / Math.sqrt(variance);
  const p =
    alternative === "two-sided"
      ? Math.min(1, 2 * normal().upper(towards * z))
      : symmetricP(normal(), z, alternative);
  return { ...result, p, method: "asymptotic" };
}

/** By adding up the chances of each number of pairs over all orders of m and n values, one value at a time. */
function exactP(pairsWon: number, m: number, n: number, alternative: Alternative): number {
  // chances[i][u]: of u pairs won by i first values over the j second ones added so far
  const chances = Array.from({ length: m + 1 }, () => {
    const none = new Float64Array(m * n + 1);
    none[0] = 1;
    return none;
  });
  for (let j = 1; j <= n; j++) {
    for (let i = 1; i <= m; i++) {
      const now = chances[i] as Float64Array;
      const fewer = chances[i - 1] as Float64Array;
      // The largest of all is a first value, which wins j pairs, or a second one, which wins none.
      for (let u = i * j; u >= 0; u--) {
        const won = u >= j ? (fewer[u - j] as number) : 0;
        now[u] = (i * won + j * (now[u] as number)) / (i + j);
      }
    }
  }
  let atMost = 0;
  let atLeast = 0;
  for (const [u, chance] of (chances[m] as Float64Array).entries()) {
    if (u <= pairsWon) atMost += chance;
    if (u >= pairsWon) atLeast += chance;
  }
  const p =
    alternative === "lower"
      ? atMost
      : alternative === "higher"
        ? atLeast
        : 2 * Math.min(atMost, atLeast);
  return Math.min(1, p);
}
