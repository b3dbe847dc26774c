/**
 * Rows taken from the highest score down: lift, gain and decile tables, precision and recall at a capacity. Where a cut
 * falls among rows of one score it takes the same part of each, so that the order of rows does not matter.
 */
import type { Interval } from "../stats/intervals.ts";
import { checkOption } from "./checks.ts";
import type { Estimate, Measure } from "./estimate.ts";
import { checkTable, type ScoredRows, type ScoreTable } from "./scored-rows.ts";
import { rowsByLine, shareOf, shareOfLines } from "./share.ts";
import { checkOutcomes, type OutcomeValues, profitOf } from "./thresholds.ts";

/** The lines down to a cut: those before `line` wholly, `part` of that one. */
interface Cut {
  readonly line: number;
  readonly part: number;
  /** Weight of positives above the cut. */
  readonly positive: number;
}

/** Cuts after these weights, which must rise. */
function cutsAt(table: ScoreTable, weights: readonly number[]): Cut[] {
  const last = table.scores.length - 1;
  let line = 0;
  let above = 0;
  let positive = 0;
  return weights.map((weight) => {
    // A trace of rounding in sums of weights must not cut a line.
    const trace = weight * 1e-12;
    while (line < last && above + table.positive[line]! + table.negative[line]! <= weight + trace) {
      above += table.positive[line]! + table.negative[line]!;
      positive += table.positive[line]!;
      line++;
    }
    const here = table.positive[line]! + table.negative[line]!;
    const rest = weight - above;
    const part = rest <= trace ? 0 : rest >= here - trace ? 1 : rest / here;
    return { line, part, positive: positive + part * table.positive[line]! };
  });
}

/** One part of the rows, those with the highest scores in the first. */
export interface GainPart {
  /** 1 = the highest scores. */
  readonly part: number;
  readonly highestScore: number;
  readonly lowestScore: number;
  /** Rows, or their weight; a fraction where a tie is cut. */
  readonly weight: number;
  readonly positive: number;
  /** Positives ÷ weight, and Wilson's interval. */
  readonly rate: number;
  readonly interval: Interval | null;
  /** Rate ÷ base rate. */
  readonly lift: number;
  /** Of this part and all before it: share of all rows, of all positives, and lift. */
  readonly cumulativeShare: number;
  readonly cumulativeGain: number;
  readonly cumulativeLift: number;
}

/**
 * Rows in equal parts from the highest score down: ten parts are a decile table. The gains end at 1.
 *
 * @param parts 2 … 1,000
 * @throws Problem `EVALUATE_ONE_CLASS`, `EVALUATE_OPTION`
 */
export function gainTable(rows: ScoredRows, parts = 10): GainPart[] {
  const fine = Number.isInteger(parts) && parts >= 2 && parts <= 1000;
  checkOption("parts", fine, parts, "a whole number from 2 to 1,000");
  checkTable(rows, "A gain table");
  const total = rows.totalPositive + rows.totalNegative;
  const base = rows.totalPositive / total;
  const byLine = rowsByLine(rows);
  const ends = Array.from({ length: parts }, (_, part) => (total * (part + 1)) / parts);
  const cuts = cutsAt(rows, ends);
  return cuts.map((cut, i) => {
    const before = i === 0 ? { line: 0, part: 0, positive: 0 } : cuts[i - 1]!;
    const first = before.line;
    const end = cut.part > 0 ? cut.line + 1 : cut.line;
    const partOf = (line: number) =>
      (line === cut.line ? cut.part : 1) - (line === before.line ? before.part : 0);
    const share = shareOfLines(rows, byLine, first, end, partOf);
    const positive = cut.positive - before.positive;
    const weight = total / parts;
    const cumulativeShare = (i + 1) / parts;
    const cumulativeGain = i === parts - 1 ? 1 : cut.positive / rows.totalPositive;
    return {
      part: i + 1,
      highestScore: rows.scores[first]!,
      lowestScore: rows.scores[end - 1]!,
      weight,
      positive,
      rate: positive / weight,
      interval: share.interval,
      lift: positive / weight / base,
      cumulativeShare,
      cumulativeGain,
      cumulativeLift: cumulativeGain / cumulativeShare,
    };
  });
}

/** What comes of taking the rows with the highest scores up to a capacity. */
export interface AtCapacity {
  /** Rows taken, or their weight. */
  readonly capacity: number;
  /** Lowest score taken. */
  readonly threshold: number;
  /** Positives among them; a fraction where a tie is cut: what a fair draw among the tied would give on average. */
  readonly positive: number;
  /** Positives ÷ capacity. */
  readonly precision: Estimate;
  /** Positives taken ÷ all positives. */
  readonly recall: Estimate;
  /** Precision ÷ base rate. */
  readonly lift: number;
}

/**
 * Precision and recall when there is room for k rows. The intervals are Wilson's at the threshold as it is; a bootstrap
 * of `precisionAt(k)` or `recallAt(k)` also lets the threshold move.
 *
 * @param k above 0, at most all rows (their weight)
 * @throws Problem `EVALUATE_OPTION`, `EVALUATE_ONE_CLASS`
 */
export function atCapacity(rows: ScoredRows, k: number): AtCapacity {
  const total = rows.totalPositive + rows.totalNegative;
  checkOption("k", k > 0 && k <= total, k, `a number above 0, at most ${total}`);
  checkTable(rows, "Recall at a capacity");
  const cut = cutsAt(rows, [k])[0]!;
  const inPart = (line: number) => (line < cut.line ? 1 : line === cut.line ? cut.part : 0);
  const end = cut.part > 0 ? cut.line + 1 : cut.line;
  const taken = shareOfLines(rows, rowsByLine(rows), 0, end, inPart);
  const found = shareOf({
    weight: rows.weights ?? new Float64Array(rows.rows).fill(1),
    part: Float64Array.from(rows.truth),
    hit: Float64Array.from(rows.lineOf, inPart),
    group: rows.groups,
  });
  const precision = cut.positive / k;
  return {
    capacity: k,
    threshold: rows.scores[end - 1]!,
    positive: cut.positive,
    precision: {
      value: precision,
      interval: taken.interval,
      n: rows.n,
      positives: rows.positives,
    },
    recall: {
      value: cut.positive / rows.totalPositive,
      interval: found.interval,
      n: rows.n,
      positives: rows.positives,
    },
    lift: precision / (rows.totalPositive / total),
  };
}

/** Precision when there is room for k rows; of all rows where there are fewer. As a measure for a bootstrap. */
export function precisionAt(k: number): Measure<ScoreTable> {
  checkOption("k", k > 0 && k < Infinity, k, "a number above 0");
  return (table) => {
    const taken = Math.min(k, table.totalPositive + table.totalNegative);
    return taken === 0 ? null : cutsAt(table, [taken])[0]!.positive / taken;
  };
}

/** Recall when there is room for k rows; null where no row is positive. As a measure for a bootstrap. */
export function recallAt(k: number): Measure<ScoreTable> {
  checkOption("k", k > 0 && k < Infinity, k, "a number above 0");
  return (table) =>
    table.totalPositive === 0 ? null : cutsAt(table, [k])[0]!.positive / table.totalPositive;
}

/** Lift of the given share of rows with the highest scores, 0 < share ≤ 1; null where no row is positive. */
export function liftAt(share: number): Measure<ScoreTable> {
  checkOption("share", share > 0 && share <= 1, share, "a share above 0, at most 1");
  return (table) => {
    if (table.totalPositive === 0) return null;
    const total = table.totalPositive + table.totalNegative;
    return cutsAt(table, [share * total])[0]!.positive / table.totalPositive / share;
  };
}

/**
 * Mean profit per row (of all rows) when the k rows with the highest scores are called, all where there are fewer. As a
 * measure for a bootstrap.
 *
 * @throws Problem `EVALUATE_OPTION`
 */
export function profitAt(k: number, values: OutcomeValues): Measure<ScoreTable> {
  checkOption("k", k > 0 && k < Infinity, k, "a number above 0");
  checkOutcomes(values);
  return (table) => {
    const total = table.totalPositive + table.totalNegative;
    if (total === 0) return null;
    const called = Math.min(k, total);
    const truePositive = cutsAt(table, [called])[0]!.positive;
    const falsePositive = called - truePositive;
    const falseNegative = table.totalPositive - truePositive;
    const trueNegative = table.totalNegative - falsePositive;
    return profitOf({ truePositive, falsePositive, falseNegative, trueNegative }, values) / total;
  };
}
