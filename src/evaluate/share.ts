/** A share of rows that may be weighted, grouped or counted in part, with Wilson's interval. */
import { type Interval, wilsonInterval } from "../stats/intervals.ts";
import type { ScoredRows } from "./scored-rows.ts";

/** Rows that a share is taken of; all arrays of one length. */
export interface ShareRows {
  /** Weight of each row. */
  readonly weight: Float64Array;
  /** How far the row belongs to those the share is taken of, 0 … 1. */
  readonly part: Float64Array;
  /** How far it counts as a hit, 0 … 1. */
  readonly hit: Float64Array;
  /** Rows with the same number are not independent; null = all are. */
  readonly group: Int32Array | null;
}

export interface Share {
  readonly weight: number;
  readonly hits: number;
  /** hits ÷ weight; null where nothing weighs. */
  readonly value: number | null;
  readonly interval: Interval | null;
}

/**
 * A share with Wilson's 95 % interval at the effective number of rows: the number of independent rows of equal weight
 * that would tell it as exactly. Weights: Kish. Groups: by the variance of the sums of groups, and Kish over the groups
 * where the share is 0 or 1 or there is one group; never more than without groups.
 *
 * @see Wilson (1927), JASA 22(158); Kish (1965), Survey Sampling; Korn & Graubard (1998), Survey Methodology 24(2)
 */
export function shareOf({ weight, part, hit, group }: ShareRows): Share {
  let total = 0;
  let squares = 0;
  let hits = 0;
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i]! * part[i]!;
    total += w;
    squares += w * weight[i]!;
    hits += w * hit[i]!;
  }
  if (total === 0) return { weight: 0, hits: 0, value: null, interval: null };
  const value = Math.min(1, hits / total);
  let effective = total ** 2 / squares;
  if (group !== null) {
    const sums = new Map<number, { weight: number; error: number }>();
    for (let i = 0; i < weight.length; i++) {
      const w = weight[i]! * part[i]!;
      let sum = sums.get(group[i]!);
      if (sum === undefined) {
        sum = { weight: 0, error: 0 };
        sums.set(group[i]!, sum);
      }
      sum.weight += w;
      sum.error += w * (hit[i]! - value);
    }
    let errors = 0;
    let groupSquares = 0;
    for (const sum of sums.values()) {
      errors += sum.error ** 2;
      groupSquares += sum.weight ** 2;
    }
    const spread = value * (1 - value);
    const byGroups =
      spread > 0 && sums.size > 1 ? (spread * total ** 2) / errors : total ** 2 / groupSquares;
    effective = Math.min(effective, byGroups);
  }
  return { weight: total, hits, value, interval: wilsonInterval(value * effective, effective) };
}

/** Rows in the order of the lines of their table: those of line l stand from starts[l] to before starts[l + 1]. */
export interface RowsByLine {
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

export function rowsByLine({ lineOf, scores }: ScoredRows): RowsByLine {
  const starts = new Uint32Array(scores.length + 1);
  for (let row = 0; row < lineOf.length; row++) starts[lineOf[row]! + 1]!++;
  for (let line = 0; line < scores.length; line++) starts[line + 1]! += starts[line]!;
  const next = starts.slice();
  const order = new Uint32Array(lineOf.length);
  for (let row = 0; row < lineOf.length; row++) order[next[lineOf[row]!]!++] = row;
  return { starts, order };
}

/**
 * Share of positives among the rows of the lines from `first` to before `end`, the first and last of which may belong in
 * part. `n` and `positives` count the rows that weigh.
 */
export function shareOfLines(
  rows: ScoredRows,
  { starts, order }: RowsByLine,
  first: number,
  end: number,
  partOf: (line: number) => number = () => 1,
): Share & { readonly n: number; readonly positives: number } {
  const from = starts[first]!;
  const count = starts[end]! - from;
  const weight = new Float64Array(count);
  const part = new Float64Array(count);
  const hit = new Float64Array(count);
  const group = rows.groups === null ? null : new Int32Array(count);
  let n = 0;
  let positives = 0;
  for (let line = first; line < end; line++) {
    const belongs = partOf(line);
    for (let at = starts[line]!; at < starts[line + 1]!; at++) {
      const row = order[at]!;
      const i = at - from;
      weight[i] = rows.weights === null ? 1 : rows.weights[row]!;
      part[i] = belongs;
      hit[i] = rows.truth[row]!;
      if (group !== null) group[i] = rows.groups![row]!;
      if (weight[i]! > 0) {
        n++;
        positives += rows.truth[row]!;
      }
    }
  }
  return { ...shareOf({ weight, part, hit, group }), n, positives };
}
