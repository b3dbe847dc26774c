/** How a text table separates its cells and records. */
export interface Dialect {
  /** The separating byte; null where the table has one column. */
  readonly delimiter: number | null;
  /** How a quote inside a quoted cell is written: `""`, or also `\"`. */
  readonly escape: "doubled" | "backslash";
  /** "lf": records end in LF or CRLF and a lone CR is text; "cr": a lone CR ends a record too. */
  readonly newline: "lf" | "cr";
}

export const NUL = 0;
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const COMMA = 44;
export const SEMICOLON = 59;
export const BACKSLASH = 92;
export const PIPE = 124;

/** Where the physical line that starts at `at` is over (after its line break); -1 when it is not within `end`. */
export function lineEnd(
  bytes: Uint8Array,
  at: number,
  end: number,
  newline: Dialect["newline"],
): number {
  for (let i = at; i < end; i++) {
    const byte = bytes[i];
    if (byte === LF) return i + 1;
    if (byte === CR && newline === "cr") {
      if (i + 1 < end) return bytes[i + 1] === LF ? i + 2 : i + 1;
      return -1;
    }
  }
  return -1;
}
