/** The ad sets of a campaign over their days: spend, clicks by impressions, how often people saw them, and whether they wear out. */
import type { AdSet, CampaignAnswer, CtrTrend } from "../contract/campaigns.ts";
import type { Basis } from "../contract/common.ts";
import { type BinomialTrend, binomialTrend } from "../stats/binomial-trend.ts";
import { wilsonInterval } from "../stats/intervals.ts";
import { holm } from "../stats/multiple-testing.ts";
import { sortedQuantile } from "../stats/sample-quantile.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Selected } from "./selection.ts";

/** One row of sql/campaign-ad-sets.sql: an ad set on a day. */
export interface AdSetDay {
  readonly ad_set: string | null;
  readonly ad_set_name: string | null;
  readonly day: string;
  readonly spend_minor: number | null;
  readonly impressions: number | null;
  readonly clicks: number | null;
  /** Impressions and clicks of rows that know both. */
  readonly tried: number | null;
  readonly hits: number | null;
  readonly frequency: number | null;
}

const DAY_MS = 86_400_000;
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (total, value) => (value === null ? total : (total ?? 0) + value),
    null,
  );
}

/** Days that a trend can rest on; a row with more clicks than impressions is no share. */
function trendOf(
  days: readonly AdSetDay[],
): { trend: BinomialTrend; days: number; span: number } | null {
  const points = days.flatMap(({ day, tried, hits }) =>
    tried === null || hits === null || tried === 0 || hits > tried
      ? []
      : [{ at: dayNumber(day), hits, trials: tried }],
  );
  const trend = binomialTrend(points);
  if (trend === null) return null;
  const places = points.map(({ at }) => at);
  return { trend, days: points.length, span: Math.max(...places) - Math.min(...places) };
}

function frequencyOf(days: readonly AdSetDay[]): AdSet["frequency"] {
  const known = days.map(({ frequency }) => frequency).filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return null;
  const ranked = Float64Array.from(known).sort();
  return { median: sortedQuantile(ranked, 0.5), first, last, days: known.length };
}

function adSetOf(days: readonly AdSetDay[], trend: CtrTrend | null): AdSet {
  const [first, last] = [days[0], days.at(-1)] as [AdSetDay, AdSetDay];
  const tried = sum(days.map((one) => one.tried));
  const hits = sum(days.map((one) => one.hits));
  const interval = tried === null || hits === null ? null : wilsonInterval(hits, tried);
  return {
    id: first.ad_set ?? "",
    name: first.ad_set_name,
    spendMinor: sum(days.map((one) => one.spend_minor)),
    impressions: sum(days.map((one) => one.impressions)),
    clicks: sum(days.map((one) => one.clicks)),
    ctr: {
      value: tried === null || hits === null || tried === 0 ? null : hits / tried,
      n: tried,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    },
    frequency: frequencyOf(days),
    trend,
    firstDay: first.day,
    lastDay: last.day,
    day: days.map((one) => one.day),
    dayImpressions: days.map((one) => one.impressions),
    dayClicks: days.map((one) => one.clicks),
    dayFrequency: days.map((one) => one.frequency),
  };
}

/** Ad sets from their days (in the order of ad set and day), the largest spend first; trends raised for how many there are. */
export function adSetsOf(rows: readonly AdSetDay[]): CampaignAnswer["adSets"] {
  const sets = new Map<string, AdSetDay[]>();
  for (const row of rows) {
    if (row.ad_set === null) continue;
    const days = sets.get(row.ad_set);
    if (days === undefined) sets.set(row.ad_set, [row]);
    else days.push(row);
  }
  const looked = [...sets.values()].map((days) => ({ days, found: trendOf(days) }));
  const raised = holm(looked.flatMap(({ found }) => (found === null ? [] : [found.trend.p])));
  let next = 0;
  const items = looked.map(({ days, found }) => {
    if (found === null) return adSetOf(days, null);
    const { trend, span } = found;
    return adSetOf(days, {
      days: found.days,
      ratio: Math.exp(trend.slope * span),
      low: Math.exp(trend.low * span),
      high: Math.exp(trend.high * span),
      p: trend.p,
      pAdjusted: raised[next++] ?? 1,
      scatter: trend.scatter,
    });
  });
  return {
    known: sets.size > 0,
    items: items.sort((left, right) => (right.spendMinor ?? -1) - (left.spendMinor ?? -1)),
    tested: raised.length,
  };
}

/** The ad sets of a campaign over its whole life. */
export async function campaignAdSets(
  session: Session,
  selected: Selected,
  campaignId: string,
  basis: Basis,
): Promise<CampaignAnswer["adSets"]> {
  const rows = await session.all<AdSetDay>(selected.sql("campaign-ad-sets"), {
    ...selected.params,
    campaign_id: campaignId,
    treated: basis === "corrected",
    copies: basis === "raw",
  });
  return adSetsOf(rows);
}
