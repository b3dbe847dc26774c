import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import readXlsxFile, { readSheet } from "read-excel-file/node";
import { expect, it } from "vitest";
import yauzl from "yauzl";
import type { TableFile } from "../../src/report/table-file.ts";
import { columnName, serialDay, tableXlsx, xmlText } from "../../src/report/xlsx.ts";

interface Row {
  readonly name: string | null;
  readonly phone: string | null;
  readonly spendMinor: number | null;
  readonly rate: number | null;
  readonly day: string | null;
}

const madeAt = new Date("2025-02-01T09:00:00Z");

async function* paged<T>(rows: readonly T[], size: number): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

function fileOf(rows: readonly Row[], change: Partial<TableFile<Row>> = {}): TableFile<Row> {
  return {
    title: "Leads",
    language: "en",
    columns: [
      { head: "Name", kind: "text", value: (row) => row.name },
      { head: "Phone", kind: "phone", value: (row) => row.phone },
      { head: "Spend", kind: "money", value: (row) => row.spendMinor },
      { head: "Rate", kind: "rate", value: (row) => row.rate },
      { head: "Day", kind: "day", value: (row) => row.day },
    ],
    currency: "EGP",
    currencyDecimals: 2,
    about: [["Period", "2025-01-01 – 2025-01-31"]],
    madeAt,
    pages: paged(rows, 7),
    ...change,
  };
}

async function bytesOf(file: TableFile<Row>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of tableXlsx(file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Entries by name, each checked against its checksum by the reader. */
async function partsOf(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, opened) =>
      opened ? resolve(opened) : reject(error),
    ),
  );
  const parts = new Map<string, string>();
  return new Promise((resolve, reject) => {
    zip.on("error", reject);
    zip.on("end", () => resolve(parts));
    zip.on("entry", (entry: yauzl.Entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (!stream) return reject(error);
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("error", reject);
        stream.on("end", () => {
          parts.set(entry.fileName, Buffer.concat(chunks).toString("utf8"));
          zip.readEntry();
        });
      }),
    );
    zip.readEntry();
  });
}

it("gives money, shares and days as numbers that sum, and phones as text with every digit", async () => {
  const rows: Row[] = [
    { name: "Mona", phone: "+201001234567", spendMinor: 1050, rate: 0.25, day: "2025-01-31" },
    { name: "=1+1", phone: "00201001234567", spendMinor: -5, rate: null, day: null },
  ];
  const bytes = await bytesOf(fileOf(rows));
  const sheets = await readXlsxFile(bytes);
  expect(sheets.map(({ sheet }) => sheet)).toEqual(["Leads", "About"]);
  expect(await readSheet(bytes, 1)).toEqual([
    ["Name", "Phone", "Spend (EGP)", "Rate", "Day"],
    ["Mona", "+201001234567", 10.5, 0.25, new Date("2025-01-31T00:00:00Z")],
    ["=1+1", "00201001234567", -0.05, null, null],
  ]);
  expect(await readSheet(bytes, 2)).toEqual([["Period", "2025-01-01 – 2025-01-31"]]);
});

it("keeps its head in sight, and reads from right to left in Arabic", async () => {
  const sheet = async (language: "en" | "ar") =>
    (await partsOf(await bytesOf(fileOf([], { language })))).get("xl/worksheets/sheet1.xml") ?? "";
  expect(await sheet("en")).toContain('ySplit="1"');
  expect(await sheet("en")).not.toContain("rightToLeft");
  expect(await sheet("ar")).toContain('rightToLeft="1"');
});

it("holds no formula whatever the texts are", async () => {
  const attacks = [
    '=HYPERLINK("http://x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "</t></is><f>1</f>",
  ];
  const rows = attacks.map((name) => ({
    name,
    phone: name,
    spendMinor: null,
    rate: null,
    day: name,
  }));
  const parts = await partsOf(await bytesOf(fileOf(rows)));
  expect([...parts.values()].join("")).not.toMatch(/<f[ >]/);
});

it("gives back any rows as they were, however they were paged", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.constant("_x0041_ \u0007\uD800"),
  );
  const row = fc.record({
    name: fc.option(
      text.filter((one) => one.trim() === one && one !== ""),
      { nil: null },
    ),
    phone: fc.constant(null),
    spendMinor: fc.option(fc.integer({ min: -1e9, max: 1e9 }), { nil: null }),
    rate: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
    day: fc.constant("2024-02-29"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        const bytes = await bytesOf(fileOf(rows, { pages: paged(rows, size) }));
        const sheet = (await partsOf(bytes)).get("xl/worksheets/sheet1.xml") ?? "";
        for (const { name } of rows)
          if (name !== null) expect(sheet).toContain(`>${xmlText(name)}<`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
        expect(sheet).not.toMatch(/[\u0000-\u0008\u000B-\u001F]/);
        const [, ...read] = await readSheet(bytes, 1);
        expect(read.map((cells) => cells[2] ?? null)).toEqual(
          rows.map(({ spendMinor }) => (spendMinor === null ? null : spendMinor / 100)),
        );
      },
    ),
    { numRuns: 40 },
  );
});

it.each([
  ["2025-01-01", 45658],
  ["2024-02-29 12:00:00", 45351.5],
  ["2025-02-01T06:00:00.000Z", 45689.25],
  ["1900-01-01", null],
  ["no day", null],
])("counts %s as day %s", (text, serial) => expect(serialDay(text)).toBe(serial));

it("names columns as spreadsheets do", () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual([
    "A",
    "Z",
    "AA",
    "AZ",
    "BA",
    "ZZ",
    "AAA",
  ]);
});

it("tells who reads it when its rows break off", async () => {
  async function* broken(): AsyncGenerator<readonly Row[]> {
    yield [{ name: "a", phone: null, spendMinor: 1, rate: null, day: null }];
    throw new Error("the pages broke off");
  }
  await expect(bytesOf(fileOf([], { pages: broken() }))).rejects.toThrow("the pages broke off");
});

it("writes 60,000 rows of 16 columns in less than 100 MB of memory beside what it started with", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "leadsmart-xlsx-"));
  async function* rows(): AsyncGenerator<readonly number[]> {
    for (let page = 0; page < 12; page++)
      yield Array.from({ length: 5000 }, (_, at) => page * 5000 + at);
  }
  try {
    const before = process.memoryUsage().rss;
    let most = 0;
    const watched = async function* () {
      for await (const chunk of tableXlsx<number>({
        ...fileOf([]),
        columns: Array.from({ length: 16 }, (_, at) => ({
          head: `c${at}`,
          kind: at % 3 === 0 ? "money" : "text",
          value: (row) => (at % 3 === 0 ? row * at : `value ${row} ${at}`),
        })),
        pages: rows(),
      })) {
        most = Math.max(most, process.memoryUsage().rss - before);
        yield chunk;
      }
    };
    await pipeline(Readable.from(watched()), createWriteStream(path.join(folder, "a.xlsx")));
    expect(most / 2 ** 20).toBeLessThan(100);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
