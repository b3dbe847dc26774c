import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beta } from "../../src/stats/beta.ts";
import { betaBinomial } from "../../src/stats/beta-binomial.ts";
import { binomial } from "../../src/stats/binomial.ts";
import { chiSquared } from "../../src/stats/chi-squared.ts";
import type { Continuous, Discrete, Distribution } from "../../src/stats/distribution.ts";
import { fRatio } from "../../src/stats/f-ratio.ts";
import { gamma } from "../../src/stats/gamma.ts";
import { negativeBinomial } from "../../src/stats/negative-binomial.ts";
import { normal } from "../../src/stats/normal.ts";
import { poisson } from "../../src/stats/poisson.ts";
import { studentT } from "../../src/stats/student-t.ts";

/** Positive numbers over seven powers of ten, as many small as large. */
const amount = fc.double({ min: -3, max: 4, noNaN: true }).map((power) => 10 ** power);
const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
/** Chances down to 1e-12. */
const tail = fc.double({ min: -12, max: Math.log10(0.5), noNaN: true }).map((x) => 10 ** x);

const continuous: Record<string, fc.Arbitrary<Continuous>> = {
  normal: fc
    .tuple(fc.double({ min: -1e3, max: 1e3, noNaN: true }), amount)
    .map(([mean, sd]) => normal(mean, sd)),
  studentT: amount.filter((df) => df > 0.05).map(studentT),
  chiSquared: amount.map(chiSquared),
  fRatio: fc
    .tuple(amount, amount)
    .filter(([a, b]) => a > 0.1 && b > 0.1)
    .map(([a, b]) => fRatio(a, b)),
  beta: fc.tuple(amount, amount).map(([a, b]) => beta(a, b)),
  gamma: fc.tuple(amount, amount).map(([shape, scale]) => gamma(shape, scale)),
};
const discrete: Record<string, fc.Arbitrary<Discrete>> = {
  binomial: fc.tuple(fc.nat(3000), share).map(([n, p]) => binomial(n, p)),
  poisson: amount.map(poisson),
  negativeBinomial: fc
    .tuple(amount, amount)
    .filter(([size]) => size > 0.05)
    .map(([size, mean]) => negativeBinomial(size, mean)),
  betaBinomial: fc.tuple(fc.nat(300), amount, amount).map(([n, a, b]) => betaBinomial(n, a, b)),
};

for (const [name, any] of Object.entries(continuous)) {
  describe(`${name}, continuous`, () => {
    it("has the chance p below the quantile of p and the chance q above the upper quantile of q", () => {
      fc.assert(
        fc.property(any, tail, (distribution, chance) => {
          for (const [x, got] of [
            [distribution.quantile(chance), distribution.cdf],
            [distribution.upperQuantile(chance), distribution.upper],
          ] as const) {
            // A place that doubles cannot tell from its end (x = 1 − 1e-20, x = 1e-310) has no chance of its own.
            const spacing = Math.abs(got(x * (1 + 1e-15)) - got(x * (1 - 1e-15)));
            if (Number.isFinite(x) && Math.abs(x) > 1e-290 && spacing < 1e-6 * chance) {
              expect(Math.abs(got(x) - chance)).toBeLessThanOrEqual(1e-9 * chance + 2 * spacing);
            }
          }
        }),
        { numRuns: 300 },
      );
    });

    it("has a density that is the slope of its distribution function", () => {
      fc.assert(
        fc.property(any, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (distribution, p) => {
          const x = distribution.quantile(p);
          const h = Math.max(Math.abs(x) * 1e-5, 1e-9);
          const slope = (distribution.cdf(x + h) - distribution.cdf(x - h)) / (2 * h);
          // Where the density changes within h the difference is no slope.
          const [before, after] = [distribution.density(x - h), distribution.density(x + h)];
          if (Math.abs(after / before - 1) < 1e-4) {
            expect(Math.abs(distribution.density(x) / slope - 1)).toBeLessThan(1e-3);
          }
        }),
      );
    });
  });
}

for (const [name, any] of Object.entries(discrete)) {
  describe(`${name}, of whole numbers`, () => {
    it("answers with the smallest k that reaches a chance", () => {
      fc.assert(
        fc.property(any, tail, (distribution, chance) => {
          const k = distribution.quantile(chance);
          expect(distribution.cdf(k)).toBeGreaterThanOrEqual(chance * (1 - 1e-12));
          expect(distribution.cdf(k - 1)).toBeLessThan(chance);
          const far = distribution.upperQuantile(chance);
          expect(distribution.upper(far)).toBeLessThanOrEqual(chance * (1 + 1e-12));
          if (far > 0) expect(distribution.upper(far - 1)).toBeGreaterThan(chance);
        }),
        { numRuns: 200 },
      );
    });

    it("has masses whose sums are its tails, its mean and its variance", () => {
      fc.assert(
        fc.property(any, (distribution) => {
          const last = distribution.upperQuantile(1e-15);
          if (last > 20_000) return;
          let below = 0;
          let mean = 0;
          let squares = 0;
          const middle = distribution.quantile(0.5);
          for (let k = 0; k <= last; k++) {
            const mass = distribution.mass(k);
            if (k <= middle) below += mass;
            mean += mass * k;
            squares += mass * (k - (distribution.mean ?? 0)) ** 2;
          }
          expect(below).toBeCloseTo(distribution.cdf(middle), 10);
          expect(mean).toBeCloseTo(distribution.mean ?? Number.NaN, 6);
          // Heavy tails leave some of the variance beyond a chance of 1e-15.
          const variance = distribution.variance ?? Number.NaN;
          expect(Math.abs(squares - variance)).toBeLessThanOrEqual(1e-6 * variance + 1e-9);
        }),
      );
    });

    it("gives back every k from its chance", () => {
      fc.assert(
        fc.property(any, share, (distribution, p) => {
          const k = distribution.quantile(p);
          if (distribution.mass(k) > 1e-9) {
            expect(distribution.quantile(distribution.cdf(k))).toBe(k);
          }
        }),
      );
    });
  });
}

const all: Record<string, fc.Arbitrary<Distribution>> = { ...continuous, ...discrete };
for (const [name, any] of Object.entries(all)) {
  describe(name, () => {
    it("has chances from 0 to 1 that add up to 1 and never fall", () => {
      fc.assert(
        fc.property(any, amount, amount, fc.boolean(), (distribution, one, two, negative) => {
          const x = negative ? -one : one;
          const y = x + two;
          for (const at of [x, y, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]) {
            expect(distribution.cdf(at) + distribution.upper(at)).toBeCloseTo(1, 12);
            expect(distribution.cdf(at)).toBeGreaterThanOrEqual(0);
            expect(distribution.upper(at)).toBeGreaterThanOrEqual(0);
          }
          expect(distribution.cdf(y)).toBeGreaterThanOrEqual(distribution.cdf(x) * (1 - 1e-12));
          expect(distribution.upper(y)).toBeLessThanOrEqual(distribution.upper(x) * (1 + 1e-12));
          expect(distribution.cdf(Number.POSITIVE_INFINITY)).toBe(1);
          expect(distribution.upper(Number.NEGATIVE_INFINITY)).toBe(1);
        }),
      );
    });

    it("refuses NaN and chances that are none, and never answers NaN", () => {
      fc.assert(
        fc.property(any, fc.double({ noNaN: true }), share, (distribution, x, p) => {
          const answers = [
            distribution.cdf(x),
            distribution.upper(x),
            distribution.quantile(p),
            distribution.upperQuantile(p),
            distribution.quantile(0),
            distribution.quantile(1),
          ];
          if ("density" in distribution) answers.push((distribution as Continuous).density(x));
          if ("mass" in distribution) answers.push((distribution as Discrete).mass(x));
          expect(answers.filter(Number.isNaN)).toEqual([]);
          for (const refused of [
            () => distribution.cdf(Number.NaN),
            () => distribution.quantile(-1e-9),
            () => distribution.upperQuantile(1 + 1e-9),
            () => distribution.quantile(Number.NaN),
          ]) {
            expect(refused).toThrow(expect.objectContaining({ code: "STATS_ARGUMENT" }));
          }
        }),
      );
    });
  });
}

it("refuses parameters that make no distribution", () => {
  const bad = [0, -1, Number.NaN, Number.POSITIVE_INFINITY];
  for (const x of bad) {
    for (const refused of [
      () => normal(0, x),
      () => normal(Number.NaN, 1),
      () => studentT(x),
      () => chiSquared(x),
      () => fRatio(x, 1),
      () => fRatio(1, x),
      () => beta(x, 1),
      () => beta(1, x),
      () => gamma(x),
      () => gamma(1, x),
      () => poisson(x),
      () => negativeBinomial(x, 1),
      () => negativeBinomial(1, x),
      () => betaBinomial(5, x, 1),
      () => binomial(x === 0 ? 1.5 : x, 0.5),
      () => binomial(5, x === 0 ? 1.5 : x),
    ]) {
      expect(refused).toThrow(expect.objectContaining({ code: "STATS_ARGUMENT" }));
    }
  }
});

it("knows what can be worked out by hand", () => {
  expect(chiSquared(2).upper(10)).toBeCloseTo(Math.exp(-5), 15);
  expect(studentT(1).quantile(0.75)).toBeCloseTo(1, 14);
  expect(studentT(2).cdf(Math.SQRT2)).toBeCloseTo(0.5 + Math.SQRT1_2 / 2, 14);
  expect(beta(2, 1).cdf(0.3)).toBeCloseTo(0.09, 15);
  expect(beta(1, 1000).quantile(1e-12)).toBeCloseTo(1e-15, 25);
  expect(fRatio(2, 2).cdf(3)).toBeCloseTo(0.75, 15);
  expect(binomial(3, 0.5).mass(2)).toBeCloseTo(0.375, 15);
  expect(poisson(2).cdf(1)).toBeCloseTo(3 * Math.exp(-2), 14);
  expect(negativeBinomial(1, 1).mass(3)).toBeCloseTo(1 / 16, 15);
  expect(betaBinomial(4, 1, 1).mass(3)).toBeCloseTo(0.2, 14);
});

it("is Student's t as the normal when its degrees are many, and F as the square of t", () => {
  fc.assert(
    fc.property(fc.double({ min: -8, max: 8, noNaN: true }), amount, (z, degrees) => {
      expect(Math.abs(studentT(1e12).cdf(z) / normal().cdf(z) - 1)).toBeLessThan(1e-8);
      if (degrees < 0.1) return;
      const two = 2 * studentT(degrees).upper(Math.abs(z));
      expect(Math.abs(fRatio(1, degrees).upper(z * z) - two)).toBeLessThan(1e-11 * two + 1e-15);
    }),
  );
});
