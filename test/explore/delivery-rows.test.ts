import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import type { Rule } from "../../src/explore/rule.ts";
import { clicksOverImpressions } from "../../src/explore/rules/clicks-over-impressions.ts";
import { conflictingKeys } from "../../src/explore/rules/conflicting-keys.ts";
import { exactDuplicates } from "../../src/explore/rules/exact-duplicates.ts";
import { frozenSeries } from "../../src/explore/rules/frozen-series.ts";
import { futureDatesDelivery } from "../../src/explore/rules/future-dates-delivery.ts";
import { implausibleCtr } from "../../src/explore/rules/implausible-ctr.ts";
import { lateDays } from "../../src/explore/rules/late-days.ts";
import { mixedCurrencies } from "../../src/explore/rules/mixed-currencies.ts";
import { reachOverImpressions } from "../../src/explore/rules/reach-over-impressions.ts";
import { repeatedBlock } from "../../src/explore/rules/repeated-block.ts";
import { rollingWindowTotals } from "../../src/explore/rules/rolling-window-totals.ts";
import { spendWithoutImpressions } from "../../src/explore/rules/spend-without-impressions.ts";
import { suddenChange } from "../../src/explore/rules/sudden-change.ts";
import { swappedColumns } from "../../src/explore/rules/swapped-columns.ts";
import { timezoneEvidence } from "../../src/explore/rules/timezone-evidence.ts";
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

/** What a rule finds in forty ordinary campaigns whose rows were changed, or had rows added. */
async function found(rule: Rule, insights: readonly object[] = ORDINARY.insights) {
  await house.settle({
    campaigns: ORDINARY.campaigns,
    insights: insights as (Row & Record<string, string | number>)[],
  });
  return findingsOf(house, rule);
}

/** The rows with some of them changed by place. */
const changed = (places: readonly number[], change: (row: Row) => Partial<Row>) =>
  ORDINARY.insights.map((row, n) => (places.includes(n) ? { ...row, ...change(row) } : row));

const LINES = (places: readonly number[]) => places.map((n) => n + 2);

async function listedLines(sql: string | undefined) {
  return (await house.warehouse.all<{ line: number }>(sql ?? ""))
    .map((row) => row.line)
    .sort((a, b) => a - b);
}

it("every rule about rows is quiet on ordinary delivery", async () => {
  for (const rule of [
    clicksOverImpressions,
    conflictingKeys,
    exactDuplicates,
    frozenSeries,
    futureDatesDelivery,
    implausibleCtr,
    lateDays,
    reachOverImpressions,
    mixedCurrencies,
    repeatedBlock,
    rollingWindowTotals,
    suddenChange,
    spendWithoutImpressions,
    swappedColumns,
  ]) {
    expect(await found(rule), rule.id).toEqual([]);
  }
});

describe("a part larger than its whole", () => {
  it("finds the rows with more clicks than impressions, and equal ones are none", async () => {
    const rows = changed([3, 77], (row) => ({ clicks: row.impressions + 1 })).map((row, n) =>
      n === 9 ? { ...row, clicks: row.impressions } : row,
    );
    const [finding] = await found(clicksOverImpressions, rows);
    expect(finding).toMatchObject({ rows: 2, severity: "info" });
    expect(await listedLines(finding?.sql)).toEqual(LINES([3, 77]));
    expect(await found(swappedColumns, rows)).toEqual([]);
  });

  it("finds the rows that reach more people than impressions", async () => {
    const [finding] = await found(
      reachOverImpressions,
      changed([10], (row) => ({ reach: row.impressions + 5 })),
    );
    expect(await listedLines(finding?.sql)).toEqual(LINES([10]));
  });

  it("takes a campaign in which it holds throughout for exchanged columns, and nothing else", async () => {
    const rows = ORDINARY.insights.map((row) =>
      row.campaign_id === "o7" ? { ...row, clicks: row.impressions, impressions: row.clicks } : row,
    );
    const [finding] = await found(swappedColumns, rows);
    expect(finding).toMatchObject({ items: [{ id: "o7", account: "a1" }], itemsTotal: 1 });
    expect(finding?.proposals[0]).toMatchObject({
      kind: "correct",
      recommended: true,
      spendMinor: 0,
    });
    expect(await found(clicksOverImpressions, rows)).toEqual([]);
    expect(await found(implausibleCtr, rows)).toEqual([]);
  });
});

describe("rows told twice", () => {
  it("counts a repeated row once, with the money the raw basis adds", async () => {
    const twin = ORDINARY.insights[4] as Row;
    const rows = [...ORDINARY.insights.slice(0, 5), twin, ...ORDINARY.insights.slice(5)];
    expect(await found(exactDuplicates, rows)).toMatchObject([
      { rows: 1, moneyMinor: twin.spend_minor, items: [{ id: "insights" }] },
    ]);
    expect(await found(repeatedBlock, rows)).toEqual([]);
  });

  it("weighs repeats by the rows of their own table", async () => {
    const changes = Array.from({ length: 400 }, (_, n) => ({
      lead_id: "l1",
      status: n % 2 === 0 ? "NO_ANSWER" : "CALL_AGAIN",
      changed_at: new Date(Date.UTC(2024, 4, 3, 0, n)).toISOString().slice(0, 19).replace("T", " "),
    }));
    await house.settle({
      campaigns: [{ campaign_id: "o1", account_id: "a1" }],
      insights: rowsOf("o1", "o1a", dailyDays(3, 5)),
      campaign_leads: [{ lead_id: "l1", campaign_id: "o1", added_at: "2024-05-02 10:00:00" }],
      lead_status_changes: [...changes, ...changes.slice(0, 2)],
    });
    expect(await findingsOf(house, exactDuplicates)).toMatchObject([
      { rows: 2, severity: "info", items: [{ id: "lead_status_changes" }] },
    ]);
  });

  it("tells a block appended again from single repeats", async () => {
    const rows = [...ORDINARY.insights, ...ORDINARY.insights.slice(20, 32)];
    const [finding] = await found(repeatedBlock, rows);
    expect(finding).toMatchObject({ rows: 12, itemsTotal: 1, severity: "info" });
    expect(finding?.sentence.en).toMatch(/left out already/);
    expect(await found(exactDuplicates, rows)).toEqual([]);
  });

  it("knows a block that came again with newer figures, and what it counts twice", async () => {
    const again = ORDINARY.insights
      .slice(20, 32)
      .map((row) => ({ ...row, spend_minor: row.spend_minor + 7 }));
    const rows = [...ORDINARY.insights, ...again];
    const [finding] = await found(repeatedBlock, rows);
    const money = again.reduce((sum, row) => sum + row.spend_minor, 0);
    expect(finding).toMatchObject({ rows: 12, moneyMinor: money });
    expect(finding?.proposals[0]).toMatchObject({
      kind: "exclude",
      recommended: true,
      spendMinor: -(money - 12 * 7),
    });
    expect(await found(conflictingKeys, rows)).toEqual([]);
  });

  it("knows a block whose rows came again in another order, some with newer figures, some days new", async () => {
    const again = ORDINARY.insights.slice(20, 50).map((row, n) => ({
      ...row,
      spend_minor: row.spend_minor + (n % 3 === 0 ? 7 : 0),
      day: n % 10 === 4 ? "2025-03-09" : row.day,
    }));
    const shuffled = again
      .map((row, n) => ({ row, place: (n * 11) % 30 }))
      .sort((a, b) => a.place - b.place)
      .map(({ row }) => row);
    const rows = [...ORDINARY.insights, ...shuffled];
    const [finding] = await found(repeatedBlock, rows);
    expect(finding).toMatchObject({ rows: 27, itemsTotal: 1 });
    expect(await found(exactDuplicates, rows)).toEqual([]);
    expect(await found(conflictingKeys, rows)).toEqual([]);
  });

  it("takes single repeats of rows from everywhere for no block, though they stand near each other", async () => {
    const last = ORDINARY.insights.slice(-24);
    const near = last.flatMap((row, n) =>
      n % 3 === 0 ? [row, ORDINARY.insights[n * 17] as Row] : [row],
    );
    const rows = [...ORDINARY.insights.slice(0, -24), ...near];
    expect(await found(repeatedBlock, rows)).toEqual([]);
    expect(await found(exactDuplicates, rows)).toMatchObject([{ rows: 8 }]);
  });

  it("finds one key with two figures, and offers to keep the larger", async () => {
    const other = { ...(ORDINARY.insights[50] as Row), spend_minor: 11, clicks: 0 };
    const rows = [...ORDINARY.insights.slice(0, 51), other, ...ORDINARY.insights.slice(51)];
    const [finding] = await found(conflictingKeys, rows);
    expect(finding).toMatchObject({ rows: 1, moneyMinor: 11 });
    expect(finding?.proposals[0]).toMatchObject({ kind: "exclude", spendMinor: -11 });
    expect(await listedLines(finding?.sql)).toEqual([52, 53]);
  });
});

it("finds campaigns and leads whose id a later line tells otherwise, and no exact copy of one", async () => {
  const campaign = { campaign_id: "o1", account_id: "a1", daily_budget_minor: 500 };
  const lead = { lead_id: "l1", campaign_id: "o1", added_at: "2024-05-02 10:00:00" };
  await house.settle({
    campaigns: [
      campaign,
      { ...campaign, daily_budget_minor: 900 },
      { campaign_id: "o2", account_id: "a1" },
    ],
    campaign_leads: [
      { ...lead, name: "Mona Said" },
      { ...lead, name: "Mona Said", lead_status: "QUALIFIED" },
      { ...lead, lead_id: "l2" },
      { ...lead, lead_id: "l2" },
    ],
  });
  const [finding, ...others] = await findingsOf(house, conflictingKeys);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ key: "conflicting-keys:records", rows: 2, leads: 1 });
  expect(await listedLines(finding?.sql)).toEqual([2, 2]);
});

it("finds a series that froze midway, and only its repeats", async () => {
  const days = dailyDays(70, 10);
  const last = days[9] as Day;
  const stuck = [1, 2, 3, 4].map((n) => ({ ...last, day: dayAfter(9 + n) }));
  const world = [...ORDINARY.insights, ...rowsOf("o1", "frozen", [...days, ...stuck])];
  const [finding] = await found(frozenSeries, world);
  expect(finding).toMatchObject({
    rows: 4,
    moneyMinor: 4 * last.spend_minor,
    items: [{ id: "o1" }],
  });
  const once = [...ORDINARY.insights, ...rowsOf("o1", "frozen", [...days, ...stuck.slice(0, 1)])];
  expect(await found(frozenSeries, once)).toEqual([]);
});

it("finds money for nothing shown, and showing for no money", async () => {
  const rows = changed([6], () => ({ impressions: 0, clicks: 0, reach: 0 })).map((row, n) =>
    n === 8 ? { ...row, spend_minor: 0 } : row,
  );
  const [finding] = await found(spendWithoutImpressions, rows);
  expect(finding).toMatchObject({ rows: 2, moneyMinor: ORDINARY.insights[6]?.spend_minor });
  expect(await listedLines(finding?.sql)).toEqual(LINES([6, 8]));
});

it("takes impressions that are not told for none, where most rows tell them", async () => {
  const rows = ORDINARY.insights.map((row, n) =>
    n === 6 ? { ...row, impressions: null, clicks: null, reach: null } : row,
  );
  const [finding] = await found(spendWithoutImpressions, rows);
  expect(await listedLines(finding?.sql)).toEqual(LINES([6]));
  const bare = ORDINARY.insights.map((row) => ({ ...row, impressions: null }));
  expect(await found(spendWithoutImpressions, bare)).toEqual([]);
});

it("finds a campaign that nobody ever clicked, and takes few impressions without a click for chance", async () => {
  const shown = (id: string) => ORDINARY.insights.filter((row) => row.campaign_id === id).length;
  const rows = ORDINARY.insights.map((row) =>
    row.campaign_id === "o3"
      ? { ...row, clicks: 0 }
      : row.campaign_id === "o4"
        ? { ...row, clicks: 0, impressions: Math.ceil(200 / shown("o4")), reach: 1 }
        : row,
  );
  expect(await found(implausibleCtr, rows)).toMatchObject([
    { items: [{ id: "o3" }], itemsTotal: 1 },
  ]);
});

it("finds a campaign with twenty times the usual click rate, and a day of bots", async () => {
  const rows = ORDINARY.insights.map((row) =>
    row.campaign_id === "o3" ? { ...row, clicks: Math.round(row.impressions * 0.7) } : row,
  );
  expect(await found(implausibleCtr, rows)).toMatchObject([
    { items: [{ id: "o3" }], itemsTotal: 1 },
  ]);
  const bots = changed([100], (row) => ({ clicks: Math.round(row.impressions * 0.5) }));
  const [finding] = await found(implausibleCtr, bots);
  expect(await listedLines(finding?.sql)).toEqual(LINES([100]));
});

it("finds a campaign of which every second impression is clicked, though rates of campaigns differ widely", async () => {
  const campaigns = [...new Set(ORDINARY.insights.map((row) => row.campaign_id))];
  const rows = ORDINARY.insights.map((row) => {
    const place = campaigns.indexOf(row.campaign_id);
    const rate = row.campaign_id === "o3" ? 0.5 : 0.028 * Math.exp(0.6 * ((place % 9) - 4) * 0.4);
    return { ...row, clicks: Math.round(row.impressions * rate) };
  });
  expect(await found(implausibleCtr, rows)).toMatchObject([
    { items: [{ id: "o3" }], itemsTotal: 1 },
  ]);
});

it("finds a day far above all days of all campaigns, though its own campaign is clicked more than most", async () => {
  const place = ORDINARY.insights.findLastIndex((row) => row.campaign_id === "o3");
  const rows = (rate: number) =>
    ORDINARY.insights.map((row, n) =>
      row.campaign_id === "o3"
        ? { ...row, clicks: Math.round(row.impressions * (n === place ? rate : 0.06)) }
        : row,
    );
  const [finding] = await found(implausibleCtr, rows(0.36));
  expect(await listedLines(finding?.sql)).toEqual(LINES([place]));
  expect(await found(implausibleCtr, rows(0.12))).toEqual([]);
});

it("finds delivery of a mistyped year", async () => {
  const rows = changed([30], () => ({ day: "2044-05-03" }));
  const [finding] = await found(futureDatesDelivery, rows);
  expect(finding).toMatchObject({ rows: 1, items: [{ id: "insights" }] });
  expect(await listedLines(finding?.sql)).toEqual(LINES([30]));
});

it("says which days a newer file changed, and by how much", async () => {
  const newer = ORDINARY.insights.slice(0, 9).map((row, n) => ({
    ...row,
    file_id: 9,
    line: n + 2,
    spend_minor: row.spend_minor + (n < 3 ? 50 : 0),
  }));
  const [finding] = await found(lateDays, [...ORDINARY.insights, ...newer]);
  expect(finding).toMatchObject({ rows: 3, moneyMinor: 150 });
  expect(finding?.sentence.en).toMatch(/\+EGP\s1\.50/);
});

it("knows ad sets without ids by their names, where rows are told again", async () => {
  const named = ORDINARY.insights.map(({ ad_set_id, ...row }) => ({
    ...row,
    ad_set_name: `set ${ad_set_id}`,
  }));
  expect(await found(repeatedBlock, [...named, ...named.slice(20, 32)])).toMatchObject([
    { rows: 12, itemsTotal: 1 },
  ]);
  const newer = named
    .slice(0, 9)
    .map((row, n) => ({ ...row, file_id: 9, line: n + 2, spend_minor: row.spend_minor + 50 }));
  expect(await found(lateDays, [...named, ...newer])).toMatchObject([{ rows: 9, moneyMinor: 450 }]);
});

it("finds the day from which all spend lies at another level, and no single bad day", async () => {
  const months = (level: (n: number) => number) =>
    Array.from({ length: 60 }, (_, n) => ({
      ...(dailyDays(300 + n, 2)[1] as Day),
      day: dayAfter(n),
    })).map((day, n) => ({ ...day, spend_minor: Math.round(day.spend_minor * level(n)) }));
  const stepped = rowsOf(
    "o1",
    "long",
    months((n) => (n < 30 ? 1 : 6)),
  );
  expect(await found(suddenChange, stepped)).toMatchObject([
    { severity: "info", itemsTotal: 1, items: [{ id: `spend ${dayAfter(30)}` }] },
  ]);
  expect(
    await found(
      suddenChange,
      rowsOf(
        "o1",
        "long",
        months((n) => (n === 30 ? 9 : 1)),
      ),
    ),
  ).toEqual([]);
});

it("finds leads that run three hours behind their campaigns, and forgives a handful", async () => {
  const campaigns = ORDINARY.campaigns.map((one) => ({
    ...one,
    start_time: "2024-05-01 10:00:00",
  }));
  const leads = (early: number) =>
    Array.from({ length: 400 }, (_, n) => ({
      lead_id: `l${n}`,
      campaign_id: `o${n % 40}`,
      lead_status: "NEW_LEAD",
      added_at: `2024-05-01 ${n < early ? "07" : "15"}:${String(10 + (n % 50))}:00`,
    }));
  await house.settle({ campaigns, insights: ORDINARY.insights, campaign_leads: leads(60) });
  const [finding] = await findingsOf(house, timezoneEvidence);
  expect(finding).toMatchObject({ rows: 60, severity: "warning" });
  expect(finding?.sentence.en).toMatch(/3 hours behind/);
  await house.settle({ campaigns, insights: ORDINARY.insights, campaign_leads: leads(3) });
  expect(await findingsOf(house, timezoneEvidence)).toEqual([]);
});

it("lists delivery in another currency than most, without adding the two", async () => {
  await house.settle(
    {
      campaigns: ORDINARY.campaigns.map((one, n) => ({
        ...one,
        account_id: n < 3 ? "gulf" : "a1",
      })),
      insights: ORDINARY.insights,
    },
    readDefinitions([{ accounts: { gulf: { currency: "SAR" } } }], "a test"),
  );
  const [finding] = await findingsOf(house, mixedCurrencies);
  const expected = ORDINARY.insights.filter((row) => ["o0", "o1", "o2"].includes(row.campaign_id));
  expect(finding).toMatchObject({
    rows: expected.length,
    moneyMinor: null,
    items: [{ id: "gulf SAR" }],
  });
});
