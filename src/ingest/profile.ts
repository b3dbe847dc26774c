/** What the cells of a column look like: their shapes with counts and lines, from a sample or from all records. */
import type { Session } from "../warehouse/warehouse.ts";
import type { DateShape } from "./date-format.ts";
import type { NumberShape } from "./number-style.ts";

/** Shapes beyond these many, the rarest, are noise in a free-text column and do not decide anything. */
const MOST_SHAPES = 2000;

/** The distinct values of a column with how often and where first: most columns repeat theirs. */
function distinctValues(from: string, cell: string): string {
  return `(SELECT ingest_clean(written) AS v, n, line FROM (
      SELECT ${cell} AS written, count(*) AS n, min(_line) AS line FROM ${from} GROUP BY written)
    WHERE NOT ingest_blank(written))`;
}

/** @param from FROM-able SQL with `_line` and the cell column */
export async function numberShapes(
  session: Session,
  from: string,
  cell: string,
): Promise<NumberShape[]> {
  return session.all<NumberShape>(`
    SELECT ingest_shape(v) AS shape, regexp_matches(v, '^[^0-9]*0') AS zero, CAST(sum(n) AS BIGINT) AS cells,
           min(line) AS line, arg_min(v, line) AS example
    FROM ${distinctValues(from, cell)}
    GROUP BY ALL ORDER BY cells DESC, shape, zero LIMIT ${MOST_SHAPES}`);
}

/** As `numberShapes`, with what tells day from month. */
export async function dateShapes(
  session: Session,
  from: string,
  cell: string,
): Promise<DateShape[]> {
  const part = (n: number) =>
    `TRY_CAST(regexp_extract(v, '^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]', ${n}) AS INTEGER)`;
  const cells = (name: string, condition: string) =>
    `CAST(coalesce(sum(n) FILTER (${condition}), 0) AS BIGINT) AS "${name}"`;
  const which = (name: string, condition: string) =>
    `min(line) FILTER (${condition}) AS "line${name}", arg_min(v, line) FILTER (${condition}) AS "example${name}"`;
  return session.all<DateShape>(`
    SELECT shape, CAST(sum(n) AS BIGINT) AS cells, min(line) AS line, arg_min(v, line) AS example,
           ${cells("firstOver", "a > 12")}, ${cells("secondOver", "b > 12")},
           ${cells("bothOver", "a > 12 AND b > 12")},
           ${cells("differing", "a <> b AND a <= 12 AND b <= 12")},
           ${which("FirstOver", "a > 12 AND b <= 12")}, ${which("SecondOver", "b > 12 AND a <= 12")},
           ${which("Differing", "a <> b AND a <= 12 AND b <= 12")}
    FROM (SELECT line, v, n, ingest_shape(v) AS shape, ${part(1)} AS a, ${part(2)} AS b
          FROM ${distinctValues(from, cell)})
    GROUP BY shape ORDER BY cells DESC, shape LIMIT ${MOST_SHAPES}`);
}

/** How the values of a column that no field claims are kept. */
export type AttributeKind = "integer" | "number" | "boolean" | "date" | "text";

/**
 * The narrowest kind that every value of each column survives: typed and printed again it is the same text, but for
 * trailing zeros of a decimal. Columns without any value are text.
 */
export async function attributeKinds(
  session: Session,
  from: string,
  cells: readonly string[],
): Promise<AttributeKind[]> {
  if (cells.length === 0) return [];
  const tests = cells.map((cell, i) => {
    const whole = `CAST(TRY_CAST(${cell} AS BIGINT) AS VARCHAR) = ${cell} AND length(${cell}) <= 15`;
    const decimal = `regexp_full_match(${cell}, '-?(0|[1-9][0-9]*)([.][0-9]+)?') AND length(${cell}) <= 15`;
    const day = `CAST(TRY_CAST(${cell} AS DATE) AS VARCHAR) = ${cell}`;
    // Not FILTER: for each filter DuckDB holds a chunk of every column, which thousands of columns cannot pay.
    const all = (test: string) =>
      `bool_and(CASE WHEN ${cell} IS NOT NULL THEN coalesce(${test}, false) END)`;
    return `CASE WHEN count(${cell}) = 0 THEN 'text' WHEN ${all(whole)} THEN 'integer' WHEN ${all(decimal)} THEN 'number'
      WHEN ${all(`${cell} IN ('true', 'false')`)} THEN 'boolean' WHEN ${all(day)} THEN 'date' ELSE 'text' END AS k${i}`;
  });
  const row = await session.first<Record<string, AttributeKind>>(
    `SELECT ${tests.join(", ")} FROM ${from}`,
  );
  return cells.map((_, i) => row?.[`k${i}`] ?? "text");
}
