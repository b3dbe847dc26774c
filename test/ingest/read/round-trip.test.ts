import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { isProblem } from "../../../src/base/problem.ts";
import { readCanonicalSql, readMalformedSql } from "../../../src/ingest/read/canonical-sql.ts";
import { fuzzed, tally } from "../fuzz-size.ts";
import { malformedOf, readBytes, readOne, recordsOf, scratchFolder } from "./table-files.ts";

const folder = scratchFolder();

interface Written {
  readonly delimiter: string;
  readonly lineBreak: string;
  readonly encoding: "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be";
  readonly gzip: boolean;
  readonly lastBreak: boolean;
  readonly rows: string[][];
}

/** Whatever a cell may hold, with what hurts in CSV often; no NUL and no lone surrogate. */
const cell = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.replaceAll("\0", "")),
  fc
    .array(
      fc.constantFrom(
        "a",
        "7",
        ",",
        ";",
        "\t",
        "|",
        '"',
        "\n",
        "\r\n",
        "\r",
        " ",
        "é",
        "مرحبا",
        "😀",
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join("")),
  fc.constantFrom("", "0", "1,5", "2024-06-01", "\ufeff", "NULL", "=1+1", "#x", "\\", "'"),
);

const table: fc.Arbitrary<Written> = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    delimiter: fc.constantFrom(",", "\t", ";", "|"),
    lineBreak: fc.constantFrom("\n", "\r\n"),
    encoding: fc.constantFrom("utf-8", "utf-8-bom", "utf-16le", "utf-16be"),
    gzip: fc.boolean(),
    lastBreak: fc.boolean(),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 40,
    }),
  }),
);

function headerOf(written: Written): string[] {
  return (written.rows[0] as string[]).map((_, k) => `name ${"abcdefgh"[k]}`);
}

function print(written: Written): Buffer {
  const enclose = (text: string) =>
    /["\n\r]/.test(text) || text.includes(written.delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const lines = [headerOf(written), ...written.rows].map((row) =>
    row.map(enclose).join(written.delimiter),
  );
  const text = lines.join(written.lineBreak) + (written.lastBreak ? written.lineBreak : "");
  const utf8 = written.encoding.startsWith("utf-8");
  const bytes = utf8
    ? Buffer.from((written.encoding === "utf-8-bom" ? "\ufeff" : "") + text)
    : iconv.encode(text, written.encoding === "utf-16le" ? "utf16le" : "utf16-be", {
        addBOM: true,
      });
  return written.gzip ? gzipSync(bytes) : bytes;
}

/** Physical lines on which rows start: line breaks of the file, LF or CRLF. */
function expectedRecords(written: Written): string[][] {
  let line = 2;
  return written.rows.map((row) => {
    const start = line;
    line += 1 + row.join("").split("\n").length - 1;
    return [String(start), ...row];
  });
}

describe("a well-formed table", () => {
  it("comes back cell by cell with the right lines, in any encoding, dialect and packing", async () => {
    const met = tally("well-formed tables");
    await fc.assert(
      fc.asyncProperty(table, async (written) => {
        const work = mkdtempSync(path.join(folder, "trip-"));
        const set = await readOne(work, "leads.csv", print(written));
        expect(set.header).toEqual(headerOf(written));
        expect(recordsOf(set)).toEqual(expectedRecords(written));
        expect(malformedOf(set)).toEqual([]);
        expect(set.records).toBe(written.rows.length);
        expect(set.encoding).toBe(written.encoding);
        expect(set.delimiter).toBe(written.delimiter);
        expect(set.sample).toEqual(written.rows.slice(0, 20));
        met.add("tables");
        met.add("records back cell by cell", set.records);
        rmSync(work, { recursive: true });
      }),
      fuzzed(300),
    );
    met.print();
  });

  it("is read by DuckDB exactly as it was written, empty cells as NULL", async () => {
    const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
    const connection = await instance.connect();
    await fc.assert(
      fc.asyncProperty(table, async (written) => {
        const work = mkdtempSync(path.join(folder, "it's a trip-"));
        const set = await readOne(work, "leads.csv", print(written));
        // In hexadecimal, because the driver strips a byte order mark from the front of a text.
        const columns = set.header.map((_, k) => `hex(c${k})`).join(", ");
        const sql = `SELECT _line, ${columns} FROM ${readCanonicalSql(set)} ORDER BY _line`;
        const rows = (await connection.runAndReadAll(sql)).getRows();
        const expected = expectedRecords(written).map(([line, ...cells]) => [
          BigInt(line as string),
          ...cells.map((text) =>
            text === "" ? null : Buffer.from(text).toString("hex").toUpperCase(),
          ),
        ]);
        expect(rows).toEqual(expected);
        rmSync(work, { recursive: true });
      }),
      fuzzed(150),
    );
    connection.closeSync();
    instance.closeSync();
  });
});

describe("malformed records", () => {
  it("are read by DuckDB with line, code, reason and text", async () => {
    const set = await readOne(folder, "x.csv", 'id,name\n1,"a\nb",c\n2,x\n3,"open\n4,y\n');
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const sql = `SELECT line, code, record FROM ${readMalformedSql(set)} ORDER BY line`;
    const rows = (await connection.runAndReadAll(sql)).getRows();
    expect(rows).toEqual([
      [2n, "RAGGED_ROW", '1,"a\nb",c'],
      [5n, "UNCLOSED_QUOTE", '3,"open'],
    ]);
    const clean = await readOne(folder, "y.csv", "id,name\n1,a\n");
    expect(readMalformedSql(clean)).toBeNull();
    connection.closeSync();
    instance.closeSync();
  });
});

describe("any bytes at all", () => {
  const magic = fc.constantFrom(
    "",
    "a,b,c\n1,2,3\n",
    "\ufeff",
    "PK\x03\x04",
    "PAR1",
    "{",
    "[",
    "[{",
    "sep=;\n",
    "\x1f\x8b\x08",
    "id\n",
    '"',
  );
  const names = fc.constantFrom(
    "x.csv",
    "x.jsonl",
    "x.zip",
    "x.xlsx",
    "x.parquet",
    "x",
    "x.csv.gz",
  );
  it("give records or a Problem, never another failure, and every line is accounted for", async () => {
    const met = tally("any bytes at all");
    await fc.assert(
      fc.asyncProperty(
        magic,
        fc.uint8Array({ maxLength: 200 }),
        names,
        async (start, tail, name) => {
          const work = mkdtempSync(path.join(folder, "any-"));
          try {
            const bytes = Buffer.concat([
              Buffer.from(start, start.startsWith("\x1f") ? "latin1" : "utf8"),
              tail,
            ]);
            met.add("files");
            const { sets } = await readBytes(work, name, bytes);
            for (const set of sets) {
              met.add("records", set.records);
              met.add("malformed records", set.malformed);
              expect(recordsOf(set)).toHaveLength(set.records);
              expect(malformedOf(set)).toHaveLength(set.malformed);
            }
          } catch (error) {
            if (!isProblem(error)) throw error;
            met.add(error.code);
          }
          rmSync(work, { recursive: true });
        },
      ),
      fuzzed(600),
    );
    met.print();
    expect(readdirSync(folder).filter((name) => name.startsWith("any-"))).toEqual([]);
  });

  it("changed in one place, a sound table loses at most the records it touches", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},"name, ${i}",${i * 3}`);
    const sound = Buffer.from(`id,name,value\n${rows.join("\n")}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 14, max: sound.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        async (at, byte) => {
          const work = mkdtempSync(path.join(folder, "one-"));
          const damaged = Buffer.from(sound);
          damaged[at] = byte;
          const set = await readOne(work, "x.csv", damaged);
          // A lost line break joins two records into one; a new one cuts one in two.
          expect(set.records).toBeGreaterThanOrEqual(58);
          expect(set.records + set.malformed).toBeGreaterThanOrEqual(59);
          expect(set.records + set.malformed).toBeLessThanOrEqual(61);
          rmSync(work, { recursive: true });
        },
      ),
      fuzzed(200),
    );
  });
});
