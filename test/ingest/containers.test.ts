import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { csv, type Desk, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const TEXT = csv(
  "Campaign name;Day;Impressions;Amount spent (EGP);Clicks (all)",
  "حملة;13/06/2024;1.234;1.234,50;12",
  "Spring;14/06/2024;999;5,25;1",
);
const COLUMNS = "campaign_name, day, impressions, spend_minor, clicks";
const ROWS = [
  { campaign_name: "حملة", day: "2024-06-13", impressions: 1234, spend_minor: 123450, clicks: 12 },
  { campaign_name: "Spring", day: "2024-06-14", impressions: 999, spend_minor: 525, clicks: 1 },
];

it.each([
  ["UTF-8 with semicolons", "x.csv", Buffer.from(TEXT)],
  [
    "UTF-16 with tabs, named .csv",
    "x.csv",
    Buffer.from(`\ufeff${TEXT.replaceAll(";", "\t")}`, "utf16le"),
  ],
  ["gzip of Windows line ends", "x.csv.gz", gzipSync(TEXT.replaceAll("\n", "\r\n"))],
])("types the same rows from %s", async (_, name, bytes) => {
  const file = await desk.loadOne(name, bytes);
  expect(file.format).toBe("meta-ads-manager");
  expect(await desk.rows(file, COLUMNS)).toEqual(ROWS);
});

it("types JSON lines, whose numbers and booleans are numbers and booleans", async () => {
  const lines = [
    {
      id: 7,
      campaign_id: 6493,
      name: "منى",
      phone: "010",
      lead_status: "NEW_LEAD",
      added_date: "2024-06-01T10:00:00Z",
      score: 3.5,
    },
    {
      id: 8,
      campaign_id: 6493,
      name: null,
      phone: "011",
      lead_status: "NEW_LEAD",
      added_date: "2024-06-01T11:00:00Z",
      score: 4,
    },
  ];
  const file = await desk.loadOne(
    "leads.jsonl",
    lines.map((line) => JSON.stringify(line)).join("\n"),
  );
  expect(await desk.rows(file, "lead_id, campaign_id, name, added_at, attributes")).toEqual([
    {
      lead_id: "7",
      campaign_id: "6493",
      name: "منى",
      added_at: "2024-06-01 13:00:00",
      attributes: '{"score":3.5}',
    },
    {
      lead_id: "8",
      campaign_id: "6493",
      name: null,
      added_at: "2024-06-01 14:00:00",
      attributes: '{"score":4}',
    },
  ]);
});
