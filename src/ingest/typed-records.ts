/** Records of a file that no format claims, typed strictly: a column is what all of its cells are, else it is text. */

import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { findDateFormat, momentSql } from "./date-format.ts";
import { findNumberStyle, plainNumberSql } from "./number-style.ts";
import { attributeKinds, dateShapes, numberShapes } from "./profile.ts";
import { readCanonicalSql } from "./read/canonical-sql.ts";
import type { RecordSet } from "./read/record-sets.ts";
import { quoteName } from "./sql-text.ts";

/** Makes the small readings of cells that typing needs, on a session of the caller's. */
export async function prepareTyping(session: Session): Promise<void> {
  await session.run(sqlFile(import.meta.url, "sql/macros.sql"));
}

interface TypedColumn {
  readonly name: string;
  readonly sql: string;
}

/** One name per column: a header may repeat itself or leave one out. */
function uniqueNames(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((written, i) => {
    const name = written.trim() === "" ? `column ${i + 1}` : written.trim();
    // DuckDB compares names without case.
    const times = (seen.get(name.toLowerCase()) ?? 0) + 1;
    seen.set(name.toLowerCase(), times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** Every different value of a column, cleaned; those that stand for nothing are left out. */
const VALUES = "typed_values";

/** Yes or no, in the words of any export, or 0 and 1: both must occur. A few values say at once that it is no such column. */
async function areBooleans(session: Session): Promise<boolean> {
  const found = await session.first<{ all: boolean | null; kinds: number }>(
    `SELECT bool_and(ingest_boolean(v) IS NOT NULL) AS "all", count(DISTINCT ingest_boolean(v)) AS kinds
     FROM (SELECT v FROM ${VALUES} LIMIT 20)`,
  );
  return found?.all === true && found.kinds === 2 && readsAll(session, "ingest_boolean(v)");
}

/** Every value is read, or the column is none of this kind. */
async function readsAll(session: Session, sql: string): Promise<boolean> {
  const found = await session.first<{ all: boolean }>(
    `SELECT count(*) = count(${sql}) AS "all" FROM ${VALUES}`,
  );
  return found?.all === true;
}

/** How a column of texts is read as days, moments or numbers as people write them; null where it is plain text. */
async function writtenAs(session: Session): Promise<((cell: string) => string) | null> {
  const digits = await session.first<{ all: boolean | null }>(
    `SELECT bool_and(regexp_matches(v, '[0-9]')) AS "all" FROM ${VALUES}`,
  );
  if (digits?.all !== true) return null;
  const from = `(SELECT v, 1 AS _line FROM ${VALUES})`;
  const date = findDateFormat(await dateShapes(session, from, "v"));
  if (date.kind === "found") {
    const { format } = date;
    const read = (cell: string) => {
      const moment = momentSql({ kind: "format", format }, cell, "UTC");
      return format.clock === "none" ? `CAST(${moment} AS DATE)` : moment;
    };
    if (await readsAll(session, read("v"))) return read;
  }
  const number = findNumberStyle(await numberShapes(session, from, "v"), false, undefined);
  if (number.kind === "found") {
    const read = (cell: string) => `TRY_CAST(${plainNumberSql(cell, number.style)} AS DOUBLE)`;
    if (await readsAll(session, read("v"))) return read;
  }
  return null;
}

/** How the cells of a column are read: as what all of its values are. */
async function readingOf(session: Session, from: string, cell: string): Promise<string> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${VALUES} AS SELECT DISTINCT ingest_clean(written) AS v, written
     FROM (SELECT DISTINCT ${cell} AS written FROM ${from}) WHERE NOT ingest_blank(written)`,
  );
  const [kind = "text"] = await attributeKinds(session, VALUES, ["v"]);
  // Where every cell is as plain as its value, it is read as it stands.
  const odd = await session.first<{ n: number }>(
    `SELECT (SELECT count(*) FROM ${VALUES} WHERE v <> written)
          + (SELECT count(DISTINCT ${cell}) FROM ${from}) - (SELECT count(*) FROM ${VALUES}) AS n`,
  );
  const plain = odd?.n === 0;
  const filled = plain
    ? cell
    : `CASE WHEN NOT ingest_blank(${cell}) THEN ingest_clean(${cell}) END`;
  if (kind !== "date" && kind !== "number" && (await areBooleans(session)))
    return `ingest_boolean(${filled})`;
  if (kind === "integer") return `CAST(${filled} AS BIGINT)`;
  if (kind === "number") return `CAST(${filled} AS DOUBLE)`;
  if (kind === "date") return `CAST(${filled} AS DATE)`;
  const read = kind === "text" ? await writtenAs(session) : null;
  if (read) return read(filled);
  return plain ? cell : `CASE WHEN NOT ingest_empty(${cell}) THEN ${cell} END`;
}

async function typedColumns(
  session: Session,
  from: string,
  header: readonly string[],
): Promise<TypedColumn[]> {
  const columns: TypedColumn[] = [];
  for (const [i, name] of uniqueNames(header).entries()) {
    columns.push({ name, sql: await readingOf(session, from, `c${i}`) });
  }
  await session.run(`DROP TABLE IF EXISTS ${VALUES}`);
  return columns;
}

/**
 * Reads a record set into a temporary table of typed columns under their own names; `_line` is the line of each record.
 * Needs `prepareTyping` on the session.
 *
 * @returns names of the columns
 */
export async function typeRecords(
  session: Session,
  set: RecordSet,
  table: string,
): Promise<readonly string[]> {
  const cells = `${table}_cells`;
  await session.run(`CREATE TEMP TABLE ${cells} AS SELECT * FROM ${readCanonicalSql(set)}`);
  try {
    const columns = await typedColumns(session, cells, set.header);
    const list = columns.map(({ name, sql }) => `${sql} AS ${quoteName(name)}`);
    await session.run(
      `CREATE TEMP TABLE ${table} AS SELECT ${["_line", ...list].join(", ")} FROM ${cells}`,
    );
    return columns.map(({ name }) => name);
  } finally {
    await session.run(`DROP TABLE IF EXISTS ${cells}`);
  }
}
