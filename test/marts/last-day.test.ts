import { afterAll, beforeAll, expect, it } from "vitest";
import type { SelectionQuery } from "../../src/contract/common.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { createMartQueries } from "../../src/marts/mart-queries.ts";
import { type House, openHouse, type RawRow } from "./raw-world.ts";

const DEFAULT: SelectionQuery = { account: [], project: [], campaign: [], basis: "corrected" };

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house?.close());

const file = (id: number, table: string, importedAt: string): RawRow => ({
  file_id: id,
  import_id: `i${id}`,
  name: `${table}.csv`,
  blob: "b",
  table_name: table,
  format: "test",
  header: "[]",
  mapping: "{}",
  rows_read: 0,
  rows_accepted: 0,
  rows_rejected: 0,
  total_rows: 0,
  imported_at: importedAt,
});
const spent = (day: string, file_id = 2): RawRow => ({
  file_id,
  level: "campaign",
  campaign_id: "c1",
  day,
  spend_minor: 100,
});
const world = (insights: readonly RawRow[], leads: readonly RawRow[] = []) => ({
  files: [
    file(1, "campaigns", "2025-06-10 20:30:00"),
    file(2, "insights", "2025-06-10 20:30:00"),
    file(3, "insights", "2025-07-01 09:00:00"),
  ],
  campaigns: [{ campaign_id: "c1", account_id: "a1" }],
  insights: insights.map((row, i) => ({ line: i + 2, ...row })),
  campaign_leads: leads,
});
const kpi = async (selection: SelectionQuery, id: string) => {
  const answer = await house.queries.kpis(selection, EVERYTHING);
  return { period: answer.frame.period, value: answer.kpis.find((one) => one.id === id)?.value };
};

it("is the last day that had come when its file was imported; a row of 2029 counts under all days only", async () => {
  const late = { lead_id: "l1", account_id: "a1", added_at: "2031-01-01 10:00:00" };
  await house.settle(
    world([spent("2025-06-01"), spent("2025-06-09"), spent("2029-01-31")], [late]),
  );
  expect(await kpi(DEFAULT, "spend")).toEqual({
    period: { from: "2025-05-11", to: "2025-06-09", days: 30 },
    value: 200,
  });
  const all = await kpi({ ...DEFAULT, from: "all" }, "spend");
  expect(all.period).toMatchObject({ from: "2025-06-01", to: "2031-01-01" });
  expect(all.value).toBe(300);
  expect((await kpi({ ...DEFAULT, from: "all" }, "leads")).value).toBe(1);
  expect((await kpi({ ...DEFAULT, from: "2029-01-01", to: "2029-12-31" }, "spend")).value).toBe(
    100,
  );
  expect(await house.queries.facets(EVERYTHING)).toMatchObject({
    firstDay: "2025-06-01",
    lastDay: "2025-06-09",
    endDay: "2031-01-01",
  });
  expect(await kpi({ ...DEFAULT, from: "all", to: "2025-06-09" }, "spend")).toEqual({
    period: { from: "2025-06-01", to: "2025-06-09", days: 9 },
    value: 200,
  });
});

it("names the definitions that the numbers rest on, and says so while they are brought to others", async () => {
  const [former, latter] = [0, 0.14].map((taxRate) =>
    readDefinitions([{ default: { taxRate } }], "test"),
  );
  await house.settle(world([spent("2025-06-01")]), former);
  const meanwhile = createMartQueries({
    warehouse: house.warehouse,
    definitions: () => latter ?? readDefinitions([], "test"),
  });
  const { frame } = await meanwhile.kpis(DEFAULT, EVERYTHING);
  expect([frame.definitionsVersion, frame.recomputing]).toEqual([former?.version, true]);
  await house.settle(world([spent("2025-06-01")]), latter);
  const after = await meanwhile.kpis(DEFAULT, EVERYTHING);
  expect([after.frame.definitionsVersion, after.frame.recomputing]).toEqual([
    latter?.version,
    false,
  ]);
});

it("lists the rows of one table behind a quotient, and always says how many each table has", async () => {
  const lead = { lead_id: "l1", account_id: "a1", campaign_id: "c1", added_at: "2025-06-01 10:00" };
  await house.settle(world([spent("2025-06-01"), spent("2025-06-02")], [lead]));
  const rows = (table?: "insights" | "campaign_leads" | "deals") =>
    house.queries.rows(
      { ...DEFAULT, from: "all", kpi: "cpl", dropped: false, limit: 2, table },
      EVERYTHING,
    );
  const tables = [
    { table: "insights", total: 2 },
    { table: "campaign_leads", total: 1 },
  ];
  expect(await rows()).toMatchObject({ total: 3, tables });
  const leads = await rows("campaign_leads");
  expect(leads).toMatchObject({ total: 1, tables, next: null });
  expect(leads.items.map((row) => row.table)).toEqual(["campaign_leads"]);
  expect(await rows("insights")).toMatchObject({ total: 2, tables });
  expect(await rows("deals")).toMatchObject({ total: 0, items: [], tables });
});

it("reads the moment of the import in the account's zone: 20:30 UTC is the next day in Tokyo, not in Cairo", async () => {
  const rows = world([spent("2025-06-10"), spent("2025-06-11")]);
  await house.settle(rows, readDefinitions([{ default: { timeZone: "Africa/Cairo" } }], "test"));
  expect((await kpi(DEFAULT, "spend")).period.to).toBe("2025-06-10");
  await house.settle(rows, readDefinitions([{ default: { timeZone: "Asia/Tokyo" } }], "test"));
  expect((await kpi(DEFAULT, "spend")).period.to).toBe("2025-06-11");
});

it("believes a day as soon as a newer file brings it after it has come", async () => {
  await house.settle(world([spent("2025-06-01"), spent("2025-06-20")]));
  expect((await kpi(DEFAULT, "spend")).period.to).toBe("2025-06-01");
  await house.settle(world([spent("2025-06-01"), spent("2025-06-20"), spent("2025-06-20", 3)]));
  expect((await kpi(DEFAULT, "spend")).period.to).toBe("2025-06-20");
});

it("falls back to what there is where every row is dated in the future", async () => {
  await house.settle(world([spent("2029-01-31")]));
  expect((await kpi(DEFAULT, "spend")).period.to).toBe("2029-01-31");
});
