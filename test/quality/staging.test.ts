import { afterAll, beforeAll, expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { tableCounts } from "../../src/quality/table-counts.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const campaign = (more: RawRow = {}): RawRow => ({ campaign_id: "c1", account_id: "a1", ...more });
const insight = (more: RawRow = {}): RawRow => ({
  level: "ad_set",
  campaign_id: "c1",
  ad_set_id: "s1",
  day: "2024-05-01",
  spend_minor: 100,
  ...more,
});
const lead = (more: RawRow = {}): RawRow => ({
  lead_id: "l1",
  campaign_id: "c1",
  lead_status: "NEW_LEAD",
  added_at: "2024-05-01 10:00:00",
  ...more,
});

const drops = () =>
  house.warehouse.all("SELECT table_name, file_id, line, reason FROM staging.drops ORDER BY ALL");

it("drops exact copies beyond the first, and keeps rows of one key that differ, all of them counted", async () => {
  await house.settle({
    campaigns: [campaign()],
    insights: [
      insight(),
      insight(),
      insight({ spend_minor: 50 }),
      insight({ attributes: '{"age":"18"}' }),
    ].map((row) => ({ ...row, file_id: 2 })),
  });
  expect(await drops()).toEqual([
    { table_name: "insights", file_id: 2, line: 3, reason: "exact_duplicate" },
  ]);
  expect(
    await house.warehouse.first("SELECT sum(spend_minor) AS spend FROM staging.insights"),
  ).toEqual({
    spend: 250,
  });
  expect(await house.warehouse.all("SELECT key, rows FROM staging.conflicts")).toEqual([
    { key: "ad_set s1 2024-05-01", rows: 3 },
  ]);
});

it("counts the keys that conflict, and takes no ad sets for one that are known by their names alone", async () => {
  const named = (...names: readonly string[]) =>
    names.map((ad_set_name, i) =>
      insight({ ad_set_id: null, ad_set_name, spend_minor: i, file_id: 2, line: i + 2 }),
    );
  const conflicting = async (insights: readonly RawRow[]) => {
    await house.settle({ campaigns: [campaign()], insights });
    return (await tableCounts(house.warehouse)).conflictingInsightKeys;
  };
  expect(await conflicting(named("Men", "Women"))).toBe(0);
  expect(await conflicting(named("Men", "Women", "Men"))).toBe(1);
});

it("lets a newer file speak for the ad sets and days it holds, and the older one for the rest", async () => {
  await house.settle({
    campaigns: [campaign()],
    insights: [
      insight({ file_id: 2, line: 2 }),
      insight({ file_id: 2, line: 3 }),
      insight({ file_id: 2, line: 4, day: "2024-05-02" }),
      insight({ file_id: 5, line: 2, spend_minor: 130 }),
    ],
  });
  expect(await drops()).toEqual([
    { table_name: "insights", file_id: 2, line: 2, reason: "superseded" },
    { table_name: "insights", file_id: 2, line: 3, reason: "superseded" },
  ]);
});

it("never adds two levels of one campaign and day: the oldest file's counts until one is chosen", async () => {
  const world = {
    campaigns: [campaign()],
    insights: [
      insight({ file_id: 2, line: 2, level: "campaign", ad_set_id: null, spend_minor: 300 }),
      insight({ file_id: 3, line: 2 }),
      insight({ file_id: 3, line: 3, ad_set_id: "s2", spend_minor: 200 }),
      insight({ file_id: 3, line: 4, day: "2024-05-02" }),
    ],
  };
  await house.settle(world);
  expect(await drops()).toEqual([
    { table_name: "insights", file_id: 3, line: 2, reason: "other_level" },
    { table_name: "insights", file_id: 3, line: 3, reason: "other_level" },
  ]);
  await house.settle(
    world,
    readDefinitions([{ accounts: { a1: { insightLevel: "ad_set" } } }], "test"),
  );
  expect(await drops()).toEqual([
    { table_name: "insights", file_id: 2, line: 2, reason: "other_level" },
  ]);
});

it("holds rows whose campaign nobody knows, until its line arrives", async () => {
  const world = {
    insights: [insight({ file_id: 2 })],
    campaign_leads: [lead({ file_id: 3 })],
    lead_status_changes: [
      { file_id: 4, lead_id: "l1", status: "QUALIFIED", changed_at: "2024-05-02 00:00:00" },
    ],
  };
  await house.settle(world);
  expect((await drops()).map((drop) => (drop as RawRow).reason)).toEqual([
    "unresolved",
    "unresolved",
    "unresolved",
  ]);
  await house.settle({ ...world, campaigns: [campaign({ file_id: 9 })] });
  expect(await drops()).toEqual([]);
});

it("finds a campaign's account in its line, else in its rows, else calls a named one main", async () => {
  await house.settle({
    campaigns: [campaign(), { campaign_id: "c2" }],
    insights: [
      insight({ file_id: 2, line: 2, campaign_id: "c3", ad_set_id: "s3", account_id: "a3" }),
      insight({ file_id: 2, line: 3, campaign_id: "c4", ad_set_id: "s4", campaign_name: "Spring" }),
      insight({ file_id: 2, line: 4, campaign_id: "c1", account_id: "other" }),
    ],
    campaign_leads: [
      lead({ file_id: 3, campaign_id: null, account_id: "a9" }),
      lead({ file_id: 3, line: 3, lead_id: "l2", account_id: "a9" }),
    ],
  });
  expect(
    await house.warehouse.all("SELECT campaign_id, account_id FROM staging.campaigns ORDER BY ALL"),
  ).toEqual([
    { campaign_id: "c1", account_id: "a1" },
    { campaign_id: "c2", account_id: "main" },
    { campaign_id: "c3", account_id: "a3" },
    { campaign_id: "c4", account_id: "main" },
  ]);
  expect(
    await house.warehouse.all(
      "SELECT lead_id, account_id FROM staging.campaign_leads ORDER BY ALL",
    ),
  ).toEqual([
    { lead_id: "l1", account_id: "a9" },
    { lead_id: "l2", account_id: "a1" },
  ]);
});

it("counts a lead once: the last line of its file wins, the others are kept with their reason", async () => {
  await house.settle({
    campaigns: [campaign()],
    campaign_leads: [
      lead({ file_id: 2, line: 2 }),
      lead({ file_id: 2, line: 3, lead_status: "QUALIFIED" }),
      lead({ file_id: 2, line: 4, lead_status: "QUALIFIED" }),
    ],
  });
  expect(await drops()).toEqual([
    { table_name: "campaign_leads", file_id: 2, line: 2, reason: "conflicting_key" },
    { table_name: "campaign_leads", file_id: 2, line: 4, reason: "exact_duplicate" },
  ]);
  expect(
    await house.warehouse.all("SELECT lead_status, copies, line FROM staging.campaign_leads"),
  ).toEqual([{ lead_status: "QUALIFIED", copies: 3, line: 3 }]);
});

it("maps a status only where it is written exactly so, per account, and reports the others", async () => {
  const definitions = readDefinitions(
    [{ accounts: { a2: { statusMap: { Interested: "engaged" } } } }],
    "test",
  );
  await house.settle(
    {
      campaigns: [campaign(), campaign({ campaign_id: "c2", account_id: "a2" })],
      campaign_leads: [
        lead({ file_id: 2, line: 2, lead_status: "NOT_QUALIFIED" }),
        lead({ file_id: 2, line: 3, lead_id: "l2", lead_status: "Interested" }),
        lead({ file_id: 2, line: 4, lead_id: "l3", lead_status: "Interested", campaign_id: "c2" }),
        lead({ file_id: 2, line: 5, lead_id: "l4", lead_status: "qualified" }),
      ],
    },
    definitions,
  );
  expect(
    await house.warehouse.all("SELECT lead_id, stage FROM staging.campaign_leads ORDER BY lead_id"),
  ).toEqual([
    { lead_id: "l1", stage: "lost" },
    { lead_id: "l2", stage: null },
    { lead_id: "l3", stage: "engaged" },
    { lead_id: "l4", stage: null },
  ]);
  expect(await house.warehouse.all("FROM staging.unmapped_statuses ORDER BY ALL")).toEqual([
    { account_id: "a1", status: "Interested", source: "campaign_leads", rows: 1 },
    { account_id: "a1", status: "qualified", source: "campaign_leads", rows: 1 },
  ]);
});

it("shows names without what nobody sees, and finds Arabic ones in any spelling", async () => {
  await house.settle({
    campaigns: [campaign({ project_name: "\u200f  Palm\u00a0 Hills\t\u200b" })],
    campaign_leads: [lead({ file_id: 2, name: " أحمد  مُصطفى \u200d", email: "a.b@example.org " })],
  });
  expect(
    await house.warehouse.first("SELECT project_name, project_search FROM staging.campaigns"),
  ).toEqual({
    project_name: "Palm Hills",
    project_search: "palm hills",
  });
  expect(
    await house.warehouse.first(
      "SELECT name, name_search, email, email_valid FROM staging.campaign_leads",
    ),
  ).toEqual({
    name: "أحمد مُصطفى",
    name_search: "احمد مصطفي",
    email: "a.b@example.org",
    email_valid: true,
  });
  const folded = await house.warehouse.first<{ same: boolean }>(
    "SELECT staging.fold('إسراء فؤاد ٢٠') = staging.fold('اسراء  فواد 20') AS same",
  );
  expect(folded?.same).toBe(true);
});

it("tells addresses that can be written to from those that cannot", async () => {
  const good = ["a@example.org", "first.last+tag@mail.example.co", "x_1@a-b.example"];
  const bad = [
    "a@b",
    "a b@example.org",
    "@example.org",
    "a@example..org",
    "a.@example.org",
    "a@-x.example",
    "none",
  ];
  await house.settle({
    campaigns: [campaign()],
    campaign_leads: [...good, ...bad].map((email, i) =>
      lead({ file_id: 2, line: i, lead_id: `l${i}`, email }),
    ),
  });
  const rows = await house.warehouse.all<{ email: string; email_valid: boolean }>(
    "SELECT email, email_valid FROM staging.campaign_leads ORDER BY line",
  );
  expect(rows.filter((row) => row.email_valid).map((row) => row.email)).toEqual(good);
});

it("does not add delivery in another currency than the campaign's", async () => {
  const file = (file_id: number, currency: string | null): RawRow => ({
    file_id,
    import_id: "i",
    name: `${file_id}.csv`,
    blob: "b",
    table_name: "insights",
    format: "test",
    currency,
    header: "[]",
    mapping: "{}",
    rows_read: 0,
    rows_accepted: 0,
    rows_rejected: 0,
    total_rows: 0,
    imported_at: "2026-01-01 00:00:00",
  });
  await house.settle({
    campaigns: [campaign()],
    files: [file(2, "USD"), file(3, null)],
    insights: [insight({ file_id: 2, day: "2024-05-02" }), insight({ file_id: 3 })],
  });
  expect(await drops()).toEqual([
    { table_name: "insights", file_id: 3, line: 3, reason: "other_currency" },
  ]);
  expect(await house.warehouse.first("SELECT currency FROM staging.campaigns")).toEqual({
    currency: "USD",
  });
});
