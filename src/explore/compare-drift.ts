/** How far a column moved between two states: missing values, the population stability index, values new and gone. */
import type { Comparison } from "../contract/explore.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { ComparedColumn } from "./compare-tables.ts";

type Drift = Comparison["tables"][number]["columns"][number];

const SHOWN_VALUES = 20;
/** A category with more values than these has new ones every day. */
const MOST_VALUES = 500;
const BINS = 10;
/** An empty bin counts as this share, lest its logarithm be infinite. */
const LEAST_SHARE = 0.0001;

/**
 * Population stability index: Σ (a − e) · ln(a / e) over bins. Its usual cut-offs, 0.1 and 0.25, are folklore: it grows
 * with fewer rows by itself.
 *
 * @param expected rows per bin in the left state
 * @param actual rows per bin in the right one
 * @returns null where either has no row
 */
export function stabilityIndex(
  expected: readonly number[],
  actual: readonly number[],
): number | null {
  const sum = (counts: readonly number[]) => counts.reduce((total, n) => total + n, 0);
  const [before, after] = [sum(expected), sum(actual)];
  if (before === 0 || after === 0) return null;
  return expected.reduce((index, n, i) => {
    const e = Math.max(LEAST_SHARE, n / before);
    const a = Math.max(LEAST_SHARE, (actual[i] ?? 0) / after);
    return index + (a - e) * Math.log(a / e);
  }, 0);
}

async function numbersIndex(session: Session, sides: readonly [string, string], name: string) {
  const tenths = Array.from({ length: BINS - 1 }, (_, i) => (i + 1) / BINS);
  const found = await session.first<{ edges: number[] | null }>(
    `SELECT quantile_cont(${name}::DOUBLE, [${tenths.join(", ")}]) AS edges FROM ${sides[0]}`,
  );
  const edges = [...new Set(found?.edges ?? [])];
  if (edges.length === 0) return null;
  const counts = async (side: string) => {
    const rows = await session.all<{ bin: number; n: number }>(
      `SELECT CASE ${edges.map((edge, i) => `WHEN ${name} <= ${edge} THEN ${i}`).join(" ")} ELSE ${edges.length} END AS bin,
              count(*) AS n FROM ${side} WHERE ${name} IS NOT NULL GROUP BY bin`,
    );
    const list = new Array<number>(edges.length + 1).fill(0);
    for (const { bin, n } of rows) list[bin] = n;
    return list;
  };
  return stabilityIndex(await counts(sides[0]), await counts(sides[1]));
}

async function categories(session: Session, sides: readonly [string, string], name: string) {
  const rows = await session.all<{ value: string; before: number; after: number }>(
    `SELECT value, sum(b)::BIGINT AS before, sum(a)::BIGINT AS after FROM (
       SELECT ${name}::VARCHAR AS value, 1 AS b, 0 AS a FROM ${sides[0]} WHERE ${name} IS NOT NULL
       UNION ALL SELECT ${name}::VARCHAR, 0, 1 FROM ${sides[1]} WHERE ${name} IS NOT NULL)
     GROUP BY value ORDER BY before DESC, after DESC, value LIMIT ${MOST_VALUES + 1}`,
  );
  if (rows.length > MOST_VALUES) return { psi: null, newValues: [], goneValues: [] };
  const top = rows.slice(0, BINS);
  const rest = rows.slice(BINS);
  const total = (of: "before" | "after") => rest.reduce((sum, row) => sum + row[of], 0);
  return {
    psi: stabilityIndex(
      [...top.map(({ before }) => before), total("before")],
      [...top.map(({ after }) => after), total("after")],
    ),
    newValues: rows
      .filter(({ before }) => before === 0)
      .map(({ value }) => value)
      .slice(0, SHOWN_VALUES),
    goneValues: rows
      .filter(({ after }) => after === 0)
      .map(({ value }) => value)
      .slice(0, SHOWN_VALUES),
  };
}

/** @param sides tables of the left and of the right state */
export async function driftOf(
  session: Session,
  sides: readonly [string, string],
  columns: readonly ComparedColumn[],
): Promise<Drift[]> {
  const shares = async (side: string) =>
    (await session.first<Record<string, number | null>>(
      `SELECT ${columns.map(({ name }, i) => `1 - count(${name}) / nullif(count(*), 0) AS m${i}`).join(", ")} FROM ${side}`,
    )) ?? {};
  const [before, after] = [await shares(sides[0]), await shares(sides[1])];
  const answers: Drift[] = [];
  for (const [i, { name, kind }] of columns.entries()) {
    const missingShare = { left: before[`m${i}`] ?? 0, right: after[`m${i}`] ?? 0 };
    if (missingShare.left === 1 && missingShare.right === 1) continue;
    const numeric = kind === "money" || kind === "number";
    const moved = numeric
      ? { psi: await numbersIndex(session, sides, name), newValues: [], goneValues: [] }
      : kind === "category"
        ? await categories(session, sides, name)
        : { psi: null, newValues: [], goneValues: [] };
    answers.push({ name, missingShare, ...moved });
  }
  return answers;
}
