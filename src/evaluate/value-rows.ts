/** Predicted and true numbers of the same rows, for measures of regression. */
import { checkFinite, checkLength, checkParts } from "./checks.ts";
import type { Weighable } from "./estimate.ts";
import type { RowParts } from "./scored-rows.ts";

export interface ValueRows extends Weighable<ValueRows> {
  readonly positives: null;
  readonly predicted: Float64Array;
  readonly truth: Float64Array;
}

/**
 * Puts predictions and true values together after checking them.
 *
 * @throws Problem `EVALUATE_LENGTH`, `EVALUATE_EMPTY`, `EVALUATE_VALUE` (a number not finite, a negative weight)
 */
export function valueRows(
  predicted: Float64Array,
  actual: Float64Array,
  { weights = null, groups = null }: RowParts = {},
): ValueRows {
  checkLength("true values", actual.length, predicted.length);
  checkParts(predicted.length, weights, groups);
  checkFinite("prediction", predicted);
  checkFinite("true value", actual);
  return weighed(predicted, actual, weights, groups);
}

function weighed(
  predicted: Float64Array,
  truth: Float64Array,
  weights: Float64Array | null,
  groups: Int32Array | null,
): ValueRows {
  const rows = truth.length;
  let n = rows;
  if (weights !== null) for (let row = 0; row < rows; row++) n -= weights[row] === 0 ? 1 : 0;
  return {
    rows,
    n,
    positives: null,
    predicted,
    truth,
    weights,
    groups,
    weighed: (others) => weighed(predicted, truth, others, groups),
  };
}
