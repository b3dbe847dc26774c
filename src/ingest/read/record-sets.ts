/**
 * The reading room: the bytes of any file a person may hand us, as canonical records on disk.
 * Takes a file's path and name, gives one record set for each table in it; nothing is typed or judged here.
 */
import { stat } from "node:fs/promises";
import type { Problem } from "../../base/problem.ts";
import { readFile } from "./read-file.ts";

export { isTableFileName } from "./file-kind.ts";

export interface RecordSet {
  /** Name shown to people: "insights.csv", "export.zip/insights.csv", "book.xlsx › Sheet1". */
  readonly name: string;
  readonly container: "text" | "jsonl" | "xlsx" | "parquet";
  /** Column names as written; "column N" for an unnamed column that holds data. */
  readonly header: readonly string[];
  /** "utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252", "windows-1256"; null where bytes are no text. */
  readonly encoding: string | null;
  /** "," "\t" ";" "|"; null for one column and for other containers. */
  readonly delimiter: string | null;
  /**
   * Canonical CSV on local disk: UTF-8, LF, comma, quotes doubled; first line `_line,c0,c1,…`. `_line` is the physical
   * line on which the record starts, counted from 1; the sheet's row, or the row's number in Parquet.
   */
  readonly path: string;
  /** Well-formed records in `path`. */
  readonly records: number;
  /** Canonical CSV of malformed records (line, code, reason, record); null when there are none. */
  readonly malformedPath: string | null;
  readonly malformed: number;
  /** False when a cell holds a line break, so that DuckDB must read with parallel = false. */
  readonly parallelSafe: boolean;
  /** Longest record of `path` in bytes. */
  readonly longestRecordBytes: number;
  /** Size of the original in bytes. */
  readonly bytes: number;
  /** First records, at most 20, for previews and sniffing. */
  readonly sample: readonly (readonly string[])[];
}
export interface ReadOptions {
  /** Where record sets are written; the caller removes it. */
  readonly workDirectory: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    file: string;
    bytes: number;
    totalBytes: number;
    records: number;
  }) => void;
  /** Longest record that is read; longer ones are rejected. Default 4 MiB. */
  readonly maxRecordBytes?: number;
}

export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** A member named as a table that cannot be read. */
export interface Unreadable {
  readonly name: string;
  readonly problem: Problem;
}

export interface ReadResult {
  readonly sets: RecordSet[];
  readonly skipped: Skipped[];
  readonly unreadable: Unreadable[];
}

/**
 * Every table in a file: one for a text file, one for each readable member of a zip archive or sheet of a workbook.
 *
 * What a file is, how it is encoded and how its cells are separated is found from its bytes. A member of an archive that
 * cannot be read is reported in `unreadable` beside those that can, a sheet without a table in `skipped`; alone it is a
 * Problem.
 *
 * @throws Problem with a code of docs/errors.md when nothing in the file can be read
 */
export async function readRecordSets(
  source: { readonly name: string; readonly path: string },
  options: ReadOptions,
): Promise<ReadResult> {
  const { size } = await stat(source.path);
  return readFile({ name: source.name, path: source.path, size }, options);
}
