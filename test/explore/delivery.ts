/** Delivery of invented campaigns: daily amounts with noise, and running totals made of them. */
import { seededRandom } from "../../src/base/random.ts";

export interface Day {
  readonly day: string;
  readonly spend_minor: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly reach: number;
}

/** The `n`th day after a first of May. */
export function dayAfter(n: number): string {
  return new Date(Date.UTC(2024, 4, 1 + n)).toISOString().slice(0, 10);
}

/** Days of one ad set: about `level` a day, up and down by a quarter, the first day begun at noon. */
export function dailyDays(seed: number, days: number, level = 50_000): Day[] {
  const random = seededRandom(seed);
  return Array.from({ length: days }, (_, n) => {
    const size = level * Math.exp(0.25 * random.normal()) * (n === 0 ? 0.5 : 1);
    const impressions = Math.round((size / 12) * Math.exp(0.2 * random.normal()));
    return {
      day: dayAfter(n),
      spend_minor: Math.round(size),
      impressions,
      clicks: Math.round(impressions * 0.03 * Math.exp(0.3 * random.normal())),
      reach: Math.round(impressions * (0.75 + 0.2 * random.next())),
    };
  });
}

/** The same days as totals so far, the last one repeated on `frozen` further days. */
export function asTotals(days: readonly Day[], frozen = 0): Day[] {
  const totals: Day[] = [];
  for (const day of days) {
    const last = totals.at(-1);
    totals.push({
      day: day.day,
      spend_minor: day.spend_minor + (last?.spend_minor ?? 0),
      impressions: day.impressions + (last?.impressions ?? 0),
      clicks: day.clicks + (last?.clicks ?? 0),
      reach: day.reach + (last?.reach ?? 0),
    });
  }
  const end = totals.at(-1);
  if (end) {
    const from = Date.parse(end.day);
    for (let n = 1; n <= frozen; n++) {
      totals.push({
        ...end,
        day: new Date(from + n * 86_400_000).toISOString().slice(0, 10),
      });
    }
  }
  return totals;
}

/** Insight rows of one ad set. */
export function rowsOf(campaign: string, adSet: string, days: readonly Day[]) {
  return days.map((day) => ({ level: "ad_set", campaign_id: campaign, ad_set_id: adSet, ...day }));
}

/** `campaigns` ordinary ones, each with two ad sets of five to twenty-four days. */
export function ordinaryCampaigns(seed: number, campaigns: number) {
  const random = seededRandom(seed).fork("ordinary");
  const ids = Array.from({ length: campaigns }, (_, n) => `o${n}`);
  const insights = ids.flatMap((id, n) => {
    const days = 5 + random.int(20);
    const level = 20_000 + random.int(60_000);
    return ["a", "b"].flatMap((set, k) =>
      rowsOf(id, `${id}${set}`, dailyDays(seed * 1000 + 2 * n + k, days, level)),
    );
  });
  return {
    campaigns: ids.map((campaign_id) => ({ campaign_id, account_id: "a1" })),
    insights,
  };
}
