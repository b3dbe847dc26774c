import { expect, it } from "vitest";
import { trendCsv } from "../../dashboard/charts/trend-csv.ts";
import type { TrendAnswer } from "../../src/contract/overview.ts";

const trend: TrendAnswer = {
  frame: {
    period: { from: "2024-01-01", to: "2024-01-02", days: 2 },
    previous: null,
    basis: "corrected",
    asOf: null,
    currency: "KWD",
    currencyDecimals: 3,
    definitionsVersion: "v",
    recomputing: false,
  },
  grain: "day",
  start: ["2024-01-01", "2024-01-02"],
  spendMinor: [1_234_500, null],
  impressions: [10, null],
  clicks: [0, null],
  leads: [2, null],
  qualified: [1, null],
  undecided: [1, null],
  immature: [false, true],
};

it("a trend as CSV has major units, an empty cell for a gap and 0 for nothing", () => {
  expect(trendCsv(trend)).toBe(
    "day_start,spend_KWD,impressions,clicks,leads,qualified,undecided,immature\r\n" +
      "2024-01-01,1234.500,10,0,2,1,1,false\r\n" +
      "2024-01-02,,,,,,,true\r\n",
  );
});
