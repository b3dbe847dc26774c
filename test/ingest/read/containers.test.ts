import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTableFileName } from "../../../src/ingest/read/record-sets.ts";
import { fuzzed } from "../fuzz-size.ts";
import { malformedOf, readBytes, readOne, recordsOf, scratchFolder, zip } from "./table-files.ts";

const folder = scratchFolder();
const table = "id,name\n1,Mona\n2,Omar\n";

describe("a zip archive", () => {
  it("gives its readable members and tells of each other one why not", async () => {
    const { sets, skipped, unreadable } = await readBytes(
      folder,
      "export.zip",
      zip({
        "a/insights.csv": table,
        "empty.csv": "",
        "twins.csv": "id,id\n1,2\n",
        "inner.zip": zip({ "b.csv": table }),
        "notes.md": "# x",
        "__MACOSX/._insights.csv": "x",
        ".DS_Store": "x",
        "packed.csv.gz": gzipSync(table),
      }),
    );
    expect(sets.map((set) => [set.name, set.records])).toEqual([["export.zip/a/insights.csv", 2]]);
    expect(skipped).toEqual([
      { name: "export.zip/notes.md", reason: "not a table file by its ending" },
    ]);
    expect(unreadable.map(({ name, problem }) => [name, problem.code]).sort()).toEqual([
      ["export.zip/empty.csv", "EMPTY_FILE"],
      ["export.zip/inner.zip", "NESTED_ARCHIVE"],
      ["export.zip/packed.csv.gz", "NESTED_ARCHIVE"],
      ["export.zip/twins.csv", "DUPLICATE_HEADER"],
    ]);
  });

  it("with one bad member alone is that member's problem, by its name", async () => {
    const reading = readBytes(folder, "export.zip", zip({ "insights.csv": "id,name\n" }));
    await expect(reading).rejects.toMatchObject({
      code: "EMPTY_TABLE",
      where: "export.zip/insights.csv",
    });
  });

  it("whose bytes were changed is refused even where they still unpack", async () => {
    const archive = zip({ "insights.csv": table });
    // The check sum stands in the directory entry, 16 bytes behind its signature.
    const at = archive.indexOf("PK\x01\x02") + 16;
    archive.writeUInt8(archive.readUInt8(at) ^ 1, at);
    await expect(readBytes(folder, "export.zip", archive)).rejects.toMatchObject({
      code: "BROKEN_ARCHIVE",
    });
  });
});

describe("a gzip file", () => {
  it("may have several members and any name", async () => {
    const set = await readOne(
      folder,
      "leads",
      Buffer.concat([gzipSync("id,name\n1,Mo"), gzipSync("na\n2,Omar\n")]),
    );
    expect(recordsOf(set)).toEqual([
      ["2", "1", "Mona"],
      ["3", "2", "Omar"],
    ]);
  });
});

describe("JSON lines", () => {
  const key = fc.constantFrom("id", "name", "tags", "a,b", 'say "x"', "ملاحظة");
  const number = fc.constantFrom(
    "1",
    "-0.10",
    "1e3",
    "120212345678901234567",
    "0.30000000000000004",
  );
  const value = fc.oneof(
    number,
    fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text.replaceAll("\0", ""))),
    fc.constantFrom("true", "null", '{"a":1.0}', "[]"),
  );

  it("and the same objects in one array give the same cells, numbers as written", async () => {
    const objects = fc.array(
      fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, minLength: 1 }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(objects, async (list) => {
        const texts = list.map(
          (fields) =>
            `{${fields.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(", ")}}`,
        );
        const lines = await readOne(folder, "x.jsonl", `${texts.join("\n")}\n`);
        const array = await readOne(folder, "x.json", `[${texts.join(",\n")}]`);
        expect(recordsOf(array).map((record) => record.slice(1))).toEqual(
          recordsOf(lines).map((record) => record.slice(1)),
        );
        const expected = list.map((fields) => {
          const named = new Map<string, string>(fields);
          return lines.header.map((name) => {
            const text = named.get(name) ?? "null";
            if (text === "null") return "";
            return text.startsWith('"') ? JSON.parse(text) : text;
          });
        });
        expect(recordsOf(lines).map((record) => record.slice(1))).toEqual(expected);
        expect(
          lines.header.every((name) =>
            list.some((fields) => fields.some(([given]) => given === name)),
          ),
        ).toBe(true);
      }),
      fuzzed(100),
    );
  });

  it("reject a line that is cut, nested without end, twice the same key, or half a character", async () => {
    const lines = [
      '{"id":1}',
      '{"id":',
      `{"id":${"[".repeat(200_000)}`,
      '{"id":1,"id":2}',
      '{"id":"\\ud83d"}',
      '{"id":"\\u0000"}',
      '{"id":7}',
    ];
    const set = await readOne(folder, "x.jsonl", lines.join("\n"));
    expect(recordsOf(set)).toEqual([
      ["1", "1"],
      ["7", "7"],
    ]);
    expect(malformedOf(set).map(([line, code]) => `${line} ${code}`)).toEqual([
      "2 BAD_JSON",
      "3 BAD_JSON",
      "4 BAD_JSON",
      "5 UNDECODABLE_BYTES",
      "6 NUL_BYTE",
    ]);
  });

  it("of an array survive a bracket too many", async () => {
    const set = await readOne(folder, "x.json", '[{"id":1},\n{"id":2}},\n{"id":3}]\n');
    expect(recordsOf(set)).toEqual([
      ["1", "1"],
      ["3", "3"],
    ]);
    expect(malformedOf(set).map(([line, code]) => [line, code])).toEqual([["2", "BAD_JSON"]]);
  });

  it("cut in the middle of an array show the cut", async () => {
    const set = await readOne(folder, "x.json", '[{"id":1},\n{"id":2},\n{"id":');
    expect(recordsOf(set)).toHaveLength(2);
    expect(malformedOf(set).map(([line, code]) => [line, code])).toEqual([["3", "BAD_JSON"]]);
  });
});

describe("a Parquet file", () => {
  it("gives every column as text in ISO forms with the row's number", async () => {
    const file = path.join(folder, "made.parquet");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 120212345678901234::BIGINT AS id, DATE '2024-10-01' AS day, TIMESTAMP '2024-10-01 10:20:30' AS at,
         1.50::DECIMAL(9,2) AS spend, true AS organic, {'a': 1, 'b': ['x']} AS answers, E'two\nlines, "quoted"' AS note
       UNION ALL SELECT 2, NULL, NULL, NULL, NULL, NULL, '') TO '${file}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    const set = await readOne(folder, "leads.parquet", readFileSync(file));
    expect(set.header).toEqual(["id", "day", "at", "spend", "organic", "answers", "note"]);
    expect(set.parallelSafe).toBe(false);
    expect(recordsOf(set)).toEqual([
      [
        "1",
        "120212345678901234",
        "2024-10-01",
        "2024-10-01 10:20:30",
        "1.50",
        "true",
        '{"a":1,"b":["x"]}',
        'two\nlines, "quoted"',
      ],
      ["2", "2", "", "", "", "", "", ""],
    ]);
  });
});

describe("reading", () => {
  it("can be stopped, and tells how far it is", async () => {
    const stop = new AbortController();
    const long = `id,name\n${"1,Mona\n".repeat(400_000)}`;
    const seen: number[] = [];
    const reading = readBytes(folder, "long.csv", long, {
      signal: stop.signal,
      onProgress: ({ bytes, totalBytes, records }) => {
        expect(bytes).toBeLessThanOrEqual(totalBytes);
        seen.push(records);
        stop.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeGreaterThan(0);
  });

  it.each([
    ["leads.csv", true],
    ["LEADS.CSV.GZ", true],
    ["book.xlsx", true],
    ["x.ndjson", true],
    [".hidden.csv", false],
    ["facts.json", false],
    ["README.md", false],
    ["book.xls", false],
  ])("takes %s from a directory: %s", (name, taken) => {
    expect(isTableFileName(name)).toBe(taken);
  });
});
