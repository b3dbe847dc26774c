/** Takes rows of terms with their classes and gives the penalised log loss of linear scores, with its derivatives. */
import type { Equations } from "./conjugate-gradients.ts";
import { exp, log, logistic, softmax } from "./exp.ts";
import type { Convex } from "./newton.ts";
import { backward, forward, normalMatrix, squares, type TermRows } from "./term-rows.ts";

/** Places are outputs × (width + 1): the slopes of an output, then its intercept, which is not penalised. */
export interface LossParts {
  readonly rows: TermRows;
  readonly width: number;
  readonly codes: Int32Array;
  readonly weights: Float64Array;
  /** ½ × l2 × Σ slopes² is added to the summed loss. */
  readonly l2: number;
}

/** Of two classes, by the log-odds of the second. */
export function binaryLoss({ rows, width, codes, weights, l2 }: LossParts): Convex {
  const margins = new Float64Array(rows.rows);
  const residuals = new Float64Array(rows.rows);
  const spreads = new Float64Array(rows.rows);
  let slopes = new Float64Array(width);
  return {
    value(place) {
      slopes = place.slice(0, width);
      forward(rows, slopes, place[width]!, margins);
      let loss = 0;
      for (let row = 0; row < margins.length; row++) {
        const margin = margins[row]!;
        const toward = codes[row] === 1 ? margin : -margin;
        const far = log(1 + exp(-Math.abs(margin)));
        loss += weights[row]! * (toward < 0 ? far - toward : far);
      }
      return loss + penalty(slopes, l2);
    },
    gradient() {
      for (let row = 0; row < margins.length; row++) {
        const p = logistic(margins[row]!);
        const weight = weights[row]!;
        residuals[row] = weight * (p - (codes[row] === 1 ? 1 : 0));
        spreads[row] = weight * p * (1 - p);
      }
      const out = slopes.map((slope) => l2 * slope);
      const all = backward(rows, residuals, out);
      return withLast(out, all);
    },
    curvature() {
      const product = new Float64Array(rows.rows);
      const times: Equations["times"] = (v, out) => {
        forward(rows, v, v[width]!, product);
        for (let row = 0; row < product.length; row++) product[row]! *= spreads[row]!;
        for (let term = 0; term < width; term++) out[term] = l2 * v[term]!;
        out[width] = backward(rows, product, out);
      };
      return { times, diagonal: squares(rows, width, spreads, l2) };
    },
    matrix: () => (rootIsCheaper(rows, width) ? normalMatrix(rows, width, spreads, l2) : null),
  };
}

/** Whether the root of the curvature costs less than the products of a usual search along gradients. */
function rootIsCheaper({ rows, each }: TermRows, width: number): boolean {
  const root = (rows * each * each) / 2 + width ** 3 / 3;
  return width < 2000 && root < USUAL_PRODUCTS * 2 * rows * each;
}

const USUAL_PRODUCTS = 60;

/** Of several classes, by a score for each; e^score over their sum is a class's probability. */
export function multiclassLoss(parts: LossParts, classes: number): Convex {
  const { rows, width, codes, weights, l2 } = parts;
  const size = width + 1;
  const count = rows.rows;
  const shares = new Float64Array(count * classes);
  const column = new Float64Array(count);
  let at = new Float64Array(size * classes);
  /** Per class, so that each is passed over in one stretch. */
  const split = Array.from({ length: classes }, () => new Float64Array(count));

  const scores = (v: Float64Array, take: (k: number) => void) => {
    for (let k = 0; k < classes; k++) {
      forward(rows, v.subarray(k * size, k * size + width), v[k * size + width]!, column);
      take(k);
    }
  };
  const gather = (out: Float64Array, v: Float64Array) => {
    for (let k = 0; k < classes; k++) {
      const own = out.subarray(k * size, k * size + width);
      for (let term = 0; term < width; term++) own[term] = l2 * v[k * size + term]!;
      out[k * size + width] = backward(rows, split[k]!, own);
    }
  };
  return {
    value(place) {
      at = Float64Array.from(place);
      scores(at, (k) => {
        for (let row = 0; row < count; row++) shares[row * classes + k] = column[row]!;
      });
      let loss = 0;
      for (let row = 0; row < count; row++) {
        const own = shares[row * classes + codes[row]!]!;
        let most = -Infinity;
        for (let k = 0; k < classes; k++) most = Math.max(most, shares[row * classes + k]!);
        let sum = 0;
        for (let k = 0; k < classes; k++) sum += exp(shares[row * classes + k]! - most);
        loss += weights[row]! * (most - own + log(sum));
        softmax(shares, row * classes, classes);
      }
      for (let k = 0; k < classes; k++)
        loss += penalty(at.subarray(k * size, k * size + width), l2);
      return loss;
    },
    gradient() {
      for (let k = 0; k < classes; k++) {
        const own = split[k]!;
        for (let row = 0; row < count; row++)
          own[row] = weights[row]! * (shares[row * classes + k]! - (codes[row] === k ? 1 : 0));
      }
      const out = new Float64Array(size * classes);
      gather(out, at);
      return out;
    },
    curvature() {
      const times: Equations["times"] = (v, out) => {
        scores(v, (k) => split[k]!.set(column));
        for (let row = 0; row < count; row++) {
          let mean = 0;
          for (let k = 0; k < classes; k++) mean += shares[row * classes + k]! * split[k]![row]!;
          for (let k = 0; k < classes; k++) {
            const own = split[k]!;
            own[row] = weights[row]! * shares[row * classes + k]! * (own[row]! - mean);
          }
        }
        gather(out, v);
      };
      const diagonal = new Float64Array(size * classes);
      for (let k = 0; k < classes; k++) {
        for (let row = 0; row < count; row++) {
          const p = shares[row * classes + k]!;
          column[row] = weights[row]! * p * (1 - p);
        }
        diagonal.set(squares(rows, width, column, l2), k * size);
      }
      return { times, diagonal };
    },
    matrix: () => null,
  };
}

function penalty(slopes: Float64Array, l2: number): number {
  let sum = 0;
  for (const slope of slopes) sum += slope * slope;
  return 0.5 * l2 * sum;
}

function withLast(values: Float64Array, last: number): Float64Array {
  const out = new Float64Array(values.length + 1);
  out.set(values);
  out[values.length] = last;
  return out;
}
