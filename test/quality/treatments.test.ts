import { afterAll, beforeAll, expect, it } from "vitest";
import { SelectionQuery } from "../../src/contract/common.ts";
import type { SeriesSpan, TreatmentAction } from "../../src/domain/treatments.ts";
import { tryTreatments } from "../../src/quality/treatments.ts";
import { DEFAULTS, type House, openHouse, type RawRow } from "../marts/raw-world.ts";
import { spendByDay, totalsOf, treatmentsOf } from "./treatment-desk.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const CAMPAIGNS = [
  { campaign_id: "c1", account_id: "a1", project_name: "Palm  Court" },
  { campaign_id: "c2", account_id: "a1", project_name: "palm court" },
  { campaign_id: "c3", account_id: "a2", project_name: "Reef" },
];
const row = (n: number, spend_minor: number | null, more: RawRow = {}): RawRow => ({
  level: "ad_set",
  campaign_id: "c1",
  ad_set_id: "s1",
  day: `2024-05-${String(n).padStart(2, "0")}`,
  spend_minor,
  impressions: 1000,
  clicks: 10,
  reach: 900,
  ...more,
});
const series = (values: readonly (number | null)[], more: RawRow = {}) =>
  values.map((value, i) => row(i + 1, value, more));
const lead = (n: number, more: RawRow = {}): RawRow => ({
  lead_id: `l${n}`,
  campaign_id: "c1",
  added_at: "2024-05-02 10:00:00",
  ...more,
});

async function treat(
  insights: readonly RawRow[],
  actions: readonly TreatmentAction[],
  leads: readonly RawRow[] = [],
): Promise<void> {
  await house.settle(
    {
      campaigns: CAMPAIGNS.map((one, i) => ({ ...one, file_id: 1, line: i + 2 })),
      insights: insights.map((one, i) => ({ ...one, file_id: 2, line: i + 2 })),
      campaign_leads: leads.map((one, i) => ({ ...one, file_id: 3, line: i + 2 })),
    },
    DEFAULTS,
    treatmentsOf(...actions),
  );
}

const span = (more: Partial<SeriesSpan> = {}): SeriesSpan => ({
  account: "a1",
  campaignId: "c1",
  entity: null,
  measures: ["spend_minor"],
  from: null,
  until: null,
  ...more,
});
const difference = (...spans: readonly SeriesSpan[]): TreatmentAction => ({
  method: "difference",
  series: [...spans],
});

it("turns running totals into daily amounts, and leaves every other basis alone", async () => {
  await treat(series([100, 250, 250, 400]), [difference(span())]);
  expect(await spendByDay(house, "corrected")).toEqual([100, 150, 0, 150]);
  expect(await spendByDay(house, "deduplicated")).toEqual([100, 250, 250, 400]);
  expect(await spendByDay(house, "raw")).toEqual([100, 250, 250, 400]);
  expect((await totalsOf(house, "corrected")).impressions).toBe(4000);
});

it("begins anew where a running total falls back, and over days that are missing", async () => {
  await treat(
    [row(1, 100), row(2, 260), row(5, 300), row(6, 70), row(7, 90)],
    [difference(span())],
  );
  expect(await spendByDay(house, "corrected")).toEqual([100, 160, 40, 70, 20]);
});

it("takes a small fall for a correction of the total, not for a new count", async () => {
  await treat(series([1000, 2000, 1990, 2500, 2400]), [difference(span())]);
  expect(await spendByDay(house, "corrected")).toEqual([1000, 1000, -10, 510, 2400]);
});

it("differences the span alone: daily rows after it stand as they are", async () => {
  await treat(series([100, 250, 400, 60, 70]), [difference(span({ until: "2024-05-03" }))]);
  expect(await spendByDay(house, "corrected")).toEqual([100, 150, 150, 60, 70]);
});

it("takes the daily amounts before a span off its first value only where that carries on from them", async () => {
  const from = difference(span({ from: "2024-05-04" }));
  await treat(series([100, 110, 90, 400, 500]), [from]);
  expect(await spendByDay(house, "corrected")).toEqual([100, 110, 90, 100, 100]);
  await treat(series([100, 110, 90, 100, 200]), [from]);
  expect(await spendByDay(house, "corrected")).toEqual([100, 110, 90, 100, 100]);
});

it("keeps ad sets apart, and two rows of one day in the order of their size", async () => {
  const rows = [
    row(1, 100),
    row(2, 260),
    row(2, 200),
    row(1, 10, { ad_set_id: "s2" }),
    row(2, 30, { ad_set_id: "s2" }),
  ];
  await treat(rows, [difference(span())]);
  expect(await spendByDay(house, "corrected")).toEqual([110, 180]);
  await treat(rows, [difference(span({ entity: "s2" }))]);
  expect(await spendByDay(house, "corrected")).toEqual([110, 260 + 200 + 20]);
});

it("passes over rows that do not know the measure", async () => {
  await treat(series([100, null, 250]), [difference(span())]);
  expect(await spendByDay(house, "corrected")).toEqual([100, null, 150]);
});

const windows = (days: number, ...spans: readonly SeriesSpan[]): TreatmentAction => ({
  method: "difference_window",
  series: spans.map((one) => ({ ...one, days })),
});

it("turns totals of the last three days into daily amounts, over days without a row too", async () => {
  // Days of 100, 50, 70, 0 and 30.
  await treat(
    [row(1, 100), row(2, 150), row(4, 220), row(5, 120), row(6, 100)],
    [windows(3, span())],
  );
  expect(await spendByDay(house, "corrected")).toEqual([100, 50, 70, 0, 30]);
  expect(await spendByDay(house, "raw")).toEqual([100, 150, 220, 120, 100]);
});

it("carries a window on over daily amounts before the span only where its first total holds them", async () => {
  const from = windows(3, span({ from: "2024-05-04", until: "2024-05-06" }));
  // Days of 10, 20, 40, 30, 50, 60, 70: totals of three days from the fourth to the sixth.
  await treat(series([10, 20, 40, 90, 120, 140, 70]), [from]);
  expect(await spendByDay(house, "corrected")).toEqual([10, 20, 40, 30, 50, 60, 70]);
  // The same with a window that begins on the fourth day.
  await treat(series([10, 20, 40, 30, 80, 140, 70]), [from]);
  expect(await spendByDay(house, "corrected")).toEqual([10, 20, 40, 30, 50, 60, 70]);
});

it("scales to whole units, halves away from zero, also where a binary fraction falls short of the half", async () => {
  const scale: TreatmentAction = { method: "scale", series: [span()], factor: 0.005 };
  await treat(series([100, 300, -100, 99]), [scale]);
  expect(await spendByDay(house, "corrected")).toEqual([1, 2, -1, 0]);
  await treat(series([100]), [{ ...scale, factor: 1.005 }]);
  expect(await spendByDay(house, "corrected")).toEqual([101]);
});

it("exchanges two columns", async () => {
  const swap: TreatmentAction = {
    method: "swap",
    series: [span({ measures: ["impressions", "clicks"] })],
    columns: ["impressions", "clicks"],
  };
  await treat(series([100]), [swap]);
  expect(await totalsOf(house, "corrected")).toMatchObject({ impressions: 10, clicks: 1000 });
  expect(await totalsOf(house, "deduplicated")).toMatchObject({ impressions: 1000, clicks: 10 });
});

it("leaves rows out by their lines, and a day without any row left is no day of delivery", async () => {
  const lines: TreatmentAction = {
    method: "exclude_rows",
    rows: [{ table: "insights", fileId: 2, lines: [[3, 4]] }],
  };
  await treat(series([100, 200, 300, 400]), [lines]);
  expect(await spendByDay(house, "corrected")).toEqual([100, 400]);
  expect((await totalsOf(house, "corrected")).rows).toBe(2);
});

it("leaves out a campaign with its leads, and leads by themselves or by their lines", async () => {
  const insights = [row(1, 100), row(1, 40, { campaign_id: "c2", ad_set_id: "s2" })];
  const leads = [lead(1), lead(2, { campaign_id: "c2" }), lead(3, { campaign_id: "c2" }), lead(4)];
  await treat(
    insights,
    [{ method: "exclude_campaigns", campaigns: [{ account: "a1", campaignId: "c2" }] }],
    leads,
  );
  expect(await totalsOf(house, "corrected")).toMatchObject({ spend: 100, leads: 2 });
  await treat(
    insights,
    [{ method: "exclude_leads", leads: [{ account: "a1", leadId: "l3" }] }],
    leads,
  );
  expect(await totalsOf(house, "corrected")).toMatchObject({ spend: 140, leads: 3 });
  await treat(
    insights,
    [
      {
        method: "exclude_rows",
        rows: [
          {
            table: "campaign_leads",
            fileId: 3,
            lines: [
              [2, 2],
              [5, 5],
            ],
          },
        ],
      },
    ],
    leads,
  );
  expect(await totalsOf(house, "corrected")).toMatchObject({ leads: 2 });
  expect(await totalsOf(house, "raw")).toMatchObject({ leads: 4 });
});

it("merges spellings of a project, the account's own merge first, and follows a chain of merges", async () => {
  const projects = async () =>
    (
      await house.warehouse.all<{ name: string }>(
        "SELECT project_name AS name FROM staging.campaigns ORDER BY campaign_id",
      )
    ).map((one) => one.name);
  const merge = (account: string | null, from: string[], into: string): TreatmentAction => ({
    method: "merge_projects",
    merges: [{ account, from, into }],
  });
  await treat([], [merge("a1", ["palm court"], "Palm Court")]);
  expect(await projects()).toEqual(["Palm Court", "Palm Court", "Reef"]);
  await treat([], [merge("a2", ["palm court"], "Palm Court")]);
  expect(await projects()).toEqual(["Palm Court", "palm court", "Reef"]);
  await treat(
    [],
    [merge("a1", ["palm court"], "Palm Court"), merge(null, ["Palm Court"], "Palms")],
  );
  expect(await projects()).toEqual(["Palms", "Palms", "Reef"]);
});

it("works in the order of acceptance, and what was left out stays out", async () => {
  const out: TreatmentAction = {
    method: "exclude_rows",
    rows: [{ table: "insights", fileId: 2, lines: [[3, 3]] }],
  };
  const twice: TreatmentAction = { method: "scale", series: [span()], factor: 2 };
  await treat(series([100, 250, 400]), [out, difference(span()), twice]);
  expect(await spendByDay(house, "corrected")).toEqual([200, 600]);
  await treat(series([100, 250, 400]), [twice, difference(span()), out]);
  expect(await spendByDay(house, "corrected")).toEqual([200, 300]);
});

it("does nothing where the rows it names are gone, and says so", async () => {
  const gone: TreatmentAction[] = [
    difference(span({ campaignId: "c9" })),
    { method: "exclude_rows", rows: [{ table: "insights", fileId: 77, lines: [[2, 900]] }] },
    { method: "flag", campaigns: [{ account: "a1", campaignId: "c9" }] },
    { method: "flag", campaigns: [{ account: "a1", campaignId: "c1" }] },
    { method: "accept" },
  ];
  await treat(series([100, 250]), gone);
  expect(await spendByDay(house, "corrected")).toEqual([100, 250]);
  const rows = await house.warehouse.all<{ rows: number | null }>(
    "SELECT rows FROM staging.treatments ORDER BY step",
  );
  expect(rows.map((one) => one.rows)).toEqual([0, 0, 0, 1, null]);
});

it("tells what further treatments would change on top of those in force, and keeps nothing of it", async () => {
  const out: TreatmentAction = {
    method: "exclude_rows",
    rows: [{ table: "insights", fileId: 2, lines: [[4, 4]] }],
  };
  await treat(series([100, 250, 400]), [difference(span())], [lead(1), lead(2)]);
  const scratch = await house.warehouse.openScratch();
  const campaigns = [{ account: "a1", campaignId: "c1" }];
  const tried = await tryTreatments(
    scratch,
    [out, { method: "exclude_campaigns", campaigns }],
    null,
  );
  const early = await tryTreatments(scratch, [out], "2024-05-02");
  scratch.close();
  expect(tried).toEqual([
    { spendMinor: -150, leads: 0 },
    { spendMinor: -250, leads: -2 },
  ]);
  expect(early).toEqual([{ spendMinor: 0, leads: 0 }]);
  expect(await spendByDay(house, "corrected")).toEqual([100, 150, 150]);
});

it("leaves lines of the status log out, as if nobody had written them, on the corrected basis alone", async () => {
  const log = [
    { lead_id: "l1", status: "NEW_LEAD", changed_at: "2024-05-02 11:00:00" },
    { lead_id: "l1", status: "QUALIFIED", changed_at: "2024-05-02 12:00:00" },
    { lead_id: "l2", status: "QUALIFIED", changed_at: "2024-05-03 12:00:00" },
    { lead_id: "l3", status: "NO_ANSWER", changed_at: "2024-05-03 12:00:00" },
  ].map((one, i) => ({ ...one, file_id: 4, line: i + 2 }));
  const leads = [lead(1), lead(2), lead(3), lead(4, { lead_status: "QUALIFIED" })];
  const world = (written: readonly RawRow[]) => ({
    campaigns: [{ campaign_id: "c1", account_id: "a1", file_id: 1, line: 2 }],
    campaign_leads: leads.map((one, i) => ({ ...one, file_id: 3, line: i + 2 })),
    lead_status_changes: written,
  });
  const told = (basis: string) =>
    house.warehouse.all(
      `SELECT lead_id, status, stage, undecided, logged, first_logged_at, first_touch_at, first_qualified_at,
              qualified_within_horizon FROM marts.leads_${basis} ORDER BY lead_id`,
    );
  const cards = async (basis: string, asOf?: string) => {
    const query = SelectionQuery.parse({ from: "all", basis, asOf });
    const { kpis } = await house.queries.kpis(query, { accounts: "all" });
    const ids = [
      "qualified",
      "qualifiedWithinHorizon",
      "undecidedShare",
      "conversionRate",
      "leads",
    ];
    return ids.map((id) => kpis.find((one) => one.id === id)?.value);
  };
  const answers = async (basis: string) => [await cards(basis), await cards(basis, "2024-05-09")];

  await house.settle(world(log.filter(({ line }) => line !== 3 && line !== 4)));
  const without = { rows: await told("corrected"), cards: await answers("corrected") };
  await house.settle(world(log));
  const whole = { rows: await told("raw"), cards: await answers("raw") };
  const gone: TreatmentAction = {
    method: "exclude_rows",
    rows: [{ table: "lead_status_changes", fileId: 4, lines: [[3, 4]] }],
  };
  await house.build(undefined, DEFAULTS, treatmentsOf(gone));
  expect({ rows: await told("corrected"), cards: await answers("corrected") }).toEqual(without);
  expect({ rows: await told("raw"), cards: await answers("raw") }).toEqual(whole);
  expect(without.rows).not.toEqual(whole.rows);
  expect(without.cards).not.toEqual(whole.cards);
  const [treatment] = await house.warehouse.all("SELECT rows FROM staging.treatments");
  expect(treatment).toEqual({ rows: 2 });
});
