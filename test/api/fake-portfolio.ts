/** One account in one line. */
import type { PortfolioTally } from "../../src/contract/portfolio.ts";
import type { PortfolioQuestions } from "../../src/marts/portfolio-questions.ts";
import { type Asked, FRAME } from "./fakes.ts";

const SHARE = { value: 0.5, n: 40, low: 0.35, high: 0.65 };
const TALLY: PortfolioTally = {
  spendMinor: 1_000_000,
  spendAllInMinor: 1_000_000,
  leads: 40,
  judged: 20,
  qualified: 10,
  neverContacted: 4,
  neverContactedMinor: 100_000,
  judgedShare: SHARE,
  cplMinor: { value: 25_000, n: 40, low: 18_000, high: 35_000 },
  cpqlAllInMinor: { value: 100_000, n: 10, low: 54_000, high: 209_000 },
};

export function fakePortfolio(asked: Asked[]): PortfolioQuestions {
  return {
    async portfolio(query, scope) {
      asked.push({ question: "portfolio", query, scope });
      return {
        frame: FRAME,
        items: [
          {
            ...TALLY,
            account: "7",
            currency: "EGP",
            currencyDecimals: 2,
            campaigns: 2,
            targetMinor: null,
            target: null,
            change: { spend: 0, leads: 0, qualified: 0, cpql: 0 },
            lastDay: "2025-01-30",
            behindDays: 0,
            stale: false,
            spendTrend: [1_000_000],
            qualifiedTrend: [10],
          },
        ],
        totals: TALLY,
        bucketDays: 30,
        needs: [],
        needsRankedBy: "money",
      };
    },
  };
}
