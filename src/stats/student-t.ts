/** Student's t distribution. */
import { requireNumber, requirePositive, requireProbability } from "./check.ts";
import type { Continuous } from "./distribution.ts";
import { betaTailQuantile, betaTails } from "./incomplete-beta.ts";
import { deviance, stirlingError } from "./log-gamma.ts";

/** @param degrees of freedom > 0, not necessarily whole */
export function studentT(degrees: number): Continuous {
  requirePositive("studentT", "degrees", degrees);
  const half = degrees / 2;
  /** Chance of a value further from 0 than t on one side. */
  const beyond = (t: number) => {
    const square = t * t;
    if (square === Number.POSITIVE_INFINITY) {
      return Math.abs(t) === Number.POSITIVE_INFINITY
        ? 0
        : betaTails((degrees / t) * (1 / t), 1, half, 0.5).lower / 2;
    }
    const whole = degrees + square;
    return betaTails(degrees / whole, square / whole, half, 0.5).lower / 2;
  };
  const upper = (t: number) => {
    requireNumber("studentT", "t", t);
    return t >= 0 ? beyond(t) : 1 - beyond(t);
  };
  /** The t > 0 with this chance beyond it, chance in (0, ½). */
  const distance = (chance: number) => {
    const { x, y } =
      chance < 0.25
        ? betaTailQuantile(half, 0.5, 2 * chance, true)
        : betaTailQuantile(half, 0.5, 1 - 2 * chance, false);
    return Math.sqrt((degrees * y) / x);
  };
  const quantile = (p: number): number => {
    requireProbability("studentT", "p", p);
    if (p === 0) return Number.NEGATIVE_INFINITY;
    if (p === 1) return Number.POSITIVE_INFINITY;
    if (p === 0.5) return 0;
    return p < 0.5 ? -distance(p) : distance(1 - p);
  };
  return {
    mean: degrees > 1 ? 0 : null,
    variance: degrees > 2 ? degrees / (degrees - 2) : null,
    density: (t) => {
      requireNumber("studentT", "t", t);
      const square = t * t;
      if (square === Number.POSITIVE_INFINITY) return 0;
      const front = stirlingError(half + 0.5) - stirlingError(half) - deviance(half, half + 0.5);
      const log = front - (half + 0.5) * Math.log1p(square / degrees);
      return Math.exp(log) / Math.sqrt(2 * Math.PI);
    },
    cdf: (t) => upper(-t),
    upper,
    quantile,
    upperQuantile: (q) => -quantile(q),
  };
}
