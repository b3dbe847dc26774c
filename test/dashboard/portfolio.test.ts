import { expect, it } from "vitest";
import { portfolioLines } from "../../dashboard/portfolio/order.ts";
import type { PortfolioRow } from "../../src/contract/portfolio.ts";

const NONE = { value: null, n: null, low: null, high: null };
const row = (account: string, part: Partial<PortfolioRow> = {}): PortfolioRow => ({
  account,
  currency: "EGP",
  currencyDecimals: 2,
  campaigns: 1,
  spendMinor: 0,
  spendAllInMinor: 0,
  leads: 0,
  judged: 0,
  qualified: 0,
  neverContacted: 0,
  neverContactedMinor: 0,
  judgedShare: NONE,
  cplMinor: NONE,
  cpqlAllInMinor: NONE,
  targetMinor: null,
  target: null,
  change: { spend: null, leads: null, qualified: null, cpql: null },
  lastDay: null,
  behindDays: null,
  stale: false,
  spendTrend: [],
  qualifiedTrend: [],
  ...part,
});
const names = (rows: readonly PortfolioRow[]) => rows.map(({ account }) => account);

it("orders accounts by what a column says, unknown ones last both ways", () => {
  const rows = [
    row("a", { spendMinor: 5 }),
    row("b", { spendMinor: null }),
    row("c", { spendMinor: 9 }),
  ];
  expect(names(portfolioLines(rows, "", "spend", "desc", new Map()))).toEqual(["c", "a", "b"]);
  expect(names(portfolioLines(rows, "", "spend", "asc", new Map()))).toEqual(["a", "c", "b"]);
  expect(names(portfolioLines(rows, "", "critical", "desc", new Map([["b", 2]])))[0]).toBe("b");
});

it("puts an account that spent without a qualified lead before all that are above their target", () => {
  const target = { targetMinor: 100, verdict: "above" as const, overMinor: 10 };
  const rows = [
    row("dear", { target: { ...target, apart: 80 } }),
    row("barren", { target: { ...target, apart: null } }),
    row("aimless"),
  ];
  expect(names(portfolioLines(rows, "", "target", "desc", new Map()))).toEqual([
    "barren",
    "dear",
    "aimless",
  ]);
});

it("orders accounts by number where they are numbers, and finds Arabic names in any spelling", () => {
  const rows = [row("10"), row("9"), row("شركة أحمد")];
  expect(names(portfolioLines(rows, "", "account", "asc", new Map())).slice(0, 2)).toEqual([
    "9",
    "10",
  ]);
  expect(names(portfolioLines(rows, "شركه احمد", "account", "asc", new Map()))).toEqual([
    "شركة أحمد",
  ]);
});
