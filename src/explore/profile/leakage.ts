/**
 * Columns that know the outcome: filled or changed after it. A model that learns from them looks perfect and is useless,
 * because at the moment of prediction they are not there. Takes a relation, an outcome and columns; gives for each
 * column what it tells of the outcome on rows it was not learnt from, and whether it is missing by the outcome.
 */

import type { Session } from "../../warehouse/warehouse.ts";
import { quoted } from "../quoted.ts";
import { isMeasure, isTime, type ProfiledColumn } from "./profiled.ts";
import { valueSql } from "./values.ts";

/** One value (or step of values) of a column in one half of the rows; `bin` null = missing. */
export interface Cell {
  readonly bin: string | null;
  readonly half: number;
  readonly n: number;
  readonly hits: number;
}

export interface LeakageEvidence {
  readonly column: string;
  /** Share of the outcome's uncertainty (entropy) that the column removes on the other half of the rows; at most 1. */
  readonly gain: number;
  /** Share of rows without a value, among those with and without the outcome; null where none is missing. */
  readonly missing: { readonly hits: number; readonly others: number; readonly z: number } | null;
  /** Share of rows whose value all but settles the outcome one way or the other. */
  readonly settled: number;
  /** The name says that it is written after the fact, or that it measures the outcome itself. */
  readonly named: "late" | "alike" | null;
  readonly verdict: LeakageVerdict | null;
}

/**
 * `determines`: the column all but tells the outcome. `late`: its name says it is written later, and it does tell
 * something. `ask`: it is missing by the outcome, or measures nearly the same thing.
 */
export type LeakageVerdict = "determines" | "late" | "ask";

export interface LeakageThresholds {
  /** Gain from which a column tells too much to be known before. */
  readonly determines: number;
  /** Gain from which a column named as late counts. */
  readonly late: number;
  /** Difference of missing shares, in points of 1, from which missing depends on the outcome. */
  readonly missing: number;
}

export const LEAKAGE_THRESHOLDS: LeakageThresholds = { determines: 0.25, late: 0.01, missing: 0.1 };

const LATE_WORDS =
  /\b(last|latest|final|tags?|dispositions?|remarks?|comments?|notes?|feedback|quality|grade|score|index|profile|stage|status|sub ?status|reason|closed|closing|outcome|result|modified|updated|follow ?ups?|next (step|call|action)|attempts?|contacted|won|lost|deals?|contract|revenue|meeting|approved|paid)\b|آخر|حاله|نتيجه|ملاحظات|سبب|تقييم|درجه|مرحله|اغلاق|متابعه|تعديل/;
const COMMON_WORDS = new Set([
  "is",
  "has",
  "of",
  "the",
  "total",
  "id",
  "lead",
  "day",
  "date",
  "time",
  "count",
  "number",
  "flag",
]);

/** A name as words: lower case, Arabic letters in one form. */
function words(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[أإآ]/g, "ا")
    .replace(/ة/g, "ه")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** What a column's name says of when it is written. */
export function namedLate(column: string, outcome: string): LeakageEvidence["named"] {
  const own = words(column);
  const significant = (text: string) =>
    text
      .split(" ")
      .filter((word) => word.length > 2 && !/^\d+$/.test(word) && !COMMON_WORDS.has(word));
  const theirs = new Set(significant(words(outcome)));
  if (significant(own).some((word) => theirs.has(word))) return "alike";
  return LATE_WORDS.test(own) ? "late" : null;
}

/** Bins beyond these, the rarest, are one. */
const MOST_BINS = 60;
/** Rows that a bin needs before it can be said to settle anything. */
const SETTLING_ROWS = 30;

function bits(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));
}

/**
 * What a column tells of a yes-or-no outcome.
 *
 * Rates per bin are learnt on one half of the rows (with two rows at the overall rate added) and judged on the other,
 * both ways round: chance agreement does not count, a column of unique values gains nothing.
 */
export function gainOf(
  cells: readonly Cell[],
): Pick<LeakageEvidence, "gain" | "missing" | "settled"> {
  const sizes = new Map<string | null, number>();
  for (const { bin, n } of cells) sizes.set(bin, (sizes.get(bin) ?? 0) + n);
  const kept = new Set(
    [...sizes]
      .filter(([bin]) => bin !== null)
      .sort((left, right) => right[1] - left[1])
      .slice(0, MOST_BINS)
      .map(([bin]) => bin),
  );
  const bins = new Map<string, { n: [number, number]; hits: [number, number] }>();
  const all = { n: [0, 0] as [number, number], hits: [0, 0] as [number, number] };
  let missing = 0;
  let missingHits = 0;
  for (const { bin, half, n, hits } of cells) {
    const at = half === 0 ? 0 : 1;
    const name = bin === null ? "missing" : kept.has(bin) ? `=${bin}` : "other";
    const entry = bins.get(name) ?? { n: [0, 0], hits: [0, 0] };
    bins.set(name, entry);
    entry.n[at] += n;
    entry.hits[at] += hits;
    all.n[at] += n;
    all.hits[at] += hits;
    if (bin === null) {
      missing += n;
      missingHits += hits;
    }
  }
  const rows = all.n[0] + all.n[1];
  const hits = all.hits[0] + all.hits[1];
  let before = 0;
  let after = 0;
  for (const [learnt, judged] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const base = (all.hits[learnt] + 0.5) / (all.n[learnt] + 1);
    const loss = (rate: number, n: number, yes: number) =>
      -(yes * Math.log2(rate) + (n - yes) * Math.log2(1 - rate));
    before += loss(base, all.n[judged], all.hits[judged]);
    for (const bin of bins.values()) {
      const rate = (bin.hits[learnt] + 2 * base) / (bin.n[learnt] + 2);
      after += loss(rate, bin.n[judged], bin.hits[judged]);
    }
  }
  const base = hits / rows;
  let settled = 0;
  for (const bin of bins.values()) {
    const n = bin.n[0] + bin.n[1];
    const rate = (bin.hits[0] + bin.hits[1]) / n;
    // Nearly nothing is left to learn, and it is far from what holds for everyone.
    if (n >= SETTLING_ROWS && bits(rate) < 0.3 && bits(rate) < bits(base) / 3) settled += n;
  }
  const others = rows - hits;
  const shares = { hits: missingHits / hits, others: (missing - missingHits) / others };
  const pooled = missing / rows;
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / hits + 1 / others));
  return {
    gain: before > 0 ? (before - after) / before : 0,
    settled: settled / rows,
    missing:
      missing === 0 || missing === rows || hits === 0 || others === 0
        ? null
        : { ...shares, z: (shares.hits - shares.others) / deviation },
  };
}

/** What the evidence makes of a column. */
export function verdictOf(
  { gain, missing, named }: Pick<LeakageEvidence, "gain" | "missing" | "named">,
  thresholds: LeakageThresholds,
): LeakageVerdict | null {
  if (gain >= thresholds.determines) return "determines";
  const byOutcome =
    missing !== null &&
    Math.abs(missing.z) > 5 &&
    Math.abs(missing.hits - missing.others) >= thresholds.missing;
  if (named === "late" && (gain >= thresholds.late || byOutcome)) return "late";
  if (byOutcome || (named === "alike" && gain >= thresholds.late)) return "ask";
  return null;
}

export interface LeakageColumn extends ProfiledColumn {
  readonly distinct: number;
  /** Values that mean that nothing was filled in. */
  readonly placeholders?: readonly string[];
}

/** Above this many different texts only whether there is one is looked at. */
const MOST_TEXTS = 5000;

async function binSql(session: Session, from: string, column: LeakageColumn): Promise<string> {
  const value = valueSql(column);
  if (isMeasure(column.kind) || isTime(column.kind)) {
    const number = isTime(column.kind) ? `epoch(${value})` : value;
    if (column.distinct <= 30) return `CAST(${value} AS VARCHAR)`;
    const tenths = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);
    const found = await session.first<{ edges: number[] | null }>(
      `SELECT quantile_cont(CAST(${number} AS DOUBLE), [${tenths.join(", ")}]) AS edges FROM ${from}`,
    );
    const edges = [...new Set(found?.edges ?? [])];
    const steps = edges.map((edge, i) => `WHEN ${number} <= ${edge} THEN '${i}'`);
    return `CASE WHEN ${value} IS NULL THEN NULL ${steps.join(" ")} ELSE '${edges.length}' END`;
  }
  const text = `CAST(${value} AS VARCHAR)`;
  const filled = column.placeholders?.length
    ? `CASE WHEN ${text} NOT IN (${column.placeholders.map(quoted).join(", ")}) THEN ${text} END`
    : text;
  return column.distinct > MOST_TEXTS
    ? `CASE WHEN ${filled} IS NOT NULL THEN 'filled' END`
    : filled;
}

/**
 * The evidence of every column about a yes-or-no outcome, the most telling first.
 *
 * @param from FROM-able SQL; `row` numbers its rows, by which they are halved
 * @param outcome expression that is 1, 0 or null (rows without an outcome are left out)
 */
export async function leakageOf(
  session: Session,
  { from, row, outcome, name }: { from: string; row: string; outcome: string; name: string },
  columns: readonly LeakageColumn[],
  thresholds: LeakageThresholds = LEAKAGE_THRESHOLDS,
): Promise<LeakageEvidence[]> {
  const answers: LeakageEvidence[] = [];
  for (const column of columns) {
    if (column.kind === "empty" || column.distinct < 1) continue;
    const bin = await binSql(session, from, column);
    const cells = await session.all<Cell>(
      `SELECT bin, half, count(*) AS n, sum(y)::BIGINT AS hits
       FROM (SELECT ${bin} AS bin, hash(${row}) % 2 AS half, ${outcome} AS y FROM ${from})
       WHERE y IS NOT NULL GROUP BY bin, half`,
    );
    const found = gainOf(cells);
    const named = namedLate(column.name, name);
    const evidence = { ...found, column: column.name, named };
    answers.push({ ...evidence, verdict: verdictOf(evidence, thresholds) });
  }
  return answers.sort((left, right) => right.gain - left.gain);
}
