/** Probabilities of several classes and the true classes of the same rows. */
import { Problem } from "../base/problem.ts";
import { checkLength, checkOption, checkParts, checkValues } from "./checks.ts";
import type { Weighable } from "./estimate.ts";
import { PROBABILITY_TOLERANCE, type RowParts } from "./scored-rows.ts";

export interface ClassRows extends Weighable<ClassRows> {
  readonly positives: null;
  readonly classes: readonly string[];
  /** True class per row, a place in classes. */
  readonly truth: Int32Array;
  /** rows × classes, row-major; those of a row add up to 1. */
  readonly probabilities: Float64Array;
  /** Class with the highest probability per row; of equal ones the first. */
  readonly called: Int32Array;
}

/** What a row's probabilities may miss of 1. */
const SUM_TOLERANCE = 1e-6;

/**
 * Puts probabilities and true classes together after checking them.
 *
 * @param probabilities rows × classes, row-major
 * @param codes length rows, places in classes
 * @throws Problem `EVALUATE_LENGTH`, `EVALUATE_EMPTY`, `EVALUATE_OPTION` (fewer than two classes), `EVALUATE_VALUE`
 * (a code outside the classes, a probability outside 0 … 1, a row that does not add up to 1)
 */
export function classRows(
  probabilities: Float64Array,
  codes: Int32Array,
  classes: readonly string[],
  { weights = null, groups = null }: RowParts = {},
): ClassRows {
  const k = classes.length;
  const rows = codes.length;
  checkOption("classes", k >= 2, k, "two classes or more");
  checkLength("probabilities per class", probabilities.length / k, rows);
  checkParts(rows, weights, groups);
  const wrong = codes.findIndex((code) => code < 0 || code >= k);
  checkValues("class", wrong, codes[wrong], "Give places in the list of classes.");
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    let lowest = 0;
    for (let c = 0; c < k; c++) {
      sum += probabilities[row * k + c]!;
      lowest = Math.min(lowest, probabilities[row * k + c]!);
    }
    if (lowest >= -PROBABILITY_TOLERANCE && Math.abs(sum - 1) <= SUM_TOLERANCE) continue;
    throw new Problem("EVALUATE_VALUE", {
      what: `The probabilities of row ${row} ${lowest < -PROBABILITY_TOLERANCE ? `go down to ${lowest}` : `add up to ${sum}`}`,
      where: `probability, row ${row}`,
      fix: "Give one probability per class and row, row after row, that add up to 1.",
    });
  }
  const called = codes.map((_, row) => {
    let best = 0;
    for (let c = 1; c < k; c++)
      if (probabilities[row * k + c]! > probabilities[row * k + best]!) best = c;
    return best;
  });
  return withWeights({ probabilities, truth: codes, classes, called, groups }, weights);
}

function withWeights(
  parts: Pick<ClassRows, "probabilities" | "truth" | "classes" | "called" | "groups">,
  weights: Float64Array | null,
): ClassRows {
  const rows = parts.truth.length;
  let n = rows;
  if (weights !== null) for (let row = 0; row < rows; row++) n -= weights[row] === 0 ? 1 : 0;
  return {
    ...parts,
    rows,
    n,
    positives: null,
    weights,
    weighed: (others) => withWeights(parts, others),
  };
}
