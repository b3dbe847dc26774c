/**
 * What boosting makes smaller: each loss takes targets and scores and gives its gradients and hessians as integers, so
 * that their sums do not depend on the order of the rows.
 */
import { exp, log } from "./exp.ts";

/** Rows as the losses see them; arrays of one entry per row unless told. */
export interface ScoredRows {
  readonly rows: number;
  readonly outputs: number;
  /** Class of each row, or its value; one of them. */
  readonly codes: Int32Array | null;
  readonly values: Float64Array | null;
  readonly weights: Float64Array | null;
  /** rows × outputs: what the trees so far say. */
  readonly scores: Float64Array;
}

/** What real gradients and hessians are multiplied by, powers of two, before they are rounded. */
export interface Scales {
  readonly gradient: number;
  readonly hessian: number;
}

export interface Loss {
  /** The largest |gradient| of rows of weight 1 that can come, where it is known without looking; else null. */
  readonly steepest: number | null;
  /** The largest hessian of a row of weight 1. */
  readonly roundest: number;
  /** Largest |gradient| among rows `from` … `to`, with their weights; only where `steepest` is null. */
  steepestOf(rows: ScoredRows, from: number, to: number): number;
  /** Writes gradient and hessian of the rows, two integers each, all rows of an output after those of the one before. */
  gradients(rows: ScoredRows, from: number, to: number, out: Int32Array, scales: Scales): void;
  /** The loss of one row of weight 1. */
  lossAt(rows: ScoredRows, row: number): number;
}

/** 1.5 · 2⁵²: adding and subtracting it rounds to the nearest whole number. */
const ROUNDER = 6755399441055744;

const PARTS = 64;
/** 2^(k / PARTS) for k = −PARTS · 1074 … 0 by its two halves: of the rest and of the whole power. */
const FRACTIONS = Float64Array.from({ length: PARTS }, (_, i) => 2 ** (i / PARTS));
const WHOLES = Float64Array.from({ length: 1075 }, (_, i) => 2 ** (i - 1074));

/**
 * e^x for x ≤ 0 to about 1e-11 of itself: gradients are rounded far more coarsely, and nothing that a model says
 * depends on it but through them.
 */
function quickExp(x: number): number {
  if (x < -700) return 0;
  const k = x * (PARTS * Math.LOG2E) + ROUNDER - ROUNDER;
  const r = x - k * (Math.LN2 / PARTS);
  const place = k | 0;
  const whole = WHOLES[(place >> 6) + 1074]! * FRACTIONS[place & (PARTS - 1)]!;
  return whole * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24)))));
}

/** Two classes: −ln of the probability of the class that came. */
export const logLoss: Loss = {
  steepest: 1,
  roundest: 0.25,
  steepestOf: () => 1,
  gradients({ codes, weights, scores }, from, to, out, { gradient, hessian }) {
    const classes = codes!;
    for (let row = from; row < to; row++) {
      const score = scores[row]!;
      const e = quickExp(-Math.abs(score));
      const q = 1 / (1 + e);
      const p = score >= 0 ? q : e * q;
      const weight = weights === null ? 1 : weights[row]!;
      out[2 * row] = (p - classes[row]!) * weight * gradient + ROUNDER - ROUNDER;
      out[2 * row + 1] = e * q * q * weight * hessian + ROUNDER - ROUNDER;
    }
  },
  lossAt({ codes, scores }, row) {
    const margin = codes![row] === 1 ? scores[row]! : -scores[row]!;
    return log(1 + exp(-Math.abs(margin))) + Math.max(0, -margin);
  },
};

/** More classes: the same of the softmax of the scores. */
export const softmaxLoss: Loss = {
  steepest: 1,
  roundest: 0.25,
  steepestOf: () => 1,
  gradients({ rows, outputs, codes, weights, scores }, from, to, out, scales) {
    const shares = new Float64Array(outputs);
    for (let row = from; row < to; row++) {
      const sum = sharesOf(scores, row * outputs, shares);
      const weight = weights === null ? 1 : weights[row]!;
      for (let k = 0, at = row; k < outputs; k++, at += rows) {
        const p = shares[k]! / sum;
        const came = codes![row] === k ? 1 : 0;
        out[2 * at] = (p - came) * weight * scales.gradient + ROUNDER - ROUNDER;
        out[2 * at + 1] = p * (1 - p) * weight * scales.hessian + ROUNDER - ROUNDER;
      }
    }
  },
  lossAt({ outputs, codes, scores }, row) {
    const shares = new Float64Array(outputs);
    const sum = sharesOf(scores, row * outputs, shares);
    return log(sum) - log(Math.max(shares[codes![row]!]!, Number.MIN_VALUE));
  },
};

/** e^(score − the largest) of one row, and their sum. */
function sharesOf(scores: Float64Array, at: number, out: Float64Array): number {
  let most = -Infinity;
  for (let k = 0; k < out.length; k++) if (scores[at + k]! > most) most = scores[at + k]!;
  let sum = 0;
  for (let k = 0; k < out.length; k++) {
    out[k] = quickExp(scores[at + k]! - most);
    sum += out[k]!;
  }
  return sum;
}

/** Values: half the squared distance. */
export const squaredLoss: Loss = {
  steepest: null,
  roundest: 1,
  steepestOf({ values, weights, scores }, from, to) {
    let most = 0;
    for (let row = from; row < to; row++) {
      const g = Math.abs(scores[row]! - values![row]!) * (weights === null ? 1 : weights[row]!);
      if (g > most) most = g;
    }
    return most;
  },
  gradients({ values, weights, scores }, from, to, out, scales) {
    for (let row = from; row < to; row++) {
      const weight = weights === null ? 1 : weights[row]!;
      out[2 * row] = (scores[row]! - values![row]!) * weight * scales.gradient + ROUNDER - ROUNDER;
      out[2 * row + 1] = weight * scales.hessian + ROUNDER - ROUNDER;
    }
  },
  lossAt({ values, scores }, row) {
    const distance = scores[row]! - values![row]!;
    return (distance * distance) / 2;
  },
};

/** Values: the distance, weighted by `quantile` where the value is above the score and by 1 − `quantile` below. */
export function quantileLoss(quantile: number): Loss {
  return {
    steepest: 1,
    roundest: 1,
    steepestOf: () => 1,
    gradients({ values, weights, scores }, from, to, out, scales) {
      for (let row = from; row < to; row++) {
        const weight = weights === null ? 1 : weights[row]!;
        const slope = values![row]! > scores[row]! ? -quantile : 1 - quantile;
        out[2 * row] = slope * weight * scales.gradient + ROUNDER - ROUNDER;
        out[2 * row + 1] = weight * scales.hessian + ROUNDER - ROUNDER;
      }
    },
    lossAt({ values, scores }, row) {
      const distance = values![row]! - scores[row]!;
      return distance > 0 ? quantile * distance : (quantile - 1) * distance;
    },
  };
}

/** The loss of a task. */
export function lossOf(outputs: number, classes: boolean, quantile: number | null): Loss {
  if (classes) return outputs === 1 ? logLoss : softmaxLoss;
  return quantile === null ? squaredLoss : quantileLoss(quantile);
}
