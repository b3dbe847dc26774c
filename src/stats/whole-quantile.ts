/** Quantiles of distributions of whole numbers, by search in their tails. */
import { requireProbability } from "./check.ts";
import { normalQuantile } from "./normal.ts";
import type { Tails } from "./tails.ts";

/** What a search needs to know of a distribution on 0 … most. */
interface Whole {
  readonly mean: number;
  readonly variance: number;
  /** Greatest value; Infinity where there is none. */
  readonly most: number;
  /** Chances of ≤ k and of > k. */
  readonly tails: (k: number) => Tails;
}

/** A chance that misses another by rounding alone counts as reaching it: cdf(4) may be 0.49999999999999994. */
const ALMOST = 1 - 64 * Number.EPSILON;

/** Both quantiles of a distribution of whole numbers, by doubling steps from the normal guess and then halving. */
export function wholeQuantiles(
  where: string,
  whole: Whole,
): { quantile(p: number): number; upperQuantile(q: number): number } {
  const search = (guess: number, reached: (k: number) => boolean): number => {
    const most = Math.min(whole.most, Number.MAX_SAFE_INTEGER);
    let high = Math.min(most, Math.max(0, Math.round(guess)));
    let low = high;
    let step = 1;
    while (!reached(high)) {
      // Past 2^53 whole numbers cannot be told apart.
      if (high === most) return whole.most;
      low = high + 1;
      high = Math.min(most, high + step);
      step *= 2;
    }
    step = 1;
    while (low > 0 && reached(low)) {
      high = low;
      low = Math.max(0, low - step);
      step *= 2;
    }
    // The answer lies in [low, high], and high reaches.
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (reached(middle)) high = middle;
      else low = middle + 1;
    }
    return high;
  };
  const guess = (z: number) => whole.mean + z * Math.sqrt(whole.variance);
  return {
    quantile(p) {
      requireProbability(where, "p", p);
      if (p === 0) return 0;
      if (p === 1) return whole.most;
      // Near 1 it is the other tail that has digits left; 1 − p is exact there.
      return search(guess(normalQuantile(p)), (k) => {
        const { lower, upper } = whole.tails(k);
        return lower >= p * ALMOST || (p > 0.5 && upper * ALMOST <= 1 - p);
      });
    },
    upperQuantile(q) {
      requireProbability(where, "q", q);
      if (q === 1) return 0;
      if (q === 0) return whole.most;
      return search(guess(-normalQuantile(q)), (k) => {
        const { lower, upper } = whole.tails(k);
        return upper * ALMOST <= q || (q > 0.5 && lower >= (1 - q) * ALMOST);
      });
    },
  };
}
