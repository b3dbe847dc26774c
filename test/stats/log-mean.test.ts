import fc from "fast-check";
import { expect, it } from "vitest";
import { logMean, splitDifference } from "../../src/stats/log-mean.ts";

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });

it("is 10 / ln 2 between 20 and 10, and the number itself between equals", () => {
  expect(logMean(20, 10)).toBeCloseTo(14.426950408889635, 12);
  expect(logMean(7, 7)).toBe(7);
});

it("lies between the geometric and the arithmetic mean, also next to equality", () => {
  const nearby = fc.tuple(positive, fc.double({ min: -1e-4, max: 1e-4, noNaN: true }));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(positive, positive),
        nearby.map(([a, x]) => [a, a * (1 + x)] as const),
      ),
      ([a, b]) => {
        const mean = logMean(a, b);
        expect(mean).toBeGreaterThanOrEqual(Math.sqrt(a * b) * (1 - 1e-9));
        expect(mean).toBeLessThanOrEqual(((a + b) / 2) * (1 + 1e-9));
      },
    ),
  );
});

it("splits a difference of two products so that the parts add up, and turns over when they change places", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(positive, positive), { minLength: 1, maxLength: 4 }),
      (factors) => {
        const parts = splitDifference(factors);
        const here = factors.reduce((product, [value]) => product * value, 1);
        const there = factors.reduce((product, [, value]) => product * value, 1);
        const sum = parts.reduce((total, part) => total + part, 0);
        expect(Math.abs(sum - (here - there))).toBeLessThanOrEqual(1e-9 * Math.max(here, there));
        const turned = splitDifference(factors.map(([value, other]) => [other, value]));
        for (const [i, part] of parts.entries()) {
          expect(Math.abs((turned[i] as number) + part)).toBeLessThanOrEqual(
            1e-6 * Math.max(here, there),
          );
        }
      },
    ),
  );
});
