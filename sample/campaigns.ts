import type { Account } from "./accounts.ts";
import { LAUNCH_DAYS, LAUNCH_HOURS, responseSeason, WORLD_DAYS, weekday } from "./calendar.ts";
import { cumulative, type Draw } from "./draw.ts";
import type { FaultClass } from "./faults.ts";

/** One delivered day of an ad set, money in minor units (piastres). */
export interface Delivery {
  readonly adSet: number;
  /** Day of the world. */
  readonly day: number;
  spendMinor: number;
  impressions: number;
  clicks: number;
  reach: number;
  /** The fault that makes the row what it is once it is told. */
  fault: RowFault | null;
}

export interface RowFault {
  readonly rule: FaultClass;
  readonly magnitude: Readonly<Record<string, unknown>>;
}

/** One campaign with everything that is true about it. */
export interface Campaign {
  /** Position in the world, the address of its streams. */
  readonly index: number;
  readonly id: number;
  readonly account: Account;
  readonly project: number;
  readonly dailyBudget: number;
  readonly startSecond: number;
  readonly startDay: number;
  readonly stopDay: number;
  /** Log-odds of qualification that the campaign adds, without its account's. */
  readonly quality: number;
  /** Cost of the first lead of a day, in currency units: the slope of the response at no spend is its inverse. */
  readonly firstLeadCost: number;
  /** Spend per day, in currency units, at which a day has given 63 % of the leads it can give. */
  readonly saturation: number;
  /** Days after which the answer of the audience has fallen to 37 %. */
  readonly fatigueDays: number;
  readonly cpm: number;
  readonly ctr: number;
  readonly platform: "facebook" | "instagram";
  readonly form: "more_volume" | "higher_intent";
  /** Rows in order of ad set, then day. */
  readonly delivery: Delivery[];
  /** Leads of each day from the start day on. */
  readonly leadsPerDay: Uint16Array;
  readonly expectedLeads: number;
  readonly trueSpendMinor: number;
}

const LAUNCH_HOUR_SUMS = cumulative(LAUNCH_HOURS);

/** Second of the day of a launch, the `nth` of `total` launches of its day (launches of a day are in order). */
export function launchSecond(draw: Draw, nth: number, total: number): number {
  const all = LAUNCH_HOUR_SUMS[23] as number;
  const target = ((nth + draw.next()) / total) * all;
  let hour = 0;
  while ((LAUNCH_HOUR_SUMS[hour] as number) <= target && hour < 23) hour++;
  const before = hour === 0 ? 0 : (LAUNCH_HOUR_SUMS[hour - 1] as number);
  const share = (target - before) / ((LAUNCH_HOUR_SUMS[hour] as number) - before);
  return Math.min(86_399, Math.floor((hour + share) * 3600));
}

/** Most campaigns end at midnight after two more days; the tail is long. */
function lifeDays(draw: Draw): number {
  const u = draw.next();
  if (u < 0.62) return 3;
  if (u < 0.67) return 2;
  return 3 + Math.min(360, Math.floor(draw.logNormal(1.75, 1.3)));
}

/** Advertisers give more money and more days to what works, see `proven` below. */
function budget(draw: Draw): number {
  if (draw.chance(0.72)) return 1200;
  return Math.min(100_000, Math.round(draw.logNormal(2600, 0.75) / 100) * 100 + 300);
}

/**
 * Expected leads of one day: (K / c) · (1 − exp(−spend / K)), concave in spend.
 *
 * @param spend currency units
 * @param firstLeadCost c, the cost of the first lead
 * @param saturation K
 */
export function leadsFromSpend(spend: number, firstLeadCost: number, saturation: number): number {
  return (saturation / firstLeadCost) * (1 - Math.exp(-spend / saturation));
}

/** Draws campaign `index` with its delivery and the number of its leads by day. `draw` is aimed anew here. */
export function makeCampaign(
  draw: Draw,
  index: number,
  account: Account,
  startDay: number,
  launch: { nth: number; total: number },
): Campaign {
  draw.at(index);
  const startSecond = launchSecond(draw, launch.nth, launch.total);
  const days = Math.min(lifeDays(draw), WORLD_DAYS - 20 - Math.min(startDay, LAUNCH_DAYS));
  const dailyBudget = budget(draw);
  const proven = Math.sqrt((dailyBudget / 1200) * Math.sqrt(Math.sqrt(days / 3)));
  const firstLeadCost = (draw.logNormal(730, 1.05) * account.costFactor) / proven;
  const saturation = draw.logNormal(1800, 0.4) * Math.sqrt(dailyBudget / 1200);
  const fatigueDays = draw.logNormal(45, 0.5);
  const cpm = draw.logNormal(150, 0.5);
  const ctr = Math.min(0.2, draw.logNormal(0.03, 0.5));
  const higherIntent = draw.chance(0.35);
  const share = Math.min(0.9, draw.logNormal(0.44, 0.35));
  const adSets = draw.chance(0.87) ? 3 : 2;
  const split = Array.from({ length: adSets }, () => 0.15 + draw.next());
  const whole = split.reduce((sum, part) => sum + part, 0);
  const quality = 0.75 * draw.normal() + (higherIntent ? 0.45 : -0.2);
  const project = account.projects[draw.int(account.projects.length)] as number;

  const budgetMinor = dailyBudget * 100;
  const spendByDay = new Float64Array(days);
  const pace = new Float64Array(days);
  for (let d = 0; d < days; d++) {
    const open = d === 0 ? 1 - startSecond / 86_400 : 1;
    const calm = weekday(startDay + d) === 5 ? 0.9 : 1;
    pace[d] = Math.min(0.96, share * draw.logNormal(1, 0.22) * calm) * open;
  }
  const delivery: Delivery[] = [];
  let trueSpendMinor = 0;
  for (let a = 0; a < adSets; a++) {
    const part = (split[a] as number) / whole;
    for (let d = 0; d < days; d++) {
      if (draw.chance(0.17) && !(a === 0 && d === days - 1)) continue;
      const spendMinor = Math.max(1, Math.floor(budgetMinor * (pace[d] as number) * part));
      const impressions = 1 + Math.floor((spendMinor * 10) / (cpm * draw.logNormal(1, 0.25)));
      delivery.push({
        adSet: a,
        day: startDay + d,
        spendMinor,
        impressions,
        clicks: Math.min(impressions, draw.poisson(impressions * ctr)),
        reach: Math.max(1, Math.floor(impressions * (0.78 + 0.21 * draw.next()))),
        fault: null,
      });
      trueSpendMinor += spendMinor;
      spendByDay[d] = (spendByDay[d] as number) + spendMinor / 100;
    }
  }
  const leadsPerDay = new Uint16Array(days);
  let expectedLeads = 0;
  for (let d = 0; d < days; d++) {
    const mean =
      leadsFromSpend(spendByDay[d] as number, firstLeadCost, saturation) *
      Math.exp(-d / fatigueDays) *
      responseSeason(startDay + d);
    expectedLeads += mean;
    leadsPerDay[d] = Math.min(4000, draw.poisson(mean));
  }
  return {
    index,
    id: 5000 + 2 * index + draw.int(2),
    account,
    project,
    dailyBudget,
    startSecond: startDay * 86_400 + startSecond,
    startDay,
    stopDay: startDay + days - 1,
    quality,
    firstLeadCost,
    saturation,
    fatigueDays,
    cpm,
    ctr,
    platform: draw.chance(0.7) ? "facebook" : "instagram",
    form: higherIntent ? "higher_intent" : "more_volume",
    delivery,
    leadsPerDay,
    expectedLeads,
    trueSpendMinor,
  };
}
