/** Exact and near-exact 95 % intervals of rates and counts. Takes counts, gives bounds; knows nothing of ads. */
import { gammaQuantile } from "./gamma.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %: the standard normal's 0.975 quantile. */
const Z95 = 1.959963984540054;

/**
 * Wilson's score interval of a proportion, 95 %.
 *
 * @param hits successes, 0 … trials
 * @param trials number of trials
 * @returns null where there are no trials, or more hits than trials (then it is no proportion)
 * @see Wilson (1927), Journal of the American Statistical Association 22(158)
 */
export function wilsonInterval(hits: number, trials: number): Interval | null {
  if (!(trials > 0) || hits < 0 || hits > trials) return null;
  const share = hits / trials;
  const z2 = Z95 * Z95;
  const centre = share + z2 / (2 * trials);
  const spread = Z95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    low: hits === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: hits === trials ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/**
 * Garwood's exact interval of a Poisson mean, 95 %: each tail outside holds at most 2.5 %.
 *
 * @param count events seen, an integer ≥ 0
 * @returns null for a count that is none
 * @see Garwood (1936), Biometrika 28(3/4)
 */
export function poissonInterval(count: number): Interval | null {
  if (!Number.isFinite(count) || count < 0) return null;
  return {
    low: count === 0 ? 0 : gammaQuantile(0.025, count),
    high: gammaQuantile(0.975, count + 1),
  };
}

/**
 * 95 % interval of a cost per event: the spend is known, the number of events is a Poisson count.
 *
 * @param spend any unit, ≥ 0
 * @param count events bought with it
 * @returns bounds in the unit of spend per event; `high` null for no event (the cost has no upper bound)
 */
export function costInterval(
  spend: number,
  count: number,
): { readonly low: number; readonly high: number | null } | null {
  const events = poissonInterval(count);
  if (events === null || spend < 0) return null;
  return { low: spend / events.high, high: events.low > 0 ? spend / events.low : null };
}
