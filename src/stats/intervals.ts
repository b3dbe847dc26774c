/** Exact and near-exact intervals of rates and counts. Takes counts, gives bounds; knows nothing of ads. */
import { beta } from "./beta.ts";
import { requireLevel } from "./check.ts";
import { gamma } from "./gamma.ts";
import { normalQuantile } from "./normal.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal's quantile that leaves (1 − level) / 2 above it. */
export function twoSidedZ(level: number): number {
  return -normalQuantile((1 - level) / 2);
}

/** True where a proportion has no interval: no trials, or more hits than trials. */
function noProportion(hits: number, trials: number): boolean {
  return !(trials > 0 && trials < Number.POSITIVE_INFINITY && hits >= 0 && hits <= trials);
}

/**
 * Wilson's score interval of a proportion.
 *
 * @param hits successes, 0 … trials
 * @param trials number of trials
 * @returns null where there are no trials, or more hits than trials (then it is no proportion)
 * @throws Problem `STATS_ARGUMENT` for a level that is none
 * @see Wilson (1927), Journal of the American Statistical Association 22(158)
 */
export function wilsonInterval(hits: number, trials: number, level = 0.95): Interval | null {
  requireLevel("wilsonInterval", level);
  if (noProportion(hits, trials)) return null;
  const z = twoSidedZ(level);
  const share = hits / trials;
  const z2 = z * z;
  const centre = share + z2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    low: hits === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: hits === trials ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/**
 * Clopper and Pearson's exact interval of a proportion: each tail outside holds at most (1 − level) / 2, so it covers at
 * least the level, and mostly more.
 *
 * @returns null as `wilsonInterval`
 * @throws Problem `STATS_ARGUMENT` for a level that is none
 * @see Clopper & Pearson (1934), Biometrika 26(4)
 */
export function clopperPearsonInterval(
  hits: number,
  trials: number,
  level = 0.95,
): Interval | null {
  requireLevel("clopperPearsonInterval", level);
  if (noProportion(hits, trials)) return null;
  const tail = (1 - level) / 2;
  return {
    low: hits === 0 ? 0 : beta(hits, trials - hits + 1).quantile(tail),
    high: hits === trials ? 1 : beta(hits + 1, trials - hits).upperQuantile(tail),
  };
}

/**
 * Interval of a proportion from its posterior under Jeffreys' prior, beta(½, ½): covers the level on average. Its end is
 * closed at no hits and at hits only.
 *
 * @returns null as `wilsonInterval`
 * @throws Problem `STATS_ARGUMENT` for a level that is none
 * @see Brown, Cai & DasGupta (2001), Statistical Science 16(2)
 */
export function jeffreysInterval(hits: number, trials: number, level = 0.95): Interval | null {
  requireLevel("jeffreysInterval", level);
  if (noProportion(hits, trials)) return null;
  const tail = (1 - level) / 2;
  const posterior = beta(hits + 0.5, trials - hits + 0.5);
  return {
    low: hits === 0 ? 0 : posterior.quantile(tail),
    high: hits === trials ? 1 : posterior.upperQuantile(tail),
  };
}

/** Above this count the cube-root normal approximation is closer than 1e-8 (relative) and costs nothing. */
const LARGE_COUNT = 100_000;

/** Bound of a Poisson mean: gamma quantiles, or Wilson and Hilferty's approximation of them for large counts. */
function poissonBound(shape: number, tail: number, lower: boolean): number {
  if (shape <= LARGE_COUNT) {
    const amount = gamma(shape);
    return lower ? amount.quantile(tail) : amount.upperQuantile(tail);
  }
  const z = normalQuantile(tail) * (lower ? 1 : -1);
  return shape * (1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3;
}

/**
 * Garwood's exact interval of a Poisson mean: each tail outside holds at most (1 − level) / 2.
 *
 * @param count events seen, an integer ≥ 0
 * @returns null for a count that is none
 * @throws Problem `STATS_ARGUMENT` for a level that is none
 * @see Garwood (1936), Biometrika 28(3/4)
 */
export function poissonInterval(count: number, level = 0.95): Interval | null {
  requireLevel("poissonInterval", level);
  if (!Number.isFinite(count) || count < 0) return null;
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : poissonBound(count, tail, true),
    high: poissonBound(count + 1, tail, false),
  };
}

/**
 * Interval of a cost per event: the spend is known, the number of events is a Poisson count.
 *
 * @param spend any unit, ≥ 0
 * @param count events bought with it
 * @returns bounds in the unit of spend per event; `high` null for no event (the cost has no upper bound)
 */
export function costInterval(
  spend: number,
  count: number,
  level = 0.95,
): { readonly low: number; readonly high: number | null } | null {
  const events = poissonInterval(count, level);
  if (events === null || spend < 0) return null;
  return { low: spend / events.high, high: events.low > 0 ? spend / events.low : null };
}
