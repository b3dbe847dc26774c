/** Takes a few columns of numbers and target shares, and gives the logistic curve with the least log loss. */
import { solveByRoot } from "./cholesky.ts";
import { exp, log, logistic } from "./exp.ts";

const MOST_STEPS = 100;
const TOLERANCE = 1e-11;

/**
 * Newton's method, halved where it would climb. Where targets are told apart without error the slopes are those of the
 * step at which the loss was as good as 0.
 *
 * @param targets in [0, 1]
 * @param weights ≥ 0, not all 0
 * @returns one slope per column, then the intercept
 */
export function smallLogistic(
  columns: readonly Float64Array[],
  targets: Float64Array,
  weights: Float64Array,
): Float64Array {
  const size = columns.length + 1;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const marginOf = (at: Float64Array, row: number) => {
    let margin = at[size - 1]!;
    for (let k = 0; k + 1 < size; k++) margin += at[k]! * columns[k]![row]!;
    return margin;
  };
  const lossAt = (at: Float64Array) => {
    let loss = 0;
    for (let row = 0; row < targets.length; row++) {
      const margin = marginOf(at, row);
      loss += weights[row]! * (Math.max(margin, 0) - targets[row]! * margin + far(margin));
    }
    return loss;
  };
  const place = new Float64Array(size);
  let loss = lossAt(place);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { downhill, curvature } = derivatives(columns, targets, weights, (row) =>
      marginOf(place, row),
    );
    if (downhill.every((slope) => Math.abs(slope) <= TOLERANCE * total)) break;
    const direction = newtonStep(curvature, downhill);
    let length = 1;
    for (; length > 1e-8; length /= 2) {
      const next = place.map((one, k) => one + length * direction[k]!);
      const found = lossAt(next);
      if (found <= loss + 1e-14 * Math.abs(loss)) {
        place.set(next);
        loss = found;
        break;
      }
    }
    if (length <= 1e-8) break;
  }
  return place;
}

/** ln (1 + e^−|margin|). */
function far(margin: number): number {
  return log(1 + exp(-Math.abs(margin)));
}

function derivatives(
  columns: readonly Float64Array[],
  targets: Float64Array,
  weights: Float64Array,
  marginOf: (row: number) => number,
) {
  const size = columns.length + 1;
  const downhill = new Float64Array(size);
  const curvature = new Float64Array(size * size);
  for (let row = 0; row < targets.length; row++) {
    const p = logistic(marginOf(row));
    const pull = weights[row]! * (targets[row]! - p);
    const spread = weights[row]! * p * (1 - p);
    for (let i = 0; i < size; i++) {
      const x = i + 1 < size ? columns[i]![row]! : 1;
      downhill[i]! += pull * x;
      for (let j = 0; j <= i; j++)
        curvature[i * size + j]! += spread * x * (j + 1 < size ? columns[j]![row]! : 1);
    }
  }
  return { downhill, curvature };
}

/** The Newton step; where columns say the same, of the curvature made a little steeper. */
function newtonStep(curvature: Float64Array, downhill: Float64Array): Float64Array {
  const size = downhill.length;
  for (let extra = 0; ; extra = extra === 0 ? 1e-9 : extra * 100) {
    const a = Float64Array.from(curvature);
    for (let i = 0; i < size; i++) a[i * size + i]! += extra * (a[i * size + i]! + extra);
    const direction = Float64Array.from(downhill);
    if (solveByRoot(a, direction) || extra > 1e3) return direction;
  }
}
