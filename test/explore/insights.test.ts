import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Insight } from "../../src/contract/explore.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { trendStatistic } from "../../src/explore/insights/cohort-decline.ts";
import { INSIGHT_RULES, tellAll } from "../../src/explore/insights.ts";
import { openLook } from "../../src/explore/look.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function told(settings: object = {}): Promise<Map<string, Insight>> {
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([{ default: settings }], "a test"),
  });
  try {
    const insights = await tellAll(look);
    for (const { id, sql } of insights) {
      // What it stands on can be asked of the warehouse by anyone.
      expect(await house.warehouse.all(sql), id).not.toHaveLength(0);
    }
    return new Map(insights.map((one) => [one.id, one]));
  } finally {
    await look.close();
  }
}

const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
const spend = (campaign_id: string, spend_minor: number, n = 0): RawRow => ({
  level: "ad_set",
  campaign_id,
  ad_set_id: `${campaign_id}-s`,
  day: day(n),
  spend_minor,
  impressions: 1000,
  clicks: 10,
});
let nextLead = 0;
const leads = (campaign_id: string, n: number, lead_status: string, from = 0): RawRow[] =>
  Array.from({ length: n }, (_, i) => ({
    lead_id: `l${++nextLead}`,
    campaign_id,
    lead_status,
    added_at: `${day(from)} ${String(8 + (i % 12)).padStart(2, "0")}:00:00`,
  }));

describe("ads or follow-up", () => {
  it("parts the spend without a qualified lead into judged-bad and never-judged", async () => {
    await house.settle({
      campaigns: ["good", "bad", "silent", "empty"].map((campaign_id) => ({
        campaign_id,
        account_id: "a1",
      })),
      insights: [
        spend("good", 10_000),
        spend("bad", 30_000),
        spend("silent", 50_000),
        spend("empty", 90_000),
      ],
      campaign_leads: [
        ...leads("good", 1, "QUALIFIED"),
        ...leads("good", 3, "NEW_LEAD"),
        ...leads("bad", 2, "LOW_BUDGET"),
        ...leads("bad", 1, "NEW_LEAD"),
        ...leads("silent", 7, "UNKNOWN"),
      ],
    });
    const insight = (await told()).get("ads-or-follow-up");
    // Two campaigns with ten leads and no qualified one: 300 + 500 of 1,800; 8 of 10 leads are open.
    expect(insight?.moneyMinor).toBe(80_000);
    expect(insight?.estimate).toMatchObject({ value: 0.8, n: 10 });
    expect(insight?.picture?.series[0]?.values).toEqual([50_000, 30_000]);
    expect(insight?.sentence.en).toMatch(/^2 campaigns with 10 leads brought no qualified lead/);
    expect(insight?.sentence.en).toMatch(/44\.4% of all spend/);
  });

  it("does not call a status by a part of its name: NOT_QUALIFIED is not QUALIFIED", async () => {
    await house.settle({
      campaigns: [{ campaign_id: "c", account_id: "a1" }],
      insights: [spend("c", 10_000)],
      campaign_leads: leads("c", 4, "NOT_QUALIFIED"),
    });
    expect((await told()).get("ads-or-follow-up")?.moneyMinor).toBe(10_000);
  });
});

it("prices the leads nobody touched at the cost per lead of their own campaigns", async () => {
  const cheap = leads("cheap", 40, "NEW_LEAD");
  const dear = leads("dear", 20, "NEW_LEAD");
  const log = [...cheap, ...dear].map((row) => ({
    lead_id: row.lead_id ?? null,
    status: "NEW_LEAD",
    changed_at: row.added_at ?? null,
  }));
  const touched = dear.slice(0, 10).map((row) => ({
    lead_id: row.lead_id ?? null,
    status: "NO_ANSWER",
    changed_at: `${day(1)} 10:00:00`,
  }));
  await house.settle({
    campaigns: ["cheap", "dear"].map((campaign_id) => ({ campaign_id, account_id: "a1" })),
    insights: [spend("cheap", 40_000), spend("dear", 200_000)],
    campaign_leads: [...cheap, ...dear],
    lead_status_changes: [...log, ...touched],
  });
  const insight = (await told()).get("never-called");
  // 40 leads at 10.00 and 10 leads at 100.00.
  expect(insight?.moneyMinor).toBe(140_000);
  expect(insight?.estimate).toMatchObject({ value: 50 / 60, n: 60 });
});

it("takes working hours and days from the definitions", async () => {
  // 2024-01-01 is a Monday; arrivals at 8:00 to 19:00, twelve hours, ten leads each.
  await house.settle({
    campaigns: [{ campaign_id: "c", account_id: "a1" }],
    campaign_leads: leads("c", 120, "NEW_LEAD"),
  });
  expect((await told()).get("after-hours")?.estimate).toMatchObject({ value: 3 / 12, n: 120 });
  expect((await told({ workHours: [9, 20] })).get("after-hours")?.estimate?.value).toBe(1 / 12);
  expect((await told({ workDays: [0] })).get("after-hours")?.estimate?.value).toBe(1);
});

it("says nothing of tables that are not there, and nothing of too few rows", async () => {
  await house.settle({
    campaigns: [{ campaign_id: "c", account_id: "a1" }],
    insights: [spend("c", 10_000)],
  });
  expect([...(await told()).keys()]).toEqual([]);
});

it("names every insight once", () => {
  expect(new Set(INSIGHT_RULES.map(({ id }) => id)).size).toBe(INSIGHT_RULES.length);
});

describe("the trend over cohorts", () => {
  const cohorts = fc.array(
    fc.record({ leads: fc.integer({ min: 1, max: 30 }), hits: fc.integer({ min: 0, max: 30 }) }),
    { minLength: 2, maxLength: 6 },
  );

  it("is the correlation of month and outcome over single leads, times the root of their number", () => {
    fc.assert(
      fc.property(cohorts, (drawn) => {
        const groups = drawn.map(({ leads: n, hits }) => ({
          leads: n,
          qualified: Math.min(n, hits),
        }));
        const points = groups.flatMap(({ leads: n, qualified }, t) =>
          Array.from({ length: n }, (_, i) => [t, i < qualified ? 1 : 0] as const),
        );
        const mean = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
        const [mt, my] = [mean(0), mean(1)];
        let ty = 0;
        let tt = 0;
        let yy = 0;
        for (const [t, y] of points) {
          ty += (t - mt) * (y - my);
          tt += (t - mt) ** 2;
          yy += (y - my) ** 2;
        }
        fc.pre(tt > 1e-9 && yy > 1e-9);
        const expected = (ty / Math.sqrt(tt * yy)) * Math.sqrt(points.length);
        expect(trendStatistic(groups)).toBeCloseTo(expected, 8);
      }),
    );
  });

  it("turns its sign when time runs backwards", () => {
    const groups = [
      { leads: 100, qualified: 30 },
      { leads: 80, qualified: 12 },
      { leads: 90, qualified: 5 },
    ];
    expect(trendStatistic(groups)).toBeLessThan(-4);
    expect(trendStatistic([...groups].reverse())).toBeCloseTo(-trendStatistic(groups), 12);
  });
});
