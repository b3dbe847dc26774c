/** How well several classes are told apart. */
import type { Interval } from "../stats/intervals.ts";
import type { ClassRows } from "./class-rows.ts";
import type { Estimate } from "./estimate.ts";
import { clipped } from "./log-loss.ts";
import { auc } from "./roc-auc.ts";
import { scoredRows } from "./scored-rows.ts";
import { shareOf } from "./share.ts";

/** Mean of −ln of the probability given to the true class, kept 2⁻⁵² away from 0 and 1; null where nothing weighs. */
export function multiclassLogLoss(rows: ClassRows): number | null {
  const { probabilities, truth, weights } = rows;
  const k = rows.classes.length;
  let sum = 0;
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    sum -= weight * Math.log(clipped(probabilities[row * k + truth[row]!]!));
    total += weight;
  }
  return total === 0 ? null : sum / total;
}

/** Share of rows whose most probable class is the true one; null where nothing weighs. */
export function accuracy({ truth, called, weights }: ClassRows): number | null {
  let right = 0;
  let total = 0;
  for (let row = 0; row < truth.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (truth[row] === called[row]) right += weight;
    total += weight;
  }
  return total === 0 ? null : right / total;
}

/** Accuracy with Wilson's interval. */
export function accuracyEstimate(rows: ClassRows): Estimate {
  const share = shareOf({
    weight: rows.weights ?? new Float64Array(rows.rows).fill(1),
    part: new Float64Array(rows.rows).fill(1),
    hit: Float64Array.from(rows.truth, (code, row) => (code === rows.called[row] ? 1 : 0)),
    group: rows.groups,
  });
  return { value: share.value as number, interval: share.interval, n: rows.n, positives: null };
}

/** AUC of each class against all others; null for a class that no row, or every row, is of. */
export function classAucs(rows: ClassRows): (number | null)[] {
  const k = rows.classes.length;
  return rows.classes.map((_, c) =>
    rows.n === 0
      ? null
      : auc(
          scoredRows(
            Float64Array.from({ length: rows.rows }, (_, row) => rows.probabilities[row * k + c]!),
            Uint8Array.from(rows.truth, (code) => (code === c ? 1 : 0)),
            rows,
          ),
        ),
  );
}

/** Mean of the AUCs of the classes against their rest, each counting the same; null where one of them has none. */
export function macroAuc(rows: ClassRows): number | null {
  let sum = 0;
  for (const value of classAucs(rows)) {
    if (value === null) return null;
    sum += value;
  }
  return sum / rows.classes.length;
}

/** One class among all. */
export interface ClassQuality {
  readonly name: string;
  /** Rows of this class. */
  readonly n: number;
  /** Weight of its rows, and of the rows called so. */
  readonly weight: number;
  readonly called: number;
  /** Rightly called ÷ called; null where none is called. */
  readonly precision: number | null;
  /** Rightly called ÷ of this class, with Wilson's interval; null where none is. */
  readonly recall: number | null;
  readonly recallInterval: Interval | null;
  /** Harmonic mean of the two; null where no row is of this class or called so. */
  readonly f1: number | null;
}

export interface Confusion {
  readonly classes: readonly string[];
  /** counts[true class][called class]: rows, or their weight. */
  readonly counts: readonly (readonly number[])[];
  readonly byClass: readonly ClassQuality[];
  readonly n: number;
}

/** Who was taken for whom. */
export function confusion(rows: ClassRows): Confusion {
  const k = rows.classes.length;
  const counts = rows.classes.map(() => new Array<number>(k).fill(0));
  const ofClass = new Array<number>(k).fill(0);
  for (let row = 0; row < rows.rows; row++) {
    const weight = rows.weights?.[row] ?? 1;
    if (weight === 0) continue;
    counts[rows.truth[row]!]![rows.called[row]!]! += weight;
    ofClass[rows.truth[row]!]!++;
  }
  const byClass = rows.classes.map((name, c): ClassQuality => {
    const right = counts[c]![c]!;
    const called = counts.reduce((sum, of) => sum + of[c]!, 0);
    const share = shareOf({
      weight: rows.weights ?? new Float64Array(rows.rows).fill(1),
      part: Float64Array.from(rows.truth, (code) => (code === c ? 1 : 0)),
      hit: Float64Array.from(rows.called, (code) => (code === c ? 1 : 0)),
      group: rows.groups,
    });
    const either = called + share.weight;
    return {
      name,
      n: ofClass[c]!,
      weight: share.weight,
      called,
      precision: called === 0 ? null : right / called,
      recall: share.value,
      recallInterval: share.interval,
      f1: either === 0 ? null : (2 * right) / either,
    };
  });
  return { classes: rows.classes, counts, byClass, n: rows.n };
}
