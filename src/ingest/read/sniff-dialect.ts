/**
 * Finds how a text table is written and where its header stands, from the table's first bytes alone.
 * Nothing is concluded from a file's name: lead downloads named .csv are often separated by tabs.
 */
import {
  BACKSLASH,
  COMMA,
  CR,
  type Dialect,
  LF,
  lineEnd,
  PIPE,
  QUOTE,
  SEMICOLON,
  TAB,
} from "./dialect.ts";
import { headerIndex, looksLikeName } from "./header.ts";
import { cellBytes, emptyCells, parseRecord } from "./parse-record.ts";

export interface Layout {
  readonly dialect: Dialect;
  /** Cells of the header line as written; NULs in a name are left out. */
  readonly header: readonly string[];
  /** First byte after the header, and the physical line it stands on. */
  readonly bodyAt: number;
  readonly bodyLine: number;
}

/** In the order of preference where two explain a table equally well. */
const DELIMITERS = [COMMA, TAB, SEMICOLON, PIPE];
const RECORDS_LOOKED_AT = 300;

interface HeadRecord {
  readonly cells: readonly string[];
  readonly filled: number;
  readonly next: number;
  readonly nextLine: number;
}

interface Reading {
  readonly dialect: Dialect;
  readonly records: readonly HeadRecord[];
  /** Records with broken quotes, and whether one stands before any sound record. */
  readonly broken: number;
  readonly brokenFirst: boolean;
  /** The commonest number of cells. */
  readonly width: number;
  /** Share of records with that many cells. */
  readonly share: number;
}

function newlineStyle(head: Uint8Array): Dialect["newline"] {
  let lone = 0;
  let lineFeeds = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] === LF) lineFeeds++;
    else if (head[i] === CR && i + 1 < head.length && head[i + 1] !== LF) lone++;
  }
  return lone > lineFeeds * 4 ? "cr" : "lf";
}

/** Cells up to the last one that is not empty. */
function trimmedWidth(record: HeadRecord): number {
  let width = record.cells.length;
  while (width > 1 && (record.cells[width - 1] as string).trim() === "") width--;
  return width;
}

function readHead(head: Uint8Array, at: number, whole: boolean, dialect: Dialect): Reading {
  const cells = emptyCells();
  const records: HeadRecord[] = [];
  let broken = 0;
  let brokenFirst = false;
  let line = at === 0 ? 1 : 2;
  while (at < head.length && records.length + broken < RECORDS_LOOKED_AT) {
    const outcome = parseRecord(head, at, head.length, whole, dialect, cells);
    if (outcome === "record") {
      const texts: string[] = [];
      for (let k = 0; k < cells.count; k++) {
        texts.push(cellBytes(head, cells, k, dialect).toString("utf8"));
      }
      const filled = texts.filter((text) => text.trim() !== "").length;
      at = cells.next;
      line += cells.lines;
      records.push({ cells: texts, filled, next: at, nextLine: line });
    } else {
      const next = lineEnd(head, at, head.length, dialect.newline);
      if (next === -1) break;
      broken++;
      if (records.every((record) => record.filled === 0)) brokenFirst = true;
      at = next;
      line++;
    }
  }
  const counts = new Map<number, number>();
  const sound = records.filter((record) => record.filled > 0);
  for (const record of sound) {
    counts.set(record.cells.length, (counts.get(record.cells.length) ?? 0) + 1);
  }
  let width = sound[0]?.cells.length ?? 1;
  for (const [cellCount, times] of counts) {
    if (times > (counts.get(width) ?? 0)) width = cellCount;
  }
  // A header of several names over rows that are all broken is still a header.
  const first = sound[0];
  const names = first?.cells.every((cell) => cell.trim() !== "" && looksLikeName(cell));
  if (width === 1 && first && names && first.cells.length >= 3) width = first.cells.length;
  const share = (counts.get(width) ?? 0) / Math.max(1, sound.length + broken);
  return { dialect, records, broken, brokenFirst, width, share };
}

/** How well a reading explains the head; null where it does not separate anything. */
function merit(reading: Reading): number | null {
  if (reading.width < 2) return null;
  const header = reading.records[headerIndex(reading.records, reading.width)];
  if (!header || header.cells.length < 2) return null;
  const agrees = header.cells.length === reading.width || trimmedWidth(header) === reading.width;
  return reading.share + (agrees && header.cells.some(looksLikeName) ? 0.5 : 0);
}

function withBestEscape(head: Uint8Array, at: number, whole: boolean, dialect: Dialect): Reading {
  const doubled = readHead(head, at, whole, dialect);
  if (!Buffer.from(head.buffer, head.byteOffset, head.length).includes(ESCAPED_QUOTE)) {
    return doubled;
  }
  const backslash = readHead(head, at, whole, { ...dialect, escape: "backslash" });
  const faults = (reading: Reading) =>
    reading.broken +
    reading.records.filter((row) => row.filled > 0 && row.cells.length !== reading.width).length;
  return faults(backslash) < faults(doubled) ? backslash : doubled;
}

const ESCAPED_QUOTE = Buffer.from([BACKSLASH, QUOTE]);

/** `sep=;` as its first line tells the delimiter outright. */
function declaredDelimiter(head: Uint8Array): { delimiter: number; next: number } | null {
  const line = Buffer.from(head.subarray(0, 16)).toString("latin1");
  const match = /^"?sep=([,;\t|])"?(\r\n|\n|\r)/i.exec(line);
  if (!match) return null;
  return { delimiter: (match[1] as string).charCodeAt(0), next: match[0].length };
}

/**
 * @param head the table's first bytes in UTF-8, without a byte order mark
 * @param whole true when that is all there is
 * @returns null where there is no record at all, or where the line of the header has broken quotes
 */
export function sniffDialect(head: Uint8Array, whole: boolean): Layout | null {
  const newline = newlineStyle(head);
  const declared = declaredDelimiter(head);
  const at = declared?.next ?? 0;
  const read = (delimiter: number | null) =>
    withBestEscape(head, at, whole, { delimiter, escape: "doubled", newline });

  let best = declared ? read(declared.delimiter) : read(null);
  if (!declared) {
    let bestMerit = 0;
    for (const delimiter of DELIMITERS) {
      const reading = read(delimiter);
      const value = merit(reading);
      if (value === null) continue;
      const better =
        value > bestMerit + 0.02 || (value > bestMerit - 0.02 && reading.width > best.width);
      if (!better) continue;
      best = reading;
      bestMerit = value;
    }
  }
  const header = best.records[headerIndex(best.records, best.width)];
  if (!header || best.brokenFirst) return null;
  return {
    dialect: best.dialect,
    header: header.cells.map((name) => name.replaceAll("\0", "")),
    bodyAt: header.next,
    bodyLine: header.nextLine,
  };
}
