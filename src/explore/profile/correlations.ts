/**
 * Spearman's rank correlation between measures, over all rows: each measure's values have ranks (ties share the
 * mean rank), which are joined back, and Pearson's correlation of the ranks is taken in one pass for all pairs.
 *
 * @see Spearman (1904), American Journal of Psychology 15
 */
import type { TableProfile } from "../../contract/explore.ts";
import type { Session } from "../../warehouse/warehouse.ts";
import type { ProfiledColumn } from "./profiled.ts";
import { valueSql } from "./values.ts";

/** Above this many different values a measure is ranked in steps. */
const RANKED_VALUES = 200_000;
/** Parts of equally many rows, and steps of equal width within each. */
const PARTS = 32;
const STEPS = 2048;
const MOST_MEASURES = 24;
const SHOWN_PAIRS = 30;
const LEAST_RHO = 0.1;

/** A measure whose values lie in order in a temporary table `(v, n, upto)`. */
export interface RankedMeasure {
  readonly name: string;
  readonly table: string;
  /** The value as that table knows it. */
  readonly sql: string;
  readonly missing: number;
}

/** The step of a value: a search among the edges, written out, so that no row is compared with all of them. */
function stepSql(value: string, edges: readonly number[], from: number, to: number): string {
  if (to - from === 1) {
    const low = edges[from] as number;
    const width = (edges[to] as number) - low;
    return `${from * STEPS} + least(${STEPS - 1}, floor((${value} - (${low})) / ${width} * ${STEPS}))`;
  }
  const middle = Math.floor((from + to) / 2);
  return `CASE WHEN ${value} < ${edges[middle]} THEN ${stepSql(value, edges, from, middle)} ELSE ${stepSql(value, edges, middle, to)} END`;
}

/**
 * Makes a measure's ordered values ready to be ranked by.
 *
 * Very many different values are first put into steps, 2048 in each of 32 parts of equally many rows: rows within a
 * step count as tied, which moves rho by less than 0.0001.
 *
 * @param table the ordered values, as `numbersOf` made them
 */
export async function rankMeasure(
  session: Session,
  column: ProfiledColumn,
  table: string,
  found: { readonly distinct: number; readonly missing: number },
): Promise<RankedMeasure> {
  const value = `CAST(${valueSql(column)} AS DOUBLE)`;
  const { missing } = found;
  if (found.distinct <= RANKED_VALUES) return { name: column.name, table, sql: value, missing };
  const parts = await session.all<{ edge: number }>(
    `SELECT min(v) AS edge FROM (SELECT v, floor((upto - 1) * ${PARTS} / total) AS part
       FROM ${table}, (SELECT max(upto) AS total FROM ${table})) GROUP BY part
     UNION SELECT max(v) FROM ${table} ORDER BY edge`,
  );
  const edges = parts.map(({ edge }) => edge);
  const step = (v: string) => `CAST(${stepSql(v, edges, 0, edges.length - 1)} AS INTEGER)`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT v, n, sum(n) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS upto
     FROM (SELECT ${step("v")} AS v, sum(n) AS n FROM ${table} GROUP BY ALL)`,
  );
  return { name: column.name, table, sql: step(value), missing };
}

/** Ranks less their mean, in units of their deviation: then a correlation is a mean of products. */
async function standardRank(session: Session, { table }: RankedMeasure): Promise<string> {
  const found = await session.first<{ mean: number; deviation: number }>(
    `SELECT sum(n * rank) / sum(n) AS mean, sqrt(sum(n * rank * rank) / sum(n) - (sum(n * rank) / sum(n)) ** 2) AS deviation
     FROM (SELECT n::DOUBLE AS n, upto - (n - 1) / 2 AS rank FROM ${table})`,
  );
  const { mean = 0, deviation = 0 } = found ?? {};
  return `SELECT v, (upto - (n - 1) / 2 - ${mean}) / nullif(${deviation}, 0) AS rank FROM ${table}`;
}

/** The strongest pairs; weaker ones than 0.1 say nothing and are left out. Drops the ordered values. */
export async function correlationsOf(
  session: Session,
  from: string,
  measures: readonly RankedMeasure[],
  rows: number,
): Promise<TableProfile["correlations"]> {
  const ranked = measures.slice(0, MOST_MEASURES);
  const pairs = ranked.flatMap((_, i) =>
    ranked.slice(i + 1).map((__, k) => [i, i + 1 + k] as const),
  );
  const answers: TableProfile["correlations"] = [];
  if (pairs.length > 0) {
    const values = ranked.map(({ sql }, i) => `${sql} AS v${i}`).join(", ");
    const joins: string[] = [];
    for (const [i, measure] of ranked.entries()) {
      joins.push(
        `LEFT JOIN (${await standardRank(session, measure)}) AS r${i} ON r${i}.v = base.v${i}`,
      );
    }
    const complete = ([i, k]: readonly [number, number]) =>
      (ranked[i]?.missing ?? 0) === 0 && (ranked[k]?.missing ?? 0) === 0;
    const sums = pairs.map(([i, k], at) => {
      return complete([i, k])
        ? `avg(r${i}.rank * r${k}.rank) AS c${at}`
        : `corr(r${i}.rank, r${k}.rank) AS c${at}, regr_count(r${i}.rank, r${k}.rank) AS n${at}`;
    });
    const found = await session.first<Record<string, number | null>>(
      `SELECT ${sums.join(", ")} FROM (SELECT ${values} FROM ${from}) AS base ${joins.join(" ")}`,
    );
    for (const [at, pair] of pairs.entries()) {
      const rho = found?.[`c${at}`] ?? null;
      const n = complete(pair) ? rows : (found?.[`n${at}`] ?? 0);
      if (rho === null || !Number.isFinite(rho) || Math.abs(rho) < LEAST_RHO || n < 10) continue;
      const [left, right] = pair.map((i) => ranked[i]?.name ?? "") as [string, string];
      answers.push({ left, right, rho, n });
    }
  }
  for (const { table } of measures) await session.run(`DROP TABLE IF EXISTS ${table}`);
  return answers
    .sort((left, right) => Math.abs(right.rho) - Math.abs(left.rho))
    .slice(0, SHOWN_PAIRS);
}
