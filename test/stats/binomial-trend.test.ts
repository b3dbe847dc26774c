import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BinomialTrend, binomialTrend } from "../../src/stats/binomial-trend.ts";

/** Odds 1, ½, ¼ on three days: ln odds fall by ln 2 a day and the line goes through every point. */
const HALVING = [
  { at: 0, hits: 60, trials: 120 },
  { at: 1, hits: 40, trials: 120 },
  { at: 2, hits: 24, trials: 120 },
];

describe("odds that halve every day, worked by hand", () => {
  const trend = binomialTrend(HALVING) as BinomialTrend;

  it("finds the slope −ln 2 and no more scatter than chance", () => {
    expect(trend.slope).toBeCloseTo(-Math.LN2, 10);
    expect(trend.intercept).toBeCloseTo(0, 10);
    expect(trend.scatter).toBe(1);
  });

  it("takes the standard error from the weights 30, 26⅔ and 19.2, and t with one degree of freedom", () => {
    // Σw = 75.8667, Σwx = 65.0667, Σwx² = 103.4667: variance = 1 / (103.4667 − 65.0667² / 75.8667) = 1 / 47.6629
    const error = Math.sqrt(1 / (103.466666667 - 65.066666667 ** 2 / 75.866666667));
    expect(trend.high - trend.slope).toBeCloseTo(12.7062047 * error, 5);
    // t = 4.785 with one degree: p = 2 · (½ − atan(t) / π)
    expect(trend.p).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(Math.LN2 / error), 10);
  });
});

it("says nothing of two points, of one place, of hits alone, or where a place parts hits from misses", () => {
  expect(binomialTrend(HALVING.slice(1))).toBeNull();
  expect(binomialTrend(HALVING.map((one) => ({ ...one, at: 3 })))).toBeNull();
  expect(binomialTrend(HALVING.map((one) => ({ ...one, hits: 120 })))).toBeNull();
  const parted = [0, 1, 2, 3].map((at) => ({ at, hits: at < 2 ? 50 : 0, trials: 50 }));
  expect(binomialTrend(parted)).toBeNull();
});

it("leaves out points without trials", () => {
  expect(binomialTrend([...HALVING, { at: 9, hits: 0, trials: 0 }])).toEqual(
    binomialTrend(HALVING),
  );
});

const points = fc.array(
  fc
    .record({ at: fc.integer({ min: -20, max: 40 }), trials: fc.integer({ min: 1, max: 5000 }) })
    .chain(({ at, trials }) =>
      fc.integer({ min: 0, max: trials }).map((hits) => ({ at, hits, trials })),
    ),
  { minLength: 3, maxLength: 12 },
);

it("turns over when the line is walked the other way, and when hits and misses change places", () => {
  fc.assert(
    fc.property(points, (given) => {
      const trend = binomialTrend(given);
      const back = binomialTrend(given.map((one) => ({ ...one, at: 7 - one.at })));
      const swapped = binomialTrend(given.map((one) => ({ ...one, hits: one.trials - one.hits })));
      if (trend === null) {
        expect([back, swapped]).toEqual([null, null]);
        return;
      }
      for (const other of [back, swapped]) {
        expect(other?.slope).toBeCloseTo(-trend.slope, 6);
        expect(other?.p).toBeCloseTo(trend.p, 6);
        expect((other?.scatter ?? 0) / trend.scatter).toBeCloseTo(1, 3);
      }
    }),
    { numRuns: 200 },
  );
});

it("halves the slope and keeps p when every place is twice as far", () => {
  const far = binomialTrend(HALVING.map((one) => ({ ...one, at: 2 * one.at })));
  const near = binomialTrend(HALVING);
  expect(far?.slope).toBeCloseTo((near?.slope ?? 0) / 2, 10);
  expect(far?.p).toBeCloseTo(near?.p ?? 0, 10);
});

it("widens the interval by the scatter of days that jump about more than chance", () => {
  const jumping = HALVING.map((one, i) => ({
    ...one,
    trials: 120_000,
    hits: one.hits * 1000 + (i === 1 ? 8000 : -8000),
  }));
  const trend = binomialTrend(jumping) as BinomialTrend;
  expect(trend.scatter).toBeGreaterThan(100);
  expect(trend.low).toBeLessThan(0);
  expect(trend.high).toBeGreaterThan(0);
});
