/** One table of a source typed into temporary tables: recognise, plan, type, settle what does not fit. */

import { Problem } from "../base/problem.ts";
import type { Mapping } from "../contract/imports.ts";
import { definitionsOf, untoldDecimals, untoldZone } from "../domain/definitions.ts";
import { currencyDecimals } from "../domain/money.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { headerSignature } from "./headers.ts";
import type { LoadContext, LoadedFile } from "./load.ts";
import { readCanonicalSql, readMalformedSql } from "./read/canonical-sql.ts";
import type { RecordSet } from "./read/record-sets.ts";
import { applyMapping, recogniseTable } from "./recognise.ts";
import { runWithProgress } from "./run-with-progress.ts";
import { planTyping, type TypingPlan } from "./typing-plan.ts";
import {
  cellsTable,
  dropRowsStatement,
  rejectStatement,
  rowsStatement,
  typeStatement,
} from "./typing-sql.ts";

/** Records from which formats are guessed before all of them are looked at. */
const SAMPLE_RECORDS = 20_000;

let made = 0;

/**
 * @param found takes the mapping as soon as it is known, for a caller who must explain a Problem
 * @throws Problem of recognition or of the plan
 */
export async function loadSet(
  context: LoadContext,
  set: RecordSet,
  found: { mapping: Mapping | null },
): Promise<LoadedFile> {
  const { session } = context;
  const own = definitionsOf(context.definitions, context.account);
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
      defaultCurrency: own.currency,
      defaultDecimals:
        context.account === null
          ? untoldDecimals(context.definitions)
          : currencyDecimals(own.currency),
      zone: context.account === null ? untoldZone(context.definitions) : own.timeZone,
      zoneTold: context.account !== null || untoldZone(context.definitions) === own.timeZone,
      sample: from,
      all: sampleIsAll ? from : all,
      sampleIsAll: whole,
    });
  try {
    // Read by one thread: then the sample is the file's beginning, whatever else runs.
    const beginning = readCanonicalSql({ ...set, parallelSafe: false });
    await session.run(
      `CREATE TEMP TABLE ${sample} AS SELECT * FROM ${beginning} LIMIT ${SAMPLE_RECORDS}`,
    );
    const from = sampleIsAll ? sample : all;
    const type = async (planned: TypingPlan) => {
      await runWithProgress(context, set, typeStatement(planned, from, rowsTable, context.account));
      await session.run(rowsStatement(planned, rowsTable, context.account));
      return typedCounts(session, rowsTable);
    };
    let planned = await plan(sample, sampleIsAll);
    let counts = await type(planned);
    if (counts.unfit > 0 && !sampleIsAll) {
      const whole = await plan(all, true);
      if (JSON.stringify(whole) !== JSON.stringify(planned)) {
        await session.run(dropRowsStatement(rowsTable));
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
      kept: planned.kept,
      origin: given ? "given" : "recognised",
      currency: planned.currency,
      moneyScale: 10 ** (planned.decimals - currencyDecimals(planned.currency ?? own.currency)),
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
    await session.run(`${dropRowsStatement(rowsTable)}; DROP TABLE IF EXISTS ${rejectsTable}`);
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
    await session.run(`DELETE FROM ${cellsTable(rowsTable)} WHERE NOT ok`);
  }
  const malformed = readMalformedSql(set);
  if (malformed !== null) {
    await session.run(`INSERT INTO ${rejectsTable} BY NAME
      SELECT line, false AS total, code, reason, left(coalesce(record, ''), 4000) AS record FROM ${malformed}`);
  }
  return totalRows;
}
