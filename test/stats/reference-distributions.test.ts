/** Distributions against scipy and, in the far tails, mpmath; the fixture names its script and their versions. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { beta } from "../../src/stats/beta.ts";
import { betaBinomial } from "../../src/stats/beta-binomial.ts";
import { binomial } from "../../src/stats/binomial.ts";
import { chiSquared } from "../../src/stats/chi-squared.ts";
import type { Continuous, Discrete } from "../../src/stats/distribution.ts";
import { fRatio } from "../../src/stats/f-ratio.ts";
import { gamma } from "../../src/stats/gamma.ts";
import { digamma, logGamma } from "../../src/stats/log-gamma.ts";
import { negativeBinomial } from "../../src/stats/negative-binomial.ts";
import { normal } from "../../src/stats/normal.ts";
import { poisson } from "../../src/stats/poisson.ts";
import { studentT } from "../../src/stats/student-t.ts";

interface Row {
  x: number;
  density?: number;
  mass?: number;
  cdf: number;
  upper: number;
  p?: number;
  q?: number;
}
interface Reference {
  distributions: { name: string; args: [number, number, number]; rows: Row[] }[];
  farTails: { beta: number[][]; gamma: number[][] };
  gammas: { logGamma: [number, number][]; digamma: [number, number][] };
}
const reference: Reference = JSON.parse(
  readFileSync(new URL("../fixtures/reference/stats.json", import.meta.url), "utf8"),
);

const made: Record<string, (...args: [number, number, number]) => Continuous | Discrete> = {
  normal: (mean, sd) => normal(mean, sd),
  studentT,
  chiSquared,
  fRatio: (a, b) => fRatio(a, b),
  beta: (a, b) => beta(a, b),
  gamma: (shape, scale) => gamma(shape, scale),
  binomial: (n, p) => binomial(n, p),
  poisson,
  negativeBinomial: (size, mean) => negativeBinomial(size, mean),
  betaBinomial,
};

/** |got − want| ÷ |want|. */
const off = (got: number, want: number) =>
  got === want ? 0 : Math.abs(got - want) / Math.max(Math.abs(want), 1e-300);

/** Both tails are held to this relative distance, also where they are 1e-12. */
const TAIL = 1e-10;

describe("scipy's values", () => {
  for (const { name, args, rows } of reference.distributions) {
    it(`are those of ${name}(${args.join(", ")})`, () => {
      const ours = (made[name] as (typeof made)[string])(...args);
      const wrong: string[] = [];
      const hold = (what: string, got: number, want: number, tolerance: number) => {
        if (!(off(got, want) <= tolerance)) {
          wrong.push(`${what}: ${got} for ${want}, off by ${off(got, want).toExponential(1)}`);
        }
      };
      for (const { x, density, mass, cdf, upper, p, q } of rows) {
        hold(`cdf(${x})`, ours.cdf(x), cdf, TAIL);
        hold(`upper(${x})`, ours.upper(x), upper, TAIL);
        if (density !== undefined) {
          hold(`density(${x})`, (ours as Continuous).density(x), density, TAIL);
        }
        if (mass !== undefined) hold(`mass(${x})`, (ours as Discrete).mass(x), mass, TAIL);
        if (p !== undefined) hold(`quantile(${p})`, ours.quantile(p), x, TAIL);
        if (q !== undefined) hold(`upperQuantile(${q})`, ours.upperQuantile(q), x, TAIL);
      }
      expect(wrong).toEqual([]);
    });
  }
});

it("has 12 true digits in both tails of beta and gamma, down to 1e-300, at small and large shapes", () => {
  const wrong: unknown[] = [];
  const hold = (got: number, want: number, at: unknown) => {
    if (want > 1e-300 && !(off(got, want) < 1e-12)) wrong.push([at, got, want, off(got, want)]);
  };
  for (const [a, b, x, lower, upper] of reference.farTails.beta as [
    number,
    number,
    number,
    number,
    number,
  ][]) {
    hold(beta(a, b).cdf(x), lower, ["beta lower", a, b, x]);
    hold(beta(a, b).upper(x), upper, ["beta upper", a, b, x]);
  }
  for (const [shape, x, lower, upper] of reference.farTails.gamma as [
    number,
    number,
    number,
    number,
  ][]) {
    hold(gamma(shape).cdf(x), lower, ["gamma lower", shape, x]);
    hold(gamma(shape).upper(x), upper, ["gamma upper", shape, x]);
  }
  expect(reference.farTails.beta.length + reference.farTails.gamma.length).toBeGreaterThan(90);
  expect(wrong).toEqual([]);
});

it("has scipy's logarithm of the gamma function and its derivative", () => {
  for (const [x, want] of reference.gammas.logGamma) {
    expect(Math.abs(logGamma(x) - want)).toBeLessThanOrEqual(1e-14 + 1e-14 * Math.abs(want));
  }
  for (const [x, want] of reference.gammas.digamma) {
    expect(Math.abs(digamma(x) - want)).toBeLessThanOrEqual(1e-14 + 1e-13 * Math.abs(want));
  }
});
