import { afterAll, beforeAll, expect, it } from "vitest";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { tableCounts } from "../../src/quality/table-counts.ts";
import { type House, openHouse, type RawRow, type RawWorld } from "../marts/raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const file = (
  file_id: number,
  import_id: string,
  table_name: string,
  account: string | null = null,
): RawRow => ({
  file_id,
  import_id,
  name: `${table_name}-${file_id}.csv`,
  blob: `b${file_id}`,
  table_name,
  format: "test",
  account,
  header: "[]",
  mapping: "{}",
  rows_read: 0,
  rows_accepted: 0,
  rows_rejected: 0,
  total_rows: 0,
  imported_at: "2026-06-01 00:00:00",
});

const inFile = (file_id: number, ...rows: RawRow[]) =>
  rows.map((row, i) => ({ line: i + 2, ...row, file_id }));

const insight = (campaign_id: string, spend_minor: number, more: RawRow = {}): RawRow => ({
  level: "ad_set",
  campaign_id,
  ad_set_id: "1",
  day: "2026-05-01",
  spend_minor,
  ...more,
});

const lead = (lead_id: string, name: string, more: RawRow = {}): RawRow => ({
  lead_id,
  name,
  added_at: "2026-05-01 10:00:00",
  ...more,
});

const status = (lead_id: string, text: string): RawRow => ({
  lead_id,
  status: text,
  changed_at: "2026-05-02 10:00:00",
});

/** Two CRMs that number from 1, each imported with its account named (--account). */
const TWO_CRMS: RawWorld = {
  files: [
    file(1, "north", "campaigns", "north"),
    file(2, "north", "insights", "north"),
    file(3, "north", "campaign_leads", "north"),
    file(4, "north", "lead_status_changes", "north"),
    file(5, "south", "campaigns", "south"),
    file(6, "south", "insights", "south"),
    file(7, "south", "campaign_leads", "south"),
    file(8, "south", "lead_status_changes", "south"),
  ],
  campaigns: [
    ...inFile(1, { campaign_id: "5", campaign_name: "Palm" }),
    ...inFile(5, { campaign_id: "5", campaign_name: "Reef" }, { campaign_id: "6" }),
  ],
  insights: [
    ...inFile(2, insight("5", 100)),
    ...inFile(6, insight("5", 900), insight("6", 50, { ad_set_id: "2" })),
  ],
  campaign_leads: [
    ...inFile(3, lead("1", "Mona", { campaign_id: "5" }), lead("2", "Adel")),
    ...inFile(7, lead("1", "Sami", { campaign_id: "5" }), lead("3", "Huda")),
  ],
  lead_status_changes: [
    ...inFile(4, status("1", "QUALIFIED")),
    ...inFile(8, status("1", "SPAM"), status("3", "QUALIFIED")),
  ],
};

const drops = () =>
  house.warehouse.all("SELECT table_name, file_id, line, reason FROM staging.drops ORDER BY ALL");
const leads = () =>
  house.warehouse.all<Record<string, string | null>>(
    `SELECT l.lead_id, l.name, l.account_id, l.campaign_id, o.stage
     FROM staging.campaign_leads AS l JOIN marts.lead_outcome AS o USING (lead_id) ORDER BY ALL`,
  );

it("keeps people and campaigns of two accounts apart, though both count from 1", async () => {
  await house.settle(TWO_CRMS);
  expect(await drops()).toEqual([]);
  expect(await leads()).toEqual([
    {
      lead_id: "1 @ north",
      name: "Mona",
      account_id: "north",
      campaign_id: "5 @ north",
      stage: "qualified",
    },
    {
      lead_id: "1 @ south",
      name: "Sami",
      account_id: "south",
      campaign_id: "5 @ south",
      stage: "invalid",
    },
    { lead_id: "2", name: "Adel", account_id: "north", campaign_id: null, stage: "unknown" },
    { lead_id: "3", name: "Huda", account_id: "south", campaign_id: null, stage: "qualified" },
  ]);
  const { items } = await house.queries.campaigns(
    {
      from: "all",
      account: [],
      project: [],
      campaign: [],
      basis: "corrected",
      sort: "spend",
      order: "desc",
      limit: 9,
    },
    EVERYTHING,
  );
  expect(
    items.map((one) => [one.campaignId, one.campaignName, one.account, one.spendMinor]),
  ).toEqual([
    ["5 @ south", "Reef", "south", 900],
    ["5 @ north", "Palm", "north", 100],
    ["6", null, "south", 50],
  ]);
});

it("still lets a newer file of the same account take the place of its older one, and of nothing else", async () => {
  const newer = [
    file(9, "again", "insights", "south"),
    file(10, "again", "campaign_leads", "south"),
  ];
  await house.settle({
    ...TWO_CRMS,
    files: [...(TWO_CRMS.files ?? []), ...newer],
    insights: [...(TWO_CRMS.insights ?? []), ...inFile(9, insight("5", 950))],
    campaign_leads: [...(TWO_CRMS.campaign_leads ?? []), ...inFile(10, lead("1", "Sami S."))],
  });
  expect(await drops()).toEqual([
    { table_name: "campaign_leads", file_id: 7, line: 2, reason: "superseded" },
    { table_name: "insights", file_id: 6, line: 2, reason: "superseded" },
  ]);
});

it("takes rows without an account for those of the account that their own import names", async () => {
  const { files: _files, ...tables } = TWO_CRMS;
  await house.settle({
    files: [
      file(1, "north", "campaigns", "north"),
      file(2, "north", "insights"),
      file(3, "north", "campaign_leads"),
      file(4, "north", "lead_status_changes"),
      file(5, "south", "campaigns", "south"),
      file(6, "south", "insights"),
      file(7, "south", "campaign_leads"),
      file(8, "south", "lead_status_changes"),
    ],
    ...tables,
    campaign_leads: [
      ...inFile(3, lead("1", "Mona", { campaign_id: "5" })),
      ...inFile(7, lead("1", "Sami", { campaign_id: "5" })),
    ],
    lead_status_changes: [
      ...inFile(4, status("1", "QUALIFIED")),
      ...inFile(8, status("1", "SPAM")),
    ],
  });
  expect(await drops()).toEqual([]);
  expect((await leads()).map((row) => [row.lead_id, row.name, row.stage])).toEqual([
    ["1 @ north", "Mona", "qualified"],
    ["1 @ south", "Sami", "invalid"],
  ]);
});

it("leaves the older account's rows where they were when a second account brings the same ids", async () => {
  const alone = [
    file(1, "c", "campaigns"),
    file(2, "i", "insights"),
    file(3, "l", "campaign_leads"),
    file(4, "s", "lead_status_changes"),
  ];
  const before: RawWorld = {
    files: alone,
    campaigns: inFile(1, { campaign_id: "5", account_id: "north" }),
    insights: inFile(2, insight("5", 100)),
    campaign_leads: inFile(3, lead("1", "Mona", { campaign_id: "5" })),
    lead_status_changes: inFile(4, status("1", "QUALIFIED")),
  };
  const second: RawWorld = {
    ...before,
    files: [...alone, file(5, "c2", "campaigns"), file(6, "late", "insights")],
    campaigns: [
      ...(before.campaigns ?? []),
      ...inFile(5, { campaign_id: "5", account_id: "south" }),
    ],
  };
  await house.settle(second);
  expect(await drops()).toEqual([]);
  expect((await leads()).map((row) => [row.account_id, row.stage])).toEqual([
    ["north", "qualified"],
  ]);
  // From now on a file that does not say whose campaign 5 it means waits for its account.
  await house.settle({
    ...second,
    insights: [...(before.insights ?? []), ...inFile(6, insight("5", 700))],
  });
  expect(await drops()).toEqual([
    { table_name: "insights", file_id: 6, line: 2, reason: "unresolved" },
  ]);
});

it("sees one campaign where only the words for its account differ", async () => {
  await house.settle({
    campaigns: inFile(1, { campaign_id: "5", account_id: "412" }),
    insights: inFile(2, insight("5", 100, { account_id: "act_9" })),
    campaign_leads: inFile(3, lead("1", "Mona", { campaign_id: "5", account_id: "crm" })),
  });
  expect(await drops()).toEqual([]);
  expect(
    await house.warehouse.all("SELECT campaign_id, account_id FROM staging.campaigns"),
  ).toEqual([{ campaign_id: "5", account_id: "412" }]);
});

it("reports conflicting lines of one file by account: the same ad set or lead id in two accounts is no conflict", async () => {
  await house.settle({
    campaigns: inFile(
      1,
      { campaign_id: "5", account_id: "north" },
      { campaign_id: "5", account_id: "south" },
    ),
    insights: inFile(
      2,
      insight("5", 100, { account_id: "north" }),
      insight("5", 900, { account_id: "south" }),
    ),
    campaign_leads: inFile(
      3,
      lead("1", "Mona", { account_id: "north" }),
      lead("1", "Mona A.", { account_id: "north" }),
      lead("1", "Sami", { account_id: "south" }),
      lead("1", "Sami S.", { account_id: "south" }),
    ),
  });
  expect(await house.warehouse.all("SELECT key, rows FROM staging.conflicts ORDER BY key")).toEqual(
    [
      { key: "1 @ north", rows: 2 },
      { key: "1 @ south", rows: 2 },
    ],
  );
  expect((await tableCounts(house.warehouse)).conflictingInsightKeys).toBe(0);
});
