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
/** Steps to the interquartile range, near the median; further out they widen with the distance. */
const STEPS = 4000;
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

/**
 * Makes a measure's ordered values ready to be ranked by.
 *
 * Very many different values are first put into steps of 1/4000 of the interquartile range near the median and wider
 * in the tails (arsinh): rows within a step count as tied, which moves rho by less than 0.0001.
 *
 * @param table the ordered values, as `numbersOf` made them
 */
export async function rankMeasure(
  session: Session,
  column: ProfiledColumn,
  table: string,
  found: {
    readonly distinct: number;
    readonly missing: number;
    readonly quantiles: readonly number[];
  },
): Promise<RankedMeasure> {
  const value = `CAST(${valueSql(column)} AS DOUBLE)`;
  const { missing } = found;
  if (found.distinct <= RANKED_VALUES) return { name: column.name, table, sql: value, missing };
  const [, , q25 = 0, median = 0, q75 = 0] = found.quantiles;
  const unit = q75 > q25 ? q75 - q25 : Math.max(1e-9, Math.abs(median));
  const step = (v: string) =>
    `CAST(round(asinh((${v} - (${median})) / ${unit}) * ${STEPS}) AS INTEGER)`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT v, n, sum(n) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS upto
     FROM (SELECT ${step("v")} AS v, sum(n) AS n FROM ${table} GROUP BY ALL)`,
  );
  return { name: column.name, table, sql: step(value), missing };
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
    const joins = ranked.map(
      ({ table }, i) =>
        `LEFT JOIN (SELECT v, upto - (n - 1) / 2 AS rank FROM ${table}) AS r${i} ON r${i}.v = base.v${i}`,
    );
    const complete = ([i, k]: readonly [number, number]) =>
      (ranked[i]?.missing ?? 0) === 0 && (ranked[k]?.missing ?? 0) === 0;
    const sums = pairs.map(([i, k], at) => {
      const count = complete([i, k]) ? "" : `, regr_count(r${i}.rank, r${k}.rank) AS n${at}`;
      return `corr(r${i}.rank, r${k}.rank) AS c${at}${count}`;
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
