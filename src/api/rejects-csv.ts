import type { RejectRow, RejectsAnswer } from "../contract/imports.ts";

const COLUMNS = [
  "importId",
  "file",
  "line",
  "column",
  "value",
  "code",
  "reason",
  "record",
] as const;

const BYTE_ORDER_MARK = "\uFEFF";
const PLAIN_NUMBER = /^[+-]?\d+(?:[.,]\d+)*$/;
/** Also the full-width forms, which some spreadsheets read as the narrow ones. */
const FORMULA_START = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/**
 * One CSV cell (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front; plain
 * numbers, also signed ones and phones such as +20…, stay as they are.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvLines(rows: readonly RejectRow[]): string {
  return rows
    .map((row) => `${COLUMNS.map((column) => csvCell(row[column])).join(",")}\r\n`)
    .join("");
}

/**
 * Rejected rows as CSV with a byte order mark (spreadsheets need it to read UTF-8), one chunk per page.
 *
 * @param first the first page, fetched before the answer began so that its failure can still be told
 * @param page fetches the page behind a cursor
 */
export async function* rejectsCsv(
  first: RejectsAnswer,
  page: (cursor: string) => Promise<RejectsAnswer>,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${COLUMNS.join(",")}\r\n${csvLines(first.items)}`;
  let { next } = first;
  while (next !== null) {
    const following = await page(next);
    yield csvLines(following.items);
    next = following.next;
  }
}
