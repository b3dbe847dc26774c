import type { RejectRow, RejectsAnswer } from "../contract/imports.ts";
import { csvLine } from "./csv.ts";

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

function csvLines(rows: readonly RejectRow[]): string {
  return rows.map((row) => csvLine(COLUMNS.map((column) => row[column]))).join("");
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
