/** Two models on the same rows: is one better, and how sure is that? */
import { Problem } from "../base/problem.ts";
import { normalCdf } from "../stats/normal.ts";
import { checkResamples, type ResamplingOptions, resampled } from "./bootstrap.ts";
import {
  type EstimateWithError,
  type Measure,
  normalInterval,
  type Weighable,
} from "./estimate.ts";
import { auc, placementError, placementParts } from "./roc-auc.ts";
import { checkTable, type ScoredRows } from "./scored-rows.ts";

/** The difference of a measure between two models on the same rows. */
export interface Comparison {
  /** The measure of either model. */
  readonly first: number;
  readonly second: number;
  /** first − second, with the interval of the difference: the rows are the same, so it is narrower than either's. */
  readonly difference: EstimateWithError;
}

/** @throws Problem `EVALUATE_OTHER_ROWS` unless both are of the same rows in the same order */
function checkSameRows<Rows>(first: Weighable<Rows>, second: Weighable<Rows>): void {
  for (const part of ["truth", "weights", "groups"] as const) {
    const one = first[part];
    const other = second[part];
    if (one === other) continue;
    if (one !== null && other !== null && one.length === other.length) {
      let row = 0;
      while (row < one.length && one[row] === other[row]) row++;
      if (row === one.length) continue;
    }
    throw new Problem("EVALUATE_OTHER_ROWS", {
      what: "The two models were not scored on the same rows",
      where: part,
      fix: "Score the same rows with both, in the same order, with the same weights and groups.",
    });
  }
}

/**
 * The difference of two AUCs on the same rows by DeLong's paired method; with groups Obuchowski's.
 *
 * The interval and p are null where the variance is 0: models that rank alike, or classes that do not overlap.
 *
 * @returns with `p` the two-sided chance of a difference at least as large if both were as good
 * @throws Problem `EVALUATE_OTHER_ROWS`, `EVALUATE_ONE_CLASS`
 * @see DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44(3); Obuchowski (1997), Biometrics 53(2)
 */
export function compareAuc(
  first: ScoredRows,
  second: ScoredRows,
): Comparison & { readonly p: number | null } {
  checkSameRows(first, second);
  checkTable(first, "ROC-AUC");
  const one = auc(first) as number;
  const other = auc(second) as number;
  const ofOther = placementParts(second, other);
  const standardError = placementError(
    first,
    placementParts(first, one).map((part, row) => part - ofOther[row]!),
  );
  const value = one - other;
  return {
    first: one,
    second: other,
    difference: {
      value,
      interval: standardError === null ? null : normalInterval(value, standardError, -1, 1),
      standardError,
      n: first.n,
      positives: first.positives,
    },
    p: standardError === null ? null : 2 * normalCdf(-Math.abs(value) / standardError),
  };
}

/**
 * The difference of any measure, by drawing the same rows for both models again and again; where the rows have groups,
 * whole groups are drawn.
 *
 * @returns null where the measure is not defined for either; the interval is null as in `estimated`
 * @throws Problem `EVALUATE_OTHER_ROWS`, `EVALUATE_OPTION`
 */
export function compareBy<Rows extends Weighable<Rows>>(
  measure: Measure<Rows>,
  first: Rows,
  second: Rows,
  options: ResamplingOptions,
): Comparison | null {
  checkSameRows(first, second);
  checkResamples(options);
  const one = measure(first);
  const other = measure(second);
  if (one === null || other === null) return null;
  const differenceAt = (weights: Float64Array) => {
    const a = measure(first.weighed(weights));
    const b = measure(second.weighed(weights));
    return a === null || b === null ? null : a - b;
  };
  return {
    first: one,
    second: other,
    difference: {
      value: one - other,
      ...resampled(first, differenceAt, options),
      n: first.n,
      positives: first.positives,
    },
  };
}
