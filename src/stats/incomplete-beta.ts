/** The regularised incomplete beta function and its inverse: the ground of beta, t, F, binomial and their kin. */
import { binomialKernel, logRising } from "./log-gamma.ts";
import { normalQuantile } from "./normal.ts";
import { solveTail, type Tails } from "./tails.ts";

const MOST_STEPS = 10_000_000;

/**
 * The continued fraction that x^a y^b / B(a, b) is multiplied with to give I_x(a, b), for x ≤ a / (a + b): all its terms
 * are positive while n < b, so no digits cancel.
 *
 * @see DiDonato & Morris (1992), ACM Transactions on Mathematical Software 18(3), BFRAC
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const lead = 1 + (a > b ? (a + b) * y - b : a - (a + b) * x);
  const ratio = b / a;
  const base = 1 + 1 / a;
  let top = 0;
  let bottom = 1;
  let nextTop = 1;
  let nextBottom = lead / base;
  let value = base / lead;
  let p = 1;
  let s = a + 1;
  for (let n = 1; n < MOST_STEPS; n++) {
    const t = n / a;
    const w = n * (b - n) * x;
    const e = a / s;
    const alpha = p * (p + ratio) * e * e * (w * x);
    const beta = n + w / s + ((1 + t) / (base + t + t)) * (lead + n * (y + 1));
    p = 1 + t;
    s += 2;
    const newTop = alpha * top + beta * nextTop;
    const newBottom = alpha * bottom + beta * nextBottom;
    const newValue = newTop / newBottom;
    // Divided through each time, so that nothing overflows.
    top = nextTop / newBottom;
    bottom = nextBottom / newBottom;
    nextTop = newValue;
    nextBottom = 1;
    const done = Math.abs(newValue - value) <= 2e-16 * newValue;
    value = newValue;
    if (done) break;
  }
  return value;
}

/**
 * I_x(a, b) and 1 − I_x(a, b): the shares of a beta(a, b) distribution below and above x.
 *
 * @param y 1 − x, told apart so that neither end loses its digits
 */
export function betaTails(x: number, y: number, a: number, b: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const front = ((a * b) / (a + b)) * binomialKernel(a, b, x, y);
  if (front === 0) return x * b <= a * y ? { lower: 0, upper: 1 } : { lower: 1, upper: 0 };
  if (x * b <= a * y) {
    const lower = Math.min(1, front * fraction(a, b, x, y));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, front * fraction(b, a, y, x));
  return { lower: 1 - upper, upper };
}

/** Density of beta(a, b) at 0 < x < 1, y = 1 − x. */
export function betaDensity(x: number, y: number, a: number, b: number): number {
  return (((a * b) / (a + b)) * binomialKernel(a, b, x, y)) / x / y;
}

/** A share and what is missing to 1, both with all their digits. */
export interface Share {
  readonly x: number;
  readonly y: number;
}

/** ln B(a, b), by the smaller argument. */
function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  // B(a, b) = Γ(a) Γ(b) / Γ(a + b), and Γ(a) = Γ(a + 1) / a
  return logRising(1, small) - Math.log(small) - logRising(large, small);
}

/** The share with I_x(a, b) = chance (lower tail) or 1 − I_x(a, b) = chance (upper tail), chance in (0, ½]. */
export function betaTailQuantile(a: number, b: number, chance: number, lowerTail: boolean): Share {
  if (!lowerTail) {
    const { x, y } = betaTailQuantile(b, a, chance, true);
    return { x: y, y: x };
  }
  // The share may lie in either half; near 1 it is 1 − x whose logarithm is solved for.
  if (betaTails(0.5, 0.5, a, b).lower >= chance) {
    const x = Math.exp(
      solveTail(
        (u) => {
          const at = Math.exp(u);
          if (at === 0) return { chance: 0, slope: 0 };
          const rest = -Math.expm1(u);
          return {
            chance: betaTails(at, rest, a, b).lower,
            slope: rest > 0 ? betaDensity(at, rest, a, b) * at : 0,
          };
        },
        chance,
        firstGuess(a, b, chance),
        true,
        0,
      ),
    );
    return { x, y: 1 - x };
  }
  const y = Math.exp(
    solveTail(
      (v) => {
        const rest = Math.exp(v);
        const at = -Math.expm1(v);
        if (rest === 0) return { chance: 1, slope: 0 };
        return {
          chance: betaTails(at, rest, a, b).lower,
          slope: at > 0 ? betaDensity(at, rest, a, b) * rest : 0,
        };
      },
      chance,
      Math.log(0.25),
      false,
      0,
    ),
  );
  return { x: 1 - y, y };
}

/** ln x by the normal approximation on the logit scale, or by the power law of the left end. */
function firstGuess(a: number, b: number, chance: number): number {
  const power = (Math.log(chance) + Math.log(a) + logBeta(a, b)) / a;
  if (a < 2 || b < 2) return Math.min(power, -0.7);
  const logit =
    Math.log((a - 1 / 3) / (b - 1 / 3)) + normalQuantile(chance) * Math.sqrt(1 / a + 1 / b);
  return Math.min(-Math.log1p(Math.exp(-logit)), -0.7);
}
