/**
 * Exports as people have them, made at random beside what they say: every record is typed as it was meant or rejected
 * for the cell that was spoilt, and no damage to the bytes ends in anything but rows, rejects or a Problem.
 */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Desk, openDesk } from "./desk.ts";
import { fuzzed, tally } from "./fuzz-size.ts";

const SOUND = { seed: 41, ...fuzzed(12) };
const DAMAGED = { seed: 41, ...fuzzed(24) };
const LIMIT_MS = 60_000 + DAMAGED.numRuns * 2_000;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

interface Meant {
  readonly campaign: string;
  readonly day: { readonly m: number; readonly d: number };
  readonly minor: number;
  readonly impressions: number;
  /** The column that is spoilt, and with what. */
  readonly spoilt:
    | readonly [column: "campaign" | "day" | "spend" | "impressions", cell: string]
    | null;
}

interface Style {
  readonly header: readonly [campaign: string, day: string, spend: string, impressions: string];
  readonly extra: string;
  readonly order: readonly number[];
  readonly day: (m: number, d: number) => string;
  readonly amount: "us" | "de" | "plain";
  readonly delimiter: string;
  readonly encoding: string;
  readonly lineBreak: string;
  readonly gzip: boolean;
}

const two = (n: number) => String(n).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: readonly Style["day"][] = [
  (m, d) => `2024-${two(m)}-${two(d)}`,
  (m, d) => `${two(d)}/${two(m)}/2024`,
  (m, d) => `${m}/${d}/2024`,
  (m, d) => `${d}.${m}.2024`,
  (m, d) => `${d} ${MONTHS[m - 1]} 2024`,
  (m, d) => `2024-${two(m)}-${two(d)} 10:05:00 UTC`,
];
const HEADERS: readonly Style["header"][] = [
  ["Campaign name", "Day", "Amount spent (EGP)", "Impressions"],
  ["اسم الحملة", "اليوم", "المبلغ الذي تم إنفاقه (EGP)", "مرات الظهور"],
  ["campaign", "date", "cost (EGP)", "views"],
];

const style: fc.Arbitrary<Style> = fc.record({
  header: fc.constantFrom(...HEADERS),
  extra: fc.constantFrom("Results", "ملاحظات", "a,b", 'say "x"', "Ends $1"),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
  day: fc.constantFrom(...DAYS),
  amount: fc.constantFrom("us", "de", "plain"),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  encoding: fc.constantFrom("utf8", "utf8-bom", "utf16le", "utf16be"),
  lineBreak: fc.constantFrom("\n", "\r\n"),
  gzip: fc.boolean(),
});

const record: fc.Arbitrary<Meant> = fc.record({
  campaign: fc.constantFrom("Palm 1", "حملة الصيف", 'The "Gate"', "a;b|c,d", "😀 villas"),
  day: fc.record({ m: fc.integer({ min: 1, max: 12 }), d: fc.integer({ min: 1, max: 28 }) }),
  minor: fc.integer({ min: -5_000, max: 900_000_000 }),
  impressions: fc.integer({ min: 1, max: 9_000_000 }),
  spoilt: fc.option(
    fc.oneof(
      fc.constantFrom<[string, string]>(["campaign", ""], ["day", "soon"], ["day", ""]),
      fc.constantFrom<[string, string]>(["spend", ""], ["spend", "1e3"], ["spend", "USD 5"]),
      fc.constantFrom<[string, string]>(["impressions", "ten"], ["impressions", "3.7e1"]),
    ) as fc.Arbitrary<NonNullable<Meant["spoilt"]>>,
    { freq: 4 },
  ),
});

function amountText(minor: number, way: Style["amount"]): string {
  const sign = minor < 0 ? "-" : "";
  const whole = String(Math.floor(Math.abs(minor) / 100));
  const cents = two(Math.abs(minor) % 100);
  const grouped = (mark: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark);
  if (way === "plain") return `${sign}${whole}.${cents}`;
  return way === "us" ? `${sign}${grouped(",")}.${cents}` : `${sign}${grouped(".")},${cents}`;
}

function fileOf(rows: readonly Meant[], how: Style): Buffer {
  const put = (cells: readonly string[]) =>
    how.order
      .map((i) => cells[i] ?? "")
      .map((cell) =>
        cell.includes('"') || cell.includes(how.delimiter)
          ? `"${cell.replaceAll('"', '""')}"`
          : cell,
      )
      .join(how.delimiter);
  const lines = rows.map((row, i) => {
    const cells = {
      campaign: row.campaign,
      day: how.day(row.day.m, row.day.d),
      spend: amountText(row.minor, how.amount),
      impressions: String(row.impressions),
    };
    if (row.spoilt) cells[row.spoilt[0]] = row.spoilt[1];
    return put([cells.campaign, cells.day, cells.spend, cells.impressions, `note ${i}`]);
  });
  const text = [put([...how.header, how.extra]), ...lines, ""].join(how.lineBreak);
  const [encoding = "utf8", bom] = how.encoding.split("-");
  const addBOM = bom !== undefined || encoding !== "utf8";
  const bytes = iconv.encode(text, encoding, { addBOM });
  return how.gzip ? gzipSync(bytes) : bytes;
}

/** Rows that settle day against month and the decimal mark, as any real export holds. */
const PROOF: readonly Meant[] = [
  { campaign: "P", day: { m: 6, d: 27 }, minor: 1_234_56, impressions: 5, spoilt: null },
  { campaign: "P", day: { m: 7, d: 28 }, minor: 7_01, impressions: 5, spoilt: null },
  { campaign: "P", day: { m: 8, d: 26 }, minor: 9_99, impressions: 5, spoilt: null },
];

it(
  "types every record as it was meant, and rejects the spoilt ones for the spoilt cell",
  async () => {
    const met = tally("exports with spoilt cells");
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 40 }), style, async (some, how) => {
        const rows = [...PROOF, ...some];
        const file = await desk.loadOne("export.csv", fileOf(rows, how));
        const sound = rows.filter((row) => row.spoilt === null);
        const found = await desk.rows(
          file,
          "campaign_name, day, spend_minor AS minor, impressions",
        );
        expect(found).toEqual(
          sound.map(({ campaign, day, minor, impressions }) => ({
            campaign_name: campaign,
            day: `2024-${two(day.m)}-${two(day.d)}`,
            minor,
            impressions,
          })),
        );
        const names = { campaign: 0, day: 1, spend: 2, impressions: 3 };
        const rejects = await desk.rejects(file);
        expect(rejects.map(({ line, column_name }) => [line, column_name])).toEqual(
          rows.flatMap(({ spoilt }, i) => (spoilt ? [[i + 2, how.header[names[spoilt[0]]]]] : [])),
        );
        expect([file.rowsRead, file.totalRows]).toEqual([rows.length, 0]);
        met.add("files");
        met.add("rows as meant", found.length);
        met.add("rows rejected for the spoilt cell", rejects.length);
      }),
      SOUND,
    );
    met.print();
  },
  LIMIT_MS,
);

interface Damage {
  readonly kind: "cut" | "drop" | "put" | "flip" | "twice";
  readonly at: number;
  readonly size: number;
  readonly bytes: Uint8Array;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom("cut", "drop", "put", "flip", "twice"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.integer({ min: 1, max: 60 }),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 12 }),
    fc
      .constantFrom('"', '""', "\r", "\n\n", "\0", "\ufeff", ",,,", "\u202e", "'")
      .map((text) => Buffer.from(text)),
  ),
});

function damaged(file: Buffer, { kind, at, size, bytes }: Damage): Buffer {
  const place = Math.floor(at * file.length);
  const before = file.subarray(0, place);
  switch (kind) {
    case "cut":
      return before;
    case "drop":
      return Buffer.concat([before, file.subarray(place + size)]);
    case "put":
      return Buffer.concat([before, bytes, file.subarray(place)]);
    case "flip":
      return Buffer.concat([
        before,
        Buffer.of((file[place] ?? 0) ^ size),
        file.subarray(place + 1),
      ]);
    case "twice":
      return Buffer.concat([file, file.subarray(place)]);
  }
}

it(
  "makes rows, rejects or a Problem of any damaged file, and counts them alike everywhere",
  async () => {
    let read = 0;
    const met = tally("exports with damaged bytes");
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 15 }),
        style,
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async (some, how, harms) => {
          const whole = fileOf([...PROOF, ...some], how);
          const { loaded, failed } = await desk.load("export.csv", harms.reduce(damaged, whole));
          expect(loaded.length + failed.length).toBe(1);
          met.add("files");
          for (const { problem } of failed) {
            expect(problem.code).toMatch(/^[A-Z][A-Z_]+$/);
            met.add(problem.code);
          }
          for (const file of loaded) {
            read++;
            const [rows] = await desk.session.all<{ n: number }>(
              `SELECT count(*) AS n FROM ${file.rowsTable}`,
            );
            const [rejects] = await desk.session.all<{ n: number; mute: number }>(
              `SELECT count(DISTINCT line) AS n, count(*) FILTER (code IS NULL OR reason IS NULL OR record IS NULL) AS mute
               FROM ${file.rejectsTable}`,
            );
            expect(rows?.n).toBe(file.rowsAccepted);
            expect(rejects).toEqual({ n: file.rowsRejected, mute: 0 });
            expect(file.rowsRead).toBe(file.rowsAccepted + file.rowsRejected);
            met.add("rows read", file.rowsRead);
            met.add("rows rejected", file.rowsRejected);
          }
        },
      ),
      DAMAGED,
    );
    expect(read).toBeGreaterThan(0);
    met.print();
  },
  LIMIT_MS,
);
