/** p-values of many tests at once, raised so that they may be held against one limit. In the order given. */
import { requireProbability } from "./check.ts";

function requirePs(where: string, ps: readonly number[]): void {
  for (const [i, p] of ps.entries()) requireProbability(where, `p[${i}]`, p);
}

/** Indices from the smallest p to the largest. */
function ascending(ps: readonly number[]): number[] {
  return ps.map((_, i) => i).sort((i, j) => (ps[i] as number) - (ps[j] as number));
}

/**
 * p × number of tests, at most 1: holds the chance of any false alarm. Holm's does so too and is never weaker.
 *
 * @throws Problem `STATS_ARGUMENT` for a p outside [0, 1]
 */
export function bonferroni(ps: readonly number[]): number[] {
  requirePs("bonferroni", ps);
  return ps.map((p) => Math.min(1, p * ps.length));
}

/**
 * Holm's step-down: holds the chance of any false alarm, whatever the tests have to do with each other.
 *
 * @throws Problem `STATS_ARGUMENT` for a p outside [0, 1]
 * @see Holm (1979), Scandinavian Journal of Statistics 6(2)
 */
export function holm(ps: readonly number[]): number[] {
  requirePs("holm", ps);
  const adjusted = new Array<number>(ps.length).fill(1);
  let largest = 0;
  for (const [rank, i] of ascending(ps).entries()) {
    largest = Math.max(largest, Math.min(1, (ps[i] as number) * (ps.length - rank)));
    adjusted[i] = largest;
  }
  return adjusted;
}

/**
 * Benjamini and Hochberg's step-up: holds the expected share of false alarms among all alarms, for tests that are
 * independent or positively dependent.
 *
 * @throws Problem `STATS_ARGUMENT` for a p outside [0, 1]
 * @see Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57(1)
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  requirePs("benjaminiHochberg", ps);
  const adjusted = new Array<number>(ps.length).fill(1);
  const order = ascending(ps);
  let smallest = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const i = order[rank - 1] as number;
    smallest = Math.min(smallest, ((ps[i] as number) * ps.length) / rank);
    adjusted[i] = smallest;
  }
  return adjusted;
}
