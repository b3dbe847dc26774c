/** The lines of the portfolio as somebody wants them: found by what is typed, and in an order. */
import type { PortfolioRow } from "../../src/contract/portfolio.ts";
import { folded, matchOf } from "../palette/match.ts";
import type { Order } from "../route/address.ts";

export const PORTFOLIO_COLUMNS = [
  "account",
  "spend",
  "leads",
  "qualified",
  "cpl",
  "cpql",
  "target",
  "change",
  "judged",
  "never",
  "trend",
  "last",
  "critical",
] as const;
export type PortfolioColumn = (typeof PORTFOLIO_COLUMNS)[number];

type Value = number | string | null;

/** What a column orders by; a target by how far the cost lies from it. */
export function orderValue(
  row: PortfolioRow,
  column: PortfolioColumn,
  critical: ReadonlyMap<string, number>,
): Value {
  switch (column) {
    case "account":
      return row.account;
    case "spend":
    case "trend":
      return row.spendMinor;
    case "leads":
      return row.leads;
    case "qualified":
      return row.qualified;
    case "cpl":
      return row.cplMinor.value;
    case "cpql":
      return row.cpqlAllInMinor.value;
    case "target":
      return row.target === null ? null : (row.target.apart ?? Number.MAX_VALUE);
    case "change":
      return row.change.cpql;
    case "judged":
      return row.judgedShare.value;
    case "never":
      return row.neverContacted;
    case "last":
      return row.lastDay;
    case "critical":
      return critical.get(row.account) ?? 0;
  }
}

const compared = (left: number | string, right: number | string): number =>
  typeof left === "number" && typeof right === "number"
    ? left - right
    : String(left).localeCompare(String(right), "en", { numeric: true });

/** Those that hold every word typed, sorted; what is not known stands last in both directions. */
export function portfolioLines(
  rows: readonly PortfolioRow[],
  typed: string,
  sort: PortfolioColumn,
  order: Order,
  critical: ReadonlyMap<string, number>,
): readonly PortfolioRow[] {
  const words = folded(typed);
  const sign = order === "asc" ? 1 : -1;
  return rows
    .filter((row) => matchOf(row.account, words) > 0)
    .map((row) => ({ row, value: orderValue(row, sort, critical) }))
    .sort((left, right) => {
      if (left.value === null || right.value === null)
        return Number(left.value === null) - Number(right.value === null);
      return sign * compared(left.value, right.value);
    })
    .map(({ row }) => row);
}
