import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { malformedOf, readBytes, readOne, recordsOf, scratchFolder, zip } from "./table-files.ts";

const fixtures = "test/fixtures/broken";
const folder = scratchFolder();
const fixture = (name: string) => readFileSync(path.join(fixtures, name));

/** What each file deserves: a refusal, or its records and what was wrong with the others. */
const REFUSED: Record<string, string> = {
  "duplicate-header.csv": "DUPLICATE_HEADER",
  "header-only.csv": "EMPTY_TABLE",
  "empty.csv": "EMPTY_FILE",
  "blank.csv": "EMPTY_FILE",
  "git-lfs-pointer.csv": "GIT_LFS_POINTER",
  "login-page.csv": "HTML_FILE",
  "broken-header.csv": "NO_TABLE",
  "document.csv": "BINARY_FILE",
  "cyrillic.csv": "UNKNOWN_ENCODING",
};

interface Deserved {
  readonly header: readonly string[];
  /** [line, …cells] */
  readonly records: readonly (readonly string[])[];
  /** [line, code] */
  readonly malformed?: readonly (readonly [string, string])[];
}

const READ: Record<string, Deserved> = {
  "ragged.csv": {
    header: ["id", "name", "email", "phone"],
    records: [
      ["2", "1", "Mona Adel", "mona@example.org", "+201000000001"],
      ["5", "4", "Hany Fathy", "hany@example.org", "+201000000004"],
    ],
    malformed: [
      ["3", "RAGGED_ROW"],
      ["4", "RAGGED_ROW"],
    ],
  },
  "unclosed-quote.csv": {
    header: ["id", "name", "note"],
    records: [
      ["2", "1", "Mona", "asked for a\nbrochure"],
      ["5", "3", "Lina", "fine"],
      ["6", "4", "Hany", 'said "yes"'],
    ],
    malformed: [["4", "TEXT_AFTER_QUOTE"]],
  },
  "text-after-quote.csv": {
    header: ["id", "name", "note"],
    records: [
      ["3", "2", "Omar", '5"'],
      ["4", "3", "Lina", "ok"],
    ],
    malformed: [["2", "TEXT_AFTER_QUOTE"]],
  },
  "one-bad-byte.csv": {
    header: ["id", "name"],
    records: [
      ["2", "1", "José"],
      ["4", "3", "منى"],
    ],
    malformed: [["3", "UNDECODABLE_BYTES"]],
  },
  "nul-byte.csv": {
    header: ["id", "name"],
    records: [
      ["2", "1", "Mona"],
      ["4", "3", "Lina"],
    ],
    malformed: [["3", "NUL_BYTE"]],
  },
  "titles-above.csv": {
    header: ["Campaign", "Day", "Impressions", "Cost"],
    records: [
      ["5", "Villa A", "2024-10-01", "10", "1.5"],
      ["6", "Villa B", "2024-10-02", "20", "2.5"],
      ["7", "Villa C", "2024-10-03", "30", "3.5"],
    ],
  },
  "declared-delimiter.csv": {
    header: ["id", "amount"],
    records: [
      ["3", "1", "1,50"],
      ["4", "2", "1.234,00"],
    ],
  },
  "semicolons-with-commas.csv": {
    header: ["Day", "Amount"],
    records: [
      ["2", "01.10.2024", "1,234,567"],
      ["3", "02.10.2024", "2,234,567"],
      ["4", "03.10.2024", "3,234,567"],
    ],
  },
  "surplus-comma.csv": {
    header: ["id", "name"],
    records: [
      ["2", "1", "Mona"],
      ["3", "2", "Omar"],
    ],
  },
  "unnamed-data.csv": {
    header: ["id", "name", "column 3"],
    records: [
      ["2", "1", "Mona", ""],
      ["3", "2", "Omar", "late"],
      ["4", "3", "Lina", ""],
    ],
  },
  "backslash-escapes.csv": {
    header: ["id", "note"],
    records: [
      ["2", "1", 'said "yes", then left'],
      ["3", "2", "plain"],
    ],
  },
  "old-mac.csv": {
    header: ["id", "name"],
    records: [
      ["2", "1", "Mona"],
      ["3", "2", "Omar"],
    ],
  },
  "blank-lines.csv": {
    header: ["id", "name"],
    records: [
      ["3", "1", "Mona"],
      ["4", "", ""],
      ["6", "2", "Omar"],
    ],
  },
  "single-column.csv": {
    header: ["phone"],
    records: [
      ["2", "+201000000001"],
      ["4", "+201000000002"],
    ],
  },
  "bad-line.jsonl": {
    header: ["id", "name", "tags"],
    records: [
      ["1", "1", "Mona", ""],
      ["4", "120212345678901234", "", '["a",1.50]'],
    ],
    malformed: [
      ["2", "BAD_JSON"],
      ["3", "BAD_JSON"],
    ],
  },
  "array.json": {
    header: ["id", "a", "b"],
    records: [
      ["2", "1", "x", ""],
      ["3", "2", "", '{"c":1.0}'],
    ],
  },
};

it("tells for every file of the corpus what it deserves", () => {
  const told = [...Object.keys(REFUSED), ...Object.keys(READ)].sort();
  expect(told).toEqual(readdirSync(fixtures).sort());
});

it.each(Object.entries(REFUSED))("%s is refused as %s", async (name, code) => {
  await expect(readBytes(folder, name, fixture(name))).rejects.toMatchObject({ code });
});

it.each(Object.entries(READ))(
  "%s gives its sound records and names the others",
  async (name, deserved) => {
    const set = await readOne(folder, name, fixture(name));
    expect(set.header).toEqual(deserved.header);
    expect(recordsOf(set)).toEqual(deserved.records);
    expect(set.records).toBe(deserved.records.length);
    expect(malformedOf(set).map(([line, code]) => [line, code])).toEqual(deserved.malformed ?? []);
    expect(set.malformed).toBe(deserved.malformed?.length ?? 0);
  },
);

describe("refusals tell where to look", () => {
  it("names both columns of a duplicate header", async () => {
    const reading = readBytes(folder, "twins.csv", fixture("duplicate-header.csv"));
    await expect(reading).rejects.toMatchObject({ details: { name: "id", columns: [1, 3] } });
  });

  it("tells both counts of a ragged row and keeps its text", async () => {
    const set = await readOne(folder, "ragged.csv", fixture("ragged.csv"));
    expect(malformedOf(set)[0]).toEqual([
      "3",
      "RAGGED_ROW",
      "The record has 3 cells, the header has 4",
      "2,Omar Said,omar@example.org",
    ]);
  });
});

const table = "id,name\n1,Mona\n2,Omar\n";

describe("files whose bytes are not what their name says", () => {
  it.each([
    [
      "a workbook named .csv",
      "leads.csv",
      zip({ "[Content_Types].xml": "<Types/>" }),
      "SPREADSHEET_AS_CSV",
    ],
    [
      "an .xls named .csv",
      "leads.csv",
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      "SPREADSHEET_AS_CSV",
    ],
    ["an .xls", "leads.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), "UNSUPPORTED_SPREADSHEET"],
    [
      "a picture",
      "leads.csv",
      Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
      "BINARY_FILE",
    ],
    [
      "random bytes",
      "leads.csv",
      Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * i * 31 + i * 7) % 251)),
      "BINARY_FILE",
    ],
    [
      "a cut gzip file",
      "leads.csv.gz",
      gzipSync(table.repeat(1000)).subarray(0, 60),
      "BROKEN_ARCHIVE",
    ],
    ["a gzip file with a flipped bit", "leads.csv.gz", flipped(gzipSync(table)), "BROKEN_ARCHIVE"],
    ["a gzip file in a gzip file", "leads.csv.gz", gzipSync(gzipSync(table)), "NESTED_ARCHIVE"],
    ["a cut zip file", "leads.zip", zip({ "a.csv": table }).subarray(0, 60), "BROKEN_ARCHIVE"],
    ["an empty zip file", "leads.zip", zip({}), "NO_TABLE"],
    [
      "a zip file with a password",
      "leads.zip",
      zip({ "a.csv": table }, { encrypted: true }),
      "ENCRYPTED_ARCHIVE",
    ],
    [
      "a zip file that lies about sizes",
      "leads.zip",
      zip({ "a.csv": table }, { claimed: 5 }),
      "BROKEN_ARCHIVE",
    ],
    [
      "a zip file that claims far too much",
      "leads.zip",
      zip({ "a.csv": table }, { claimed: 2 ** 31 }),
      "ARCHIVE_TOO_LARGE",
    ],
    [
      "a broken Parquet file",
      "leads.parquet",
      Buffer.from("PAR1 this is none PAR1"),
      "BROKEN_PARQUET",
    ],
    [
      "a workbook without its parts",
      "leads.xlsx",
      zip({ "[Content_Types].xml": "<Types/>" }),
      "BROKEN_WORKBOOK",
    ],
    ["UTF-32", "leads.csv", Buffer.from("fffe00006100000062000000", "hex"), "UNKNOWN_ENCODING"],
  ])("refuses %s", async (_, name, bytes, code) => {
    await expect(readBytes(folder, name, bytes)).rejects.toMatchObject({ code });
  });

  it("stops unpacking a bomb long before it is all unpacked", async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from("id,name\n"), Buffer.alloc(200 << 20, "1,2\n")]),
    );
    await expect(readBytes(folder, "bomb.csv.gz", bomb)).rejects.toMatchObject({
      code: "ARCHIVE_TOO_LARGE",
    });
  });
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 6] = (copy[copy.length - 6] as number) ^ 1;
  return copy;
}

describe("records that are too long", () => {
  it("are rejected with their beginning, and the next line is read", async () => {
    const long = `2,${"x".repeat(9000)}`;
    const set = await readOne(folder, "long.csv", `id,name\n1,Mona\n${long}\n3,Lina\n`, {
      maxRecordBytes: 5000,
    });
    expect(recordsOf(set).map(([line]) => line)).toEqual(["2", "4"]);
    expect(malformedOf(set)).toEqual([
      ["3", "OVERSIZED_RECORD", "The record is longer than 5000 bytes", long.slice(0, 4000)],
    ]);
  });

  it("an unclosed quote costs one record, not the rest of the file", async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i},name ${i}`);
    rows[7] = '7,"never closed';
    const set = await readOne(folder, "open.csv", `id,name\n${rows.join("\n")}\n`, {
      maxRecordBytes: 5000,
    });
    expect(set.records).toBe(4999);
    expect(malformedOf(set).map(([line, code]) => [line, code])).toEqual([["9", "UNCLOSED_QUOTE"]]);
  });
});
