/** Isotonic calibration: takes any scores with labels and gives the rising curve nearest to the labels. */
import { checkedScores, type LabelledScores } from "./calibration-scores.ts";
import { type Polyline, risingFit } from "./rising-fit.ts";

export interface IsotonicCurve extends Polyline {
  readonly method: "isotonic";
}

/**
 * Rows of equal score count as one; between the scores seen the curve is straight, beyond them level. Only corners are
 * kept.
 *
 * @throws Problem `LEARN_SCORES`, `LEARN_ONE_CLASS`
 * @see Zadrozny & Elkan (2002), KDD
 */
export function fitIsotonic(given: LabelledScores): IsotonicCurve {
  const { scores, labels, weights } = checkedScores(given);
  const order = Uint32Array.from(scores.keys()).sort(
    (one, other) => scores[one]! - scores[other]! || one - other,
  );
  const x: number[] = [];
  const sums: number[] = [];
  const positives: number[] = [];
  for (const row of order) {
    if (x.length === 0 || scores[row] !== x[x.length - 1]) {
      x.push(scores[row]! + 0); // one zero
      sums.push(0);
      positives.push(0);
    }
    sums[x.length - 1]! += weights[row]!;
    positives[x.length - 1]! += weights[row]! * labels[row]!;
  }
  const y = risingFit(
    Float64Array.from(x, (_, i) => positives[i]! / sums[i]!),
    Float64Array.from(sums),
  );
  const corners = x.map((_, i) => i).filter((i) => y[i] !== y[i - 1] || y[i] !== y[i + 1]);
  return {
    method: "isotonic",
    x: Float64Array.from(corners, (i) => x[i]!),
    y: Float64Array.from(corners, (i) => y[i]!),
  };
}
