/** A table as CSV (RFC 4180, CRLF, UTF-8 with a byte order mark) that a spreadsheet opens without running anything. */
import {
  type Cell,
  type FileColumn,
  headOf,
  majorText,
  type TableFile,
  yesNo,
} from "./table-file.ts";

const BYTE_ORDER_MARK = "\uFEFF";
/** Also the full-width forms, which some spreadsheets read as the narrow ones. */
const RUNS =
  /^[\s\uFEFF\u200E\u200F\u202A-\u202E\u2066-\u2069]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
/** Country code, then the rest: what stands in two parts is no number to a spreadsheet, and its plus stays. */
const PARTED = /^\+\d{1,3} \d[\d ]*$/;

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text that a spreadsheet shows and never runs: what begins like a formula gets an apostrophe in front. */
export function csvText(text: string): string {
  return quoted(RUNS.test(text) && !PARTED.test(text) ? `'${text}` : text);
}

function cellText<Row>(file: TableFile<Row>, { kind }: FileColumn<Row>, value: Cell): string {
  if (value === null) return "";
  if (typeof value === "boolean") return yesNo(value, file.language);
  if (typeof value === "string") return csvText(value);
  if (kind === "money") return majorText(value, file.currencyDecimals);
  return Number.isFinite(value) ? String(value) : "";
}

/** One chunk per page; the head comes with the first. */
export async function* tableCsv<Row>(file: TableFile<Row>): AsyncGenerator<string> {
  const line = (cells: readonly string[]) => `${cells.join(",")}\r\n`;
  let head = BYTE_ORDER_MARK + line(file.columns.map((column) => csvText(headOf(file, column))));
  for await (const rows of file.pages) {
    let text = head;
    head = "";
    for (const row of rows)
      text += line(file.columns.map((column) => cellText(file, column, column.value(row))));
    yield text;
  }
  if (head !== "") yield head;
}
