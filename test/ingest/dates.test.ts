import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { formatText, readingOf } from "../../src/ingest/date-format.ts";
import { csv, type Desk, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const HEADER = "lead_id\tstatus\tcreated_at";
const lines = (cells: readonly string[]) => csv(HEADER, ...cells.map((cell) => `1\tNEW\t${cell}`));

async function moments(cells: readonly string[]): Promise<unknown[]> {
  const file = await desk.loadOne("x.tsv", lines(cells));
  return (await desk.rows(file, "changed_at")).map((row) => row.changed_at);
}

const EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const AR = [
  "يناير",
  "فبراير",
  "مارس",
  "أبريل",
  "مايو",
  "يونيو",
  "يوليو",
  "أغسطس",
  "سبتمبر",
  "أكتوبر",
  "نوفمبر",
  "ديسمبر",
];

interface Parts {
  y: number;
  m: number;
  d: number;
  h: number;
  i: number;
  s: number;
}
const two = (n: number) => String(n).padStart(2, "0");
const iso = (p: Parts) => `${p.y}-${two(p.m)}-${two(p.d)} ${two(p.h)}:${two(p.i)}:${two(p.s)}`;
const half = (p: Parts) => `${p.h % 12 === 0 ? 12 : p.h % 12}:${two(p.i)}:${two(p.s)}`;

const WAYS: readonly [string, (p: Parts) => string][] = [
  ["2024-06-01 13:05:09", iso],
  ["2024-06-01T13:05:09", (p) => iso(p).replace(" ", "T")],
  ["2024/06/01 13:05:09", (p) => iso(p).replace(/(\d)-/g, "$1/")],
  ["13/6/2024 13:05:09", (p) => `${p.d}/${p.m}/${p.y} ${iso(p).slice(11)}`],
  ["13-06-2024 13:05:09", (p) => `${two(p.d)}-${two(p.m)}-${p.y} ${iso(p).slice(11)}`],
  ["13.06.2024 13:05:09", (p) => `${two(p.d)}.${two(p.m)}.${p.y} ${iso(p).slice(11)}`],
  ["6/13/2024 1:05:09 PM", (p) => `${p.m}/${p.d}/${p.y} ${half(p)} ${p.h < 12 ? "AM" : "PM"}`],
  ["13 Jun 2024 13:05:09", (p) => `${p.d} ${EN[p.m - 1]} ${p.y} ${iso(p).slice(11)}`],
  [
    "Jun 13, 2024, 1:05:09 pm",
    (p) => `${EN[p.m - 1]} ${p.d}, ${p.y}, ${half(p)} ${p.h < 12 ? "am" : "pm"}`,
  ],
  [
    "13 يونيو 2024 1:05:09 م",
    (p) => `${p.d} ${AR[p.m - 1]} ${p.y} ${half(p)} ${p.h < 12 ? "ص" : "م"}`,
  ],
  ["٢٠٢٤-٠٦-٠١ ١٣:٠٥:٠٩", (p) => iso(p).replace(/\d/g, (n) => "٠١٢٣٤٥٦٧٨٩"[Number(n)] ?? n)],
];

const parts: fc.Arbitrary<Parts> = fc.record({
  y: fc.integer({ min: 2015, max: 2035 }),
  m: fc.integer({ min: 1, max: 12 }),
  d: fc.integer({ min: 1, max: 28 }),
  h: fc.integer({ min: 0, max: 23 }),
  i: fc.integer({ min: 0, max: 59 }),
  s: fc.integer({ min: 0, max: 59 }),
});

it.each(WAYS)("reads back every moment written as %s", async (_, write) => {
  await fc.assert(
    fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 150 }), async (some) => {
      // A day above 12 in each file settles which of two numbers is the month.
      const all = [...some, { y: 2024, m: 6, d: 27, h: 0, i: 0, s: 0 }];
      expect(await moments(all.map(write))).toEqual(all.map(iso));
    }),
    { numRuns: 2, seed: 5 },
  );
});

it("turns offsets into the wall clock of the account's zone, summer time included", async () => {
  expect(
    await moments([
      "2024-06-01T10:00:00+0000",
      "2024-01-01T10:00:00Z",
      "2024-01-01T10:00:00.250+05:30",
      "2024-01-01 10:00:00 UTC",
      "2024-01-01 10:00:00 GMT+0200",
    ]),
  ).toEqual([
    "2024-06-01 13:00:00",
    "2024-01-01 12:00:00",
    "2024-01-01 06:30:00.25",
    "2024-01-01 12:00:00",
    "2024-01-01 10:00:00",
  ]);
});

it("takes a date without a time among dates with one for midnight", async () => {
  expect(await moments(["2024-06-01", "2024-06-01 10:05", "2024-06-02 10:05:06.5"])).toEqual([
    "2024-06-01 00:00:00",
    "2024-06-01 10:05:00",
    "2024-06-02 10:05:06.5",
  ]);
});

it("asks when day and month cannot be told apart, showing line and both readings", async () => {
  const problem = await desk.refused("x.tsv", lines(["01/01/2024", "03/04/2024", "05/06/2024"]));
  expect(problem.code).toBe("AMBIGUOUS_DATE");
  expect(problem.what).toContain('line 3: "03/04/2024"');
  expect(problem.details?.formats).toEqual(["%d/%m/%Y", "%m/%d/%Y"]);
  expect(problem.fix).toContain('--date-format "changed_at=%d/%m/%Y"');
});

it("does not ask when both readings are the same day", async () => {
  expect(await moments(["01/01/2024", "02/02/2024"])).toEqual([
    "2024-01-01 00:00:00",
    "2024-02-02 00:00:00",
  ]);
});

it.each([
  ["two orders", ["13/01/2024", "01/14/2024"]],
  ["two writings", ["2024-06-01", "01/06/2024"]],
  ["clocks with and without an offset", ["2024-06-01 10:00:00", "2024-06-01T10:00:00Z"]],
  ["clocks of 12 and of 24 hours", ["2024-06-01 10:00:00", "2024-06-01 10:00:00 PM"]],
])("refuses %s in one column, showing lines of each", async (_, cells) => {
  const problem = await desk.refused("x.tsv", lines(cells));
  expect(problem.code).toBe("MIXED_DATES");
  for (const cell of cells) expect(problem.what).toContain(cell);
});

it("reads with the format that a person named, and rejects what it does not fit", async () => {
  const mapping = {
    table: "lead_status_changes" as const,
    fields: {},
    dateFormats: { changed_at: "%m/%d/%Y" },
  };
  const file = await desk.loadOne("x.tsv", lines(["03/04/2024", "13/04/2024"]), { mapping });
  expect(await desk.rows(file, "changed_at")).toEqual([{ changed_at: "2024-03-04 00:00:00" }]);
  expect(await desk.rejects(file)).toMatchObject([
    { line: 3, value: "13/04/2024", code: "BAD_DATE" },
  ]);
});

it("reads two-digit years and day numbers of a spreadsheet only where told to", async () => {
  const given = (format: string) => ({
    mapping: {
      table: "lead_status_changes" as const,
      fields: {},
      dateFormats: { changed_at: format },
    },
  });
  expect((await desk.refused("x.tsv", lines(["13/06/24"]))).code).toBe("UNKNOWN_DATE_FORMAT");
  expect((await desk.refused("x.tsv", lines(["45444.5"]))).code).toBe("UNKNOWN_DATE_FORMAT");
  const short = await desk.loadOne("x.tsv", lines(["13/06/24"]), given("%d/%m/%y"));
  expect(await desk.rows(short, "changed_at")).toEqual([{ changed_at: "2024-06-13 00:00:00" }]);
  const excel = await desk.loadOne("x.tsv", lines(["45444.5"]), given("excel"));
  expect(await desk.rows(excel, "changed_at")).toEqual([{ changed_at: "2024-06-01 12:00:00" }]);
});

it.each([
  "2024-02-30",
  "2024-13-01",
  "0024-06-01",
  "infinity",
  "2024-06-01 25:00",
  "yesterday",
  "20240601",
  "2024-06-01 BC",
])("rejects %s among good dates instead of making it null", async (cell) => {
  const file = await desk.loadOne("x.tsv", lines(["2024-06-01", cell, "2024-06-02"]));
  expect([file.rowsAccepted, file.rowsRejected]).toEqual([2, 1]);
  expect(await desk.rejects(file)).toMatchObject([{ line: 3, value: cell, code: "BAD_DATE" }]);
});

it("looks at every record: a proof beyond the sample counts, and so does a doubt", async () => {
  const many = Array.from({ length: 20_050 }, () => "03/04/2024");
  const settled = await desk.loadOne("x.tsv", lines([...many, "25/04/2024"]));
  expect(settled.mapping.dateFormats).toEqual({ changed_at: "%d/%m/%Y" });
  expect(settled.rowsAccepted).toBe(20_051);
  const early = ["25/04/2024", ...many];
  expect((await desk.refused("x.tsv", lines([...early, "04/25/2024"]))).code).toBe("MIXED_DATES");
  const bad = await desk.loadOne("x.tsv", lines([...early, "31/04/2024"]));
  expect([bad.rowsAccepted, bad.rowsRejected]).toEqual([20_051, 1]);
});

it("names every format so that the name leads back to it", () => {
  for (const text of [
    "%Y-%m-%d",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%d.%m.%Y",
    "%d %b %Y",
    "%b %d, %Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S%z",
  ]) {
    const reading = readingOf(text);
    expect(reading.kind === "format" ? formatText(reading.format) : null).toBe(text);
  }
});
