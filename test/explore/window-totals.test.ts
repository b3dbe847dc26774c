import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Rule } from "../../src/explore/rule.ts";
import { cumulativeSeries } from "../../src/explore/rules/cumulative-series.ts";
import { rollingWindowTotals } from "../../src/explore/rules/rolling-window-totals.ts";
import { type House, openHouse } from "../marts/raw-world.ts";
import { type Day, dailyDays, dayAfter, ordinaryCampaigns, rowsOf } from "./delivery.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ORDINARY = ordinaryCampaigns(5, 40);
type Row = (typeof ORDINARY.insights)[number];

/** What a rule finds in the rows of forty ordinary campaigns. */
async function found(rule: Rule, insights: readonly object[]) {
  await house.settle({
    campaigns: ORDINARY.campaigns,
    insights: insights as (Row & Record<string, string | number>)[],
  });
  return findingsOf(house, rule);
}

it("finds totals of the last seven days, from the first day until the window runs empty", async () => {
  const days = dailyDays(80, 14);
  const ended = [
    ...days,
    ...[14, 15, 16, 17, 18, 19].map((n) => ({ ...(days[0] as Day), day: dayAfter(n) })),
  ];
  const over = (n: number, measure: "spend_minor" | "impressions" | "clicks" | "reach") =>
    days.slice(Math.max(0, n - 6), n + 1).reduce((sum, day) => sum + day[measure], 0);
  const rolling = ended.map((day, n) => ({
    day: day.day,
    spend_minor: over(n, "spend_minor"),
    impressions: over(n, "impressions"),
    clicks: over(n, "clicks"),
    reach: over(n, "reach"),
  }));
  const own = days.reduce((sum, day) => sum + day.spend_minor, 0);
  const told = rolling.reduce((sum, day) => sum + day.spend_minor, 0);
  const world = [...ORDINARY.insights, ...rowsOf("o2", "rolling", rolling)];
  const [finding] = await found(rollingWindowTotals, world);
  expect(finding).toMatchObject({ rows: 20, moneyMinor: told - own, items: [{ id: "o2" }] });
  expect(finding?.sentence.en).toMatch(/the last 7 days/);
  expect(await found(cumulativeSeries, world)).toEqual([]);
});

describe("totals of the last days", () => {
  /** Totals of the last `width` days, for some measures, from a day on. */
  const windows = (
    days: readonly Day[],
    width: number,
    measures: readonly (keyof Day)[] = ["spend_minor", "impressions", "clicks", "reach"],
    from = 0,
  ): Day[] =>
    days.map((day, n) => {
      if (n < from) return day;
      const inside = days.slice(Math.max(0, n + 1 - width), n + 1);
      const total = (measure: keyof Day) =>
        inside.reduce((sum, one) => sum + Number(one[measure]), 0);
      return { ...day, ...Object.fromEntries(measures.map((one) => [one, total(one)])) };
    });
  /** Forty ordinary campaigns and one of two ad sets, and what is found. */
  const told = async (tell: (days: readonly Day[], set: number) => readonly Day[], days = 12) => {
    const daily = [1, 2].map((n) => dailyDays(500 + n, days));
    const sets = daily.map((one, n) => tell(one, n));
    await house.settle({
      campaigns: [...ORDINARY.campaigns, { campaign_id: "x", account_id: "a1" }],
      insights: [
        ...ORDINARY.insights,
        ...sets.flatMap((one, n) => rowsOf("x", `x${n}`, one)),
      ] as (Row & Record<string, string | number>)[],
    });
    const spend = (all: readonly (readonly Day[])[]) =>
      all.flat().reduce((sum, day) => sum + day.spend_minor, 0);
    return {
      findings: await findingsOf(house, rollingWindowTotals),
      beyond: spend(sets) - spend(daily),
    };
  };

  it("finds three days of every measure, and what was spent in truth", async () => {
    const { findings, beyond } = await told((days) => windows(days, 3));
    expect(findings).toMatchObject([
      { items: [{ id: "x" }], rows: 24, moneyMinor: beyond, severity: "critical" },
    ]);
    expect(findings[0]?.proposals[0]).toMatchObject({ kind: "correct", spendMinor: -beyond });
  });

  it("finds them where days are missing, and a short ad set beside long ones", async () => {
    const { findings } = await told(
      (days, set) => windows(set === 0 ? days.filter((_, n) => n % 4 !== 2) : days.slice(0, 3), 7),
      16,
    );
    expect(findings).toMatchObject([{ items: [{ id: "x" }], rows: 15 }]);
  });

  it("takes only the days on which a series holds them, where it is daily before or after", async () => {
    const later = await told((days) => windows(days, 7, undefined, 9), 24);
    expect(later.findings).toMatchObject([{ rows: 30, moneyMinor: later.beyond }]);
    const first = await told((days) => [...windows(days.slice(0, 14), 7), ...days.slice(14)], 24);
    expect(first.findings).toMatchObject([{ rows: 28, moneyMinor: first.beyond }]);
  });

  it("finds spend alone, and counts alone, held against the daily rest", async () => {
    const spend = await told((days) => windows(days, 7, ["spend_minor"]), 16);
    expect(spend.findings).toMatchObject([{ rows: 32, moneyMinor: spend.beyond }]);
    const counts = await told((days) => windows(days, 7, ["impressions", "clicks", "reach"]), 16);
    expect(counts.findings).toMatchObject([{ rows: 32, moneyMinor: null }]);
    expect(counts.findings[0]?.sentence.en).toMatch(/spend is as it was/);
  });

  it("takes three ad sets that grow together for one campaign that grows", async () => {
    // Spend, impressions, clicks and reach of five days each.
    const sets = [
      [
        [1520, 337, 18, 331],
        [6610, 823, 26, 759],
        [9413, 1815, 54, 1556],
        [11417, 1807, 69, 1742],
        [11220, 2194, 72, 1779],
      ],
      [
        [2652, 533, 17, 521],
        [11534, 2238, 59, 2214],
        [16425, 3650, 104, 3129],
        [19921, 4296, 137, 3891],
        [19577, 4120, 142, 3855],
      ],
      [
        [3273, 587, 17, 508],
        [14236, 2897, 94, 2464],
        [20272, 3999, 122, 3687],
        [24588, 4065, 125, 3208],
        [24163, 3706, 114, 3008],
      ],
    ];
    const rows = sets.flatMap((days, n) =>
      rowsOf(
        "o1",
        `grows${n}`,
        days.map(([spend_minor = 0, impressions = 0, clicks = 0, reach = 0], day) => ({
          day: dayAfter(day),
          spend_minor,
          impressions,
          clicks,
          reach,
        })),
      ),
    );
    const others = ORDINARY.insights.filter((row) => row.campaign_id !== "o1");
    expect(await found(rollingWindowTotals, [...others, ...rows])).toEqual([]);
  });

  it("takes growing, doubled and capped delivery for none", async () => {
    const grown = (level: (n: number) => number) =>
      told((days) =>
        days.map((day, n) => ({
          ...day,
          spend_minor: Math.round(day.spend_minor * level(n)),
          impressions: Math.round(day.impressions * level(n)),
          clicks: Math.round(day.clicks * level(n)),
          reach: Math.round(day.reach * level(n)),
        })),
      );
    for (const level of [
      (n: number) => 0.3 + 0.1 * n,
      (n: number) => (n < 6 ? 1 : 3),
      (n: number) => Math.min(1, 0.34 * (n + 1)),
    ])
      expect((await grown(level)).findings).toEqual([]);
    const capped = await told((days) =>
      days.map((day, n) => ({ ...day, spend_minor: Math.min(60_000, 26_000 + 31_000 * n) })),
    );
    expect(capped.findings).toEqual([]);
    // Spend that all but stands still: taken apart, next to nothing is left of most days.
    const still = await told(
      (days) => days.map((day, n) => ({ ...day, spend_minor: 62_000 + ((n * 7919) % 2000) })),
      20,
    );
    expect(still.findings).toEqual([]);
  });
});
