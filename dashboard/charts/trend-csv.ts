import type { TrendAnswer } from "../../src/contract/overview.ts";

/** The trend's numbers as CSV (RFC 4180): money in major units, an empty cell where there is no row. */
export function trendCsv(trend: TrendAnswer): string {
  const { currency, currencyDecimals } = trend.frame;
  const spend = (minor: number | null | undefined) =>
    minor == null ? "" : (minor / 10 ** currencyDecimals).toFixed(currencyDecimals);
  const lines = [
    [
      `${trend.grain}_start`,
      currency === null ? "spend" : `spend_${currency}`,
      "impressions",
      "clicks",
      "leads",
      "qualified",
      "undecided",
      "immature",
    ],
    ...trend.start.map((start, i) => [
      start,
      spend(trend.spendMinor[i]),
      ...[trend.impressions, trend.clicks, trend.leads, trend.qualified, trend.undecided].map(
        (column) => String(column[i] ?? ""),
      ),
      String(trend.immature[i] ?? false),
    ]),
  ];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}
