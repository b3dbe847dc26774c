import { afterAll, beforeAll, expect, it } from "vitest";
import type { SelectionQuery } from "../../src/contract/common.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { type House, openHouse, type RawRow, type RawWorld } from "./raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ALL: SelectionQuery = {
  from: "all",
  account: [],
  project: [],
  campaign: [],
  basis: "corrected",
};

async function kpisOf(more: Partial<SelectionQuery> = {}) {
  const answer = await house.queries.kpis({ ...ALL, ...more }, EVERYTHING);
  return { ...answer, kpi: Object.fromEntries(answer.kpis.map((kpi) => [kpi.id, kpi])) };
}

const inFile = (file_id: number, rows: readonly RawRow[]) =>
  rows.map((row, i) => ({ line: i + 2, ...row, file_id }));

const spent = (campaign_id: string, spend_minor: number): RawRow => ({
  level: "campaign",
  campaign_id,
  day: "2026-05-01",
  spend_minor,
  impressions: 1000,
  clicks: 10,
  reach: 900,
});

const asked = (lead_id: string, campaign_id: string, lead_status: string | null): RawRow => ({
  lead_id,
  campaign_id,
  lead_status,
  added_at: "2026-05-01 10:00:00",
});

const file = (file_id: number, import_id: string, table_name: string): RawRow => ({
  file_id,
  import_id,
  name: `${table_name}.csv`,
  blob: `b${file_id}`,
  table_name,
  format: "test",
  header: "[]",
  mapping: "{}",
  rows_read: 0,
  rows_accepted: 0,
  rows_rejected: 0,
  total_rows: 0,
  imported_at: "2026-06-01 00:00:00",
});

/** Account a has ad figures and two leads, b ad figures only, c leads only; each table came in an import of its own. */
const THREE: RawWorld = {
  campaigns: inFile(1, [
    { campaign_id: "ca", account_id: "a" },
    { campaign_id: "cb", account_id: "b" },
    { campaign_id: "cc", account_id: "c" },
  ]),
  insights: inFile(2, [spent("ca", 3000), spent("cb", 1000)]),
  campaign_leads: inFile(3, [
    asked("l1", "ca", "QUALIFIED"),
    asked("l2", "ca", "SPAM"),
    asked("l3", "cc", null),
    asked("l4", "cc", null),
  ]),
};

it("has no leads to tell of an account whose leads nobody imported: not 0 of them", async () => {
  await house.settle(THREE);
  const { kpi, campaigns } = await kpisOf({ account: ["b"] });
  expect(kpi.spend?.value).toBe(1000);
  for (const id of ["leads", "qualified", "meetings", "deals", "qualifiedEverLogged"])
    expect(kpi[id]).toMatchObject({ value: null, missing: "not_recorded" });
  for (const id of ["cpl", "cpql", "conversionRate", "undecidedShare"])
    expect(kpi[id]).toMatchObject({ value: null, low: null, missing: "not_recorded" });
  expect(campaigns).toMatchObject({ neverDelivered: 0, spendNoLead: null, spendNoLeadMinor: null });
  expect(await house.queries.funnel({ ...ALL, account: ["b"] }, EVERYTHING)).toMatchObject({
    leads: null,
    undecided: null,
  });
  const trend = await house.queries.trend({ ...ALL, account: ["b"], grain: "day" }, EVERYTHING);
  expect([trend.spendMinor, trend.leads, trend.qualified]).toEqual([[1000], [null], [null]]);
});

it("has no spend to tell of an account of which only leads were imported", async () => {
  await house.settle(THREE);
  const { kpi, campaigns } = await kpisOf({ account: ["c"] });
  expect(kpi.leads?.value).toBe(2);
  for (const id of ["spend", "spendAllIn", "impressions", "clicks", "reach", "ctr", "cpl", "cpql"])
    expect(kpi[id]).toMatchObject({ value: null, missing: "not_recorded" });
  // Nobody told a status of these leads: whether they qualified is not known either.
  expect(kpi.qualified).toMatchObject({ value: null, missing: "not_recorded" });
  expect(kpi.undecidedShare?.value).toBe(1);
  expect(campaigns.neverDelivered).toBeNull();
});

it("divides the spend of accounts whose leads are known by the leads of accounts whose spend is known", async () => {
  await house.settle(THREE);
  const { kpi, campaigns } = await kpisOf();
  expect([kpi.spend?.value, kpi.leads?.value]).toEqual([4000, 4]);
  expect(kpi.cpl).toMatchObject({
    value: 1500,
    n: 2,
    parts: { over: 3000, under: 2 },
    coverage: [
      { of: "spendMinor", share: 0.75 },
      { of: "leads", share: 0.5 },
    ],
  });
  expect(kpi.cpql).toMatchObject({ value: 3000, n: 1 });
  expect(kpi.cpql?.coverage).toEqual([{ of: "spendMinor", share: 0.75 }]);
  expect(kpi.qualifiedShare).toMatchObject({ value: 0.5, coverage: [{ of: "leads", share: 0.5 }] });
  expect(kpi.leads?.coverage).toEqual([{ of: "spendMinor", share: 0.75 }]);
  expect(kpi.ctr?.coverage).toEqual([]);
  // The campaign of b spent, but whether it brought a lead is not known; that of c has no ad figures at all.
  expect(campaigns).toMatchObject({ total: 3, delivered: 2, neverDelivered: 0, spendNoLead: 0 });
});

it("says the same in the tables: by account, by campaign, and in their totals", async () => {
  await house.settle(THREE);
  const breakdown = await house.queries.breakdown(
    { ...ALL, by: "account", sort: "spend", limit: 10 },
    EVERYTHING,
  );
  const figures = (one: (typeof breakdown)["total"]) => [
    one.spendMinor,
    one.leads,
    one.qualified,
    one.cplMinor,
    one.cpqlMinor,
  ];
  expect(breakdown.items.map((item) => [item.id, ...figures(item)])).toEqual([
    ["a", 3000, 2, 1, 1500, 3000],
    ["b", 1000, null, null, null, null],
    ["c", null, 2, null, null, null],
  ]);
  const list = await house.queries.campaigns(
    { ...ALL, sort: "spend", order: "desc", limit: 10 },
    EVERYTHING,
  );
  expect(list.items.map((item) => [item.campaignId, ...figures(item)])).toEqual([
    ["ca", 3000, 2, 1, 1500, 3000],
    ["cb", 1000, null, null, null, null],
    ["cc", null, 2, null, null, null],
  ]);
  for (const total of [breakdown.total, list.totals])
    expect(figures(total)).toEqual([4000, 4, 1, 1500, 3000]);
});

it("knows 0 leads and 0 spend where one import brought both tables and named the account", async () => {
  await house.settle({
    files: [
      file(1, "all", "campaigns"),
      file(2, "all", "insights"),
      file(3, "all", "campaign_leads"),
    ],
    ...THREE,
  });
  const b = (await kpisOf({ account: ["b"] })).kpi;
  expect([b.leads?.value, b.cpl?.value, b.cpl?.missing]).toEqual([0, null, "no_denominator"]);
  const c = (await kpisOf({ account: ["c"] })).kpi;
  expect([c.spend?.value, c.cpl?.value]).toEqual([0, 0]);
  const { kpi, campaigns } = await kpisOf();
  expect(kpi.cpl).toMatchObject({ value: 1000, coverage: [] });
  expect(campaigns).toMatchObject({ neverDelivered: 1, spendNoLead: 1, spendNoLeadMinor: 1000 });
});

it("lists behind a cost only the rows that entered it", async () => {
  await house.settle(THREE);
  const rows = await house.queries.rows(
    { ...ALL, kpi: "cpl", dropped: false, limit: 50 },
    EVERYTHING,
  );
  const named = rows.items.map((row) => row.cells.lead_id ?? row.cells.campaign_id);
  expect(named).toEqual(["ca", "l1", "l2"]);
});

it("does not lend the clicks of a file without impressions to the impressions of another", async () => {
  const clicksOnly = { ...spent("cb", 1000), impressions: null, clicks: 500 };
  await house.settle({
    campaigns: THREE.campaigns ?? [],
    insights: inFile(2, [spent("ca", 3000), clicksOnly]),
  });
  const { kpi } = await kpisOf();
  expect([kpi.clicks?.value, kpi.impressions?.value]).toEqual([510, 1000]);
  expect(kpi.ctr).toMatchObject({ value: 10 / 1000, n: 1000, parts: { over: 10, under: 1000 } });
  expect(kpi.cpm).toMatchObject({ value: 3000, coverage: [{ of: "spendMinor", share: 0.75 }] });
  expect(kpi.cpc).toMatchObject({ value: 4000 / 510, coverage: [] });
  expect((await kpisOf({ account: ["b"] })).kpi.ctr).toMatchObject({
    value: null,
    missing: "not_recorded",
  });
});
