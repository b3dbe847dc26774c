import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CanonicalWriter, columnLine } from "../../../src/ingest/read/canonical-writer.ts";
import { MalformedLog } from "../../../src/ingest/read/malformed.ts";
import { Scanner } from "../../../src/ingest/read/scanner.ts";
import { fuzzed, tally } from "../fuzz-size.ts";
import { malformedOf, parseStrict, scratchFolder } from "./table-files.ts";

const folder = scratchFolder();
const COLUMNS = 3;

interface Scanned {
  readonly text: string;
  readonly records: string[][];
  readonly malformed: string[][];
}

async function scan(bytes: Uint8Array, sizes: readonly number[], most = 1 << 20): Promise<Scanned> {
  const writer = new CanonicalWriter(path.join(folder, "records.csv"), 16);
  const log = new MalformedLog(path.join(folder, "malformed.csv"));
  const scanner = new Scanner(
    {
      dialect: { delimiter: 44, escape: "doubled", newline: "lf" },
      columns: COLUMNS,
      named: COLUMNS,
      surplus: 0,
      firstLine: 2,
      maxRecordBytes: most,
      utf8: "tolerant",
    },
    writer,
    log,
  );
  writer.text(columnLine(COLUMNS));
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    scanner.feed(Uint8Array.from(bytes.subarray(at, at + size)));
    at += size;
    await writer.flush();
  }
  scanner.finish();
  await writer.close();
  const malformedPath = await log.close();
  const text = readFileSync(writer.path, "utf8");
  const records = parseStrict(text).slice(1);
  expect(writer.records).toBe(records.length);
  const lengths = records.map((record) => Buffer.byteLength(record.join(",")));
  expect(writer.longestRecordBytes).toBeGreaterThanOrEqual(Math.max(0, ...lengths));
  return { text, records, malformed: malformedOf({ malformedPath }) };
}

/**
 * The same rules said once more, with regular expressions over characters: what is a record, what is refused, and
 * which lines are blank. Shares nothing with the scanner.
 */
function independently(text: string): { records: string[][]; refused: number[]; blank: number[] } {
  const cell = '(?:"(?:[^"]|"")*"|(?!")(?:[^,\\n\\r]|\\r(?!\\n|$))*)';
  const record = new RegExp(`${cell}(?:,${cell})*(\\r\\n|\\n|\\r?$)`, "y");
  const match = (at: number) => {
    record.lastIndex = at;
    const found = record.exec(text)?.[0];
    if (found === undefined) return null;
    const body = found.replace(/(\r\n|\n|\r)$/, "");
    const cells = body.match(new RegExp(`(?<=^|,)${cell}(?=,|$)`, "g")) ?? [""];
    const split = splitCells(body);
    return { length: found.length, cells: split.length >= cells.length ? split : cells };
  };
  const records: string[][] = [];
  const refused: number[] = [];
  const blank: number[] = [];
  let at = 0;
  let line = 2;
  while (at < text.length) {
    const found = match(at);
    const physical = /^.*?(\n|$)/s.exec(text.slice(at))?.[0].length ?? 0;
    const breaks = (piece: string) => piece.split("\n").length - 1;
    let take = physical;
    if (found === null) refused.push(line);
    else {
      const lines = breaks(text.slice(at, at + found.length));
      const bare = found.cells.map(unquote);
      const isBlank = bare.every((item) => /^[ \t\r]*$/.test(item));
      const extras = bare.slice(COLUMNS).every((item) => /^[ \t\r]*$/.test(item));
      take = found.length;
      if (found.cells.length < COLUMNS && isBlank) blank.push(line);
      else if (found.cells.length === COLUMNS || (found.cells.length > COLUMNS && extras)) {
        const sound = !/[\0\ufffd]/.test(text.slice(at, at + found.length));
        if (sound) records.push([String(line), ...bare.slice(0, COLUMNS)]);
        else refused.push(line);
      } else {
        refused.push(line);
        const next = match(at + physical);
        const stands =
          next?.cells.length === COLUMNS &&
          next.cells.every((item) => item.startsWith('"') || !item.includes('"'));
        if (physical < found.length && stands && lines > 0) take = physical;
      }
    }
    line += breaks(text.slice(at, at + take));
    at += take;
  }
  return { records, refused, blank };
}

function splitCells(body: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const found = body[at] === '"' ? /"(?:[^"]|"")*"/y : /[^,]*/y;
    found.lastIndex = at;
    const text = found.exec(body)?.[0] ?? "";
    cells.push(text);
    at += text.length;
    if (body[at] !== ",") return cells;
    at++;
  }
}

function unquote(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

const crumb = fc.constantFrom("a", "7", ",", '"', "\n", "\r\n", "\r", " ", "é", "م", "\0", '"x",');
/** Whole rows, sound and unsound, so that damage has something to spoil. */
const row = fc.constantFrom(
  "1,2,3\n",
  'a,"b\nc",d\n',
  'a,"b\r\n\nc, d","e"\r\n',
  '"x""y",,\n',
  'k,"l\nm",n,o\n',
  'p,"q\nr,s,t\n',
  "u,v\n",
  ",,\n",
  "\n",
  'inch,5",x\n',
);
const soup = fc
  .array(fc.oneof({ weight: 3, arbitrary: row }, { weight: 2, arbitrary: crumb }), {
    maxLength: 40,
  })
  .map((parts) => parts.join(""));

describe("the scanner", () => {
  it("agrees with an independent reading of any text, record by record and line by line", async () => {
    const met = tally("text against an independent reading");
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const { records, malformed } = await scan(Buffer.from(text), [Number.MAX_SAFE_INTEGER]);
        const expected = independently(text);
        expect(records).toEqual(expected.records);
        expect(malformed.map(([line]) => Number(line))).toEqual(expected.refused);
        met.add("texts");
        met.add("records alike", records.length);
        met.add("records refused alike", malformed.length);
      }),
      fuzzed(1500),
    );
    met.print();
  });

  it("gives the same canonical file however the bytes are cut into chunks", async () => {
    const bytes = fc.oneof(
      soup.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 80 }).map((raw) => Buffer.from(raw)),
    );
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(bytes, sizes, fc.integer({ min: 4, max: 40 }), async (input, cuts, most) => {
        const whole = await scan(input, [Number.MAX_SAFE_INTEGER], most);
        const cut = await scan(input, cuts, most);
        expect(cut.text).toBe(whole.text);
        expect(cut.malformed).toEqual(whole.malformed);
      }),
      fuzzed(1000),
    );
  });

  it("copies in its fast lane exactly what it writes with care", async () => {
    // More than the sampled first 20 records, so that the same rows pass through both ways.
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const rows = "1,2,3\n".repeat(20);
        const { records, malformed } = await scan(Buffer.from(rows + text), [
          Number.MAX_SAFE_INTEGER,
        ]);
        const expected = independently(rows + text);
        expect(records).toEqual(expected.records);
        expect(malformed.map(([line]) => Number(line))).toEqual(expected.refused);
      }),
      fuzzed(1500),
    );
  });
});
