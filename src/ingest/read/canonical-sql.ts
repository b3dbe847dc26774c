/** How DuckDB reads the canonical files that `readRecordSets` writes. */
import type { RecordSet } from "./record-sets.ts";

/** DuckDB's own default; every reading thread holds several lines of this size. */
const LEAST_LINE_BYTES = 2 * 2 ** 20;

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function readCsv(
  path: string,
  columns: readonly (readonly [string, string])[],
  longestBytes: number,
  parallel: boolean,
): string {
  const types = columns.map(([name, type]) => `${quoted(name)}: ${quoted(type)}`).join(", ");
  return (
    `read_csv(${quoted(path)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', ` +
    `new_line = '\\n', nullstr = '', comment = '', strict_mode = true, null_padding = false, ` +
    `ignore_errors = false, encoding = 'utf-8', compression = 'none', parallel = ${parallel}, ` +
    `max_line_size = ${Math.max(LEAST_LINE_BYTES, longestBytes + 1024)}, columns = {${types}})`
  );
}

/**
 * A table function for a FROM clause: `_line` BIGINT and `c0`, `c1`, … VARCHAR in the order of `set.header`; an empty
 * cell is NULL. Numbers nothing but what the file holds: rows come in any order, `_line` tells theirs.
 */
export function readCanonicalSql(
  set: Pick<RecordSet, "path" | "header" | "longestRecordBytes" | "parallelSafe">,
): string {
  const columns = set.header.map((_, k) => [`c${k}`, "VARCHAR"] as const);
  return readCsv(
    set.path,
    [["_line", "BIGINT"], ...columns],
    set.longestRecordBytes,
    set.parallelSafe,
  );
}

/** A table function over the malformed records (line, code, reason, record); null when there are none. */
export function readMalformedSql(set: Pick<RecordSet, "malformedPath">): string | null {
  if (set.malformedPath === null) return null;
  return readCsv(
    set.malformedPath,
    [
      ["line", "BIGINT"],
      ["code", "VARCHAR"],
      ["reason", "VARCHAR"],
      ["record", "VARCHAR"],
    ],
    0,
    false,
  );
}
