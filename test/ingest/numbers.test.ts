import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findNumberStyle, minorSql } from "../../src/ingest/number-style.ts";
import { csv, type Desk, openDesk } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const HEADER = "Date\tCampaign\tCost\tImpressions\tClicks";

/** Amounts of one file in minor units, in the order of its lines. */
async function amounts(cells: readonly string[]): Promise<unknown[]> {
  const lines = cells.map((cell) => `2024-06-01\tA\t${cell}\t1\t1`);
  const file = await desk.loadOne("x.tsv", csv(HEADER, ...lines));
  expect(file.rowsRejected).toBe(0);
  return (await desk.rows(file, "spend_minor")).map((row) => row.spend_minor);
}

const STYLES: readonly { name: string; group: string; decimal: string; digits?: string }[] = [
  { name: "1234.56", group: "", decimal: "." },
  { name: "1,234.56", group: ",", decimal: "." },
  { name: "1234,56", group: "", decimal: "," },
  { name: "1.234,56", group: ".", decimal: "," },
  { name: "1 234,56", group: "\u202f", decimal: "," },
  { name: "1 234.56", group: " ", decimal: "." },
  { name: "1'234.56", group: "'", decimal: "." },
  { name: "١٬٢٣٤٫٥٦", group: "٬", decimal: "٫", digits: "٠١٢٣٤٥٦٧٨٩" },
];

function written(minor: number, style: (typeof STYLES)[number]): string {
  const whole = String(Math.floor(Math.abs(minor) / 100));
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, style.group);
  const text = `${minor < 0 ? "-" : ""}${grouped}${style.decimal}${String(Math.abs(minor) % 100).padStart(2, "0")}`;
  return text.replace(/[0-9]/g, (digit) => style.digits?.[Number(digit)] ?? digit);
}

it.each(STYLES)("reads back to the piastre every amount printed as $name", async (style) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), {
        minLength: 1,
        maxLength: 40,
      }),
      async (minors) => {
        expect(await amounts(minors.map((minor) => written(minor, style)))).toEqual(minors);
      },
    ),
    { numRuns: 3, seed: 11 },
  );
});

it("lets the other amounts of the column decide what a lone mark before three digits means", async () => {
  expect(await amounts(["1,234", "0.50"])).toEqual([123400, 50]);
  expect(await amounts(["1.234", "0,50"])).toEqual([123400, 50]);
  expect(await amounts(["1,234", "1,234,567"])).toEqual([123400, 123456700]);
});

it.each([[["1,234", "5"]], [["1.234", "2.345"]], [["1.234,50", "1,234.50"]]])(
  "asks rather than guesses for %j",
  async (cells) => {
    const lines = cells.map((cell) => `2024-06-01\tA\t${cell}\t1\t1`);
    expect((await desk.refused("x.tsv", csv(HEADER, ...lines))).code).toBe("AMBIGUOUS_NUMBER");
  },
);

it("takes a count's lone mark for thousands, and never a fraction for a count", async () => {
  const file = await desk.loadOne(
    "x.tsv",
    csv(HEADER, "2024-06-01\tA\t1.00\t1,234\t1.234", "2024-06-01\tA\t1.00\t5.0\t12"),
  );
  expect(await desk.rows(file, "impressions, clicks")).toEqual([
    { impressions: 1234, clicks: 1234 },
    { impressions: 5, clicks: 12 },
  ]);
});

it("obeys the decimal mark that a person named", async () => {
  const text = csv(HEADER, "2024-06-01\tA\t1,23\t1\t1", "2024-06-02\tA\t1.23\t1\t1");
  const mapping = { table: "insights" as const, fields: {}, decimal: "," as const };
  const file = await desk.loadOne("x.tsv", text, { mapping });
  expect(await desk.rows(file, "spend_minor")).toEqual([{ spend_minor: 123 }]);
  expect(await desk.rejects(file)).toMatchObject([{ line: 3, code: "NUMBER_CHANGES" }]);
});

it.each([
  "1e3",
  "0x10",
  "1_000",
  "12,34,567",
  "007",
  "++1",
  "1.2.3",
  "NaN1",
  "∞",
  "12-3",
  "99999999999999999999999",
])("never takes %s for an amount", async (cell) => {
  const file = await desk.loadOne(
    "x.tsv",
    csv(HEADER, "2024-06-01\tA\t1.50\t1\t1", `2024-06-02\tA\t${cell}\t1\t1`),
  );
  expect([file.rowsAccepted, file.rowsRejected]).toEqual([1, 1]);
});

it("adds no float dust: a thousand dimes are a hundred pounds", async () => {
  const sum = (await amounts(Array.from({ length: 1000 }, () => "0.10"))).reduce(
    (total: number, minor) => total + Number(minor),
    0,
  );
  expect(sum).toBe(10_000);
});

it("reads amounts of currencies without and with three decimals", async () => {
  const style = { decimal: "." as const, tokens: [] };
  const minor = async (cell: string, decimals: number) =>
    (
      await desk.session.first<{ v: number | null }>(
        `SELECT ${minorSql("c", style, decimals, false)} AS v FROM (SELECT $cell::VARCHAR AS c)`,
        { cell },
      )
    )?.v;
  expect(await minor("1500", 0)).toBe(1500);
  expect(await minor("1500.0", 0)).toBe(1500);
  expect(await minor("1500.5", 0)).toBeNull();
  expect(await minor("1.234", 3)).toBe(1234);
  expect(await minor("-0.05", 2)).toBe(-5);
  expect(await minor(".5", 2)).toBe(50);
});

it("finds in any order of cells the same style", () => {
  const shapes = [
    { shape: "9.999,99", zero: false, cells: 3, line: 2, example: "1.234,50" },
    { shape: "9,999", zero: false, cells: 9, line: 3, example: "1,234" },
    { shape: "99", zero: false, cells: 50, line: 4, example: "12" },
  ];
  expect(findNumberStyle(shapes, false, undefined)).toEqual(
    findNumberStyle(shapes.toReversed(), false, undefined),
  );
  expect(findNumberStyle(shapes, false, undefined)).toMatchObject({ style: { decimal: "," } });
});
