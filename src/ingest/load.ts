/**
 * Loading: a source's bytes become typed rows in temporary tables, previewed, and on the caller's word rows of `raw.*`.
 * Takes files of any known kind, gives for each table in them a `LoadedFile`, or the Problem that keeps it out.
 */
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { isProblem, Problem } from "../base/problem.ts";
import { type FilePreview, Mapping, type TableName } from "../contract/imports.ts";
import type { Definitions, InsightLevel } from "../domain/definitions.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { fieldChoices } from "./fields.ts";
import { headerSignature } from "./headers.ts";
import { readCanonicalSql, readMalformedSql } from "./read/canonical-sql.ts";
import { type RecordSet, readRecordSets } from "./read/record-sets.ts";
import { applyMapping, recogniseTable } from "./recognise.ts";
import { runWithProgress } from "./run-with-progress.ts";
import { planTyping, type TypingPlan } from "./typing-plan.ts";
import { rejectStatement, typeStatement } from "./typing-sql.ts";

export { levelQuestion } from "./level-question.ts";
export { previewOf } from "./preview.ts";
export { dropLoaded, insertLoaded, removeFiles } from "./raw-files.ts";

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

/** One table of a source, typed, in two temporary tables of the session. */
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
  /** Whether the mapping was given or found. */
  readonly origin: "given" | "recognised";
  /** From header, mapping or cells; null = the account's. */
  readonly currency: string | null;
  readonly account: string | null;
  readonly sample: readonly (readonly string[])[];
  readonly bytes: number;
  /** Data records: accepted and rejected, without total lines. */
  readonly rowsRead: number;
  readonly rowsAccepted: number;
  readonly rowsRejected: number;
  readonly totalRows: number;
  /** Typed rows: `line` and the columns of `raw.<table>`. */
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

/** Records from which formats are guessed before all of them are looked at. */
const SAMPLE_RECORDS = 20_000;

let made = 0;

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
  try {
    ({ sets, skipped } = await readRecordSets(source, {
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
    }));
  } catch (error) {
    if (!isProblem(error)) throw error;
    const nothing = { table: null, mapping: null, fields: [], encoding: null, delimiter: null };
    failed.push({
      name: source.name,
      problem: error,
      ...nothing,
      header: [],
      sample: [],
      bytes: 0,
    });
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

async function loadSet(
  context: LoadContext,
  set: RecordSet,
  found: { mapping: Mapping | null },
): Promise<LoadedFile> {
  const { session, definitions } = context;
  const signature = headerSignature(set.header);
  const given = context.mappingFor({ name: set.name, header: set.header, signature });
  const recognised = given
    ? applyMapping(set.name, set.header, given)
    : recogniseTable(set.name, set.header);
  found.mapping = recognised.mapping;
  const n = ++made;
  const rowsTable = `ingest_rows_${n}`;
  const rejectsTable = `ingest_rejects_${n}`;
  const sample = `ingest_sample_${n}`;
  const all = readCanonicalSql(set);
  const sampleIsAll = set.records <= SAMPLE_RECORDS;
  const plan = (from: string, whole: boolean) =>
    planTyping({
      session,
      file: set.name,
      header: set.header,
      mapping: recognised.mapping,
      defaultCurrency: definitions.default.currency,
      zone: definitions.default.timeZone,
      sample: from,
      all: sampleIsAll ? from : all,
      sampleIsAll: whole,
    });
  try {
    await session.run(
      `CREATE TEMP TABLE ${sample} AS SELECT * FROM ${all} LIMIT ${SAMPLE_RECORDS}`,
    );
    const from = sampleIsAll ? sample : all;
    const type = async (planned: TypingPlan) => {
      await runWithProgress(context, set, typeStatement(planned, from, rowsTable, context.account));
      return typedCounts(session, rowsTable);
    };
    let planned = await plan(sample, sampleIsAll);
    let counts = await type(planned);
    if (counts.unfit > 0 && !sampleIsAll) {
      const whole = await plan(all, true);
      if (JSON.stringify(whole) !== JSON.stringify(planned)) {
        await session.run(`DROP TABLE ${rowsTable}`);
        planned = whole;
        counts = await type(planned);
      }
    }
    assertDaily(set.name, planned, counts);
    const totalRows = await settleRejects({
      session,
      set,
      planned,
      from,
      rowsTable,
      rejectsTable,
      unfit: counts.unfit,
    });
    const accepted = counts.rows - counts.unfit;
    const rejected = counts.unfit - totalRows + set.malformed;
    return {
      name: set.name,
      table: planned.mapping.table,
      format: recognised.format,
      level: planned.level,
      encoding: set.encoding,
      delimiter: set.delimiter,
      header: set.header,
      signature,
      mapping: planned.mapping,
      origin: given ? "given" : "recognised",
      currency: planned.currency,
      account: context.account,
      sample: set.sample,
      bytes: set.bytes,
      rowsRead: accepted + rejected,
      rowsAccepted: accepted,
      rowsRejected: rejected,
      totalRows,
      rowsTable,
      rejectsTable,
    };
  } catch (error) {
    await session.run(`DROP TABLE IF EXISTS ${rowsTable}; DROP TABLE IF EXISTS ${rejectsTable}`);
    throw error;
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${sample}`);
  }
}

interface TypedCounts {
  readonly rows: number;
  readonly unfit: number;
  readonly longer: number;
  readonly longerLine: number | null;
}

async function typedCounts(session: Session, rowsTable: string): Promise<TypedCounts> {
  const counts = await session.first<TypedCounts>(
    `SELECT count(*) AS rows, count(*) FILTER (NOT ok) AS unfit, count(*) FILTER (ok AND period_differs) AS longer,
            min(line) FILTER (ok AND period_differs) AS "longerLine" FROM ${rowsTable}`,
  );
  return counts ?? { rows: 0, unfit: 0, longer: 0, longerLine: null };
}

function assertDaily(name: string, plan: TypingPlan, counts: TypedCounts): void {
  if (counts.longer === 0) return;
  const { period_start: start, period_end: end } = plan.mapping.fields;
  throw new Problem("NO_DAY_BREAKDOWN", {
    what: `${counts.longer} of ${counts.rows} rows cover several days, the first in line ${counts.longerLine}: "${start}" and "${end}" differ`,
    where: name,
    fix: 'Export again with "Breakdown: By time → Day" (one row per day), so that every amount has its day.',
    details: { rows: counts.longer, line: counts.longerLine },
  });
}

const REJECT_COLUMNS =
  "line BIGINT, total BOOLEAN, column_name VARCHAR, value VARCHAR, code VARCHAR, reason VARCHAR, record VARCHAR";

/** Makes the table of rejects and takes what does not fit out of the typed rows. @returns total lines among them */
async function settleRejects(of: {
  session: Session;
  set: RecordSet;
  planned: TypingPlan;
  from: string;
  rowsTable: string;
  rejectsTable: string;
  unfit: number;
}): Promise<number> {
  const { session, set, planned, from, rowsTable, rejectsTable, unfit } = of;
  let totalRows = 0;
  if (unfit === 0) {
    await session.run(`CREATE TEMP TABLE ${rejectsTable} (${REJECT_COLUMNS})`);
  } else {
    const delimiter = set.delimiter ?? ",";
    await session.run(rejectStatement(planned, from, rowsTable, rejectsTable, delimiter));
    const totals = await session.first<{ n: number }>(
      `SELECT count(DISTINCT line) AS n FROM ${rejectsTable} WHERE total`,
    );
    totalRows = totals?.n ?? 0;
    await session.run(`DELETE FROM ${rejectsTable} WHERE total`);
    await session.run(`DELETE FROM ${rowsTable} WHERE NOT ok`);
  }
  const malformed = readMalformedSql(set);
  if (malformed !== null) {
    await session.run(`INSERT INTO ${rejectsTable} BY NAME
      SELECT line, false AS total, code, reason, left(coalesce(record, ''), 4000) AS record FROM ${malformed}`);
  }
  return totalRows;
}
