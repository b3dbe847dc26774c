import { requireProbability } from "./check.ts";

/**
 * Quantile of values sorted upwards, linear between neighbours (type 7 of Hyndman and Fan, as in R, NumPy and DuckDB).
 *
 * @param sorted at least one number, none NaN, ascending
 * @throws Problem `STATS_ARGUMENT` for a p outside [0, 1]
 * @see Hyndman & Fan (1996), The American Statistician 50(4)
 */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  requireProbability("sortedQuantile", "p", p);
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low === high ? low : low + (place - below) * (high - low);
}
