/**
 * The exponential and what is made of it from + − × ÷ and exact scaling only, so that a model gives the same numbers
 * to the bit in every engine: the language leaves the precision of Math.exp and Math.log to the engine.
 *
 * @see FreeBSD msun e_exp.c and e_log.c (Sun Microsystems, 1993), whose coefficients these are; error below 1 ulp
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LOG2_E = Math.LOG2E;
/** Beyond these the result is 0 or ∞. */
const LOWEST = -745.1332191019412;
const HIGHEST = 709.782712893384;
/** 1.5 · 2⁵²: adding it rounds to a whole number, subtracting it gives that number back. */
const ROUNDER = 6755399441055744;

const LOWEST_POWER = -1074;
/** 2^k for k = −1074 … 1023. */
const POWERS = new Float64Array(2098);
for (let k = 1, power = 1; k <= 1074; k++) {
  power /= 2;
  POWERS[-k - LOWEST_POWER] = power;
}
for (let k = 0, power = 1; k <= 1023; k++, power *= 2) POWERS[k - LOWEST_POWER] = power;

/** e^x for any number: 0 and ∞ beyond the range, NaN of NaN. */
export function exp(x: number): number {
  if (!(x >= LOWEST)) return x < LOWEST ? 0 : Number.NaN;
  if (x > HIGHEST) return Number.POSITIVE_INFINITY;
  const k = x * LOG2_E + ROUNDER - ROUNDER;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t *
              (0.00006613756321437934 +
                t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  // in two steps where one power of two would leave the range
  if (k > 1023) return y * 2 * POWERS[1023 - LOWEST_POWER]!;
  if (k < -1021) return y * POWERS[k + 54 - LOWEST_POWER]! * POWERS[-54 - LOWEST_POWER]!;
  return y * POWERS[k - LOWEST_POWER]!;
}

/** 1 / (1 + e^−x), between 0 and 1. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

const word = new Float64Array(1);
const halves = new Int32Array(word.buffer);
/** Which half of a number holds its sign and exponent. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Natural logarithm: −∞ of 0, NaN of less, ∞ of ∞. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  word[0] = x;
  if (halves[HIGH]! < 0x00100000) {
    word[0] = x * 18014398509481984;
    k = -54;
  }
  const high = halves[HIGH]!;
  const mantissa = high & 0xfffff;
  // The mantissa is brought to [√½, √2).
  const up = (mantissa + 0x95f64) & 0x100000;
  halves[HIGH] = mantissa | (up ^ 0x3ff00000);
  k += (high >> 20) - 1023 + (up >> 20);
  const m = word[0]!;
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}

/** Turns scores into shares of 1, e^score over their sum, in place from `at`. */
export function softmax(scores: Float64Array, at: number, classes: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = at; k < at + classes; k++) if (scores[k]! > most) most = scores[k]!;
  let sum = 0;
  for (let k = at; k < at + classes; k++) {
    const e = exp(scores[k]! - most);
    scores[k] = e;
    sum += e;
  }
  for (let k = at; k < at + classes; k++) scores[k]! /= sum;
}
