/** Every non-empty sheet of an .xlsx workbook as a record set, row by row. */
import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../../base/problem.ts";
import type { Archive } from "./archive.ts";
import { CanonicalWriter, columnLine } from "./canonical-writer.ts";
import { columnNames, headerIndex } from "./header.ts";
import { MalformedLog } from "./malformed.ts";
import { emptyTable } from "./read-text.ts";
import type { ReadOptions, RecordSet } from "./record-sets.ts";
import { eachSheetRow, type SheetRow } from "./sheet-rows.ts";
import { openWorkbook, type Workbook } from "./workbook.ts";

/** Uncompressed XML of one workbook; a full sheet of 1,048,576 rows by 10 columns is about as large. */
const MOST_XML_BYTES = 400 * 2 ** 20;
/** Cells of one sheet, empty ones inside its rows included. */
const MOST_CELLS = 100_000_000;
const HEAD_ROWS = 100;
const FLUSH_BYTES = 1 << 20;
const SAMPLE_RECORDS = 20;

function workbookTooLarge(name: string): Problem {
  return new Problem("WORKBOOK_TOO_LARGE", {
    what: "The workbook is too large to be read as a spreadsheet",
    where: name,
    fix: "Export the table as CSV or Parquet; those may have any size.",
  });
}

/**
 * @param bytes size of the workbook file
 * @returns one outcome for each sheet that holds anything
 * @throws Problem `WORKBOOK_TOO_LARGE`, `BROKEN_WORKBOOK`
 */
export async function readWorkbook(
  archive: Archive,
  bytes: number,
  options: ReadOptions,
): Promise<{ name: string; read: () => Promise<RecordSet | null> }[]> {
  const xml = archive.members.filter((member) => /\.(xml|rels)$/i.test(member.name));
  if (xml.reduce((sum, member) => sum + member.bytes, 0) > MOST_XML_BYTES) {
    throw workbookTooLarge(archive.name);
  }
  const workbook = await openWorkbook(archive);
  return workbook.sheets.map((sheet) => {
    const name = `${archive.name} › ${sheet.name}`;
    return { name, read: () => readSheet(archive, workbook, sheet.part, name, bytes, options) };
  });
}

/** Null for a sheet without any cell. */
async function readSheet(
  archive: Archive,
  workbook: Workbook,
  part: string,
  name: string,
  bytes: number,
  options: ReadOptions,
): Promise<RecordSet | null> {
  let keep: number | null = null;
  for (;;) {
    const pass = new SheetPass(name, options, keep);
    await pass.begin();
    try {
      await eachSheetRow(
        archive,
        workbook,
        part,
        (row) => pass.take(row),
        () => pass.pause(),
      );
      pass.settle();
      if (pass.isEmpty) {
        await pass.discard();
        return null;
      }
      if (pass.widest <= pass.columns) return await pass.finish(bytes);
      // A column without a name holds data: read again with that many columns.
      keep = pass.widest;
    } catch (error) {
      await pass.discard();
      throw error;
    }
    await pass.discard();
  }
}

class SheetPass {
  /** Columns up to the last that holds data below the header. */
  widest = 0;
  columns = 0;
  readonly #name: string;
  readonly #options: ReadOptions;
  readonly #keep: number | null;
  readonly #sample: string[][] = [];
  #header: readonly string[] = [];
  #head: SheetRow[] | null = [];
  #writer: CanonicalWriter = new CanonicalWriter("", 0);
  #malformed: MalformedLog = new MalformedLog("");

  constructor(name: string, options: ReadOptions, keep: number | null) {
    this.#name = name;
    this.#options = options;
    this.#keep = keep;
  }

  async begin(): Promise<void> {
    const folder = await mkdtemp(path.join(this.#options.workDirectory, "records-"));
    this.#writer = new CanonicalWriter(path.join(folder, "records.csv"));
    this.#malformed = new MalformedLog(path.join(folder, "malformed.csv"));
  }

  get isEmpty(): boolean {
    return this.columns === 0;
  }

  take(row: SheetRow): void {
    if (this.#head === null) {
      this.#record(row);
      return;
    }
    this.#head.push(row);
    if (this.#head.length >= HEAD_ROWS) this.settle();
  }

  /** Chooses the header, once enough rows are there or the sheet is over. */
  settle(): void {
    const head = this.#head;
    if (head === null || head.length === 0) return;
    this.#head = null;
    const width = Math.max(...head.map((row) => row.cells.length));
    const rows = head.map((row) => {
      const cells = Array.from({ length: width }, (_, k) => row.cells[k] ?? "");
      return { cells, filled: cells.filter((cell) => cell.trim() !== "").length };
    });
    const at = headerIndex(rows, width);
    const names = columnNames(this.#name, rows[at]?.cells ?? [], this.#keep);
    const wider = Array.from(
      { length: Math.max(names.columns.length, this.#keep ?? 0) },
      (_, k) => names.columns[k] ?? `column ${k + 1}`,
    );
    this.#header = wider;
    this.columns = wider.length;
    this.#writer.text(columnLine(this.columns));
    for (const row of head.slice(at + 1)) this.#record(row);
  }

  #record(row: SheetRow): void {
    const filled = row.cells.findLastIndex((cell) => cell.trim() !== "") + 1;
    if (row.fault !== null) {
      this.#malformed.add(row.row, "BAD_CELL", row.fault, Buffer.from(row.cells.join(",")));
      return;
    }
    if (filled === 0) return;
    this.widest = Math.max(this.widest, filled);
    if (filled > this.columns) return;
    if (this.#writer.records * this.columns > MOST_CELLS) throw workbookTooLarge(this.#name);
    const cells = this.#header.map((_, k) => row.cells[k] ?? "");
    this.#writer.record(
      row.row,
      cells.map((cell) => Buffer.from(cell)),
    );
    if (this.#sample.length < SAMPLE_RECORDS) this.#sample.push(cells);
  }

  async pause(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (this.#writer.length < FLUSH_BYTES) return;
    await this.#writer.flush();
    await this.#malformed.flush();
  }

  async finish(bytes: number): Promise<RecordSet> {
    const { records } = this.#writer;
    if (records === 0 && this.#malformed.count === 0) throw emptyTable(this.#name);
    await this.#writer.close();
    const malformedPath = await this.#malformed.close();
    this.#options.onProgress?.({ file: this.#name, bytes, totalBytes: bytes, records });
    return {
      name: this.#name,
      container: "xlsx",
      header: this.#header,
      encoding: null,
      delimiter: null,
      path: this.#writer.path,
      records,
      malformedPath,
      malformed: this.#malformed.count,
      parallelSafe: !this.#writer.quotedNewlines,
      longestRecordBytes: this.#writer.longestRecordBytes,
      bytes,
      sample: this.#sample,
    };
  }

  async discard(): Promise<void> {
    await this.#writer.discard();
    await this.#malformed.discard();
  }
}
