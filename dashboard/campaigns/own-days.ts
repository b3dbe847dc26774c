/** A trend cut to the buckets between the first and the last with any row; null where there is none. */
import type { TrendAnswer } from "../../src/contract/overview.ts";
import { bucketEnd, daysBetween } from "../format/days.ts";

const COLUMNS = ["spendMinor", "impressions", "clicks", "leads", "qualified", "undecided"] as const;

export function ownDays(trend: TrendAnswer): TrendAnswer | null {
  const told = trend.start.map((_, i) =>
    [trend.spendMinor, trend.impressions, trend.leads].some((column) => column[i] != null),
  );
  const first = told.indexOf(true);
  const last = told.lastIndexOf(true);
  if (first < 0) return null;
  const cut = <T>(column: readonly T[]): T[] => column.slice(first, last + 1);
  const from = trend.start[first] as string;
  const to = bucketEnd(trend.start[last] as string, trend.grain, trend.frame.period.to);
  return {
    ...trend,
    ...(Object.fromEntries(COLUMNS.map((name) => [name, cut(trend[name])])) as Pick<
      TrendAnswer,
      (typeof COLUMNS)[number]
    >),
    frame: { ...trend.frame, period: { from, to, days: daysBetween(from, to) } },
    start: cut(trend.start),
    immature: cut(trend.immature),
  };
}
