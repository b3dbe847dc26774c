/**
 * Loading: a source's bytes become typed rows in temporary tables, previewed, and on the caller's word rows of `raw.*`.
 * Takes files of any known kind, gives for each table in them a `LoadedFile`, or the Problem that keeps it out.
 */
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { isProblem, type Problem } from "../base/problem.ts";
import { type FilePreview, Mapping, type TableName } from "../contract/imports.ts";
import type { Definitions, InsightLevel } from "../domain/definitions.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { fieldChoices } from "./fields.ts";
import { loadSet } from "./load-set.ts";
import { type RecordSet, readRecordSets } from "./read/record-sets.ts";

export { levelQuestion } from "./level-question.ts";
export { previewOf, withSharedIds } from "./preview.ts";
export { dropLoaded, insertLoaded, removeFiles } from "./raw-files.ts";
export { NO_SHARED_IDS, sharedIdsOf } from "./shared-ids.ts";

export interface LoadProgress {
  readonly phase: "reading" | "typing";
  readonly file: string;
  readonly rows: number;
  /** 0…1 where the total is known. */
  readonly fraction: number | null;
}

export interface LoadContext {
  /** A scratch connection of the warehouse; its temporary tables hold what is loaded until it is dropped. */
  readonly session: Session;
  readonly workDirectory: string;
  readonly definitions: Definitions;
  /** Account of rows that name none themselves. */
  readonly account: string | null;
  /** A mapping given by hand, saved for these headers, or recorded with an imported file; null = recognise. */
  readonly mappingFor: (file: {
    readonly name: string;
    readonly header: readonly string[];
    readonly signature: string;
  }) => Mapping | null;
  /** Tables of the source to load; the others are left aside. Default: all. */
  readonly only?: (name: string) => boolean;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
}

/** One table of a source, typed: its rows and its rejects lie in the session under temporary names. */
export interface LoadedFile {
  readonly name: string;
  readonly table: TableName;
  readonly format: string;
  readonly level: InsightLevel | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly header: readonly string[];
  readonly signature: string;
  /** Complete: replaying it gives the same rows without recognising anything. */
  readonly mapping: Mapping;
  /** What to save for files with these columns: without what the cells of each file tell. */
  readonly kept: Mapping;
  /** Whether the mapping was given or found. */
  readonly origin: "given" | "recognised";
  /** From header, mapping or cells; null = the account's. */
  readonly currency: string | null;
  /** Amounts in `rowsTable` are this many times minor units of that currency, while the account is not known. */
  readonly moneyScale: number;
  readonly account: string | null;
  readonly sample: readonly (readonly string[])[];
  readonly bytes: number;
  /** Data records: accepted and rejected, without total lines. */
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rowsRejected: number;
  readonly totalRows: number;
  /** A temporary view of the typed rows: `line` and the columns of `raw.<table>`. */
  readonly rowsTable: string;
  /** Rejects: line, column_name, value, code, reason, record. */
  readonly rejectsTable: string;
}

/** A table that cannot be imported as it is. */
export interface FailedFile {
  readonly name: string;
  readonly problem: Problem;
  readonly table: TableName | null;
  readonly mapping: Mapping | null;
  readonly fields: FilePreview["fields"];
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
  readonly bytes: number;
}

/** What became of a source's tables. */
export interface LoadResult {
  readonly loaded: LoadedFile[];
  readonly failed: FailedFile[];
  /** Members that hold no table, with the reason. */
  readonly skipped: { name: string; reason: string }[];
}

/**
 * Reads and types every table of a source.
 *
 * Formats are decided from a sample only where the sample proves them; then all records are typed in one pass. Only
 * where a record does not fit are all of them looked at, so that the result never depends on the sample.
 */
export async function loadSource(
  context: LoadContext,
  source: { readonly name: string; readonly path: string },
): Promise<LoadResult> {
  const folder = await mkdtemp(path.join(context.workDirectory, "load-"));
  try {
    return await loadInto(context, source, folder);
  } finally {
    // The typed rows are in the session's tables; the canonical text is not needed any more.
    await rm(folder, { recursive: true, force: true });
  }
}

async function loadInto(
  context: LoadContext,
  source: { readonly name: string; readonly path: string },
  workDirectory: string,
): Promise<LoadResult> {
  const loaded: LoadedFile[] = [];
  const failed: FailedFile[] = [];
  const { onProgress, signal } = context;
  let sets: readonly RecordSet[];
  let skipped: { name: string; reason: string }[];
  const unreadable = (name: string, problem: Problem): FailedFile => ({
    name,
    problem,
    table: null,
    mapping: null,
    fields: [],
    encoding: null,
    delimiter: null,
    header: [],
    sample: [],
    bytes: 0,
  });
  try {
    const read = await readRecordSets(source, {
      workDirectory,
      ...(signal ? { signal } : {}),
      ...(onProgress
        ? {
            onProgress: ({ file, bytes, totalBytes, records }) =>
              onProgress({
                phase: "reading",
                file,
                rows: records,
                fraction: totalBytes > 0 ? Math.min(1, bytes / totalBytes) : null,
              }),
          }
        : {}),
    });
    ({ sets, skipped } = read);
    for (const one of read.unreadable) {
      if (!context.only || context.only(one.name)) failed.push(unreadable(one.name, one.problem));
    }
  } catch (error) {
    if (!isProblem(error)) throw error;
    failed.push(unreadable(source.name, error));
    return { loaded, failed, skipped: [] };
  }
  await context.session.run(sqlFile(import.meta.url, "sql/macros.sql"));
  for (const set of sets) {
    if (context.only && !context.only(set.name)) continue;
    signal?.throwIfAborted();
    const found: { mapping: Mapping | null } = { mapping: null };
    try {
      loaded.push(await loadSet(context, set, found));
    } catch (error) {
      if (!isProblem(error)) throw error;
      const mapping = found.mapping ?? mappingIn(error);
      failed.push({
        name: set.name,
        problem: error,
        table: mapping?.table ?? null,
        mapping,
        fields: mapping ? fieldChoices(mapping.table) : [],
        encoding: set.encoding,
        delimiter: set.delimiter,
        header: set.header,
        sample: set.sample,
        bytes: set.bytes,
      });
    }
  }
  return { loaded, failed, skipped };
}

/** What recognition had found when it gave up, so that a person can go on from there. */
function mappingIn(problem: Problem): Mapping | null {
  const found = Mapping.safeParse({
    table: problem.details?.table,
    fields: problem.details?.found ?? {},
  });
  return found.success ? found.data : null;
}
