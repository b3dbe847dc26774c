/** How what an account pays for a qualified lead stands to what it may pay. */
import type { Estimate } from "../contract/common.ts";
import type { TargetStanding } from "../contract/portfolio.ts";

/**
 * Holds an all-in cost per qualified lead against its target. Above and within are said only where the 95 % interval of
 * the cost lies wholly on one side; else nobody can tell yet.
 *
 * @param targetMinor minor units of the account's currency, all-in
 * @returns null where the cost is not known or nothing was spent
 */
export function targetStanding(
  targetMinor: number,
  cost: Estimate,
  spendAllInMinor: number | null,
): TargetStanding | null {
  if (spendAllInMinor === null || cost.n === null) return null;
  if (!(spendAllInMinor > 0)) return null;
  const { value, low, high } = cost;
  const above = low !== null && low > targetMinor;
  const within = high !== null && high <= targetMinor;
  return {
    targetMinor,
    verdict: above ? "above" : within ? "within" : "unsure",
    apart: value === null ? null : value / targetMinor - 1,
    overMinor: Math.max(0, Math.round(spendAllInMinor - cost.n * targetMinor)),
  };
}
