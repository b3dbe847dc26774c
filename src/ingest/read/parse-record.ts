/**
 * One record of a text table: where its cells lie and how it ends.
 * Takes bytes of any ASCII-compatible encoding, gives positions; copies and decodes nothing.
 */
import { BACKSLASH, CR, type Dialect, LF, QUOTE, SPACE, TAB } from "./dialect.ts";

/** Positions of the cells of one record; reused from record to record. */
export interface Cells {
  count: number;
  /** Start and end of each cell's text, without the enclosing quotes. */
  readonly starts: number[];
  readonly ends: number[];
  /** True where the cell was enclosed in quotes. */
  readonly quoted: boolean[];
  /** First byte after the record and its line break. */
  next: number;
  /** Physical lines the record takes, at least 1. */
  lines: number;
}

export function emptyCells(): Cells {
  return { count: 0, starts: [], ends: [], quoted: [], next: 0, lines: 0 };
}

/**
 * - `record`: complete, `next` stands behind its line break.
 * - `more`: the bytes end before the record does.
 * - `unclosed`: the file ends inside a quoted cell.
 * - `junk`: text follows a closing quote.
 */
export type RecordEnd = "record" | "more" | "unclosed" | "junk";

/**
 * Finds the cells of the record that starts at `at`.
 *
 * A quote opens a quoted cell only as the cell's first byte; elsewhere it is text.
 *
 * @param end first byte that may not be looked at
 * @param last true when the file is over at `end`
 */
export function parseRecord(
  bytes: Uint8Array,
  at: number,
  end: number,
  last: boolean,
  dialect: Dialect,
  cells: Cells,
): RecordEnd {
  const delimiter = dialect.delimiter ?? -1;
  const lone = dialect.newline === "cr";
  const backslash = dialect.escape === "backslash";
  cells.count = 0;
  cells.lines = 1;
  let i = at;
  for (;;) {
    const k = cells.count;
    if (i < end && bytes[i] === QUOTE) {
      i++;
      cells.starts[k] = i;
      cells.quoted[k] = true;
      for (;;) {
        if (i >= end) return last ? "unclosed" : "more";
        const byte = bytes[i];
        if (byte === QUOTE) {
          if (i + 1 >= end && !last) return "more";
          if (i + 1 >= end || bytes[i + 1] !== QUOTE) break;
          i += 2;
        } else if (byte === BACKSLASH && backslash) {
          if (i + 1 >= end) return last ? "unclosed" : "more";
          i += bytes[i + 1] === QUOTE || bytes[i + 1] === BACKSLASH ? 2 : 1;
        } else {
          if (byte === LF) cells.lines++;
          else if (byte === CR && lone) {
            if (i + 1 >= end && !last) return "more";
            if (bytes[i + 1] !== LF) cells.lines++;
          }
          i++;
        }
      }
      cells.ends[k] = i;
      i++;
    } else {
      cells.starts[k] = i;
      cells.quoted[k] = false;
      while (i < end) {
        const byte = bytes[i];
        if (byte === delimiter || byte === LF) break;
        if (byte === CR) {
          if (lone) break;
          if (i + 1 >= end && !last) return "more";
          if (i + 1 >= end || bytes[i + 1] === LF) break;
        }
        i++;
      }
      cells.ends[k] = i;
    }
    cells.count = k + 1;
    if (i >= end) {
      if (!last) return "more";
      cells.next = end;
      return "record";
    }
    const byte = bytes[i];
    if (byte === delimiter) {
      i++;
      continue;
    }
    if (byte === LF) {
      cells.next = i + 1;
      return "record";
    }
    if (byte === CR) {
      if (i + 1 >= end && !last) return "more";
      const pair = i + 1 < end && bytes[i + 1] === LF;
      if (pair || lone || i + 1 >= end) {
        cells.next = i + (pair ? 2 : 1);
        return "record";
      }
    }
    return "junk";
  }
}

/** The text of cell `k` as a byte string of its own, with escapes resolved. */
export function cellBytes(bytes: Uint8Array, cells: Cells, k: number, dialect: Dialect): Buffer {
  const start = cells.starts[k] as number;
  const end = cells.ends[k] as number;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  if (!cells.quoted[k]) return view;
  const backslash = dialect.escape === "backslash";
  if (!view.includes(QUOTE) && !(backslash && view.includes(BACKSLASH))) return view;
  const text = Buffer.allocUnsafe(view.length);
  let length = 0;
  for (let i = 0; i < view.length; i++) {
    const byte = view[i] as number;
    const next = view[i + 1];
    if (byte === QUOTE && next === QUOTE) i++;
    else if (backslash && byte === BACKSLASH && (next === QUOTE || next === BACKSLASH)) i++;
    text[length++] = view[i] as number;
  }
  return text.subarray(0, length);
}

/** True when every cell from `from` on is empty or white space. */
export function blankFrom(bytes: Uint8Array, cells: Cells, from: number): boolean {
  for (let k = from; k < cells.count; k++) {
    for (let i = cells.starts[k] as number; i < (cells.ends[k] as number); i++) {
      const byte = bytes[i] as number;
      if (byte !== SPACE && byte !== TAB && byte !== CR) return false;
    }
  }
  return true;
}
