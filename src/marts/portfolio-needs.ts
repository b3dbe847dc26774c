/** Which accounts of a portfolio need somebody first, and why. */
import type { PortfolioNeed, PortfolioRow } from "../contract/portfolio.ts";

/** More than somebody starts a day with is a list again. */
const MOST = 5;

type Reason = PortfolioNeed["reasons"][number];

function reasonsOf(row: PortfolioRow): Reason[] {
  const reasons: Reason[] = [];
  const share = (minor: number | null, of: number | null) =>
    minor === null || of === null || of === 0 ? null : minor / of;
  if (row.target?.verdict === "above" && row.target.overMinor > 0) {
    const moneyMinor = row.target.overMinor;
    const n = row.qualified ?? 0;
    reasons.push({
      why: "over_target",
      moneyMinor,
      share: share(moneyMinor, row.spendAllInMinor),
      n,
    });
  }
  if ((row.neverContacted ?? 0) > 0) {
    const moneyMinor = row.neverContactedMinor;
    const n = row.neverContacted ?? 0;
    reasons.push({
      why: "never_contacted",
      moneyMinor,
      share: share(moneyMinor, row.spendMinor),
      n,
    });
  }
  if (row.stale)
    reasons.push({ why: "stale", moneyMinor: null, share: null, n: row.behindDays ?? 0 });
  return reasons;
}

/**
 * The accounts with most at stake, each with its reasons, dearest first. An account ranks by its dearest reason and not
 * by their sum, as the same money may stand in several. Reasons without a price come after all that have one.
 *
 * @param by money where all have one currency, else the share of each account's own spend
 */
export function portfolioNeeds(
  rows: readonly PortfolioRow[],
  by: "money" | "share",
): PortfolioNeed[] {
  const weight = (reason: Reason) => (by === "money" ? reason.moneyMinor : reason.share) ?? -1;
  return rows
    .map((row) => {
      const reasons = reasonsOf(row).sort((left, right) => weight(right) - weight(left));
      return { row, reasons, most: reasons[0] === undefined ? null : weight(reasons[0]) };
    })
    .filter(({ most }) => most !== null)
    .sort(
      (left, right) =>
        (right.most ?? 0) - (left.most ?? 0) ||
        left.row.account.localeCompare(right.row.account, "en"),
    )
    .slice(0, MOST)
    .map(({ row, reasons }) => ({
      account: row.account,
      currency: row.currency,
      currencyDecimals: row.currencyDecimals,
      reasons,
    }));
}
