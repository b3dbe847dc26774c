/** Logistic recalibration: how far probabilities are off as a whole, and how far they are too bold or too shy. */
import { type Estimate, normalInterval } from "./estimate.ts";
import { grouping } from "./groups.ts";
import { clipped } from "./log-loss.ts";
import { checkProbabilities, checkTable, type ScoredRows } from "./scored-rows.ts";

export interface Coefficient extends Estimate {
  readonly standardError: number;
}

export interface Calibration {
  /** a of logit P(y) = a + logit(p): 0 where the mean is right; above 0, too few were expected. */
  readonly inTheLarge: Coefficient;
  /** a of logit P(y) = a + b · logit(p); null where the line is not determined. */
  readonly intercept: Coefficient | null;
  /** b: 1 is right, below 1 the probabilities are too extreme, above 1 too alike; null as the intercept. */
  readonly slope: Coefficient | null;
}

/**
 * Calibration slope and intercept by maximum likelihood, with standard errors: of the model where rows are plain, and
 * the robust sandwich (over groups, where given) where they have weights or groups.
 *
 * Slope and intercept are null where no line fits best: one distinct probability, or classes that do not overlap.
 * Probabilities are kept 2⁻⁵² away from 0 and 1.
 *
 * @throws Problem `EVALUATE_ONE_CLASS`, `EVALUATE_VALUE` (a score that is no probability)
 * @see Cox (1958), Biometrika 45(3/4); Van Calster et al. (2019), BMC Medicine 17
 */
export function calibration(rows: ScoredRows): Calibration {
  checkProbabilities(rows);
  checkTable(rows, "Calibration");
  const logits = rows.scores.map((score) => {
    const p = clipped(score);
    return Math.log(p) - Math.log1p(-p);
  });
  const coefficient = (value: number, standardError: number): Coefficient => ({
    value,
    standardError,
    interval: normalInterval(value, standardError),
    n: rows.n,
    positives: rows.positives,
  });
  const shift = fittedShift(rows, logits);
  const shiftErrors = errors(rows, logits, shift, 1, false);
  const line = overlap(rows, logits) ? fittedLine(rows, logits) : null;
  const lineErrors = line && errors(rows, logits, line[0], line[1], true);
  return {
    inTheLarge: coefficient(shift, shiftErrors[0]),
    intercept: line && lineErrors && coefficient(line[0], lineErrors[0]),
    slope: line && lineErrors && coefficient(line[1], lineErrors[1]),
  };
}

/** 1 / (1 + e⁻ᶻ) without overflow. */
function sigmoid(z: number): number {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** Whether a best line exists: some negative lies above some positive, and the other way about. */
function overlap({ positive, negative }: ScoredRows, logits: Float64Array): boolean {
  let [lowPositive, highPositive] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [lowNegative, highNegative] = [lowPositive, highPositive];
  for (let line = 0; line < logits.length; line++) {
    const x = logits[line]!;
    if (positive[line]! > 0) {
      lowPositive = Math.min(lowPositive, x);
      highPositive = Math.max(highPositive, x);
    }
    if (negative[line]! > 0) {
      lowNegative = Math.min(lowNegative, x);
      highNegative = Math.max(highNegative, x);
    }
  }
  return highNegative > lowPositive && highPositive > lowNegative;
}

/** The shift that makes expected and observed positives equal: Newton's steps inside a shrinking bracket. */
function fittedShift(rows: ScoredRows, logits: Float64Array): number {
  let low = -80;
  let high = 80;
  let shift = 0;
  for (let step = 0; step < 200; step++) {
    const { slope0, h00 } = sums(rows, logits, shift, 1);
    if (slope0 > 0) low = shift;
    else high = shift;
    let next = shift + slope0 / h00;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - shift) <= 1e-14 * (1 + Math.abs(shift))) return next;
    shift = next;
  }
  return shift;
}

/** Intercept and slope by Newton's steps, halved while they do not climb; null where they do not settle. */
function fittedLine(rows: ScoredRows, logits: Float64Array): [number, number] | null {
  // At slope 0 the information is greatest; at slope 1 sure and wrong probabilities leave almost none.
  let a = Math.log(rows.totalPositive / rows.totalNegative);
  let b = 0;
  let here = sums(rows, logits, a, b);
  for (let step = 0; step < 100; step++) {
    const determinant = here.h00 * here.h11 - here.h01 ** 2;
    const da = (here.h11 * here.slope0 - here.h01 * here.slope1) / determinant;
    const db = (here.h00 * here.slope1 - here.h01 * here.slope0) / determinant;
    if (!Number.isFinite(da) || !Number.isFinite(db)) return null;
    let part = 1;
    let next = sums(rows, logits, a + da, b + db);
    while (!(next.likelihood >= here.likelihood - 1e-12 * Math.abs(here.likelihood))) {
      part /= 2;
      if (part < 1e-30) return null;
      next = sums(rows, logits, a + part * da, b + part * db);
    }
    a += part * da;
    b += part * db;
    here = next;
    const small = (move: number, value: number) => Math.abs(move) <= 1e-12 * (1 + Math.abs(value));
    if (small(da, a) && small(db, b)) return [a, b];
  }
  return null;
}

interface Sums {
  readonly likelihood: number;
  /** Derivatives by intercept and slope. */
  readonly slope0: number;
  readonly slope1: number;
  /** Information: negative second derivatives. */
  readonly h00: number;
  readonly h01: number;
  readonly h11: number;
}

function sums(rows: ScoredRows, logits: Float64Array, a: number, b: number): Sums {
  let [likelihood, slope0, slope1, h00, h01, h11] = [0, 0, 0, 0, 0, 0];
  for (let line = 0; line < logits.length; line++) {
    const positive = rows.positive[line]!;
    const weight = positive + rows.negative[line]!;
    if (weight === 0) continue;
    const x = logits[line]!;
    const z = a + b * x;
    const mean = sigmoid(z);
    const softplus = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    likelihood += positive * z - weight * softplus;
    const residual = positive - weight * mean;
    const information = weight * mean * sigmoid(-z);
    slope0 += residual;
    slope1 += residual * x;
    h00 += information;
    h01 += information * x;
    h11 += information * x * x;
  }
  return { likelihood, slope0, slope1, h00, h01, h11 };
}

/** Standard errors of intercept and slope, or of the intercept alone where the slope is held. */
function errors(
  rows: ScoredRows,
  logits: Float64Array,
  a: number,
  b: number,
  slopeIsFree: boolean,
): [number, number] {
  const { h00, h01, h11 } = sums(rows, logits, a, b);
  // The inverse of the information; with the slope held only its corner counts.
  const determinant = slopeIsFree ? h00 * h11 - h01 ** 2 : h00;
  const c00 = slopeIsFree ? h11 / determinant : 1 / h00;
  const c01 = slopeIsFree ? -h01 / determinant : 0;
  const c11 = slopeIsFree ? h00 / determinant : 0;
  if (rows.weights === null && rows.groups === null) return [Math.sqrt(c00), Math.sqrt(c11)];
  const { groups, of } = grouping(rows.groups, rows.rows);
  const sum0 = new Float64Array(groups);
  const sum1 = new Float64Array(groups);
  const counts = new Uint8Array(groups);
  for (let row = 0; row < rows.rows; row++) {
    const weight = rows.weights === null ? 1 : rows.weights[row]!;
    if (weight === 0) continue;
    const x = logits[rows.lineOf[row]!]!;
    const score = weight * (rows.truth[row]! - sigmoid(a + b * x));
    const group = of[row]!;
    counts[group] = 1;
    sum0[group]! += score;
    sum1[group]! += score * x;
  }
  let counted = 0;
  let v0 = 0;
  let v1 = 0;
  for (let group = 0; group < groups; group++) {
    counted += counts[group]!;
    v0 += (c00 * sum0[group]! + c01 * sum1[group]!) ** 2;
    v1 += (c01 * sum0[group]! + c11 * sum1[group]!) ** 2;
  }
  const correction = counted / (counted - 1);
  return [Math.sqrt(correction * v0), Math.sqrt(correction * v1)];
}
