import fc from "fast-check";
import { expect, it } from "vitest";
import { binomial } from "../../src/stats/binomial.ts";
import { gamma } from "../../src/stats/gamma.ts";
import {
  clopperPearsonInterval,
  costInterval,
  jeffreysInterval,
  poissonInterval,
  wilsonInterval,
} from "../../src/stats/intervals.ts";

/** Chance of at most k events at this mean, added up term by term: independent of the gamma function. */
function poissonCdf(k: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
}

it("agrees with the exact Poisson limits of scipy 1.17.1 (chi2.ppf)", () => {
  const table = [
    [0, 0, 3.6888794541139354],
    [1, 0.025317807984289876, 5.571643390938898],
    [2, 0.24220927854396496, 7.22468766772396],
    [5, 1.6234863901184207, 11.66833207932267],
    [10, 4.7953886961324335, 18.39035604201778],
    [100, 81.36399125092314, 121.62679379242638],
    [50000, 49562.686650323674, 50440.212035431294],
  ] as const;
  for (const [count, low, high] of table) {
    const interval = poissonInterval(count) as { low: number; high: number };
    expect(Math.abs(interval.low - low)).toBeLessThanOrEqual(1e-10 * high);
    expect(Math.abs(interval.high - high)).toBeLessThanOrEqual(1e-10 * high);
  }
});

it("leaves 2.5 % of the Poisson chance in each tail", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
      const { low, high } = poissonInterval(count) as { low: number; high: number };
      expect(1 - poissonCdf(count - 1, low)).toBeCloseTo(0.025, 9);
      expect(poissonCdf(count, high)).toBeCloseTo(0.025, 9);
    }),
  );
});

it("is continuous where the exact quantile gives way to the approximation", () => {
  for (const level of [0.5, 0.95, 0.999]) {
    for (const [count, end] of [
      [100_000, "low"],
      [99_999, "high"],
    ] as const) {
      const exact = (poissonInterval(count, level) as { low: number; high: number })[end];
      const approximate = (poissonInterval(count + 1, level) as { low: number; high: number })[end];
      expect((approximate - exact) / exact).toBeCloseTo(1e-5, 7);
    }
  }
  const low = poissonInterval(100_001)?.low as number;
  expect(gamma(100_001).cdf(low)).toBeCloseTo(0.025, 6);
});

it("gives Wilson's interval of 2 in 10 as worked by hand, and closed ends at 0 and 1", () => {
  const interval = wilsonInterval(2, 10);
  expect(interval?.low).toBeCloseTo(0.0566822, 6);
  expect(interval?.high).toBeCloseTo(0.5098375, 6);
  expect(wilsonInterval(0, 10)?.low).toBe(0);
  expect(wilsonInterval(10, 10)?.high).toBe(1);
  expect(wilsonInterval(0, 0)).toBeNull();
  expect(wilsonInterval(7, 6)).toBeNull();
});

it("holds the proportion, and narrows as trials grow", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, share) => {
        const hits = Math.round(n * share);
        const one = wilsonInterval(hits, n) as { low: number; high: number };
        const ten = wilsonInterval(hits * 10, n * 10) as { low: number; high: number };
        expect(one.low).toBeLessThanOrEqual(hits / n + 1e-12);
        expect(one.high).toBeGreaterThanOrEqual(hits / n - 1e-12);
        expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
      },
    ),
  );
});

it("puts no upper bound on the cost of something that never came", () => {
  expect(costInterval(1000, 0)).toEqual({
    low: 1000 / (poissonInterval(0)?.high ?? 0),
    high: null,
  });
  const cost = costInterval(1000, 10);
  expect(cost?.low).toBeCloseTo(1000 / 18.39036, 3);
  expect(cost?.high).toBeCloseTo(1000 / 4.795389, 3);
});

const proportions = {
  wilson: wilsonInterval,
  clopperPearson: clopperPearsonInterval,
  jeffreys: jeffreysInterval,
};

/** Share of experiments whose interval holds the true chance, added up over all outcomes: no simulation, no noise. */
function coverage(
  interval: (hits: number, trials: number, level: number) => { low: number; high: number } | null,
  trials: number,
  chance: number,
  level: number,
): number {
  const outcomes = binomial(trials, chance);
  let held = 0;
  for (let hits = 0; hits <= trials; hits++) {
    const { low, high } = interval(hits, trials, level) as { low: number; high: number };
    if (low <= chance && chance <= high) held += outcomes.mass(hits);
  }
  return held;
}

for (const [name, interval] of Object.entries(proportions)) {
  it(`${name}: holds the share seen, widens with the level, narrows with trials, mirrors hits and misses`, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 0.98, noNaN: true }),
        (n, share, level) => {
          const hits = Math.round(n * share);
          const one = interval(hits, n, level) as { low: number; high: number };
          const wider = interval(hits, n, level + 0.01) as { low: number; high: number };
          const ten = interval(hits * 10, n * 10, level) as { low: number; high: number };
          const mirror = interval(n - hits, n, level) as { low: number; high: number };
          // Below a level of some 0.3 Wilson's and Jeffreys' lean to ½ further than they are wide.
          if (level > 0.5 || name === "clopperPearson") {
            expect(one.low).toBeLessThanOrEqual(hits / n + 1e-12);
            expect(one.high).toBeGreaterThanOrEqual(hits / n - 1e-12);
          }
          expect(wider.low).toBeLessThanOrEqual(one.low);
          expect(wider.high).toBeGreaterThanOrEqual(one.high);
          expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
          expect(mirror.low).toBeCloseTo(1 - one.high, 11);
          expect(mirror.high).toBeCloseTo(1 - one.low, 11);
        },
      ),
    );
  });
}

it("covers the true chance: Clopper-Pearson never less than the level, Wilson and Jeffreys on average", () => {
  for (const level of [0.8, 0.95]) {
    const mean = { wilson: 0, clopperPearson: 0, jeffreys: 0 };
    const chances = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    for (const chance of chances) {
      for (const [name, interval] of Object.entries(proportions)) {
        const held = coverage(interval, 40, chance, level);
        mean[name as "wilson"] += held / chances.length;
        if (name === "clopperPearson") expect(held).toBeGreaterThanOrEqual(level - 1e-12);
      }
    }
    expect(mean.clopperPearson).toBeGreaterThan(level + 0.01);
    expect(Math.abs(mean.wilson - level)).toBeLessThan(0.012);
    expect(Math.abs(mean.jeffreys - level)).toBeLessThan(0.012);
  }
});

it("has no interval of a level that is none, nor of what is no proportion", () => {
  for (const level of [0, 1, -0.5, 95, Number.NaN]) {
    for (const refused of [
      ...Object.values(proportions).map((interval) => () => interval(1, 2, level)),
      () => poissonInterval(1, level),
      () => costInterval(1, 1, level),
    ]) {
      expect(refused).toThrow(expect.objectContaining({ code: "STATS_ARGUMENT" }));
    }
  }
  for (const interval of Object.values(proportions)) {
    for (const [hits, trials] of [
      [0, 0],
      [3, 2],
      [-1, 2],
      [Number.NaN, 2],
      [1, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(interval(hits, trials)).toBeNull();
    }
  }
});
