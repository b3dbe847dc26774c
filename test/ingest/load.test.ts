import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { dropLoaded, loadSource } from "../../src/ingest/load.ts";
import { parseMapArgument } from "../../src/ingest/map-argument.ts";
import { csv, type Desk, openDesk } from "./desk.ts";
import { zip } from "./read/table-files.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const INSIGHTS = "ad_set_id,campaign_id,reach,spend,clicks,impressions,created_at";

it("types insights exactly, wherever the columns stand", async () => {
  const one = await desk.loadOne(
    "insights.csv",
    csv(INSIGHTS, "16,7,848,164.62,77,1015,2024-06-01 00:00:00"),
  );
  const other = await desk.loadOne(
    "insights.csv",
    csv(
      "created_at,impressions,clicks,spend,reach,campaign_id,ad_set_id",
      "2024-06-01,1015,77.0,164.6200,848,7,16",
    ),
  );
  const columns =
    "line, level, campaign_id, ad_set_id, day, spend_minor, clicks, impressions, reach, attributes";
  const [row] = await desk.rows(one, columns);
  expect(row).toEqual({
    line: 2,
    level: "ad_set",
    campaign_id: "7",
    ad_set_id: "16",
    day: "2024-06-01",
    spend_minor: 16462,
    clicks: 77,
    impressions: 1015,
    reach: 848,
    attributes: null,
  });
  expect(await desk.rows(other, columns)).toEqual([row]);
});

it("keeps a record with several faults once, with one reason for each", async () => {
  const file = await desk.loadOne(
    "insights.csv",
    csv(
      INSIGHTS,
      "16,7,1,1.00,1,1,2024-06-01",
      "16,7,1,1.00,3.7,1e3,2024-02-30",
      ",7,1,1.00,1,1,2024-06-02",
      "17,1.20331E+17,1,0.125,1,12345678901234567890,2024-06-03",
      "18,7,N/A,-1.50,-2,5,2024-06-04",
    ),
  );
  expect([file.rowsRead, file.rowsAccepted, file.rowsRejected, file.totalRows]).toEqual([
    5, 2, 3, 0,
  ]);
  expect(await desk.rejects(file)).toEqual([
    { line: 3, column_name: "clicks", value: "3.7", code: "NUMBER_CHANGES" },
    { line: 3, column_name: "created_at", value: "2024-02-30", code: "BAD_DATE" },
    { line: 3, column_name: "impressions", value: "1e3", code: "NUMBER_CHANGES" },
    { line: 4, column_name: "ad_set_id", value: null, code: "MISSING_VALUE" },
    { line: 5, column_name: "campaign_id", value: "1.20331E+17", code: "DAMAGED_ID" },
    { line: 5, column_name: "impressions", value: "12345678901234567890", code: "NUMBER_CHANGES" },
    { line: 5, column_name: "spend", value: "0.125", code: "TOO_MANY_DECIMALS" },
  ]);
  const kept = await desk.session.all<{ record: string }>(
    `SELECT DISTINCT record FROM ${file.rejectsTable} WHERE line = 4`,
  );
  expect(kept).toEqual([{ record: ",7,1,1.00,1,1,2024-06-02" }]);
  expect((await desk.rows(file, "spend_minor, clicks, reach"))[1]).toEqual({
    spend_minor: -150,
    clicks: -2,
    reach: null,
  });
});

it("recognises total lines of an ads export and does not count them", async () => {
  const header =
    "Reporting starts,Reporting ends,Campaign name,Day,Impressions,Amount spent (EGP),Link clicks";
  const file = await desk.loadOne(
    "export.csv",
    csv(
      header,
      '2024-06-01,2024-06-02,,,30,"1,003.00",3',
      "2024-06-01,2024-06-02,Spring,2024-06-01,10,1.00,1",
      "2024-06-01,2024-06-02,Spring,2024-06-02,20,2.00,2",
      '2024-06-01,2024-06-02,Results from 1 campaign,,30,"1,000.00",3',
    ),
  );
  expect([file.rowsAccepted, file.rowsRejected, file.totalRows]).toEqual([2, 0, 2]);
  expect(file.currency).toBe("EGP");
  expect(await desk.rows(file, "campaign_id, day, spend_minor, attributes")).toEqual([
    { campaign_id: "name:spring", day: "2024-06-01", spend_minor: 100, attributes: null },
    { campaign_id: "name:spring", day: "2024-06-02", spend_minor: 200, attributes: null },
  ]);
});

it("reads an Arabic ads export with Arabic digits and a total line", async () => {
  const file = await desk.loadOne(
    "تقرير.csv",
    csv(
      "اسم الحملة,اليوم,الوصول,مرات الظهور,المبلغ الذي تم إنفاقه (EGP),النقرات (الكل),النتائج",
      "حملة الصيف,٢٠٢٤-٠٦-٠١,٩٠٠,١٬٢٣٤,١٬٢٣٤٫٥٦,٧٧,٥",
      "حملة الصيف,٢٠٢٤-٠٦-٠٢,٩٠٠,٥٠٠,١٠٫٠٠,٧,٤",
      "الإجمالي,,١٨٠٠,١٧٣٤,١٬٢٤٤٫٥٦,٨٤,٩",
    ),
  );
  expect([file.format, file.totalRows, file.rowsRejected]).toEqual(["meta-ads-manager", 1, 0]);
  expect(await desk.rows(file, "campaign_name, day, spend_minor, impressions, clicks")).toEqual([
    {
      campaign_name: "حملة الصيف",
      day: "2024-06-01",
      spend_minor: 123456,
      impressions: 1234,
      clicks: 77,
    },
    {
      campaign_name: "حملة الصيف",
      day: "2024-06-02",
      spend_minor: 1000,
      impressions: 500,
      clicks: 7,
    },
  ]);
});

it("refuses an export over several days, and takes one whose every row is one day", async () => {
  const header = "Reporting starts,Reporting ends,Campaign name,Impressions,Amount spent (EGP)";
  const problem = await desk.refused("e.csv", csv(header, "2024-06-01,2024-06-30,Spring,10,1.00"));
  expect(problem.code).toBe("NO_DAY_BREAKDOWN");
  const daily = await desk.loadOne(
    "e.csv",
    csv(
      header,
      "2024-06-01,2024-06-01,Spring,10,1.00",
      "2024-06-02,2024-06-02,Spring,10,1.00",
      "2024-06-01,2024-06-02,Total,20,2.00",
    ),
  );
  expect([daily.rowsAccepted, daily.totalRows]).toEqual([2, 1]);
});

it("keeps a campaign that is really called Total", async () => {
  const file = await desk.loadOne(
    "e.csv",
    csv(
      "Campaign name,Day,Impressions,Amount spent (EGP)",
      "Total,2024-06-01,10,1.00",
      "Other,2024-06-01,10,1.00",
    ),
  );
  expect([file.rowsAccepted, file.totalRows]).toEqual([2, 0]);
});

it("reads Meta's lead download: prefixes, offsets, form questions as typed attributes", async () => {
  const file = await desk.loadOne(
    "leads.csv",
    [
      "id\tcreated_time\tad_id\tadset_id\tcampaign_id\tcampaign_name\tform_id\tform_name\tis_organic\tplatform\thow_many_rooms?\tvip\tbudget\tfull_name\tphone_number\temail",
      "l:123\t2024-06-01T23:30:00+0000\tag:11\tas:12\tc:13\tSpring\tf:14\tForm\tfalse\tfb\t3\ttrue\t1.5m\tمنى سالم\tp:+201001234567\tmona@example.com",
      "l:124\t2024-12-01T10:00:00+02:00\t\t\t\t\tf:14\tForm\ttrue\tig\t\tfalse\t2.5m\tAli\tp:+201001234568\tali@example.com",
    ].join("\n"),
  );
  expect(file.format).toBe("meta-lead-ads");
  expect(file.rowsRejected).toBe(0);
  const [mona, ali] = await desk.rows(file);
  expect(mona).toMatchObject({
    lead_id: "123",
    ad_id: "11",
    ad_set_id: "12",
    campaign_id: "13",
    form_id: "14",
    is_organic: false,
    platform: "fb",
    name: "منى سالم",
    phone: "+201001234567",
    added_at: "2024-06-02 02:30:00",
  });
  expect(JSON.parse(String(mona?.attributes))).toEqual({
    "how_many_rooms?": 3,
    vip: true,
    budget: "1.5m",
  });
  expect(ali).toMatchObject({
    campaign_id: null,
    is_organic: true,
    added_at: "2024-12-01 10:00:00",
  });
  expect(JSON.parse(String(ali?.attributes))).toEqual({
    "how_many_rooms?": null,
    vip: false,
    budget: "2.5m",
  });
});

it("joins first and last names of a CRM export", async () => {
  const file = await desk.loadOne(
    "contacts.csv",
    csv(
      "Record ID,First Name,Last Name,Phone Number,Lead Status,Create Date,Contact owner",
      "1,Mona,Salem,0100,NEW,2024-03-12 09:14,Rep A",
      "2,,Ali,0101,NEW,2024-03-13 09:14,Rep B",
    ),
  );
  expect(await desk.rows(file, "name, added_at, assigned_to, account_id")).toEqual([
    { name: "Mona Salem", added_at: "2024-03-12 09:14:00", assigned_to: "Rep A", account_id: null },
    { name: "Ali", added_at: "2024-03-13 09:14:00", assigned_to: "Rep B", account_id: null },
  ]);
});

it("gives campaigns the account of the row, else of the import, else main", async () => {
  const text = csv(
    "id,user_id,project_name,daily_budget,start_time,stop_time",
    "1,9,P,1200,2024-06-01 01:00:00,",
    "2,,P,N/A,2024-06-01 01:00:00,",
  );
  expect(
    await desk.rows(await desk.loadOne("c.csv", text), "account_id, daily_budget_minor, stop_time"),
  ).toEqual([
    { account_id: "9", daily_budget_minor: 120000, stop_time: null },
    { account_id: "main", daily_budget_minor: null, stop_time: null },
  ]);
  expect(
    await desk.rows(await desk.loadOne("c.csv", text, { account: "acme" }), "account_id"),
  ).toEqual([{ account_id: "9" }, { account_id: "acme" }]);
});

it("replays a complete mapping to the same rows without recognising", async () => {
  const text = csv(
    "Kampagne,Tag,Kosten,Impressions,Clicks,Note",
    'A,13/06/2024,"1.234,50",1,1,7',
    'B,01/07/2024,"5,00",1,1,8',
  );
  const first = await desk.loadOne("x.csv", text, {
    mapping: parseMapArgument("table=insights,campaign_name=Kampagne,day=Tag,spend=Kosten"),
  });
  const again = await desk.loadOne("x.csv", text, { mapping: first.mapping });
  expect(first.mapping.dateFormats).toEqual({ day: "%d/%m/%Y" });
  expect(await desk.rows(again)).toEqual(await desk.rows(first));
  expect(again.mapping).toEqual(first.mapping);
  expect((await desk.rows(first, "spend_minor, day, attributes"))[0]).toEqual({
    spend_minor: 123450,
    day: "2024-06-13",
    attributes: '{"Note":7}',
  });
});

it("keeps malformed records beside the others", async () => {
  const file = await desk.loadOne(
    "insights.csv",
    csv(INSIGHTS, "16,7,1,1.00,1,1,2024-06-01", "16,7,1", "16,7,1,x,1,1,2024-06-02"),
  );
  expect([file.rowsRead, file.rowsAccepted, file.rowsRejected]).toEqual([3, 1, 2]);
  expect((await desk.rejects(file)).map(({ line, code }) => [line, code])).toEqual([
    [3, "RAGGED_ROW"],
    [4, "BAD_NUMBER"],
  ]);
});

it("hands back what it recognised of a file that lacks a column, to go on by hand", async () => {
  const text = csv(
    "ad_set_id,campaign_id,reach,spend,clicks,impressions,when_it_was",
    "16,7,1,1.00,1,1,2024-06-01",
  );
  const { failed } = await desk.load("insights.csv", text);
  expect(failed[0]?.problem.code).toBe("MISSING_COLUMN");
  expect(failed[0]?.mapping?.fields).toMatchObject({ campaign_id: "campaign_id", spend: "spend" });
  expect(failed[0]?.fields).toContainEqual({ field: "day", required: true });
  const line = /--map "([^"]+)"/.exec(failed[0]?.problem.fix ?? "")?.[1] ?? "";
  expect(line).toBe("table=insights,day=when_it_was");
  const mended = await desk.loadOne("insights.csv", text, { mapping: parseMapArgument(line) });
  expect(await desk.rows(mended, "day, reach")).toEqual([{ day: "2024-06-01", reach: 1 }]);
});

it("records no date format for a column without dates, so that a saved mapping fits other files", async () => {
  const header = "id,user_id,project_name,daily_budget,start_time,stop_time";
  const open = await desk.loadOne("c.csv", csv(header, "1,9,P,1200,2024-06-01 01:00:00,"));
  expect(open.mapping.dateFormats).toEqual({ start_time: "%Y-%m-%d %H:%M:%S" });
});

it("takes column names and accounts with quotes and dollars as they are", async () => {
  const file = await desk.loadOne(
    "o'hara $x.csv",
    csv(
      `Date,Campaign,Cost ($usd it's),Impressions,Clicks,"Price $eur ""x"""`,
      "2024-06-01,A,1.00,1,1,5",
      "2024-06-01,B,x,1,1,6",
    ),
    { mapping: parseMapArgument("table=insights,spend=Cost ($usd it's)"), account: "it's $me" },
  );
  const [row] = await desk.rows(file, "account_id, attributes");
  expect(row?.account_id).toBe("it's $me");
  expect(JSON.parse(String(row?.attributes))).toEqual({ 'Price $eur "x"': 5 });
  expect(await desk.rejects(file)).toMatchObject([{ line: 3, column_name: "Cost ($usd it's)" }]);
});

it("tells how far it is, stops when asked, and gives its tables back", async () => {
  const told: string[] = [];
  const context = {
    session: desk.session,
    workDirectory: desk.folder,
    definitions: readDefinitions([], "test"),
    account: null,
    mappingFor: () => null,
  };
  const source = { name: "insights.csv", path: path.join(desk.folder, "stop.csv") };
  writeFileSync(source.path, csv(INSIGHTS, "16,7,1,1.00,1,1,2024-06-01"));
  const { loaded } = await loadSource(
    {
      ...context,
      onProgress: ({ phase, rows, fraction }) => told.push(`${phase} ${rows} ${fraction}`),
    },
    source,
  );
  expect(told.at(-1)).toBe("typing 1 1");
  const stopped = new AbortController();
  stopped.abort(new Error("enough"));
  await expect(loadSource({ ...context, signal: stopped.signal }, source)).rejects.toThrow(
    "enough",
  );
  for (const one of loaded) await dropLoaded(desk.session, one);
  const left = await desk.session.all<{ table_name: string }>(
    "SELECT table_name FROM duckdb_tables()",
  );
  const rows = loaded[0]?.rowsTable ?? "";
  expect(left.map((table) => table.table_name).filter((name) => name.startsWith(rows))).toEqual([]);
  expect(readdirSync(desk.folder).filter((name) => name.startsWith("load-"))).toEqual([]);
});

it("reads a table of thousands of columns in little memory", async () => {
  const extra = Array.from({ length: 1500 }, (_, i) => i);
  const before = process.memoryUsage().rss;
  const file = await desk.loadOne(
    "wide.csv",
    csv(
      `campaign_id,day,spend,${extra.map((i) => `extra ${i}`)}`,
      `1,2024-06-01,1.50,${extra}`,
      `2,2024-06-01,1.50,${extra}`,
    ),
  );
  expect(file.rowsAccepted).toBe(2);
  const [row] = await desk.rows(file, "attributes");
  expect(JSON.parse(String(row?.attributes))["extra 1499"]).toBe(1499);
  expect(process.memoryUsage().rss - before).toBeLessThan(700 * 2 ** 20);
});

it("gives leads without ids one made of contact and moment, the same in every export", async () => {
  const rows = [
    "Mona,+20 100 000 0001,2024-06-01 10:00:00,villa",
    "Ali,,2024-06-01 10:00:00,flat",
    "Omar,01000000003,2024-06-02 10:00:00,flat",
  ];
  const one = await desk.loadOne("x.csv", csv("Name,Phone,Date,Unit", ...rows));
  expect([one.rowsAccepted, one.rowsRejected]).toEqual([2, 1]);
  expect(await desk.rejects(one)).toEqual([
    { line: 3, column_name: "Phone", value: null, code: "MISSING_VALUE" },
  ]);
  const [mona, omar] = await desk.rows(one, "lead_id");
  expect(mona?.lead_id).toMatch(/^contact:[0-9a-f]{16}$/);
  expect(omar?.lead_id).not.toBe(mona?.lead_id);
  const again = await desk.loadOne(
    "y.csv",
    csv("Date,Full name,Phone", "2024-06-01 10:00:00,Mona S.,201000000001"),
  );
  expect(await desk.rows(again, "lead_id")).toEqual([mona]);
});

it("keeps of a mapping what only a person could say, so that it fits the next file", async () => {
  const mapping = parseMapArgument(
    "table=insights,campaign_name=Kampagne,day=Tag,spend=Kosten (EGP)",
  );
  const first = await desk.loadOne(
    "x.csv",
    csv("Kampagne,Tag,Kosten (EGP)", "A,13/06/2024,1.50", "A,01/07/2024,2.50"),
    { mapping },
  );
  expect(first.mapping).toMatchObject({ dateFormats: { day: "%d/%m/%Y" }, currency: "EGP" });
  expect(first.kept).toEqual({ table: "insights", fields: first.mapping.fields });
  const next = await desk.loadOne("y.csv", csv("Kampagne,Tag,Kosten (USD)", "A,2024-07-02,1.50"), {
    mapping: first.kept,
  });
  expect([next.currency, next.mapping.dateFormats?.day]).toEqual(["USD", "%Y-%m-%d"]);
  const told = await desk.loadOne(
    "z.csv",
    csv("Kampagne,Tag,Kosten (EGP)", "A,01/02/2024,1.50", "A,03/02/2024,2.50"),
    { mapping: { ...mapping, dateFormats: { day: "%d/%m/%Y" } } },
  );
  expect(told.kept.dateFormats).toEqual({ day: "%d/%m/%Y" });
});

it("refuses the tables of a zip that cannot be read beside those that can", async () => {
  const { loaded, failed } = await desk.load(
    "export.zip",
    zip({
      "insights.csv": csv(INSIGHTS, "16,7,1,1.00,1,1,2024-06-01"),
      "leads.csv": "<!doctype html><html>sign in</html>",
      "notes.md": "# notes",
    }),
  );
  expect(loaded.map((one) => one.name)).toEqual(["export.zip/insights.csv"]);
  expect(failed.map((one) => [one.name, one.problem.code])).toEqual([
    ["export.zip/leads.csv", "HTML_FILE"],
  ]);
});

it("takes column names with a NUL in them, in text and in JSON", async () => {
  const text = await desk.loadOne("x.csv", "Date,Campaign,Cost,no\0te\n2024-06-01,A,1.00,5\n");
  expect(await desk.rows(text, "attributes")).toEqual([{ attributes: '{"note":5}' }]);
  const json = await desk.loadOne(
    "x.jsonl",
    `${JSON.stringify({ Date: "2024-06-01", Campaign: "A", Cost: 1, "no\0te": 5 })}\n`,
  );
  expect(json.rowsAccepted).toBe(1);
});
