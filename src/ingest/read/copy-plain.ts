/**
 * The fast lane of the scanner: copies records byte by byte in one loop, as long as they need no care.
 * Stops before the first record that has another number of cells, a stray quote, a NUL, or no end yet.
 */
import { type CanonicalWriter, writeDecimal } from "./canonical-writer.ts";
import { COMMA, CR, type Dialect, LF, NUL, QUOTE } from "./dialect.ts";

const PLAIN = 0;
const DELIMITER = 1;
const LINE_FEED = 2;
const OTHER_COMMA = 3;
const SPECIAL = 4;

export interface PlainRules {
  /** What each byte means outside quotes. */
  readonly kinds: Uint8Array;
  readonly delimiter: number;
  readonly columns: number;
  readonly maxRecordBytes: number;
  readonly doubledQuotes: boolean;
  readonly loneCarriage: boolean;
}

/** Where the scanner stands; moved forward by `copyPlain`. */
export interface Place {
  bytes: Uint8Array;
  at: number;
  end: number;
  line: number;
}

export function plainRules(dialect: Dialect, columns: number, maxRecordBytes: number): PlainRules {
  const kinds = new Uint8Array(256).fill(PLAIN);
  for (const byte of [NUL, CR, QUOTE]) kinds[byte] = SPECIAL;
  kinds[LF] = LINE_FEED;
  kinds[COMMA] = OTHER_COMMA;
  if (dialect.delimiter !== null) kinds[dialect.delimiter] = DELIMITER;
  return {
    kinds,
    delimiter: dialect.delimiter ?? -1,
    columns,
    maxRecordBytes,
    doubledQuotes: dialect.escape === "doubled",
    loneCarriage: dialect.newline === "cr",
  };
}

/** Room that the records in `bytes` bytes may take: two quotes for each cell with a comma, a line number each. */
function roomFor(bytes: number): number {
  return bytes * 3 + 64;
}

export function copyPlain(place: Place, rules: PlainRules, writer: CanonicalWriter): void {
  const { kinds, delimiter, columns, maxRecordBytes, doubledQuotes, loneCarriage } = rules;
  const { bytes, end } = place;
  let out: Uint8Array = writer.buffer;
  let o = writer.length;
  let at = place.at;
  let line = place.line;
  let longest = writer.longestRecordBytes;
  let records = 0;

  while (at < end) {
    if (out.length - o < roomFor(end - at)) {
      writer.length = o;
      writer.reserve(roomFor(end - at));
      out = writer.buffer;
    }
    const start = at;
    const startOut = o;
    let inner = 0;
    let newlines = false;
    let whole = false;
    let enclosed = false;
    let cells = 1;
    o = writeDecimal(out, o, line);
    out[o++] = COMMA;
    let cellOut = o;
    let cellAt = at;
    while (at < end) {
      const byte = bytes[at] as number;
      const kind = kinds[byte] as number;
      if (kind === PLAIN) {
        out[o++] = byte;
        at++;
      } else if (kind === DELIMITER) {
        if (enclosed) {
          out[o++] = QUOTE;
          enclosed = false;
        }
        out[o++] = COMMA;
        at++;
        cells++;
        cellOut = o;
        cellAt = at;
      } else if (kind === LINE_FEED) {
        at++;
        whole = true;
        break;
      } else if (kind === OTHER_COMMA) {
        if (!enclosed) {
          out.copyWithin(cellOut + 1, cellOut, o);
          out[cellOut] = QUOTE;
          o++;
          enclosed = true;
        }
        out[o++] = byte;
        at++;
      } else if (byte === CR) {
        if (at + 1 >= end) break;
        const pair = bytes[at + 1] === LF;
        if (!pair && !loneCarriage) break;
        at += pair ? 2 : 1;
        whole = true;
        break;
      } else if (byte === QUOTE && at === cellAt && doubledQuotes) {
        out[o++] = byte;
        at++;
        let closed = false;
        while (at < end) {
          const quoted = bytes[at] as number;
          if (quoted === NUL || (quoted === CR && loneCarriage)) break;
          out[o++] = quoted;
          at++;
          if (quoted === QUOTE) {
            if (bytes[at] !== QUOTE || at >= end) {
              closed = true;
              break;
            }
            out[o++] = quoted;
            at++;
          } else if (quoted === LF) {
            inner++;
            newlines = true;
          } else if (quoted === CR) newlines = true;
        }
        if (!closed || at >= end) break;
        const after = bytes[at];
        if (after !== delimiter && after !== LF && after !== CR) break;
      } else break;
    }
    const length = at - start;
    const blank = columns === 1 && (bytes[start] === LF || bytes[start] === CR);
    if (!whole || cells !== columns || length >= maxRecordBytes || blank) {
      at = start;
      o = startOut;
      break;
    }
    if (enclosed) out[o++] = QUOTE;
    out[o++] = LF;
    line += inner + 1;
    records++;
    if (newlines) writer.quotedNewlines = true;
    if (o - startOut > longest) longest = o - startOut;
  }
  writer.length = o;
  writer.records += records;
  writer.longestRecordBytes = longest;
  place.at = at;
  place.line = line;
}
