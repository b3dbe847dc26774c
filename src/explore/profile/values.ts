/**
 * The distinct values of a column with how often each occurs: every figure of a column but its gathering of missing
 * values follows from them, so the table is read once per column.
 */
import type { Session } from "../../warehouse/warehouse.ts";
import { isTime, type ProfiledColumn } from "./profiled.ts";

/** Up to this many rows everything is exact. */
export const EXACT_ROWS = 5_000_000;
/** Above that, columns with more distinct values than these are told about. */
const EXACT_DISTINCT = 1_000_000;

/** Name of the temporary table that holds the values of the column being profiled. */
export const VALUES = "profile_values";

export interface ColumnValues {
  readonly missing: number;
  readonly present: number;
  readonly distinct: { readonly value: number; readonly exact: boolean };
  /** How many values each kept value stands for: 1 where all are kept. */
  readonly thinning: number;
}

/** A column's value as it is counted: an empty text and a number that is none are missing. */
export function valueSql({ sql, kind }: ProfiledColumn): string {
  if (kind === "number")
    return `CASE WHEN isfinite(CAST(${sql} AS DOUBLE)) THEN CAST(${sql} AS DOUBLE) END`;
  if (kind === "integer" || kind === "money" || kind === "boolean" || isTime(kind)) return sql;
  return `nullif(CAST(${sql} AS VARCHAR), '')`;
}

/**
 * Fills `profile_values(v, n)`. Above `EXACT_ROWS` rows a column with very many values is thinned by the hash of the
 * value: which values are kept depends on nothing else, and those kept have exact counts.
 */
export async function gatherValues(
  session: Session,
  from: string,
  column: ProfiledColumn,
  rows: number,
): Promise<ColumnValues> {
  const value = valueSql(column);
  let thinning = 1;
  let about = 0;
  let present: number | null = null;
  if (rows > EXACT_ROWS) {
    const seen = await session.first<{ about: number; present: number }>(
      `SELECT approx_count_distinct(v) AS about, count(v) AS present FROM (SELECT ${value} AS v FROM ${from})`,
    );
    about = seen?.about ?? 0;
    present = seen?.present ?? 0;
    if (about > EXACT_DISTINCT) thinning = Math.ceil((2 * about) / EXACT_DISTINCT);
  }
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${VALUES} AS SELECT v, count(*) AS n FROM (SELECT ${value} AS v FROM ${from})
     ${thinning > 1 ? `WHERE v IS NOT NULL AND hash(v) % ${thinning} = 0` : ""} GROUP BY v`,
  );
  const counted = await session.first<{ present: number; distinct: number }>(
    `SELECT coalesce(sum(n) FILTER (v IS NOT NULL), 0)::BIGINT AS present, count(v) AS "distinct" FROM ${VALUES}`,
  );
  const here = thinning > 1 ? (present ?? 0) : (counted?.present ?? 0);
  return {
    missing: rows - here,
    present: here,
    distinct:
      thinning > 1
        ? { value: Math.min(about, here), exact: false }
        : { value: counted?.distinct ?? 0, exact: true },
    thinning,
  };
}
