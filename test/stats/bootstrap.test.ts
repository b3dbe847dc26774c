import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import {
  type BootstrapOptions,
  bcaBootstrap,
  bcaLimits,
  percentileBootstrap,
  type RowStatistic,
} from "../../src/stats/bootstrap.ts";
import { resamplingUnits } from "../../src/stats/resample.ts";
import { sortedQuantile } from "../../src/stats/sample-quantile.ts";

const meanOf =
  (values: ArrayLike<number>): RowStatistic =>
  (rows) => {
    let sum = 0;
    for (const row of rows) sum += values[row] as number;
    return sum / rows.length;
  };
const both = { percentileBootstrap, bcaBootstrap };

for (const [name, bootstrap] of Object.entries(both)) {
  describe(name, () => {
    it("is the same for the same seed, and another for another", () => {
      const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
      const one = bootstrap(10, meanOf(values), { seed: 1 });
      expect(bootstrap(10, meanOf(values), { seed: 1 })).toEqual(one);
      expect(bootstrap(10, meanOf(values), { seed: 2 }).standardError).not.toBe(one.standardError);
      expect(one).toMatchObject({ estimate: 3.9, rows: 10, units: 10, resamples: 2000 });
    });

    it("holds the estimate of a mean, and widens with the level", () => {
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
            minLength: 3,
            maxLength: 40,
          }),
          fc.integer(),
          (values, seed) => {
            const narrow = bootstrap(values.length, meanOf(values), {
              seed,
              level: 0.5,
              resamples: 200,
            });
            const wide = bootstrap(values.length, meanOf(values), {
              seed,
              level: 0.99,
              resamples: 200,
            });
            expect(wide.low).toBeLessThanOrEqual(narrow.low);
            expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
            expect(wide.low).toBeLessThanOrEqual(wide.estimate + 1e-9);
            expect(wide.high).toBeGreaterThanOrEqual(wide.estimate - 1e-9);
          },
        ),
        { numRuns: 50 },
      );
    });

    it("moves and stretches with the numbers", () => {
      const values = [3, 1, 4, 1, 5, 9, 2, 6];
      const one = bootstrap(8, meanOf(values), { seed: 5 });
      const two = bootstrap(8, meanOf(values.map((x) => 8 * x + 16)), { seed: 5 });
      expect(two.low).toBeCloseTo(8 * one.low + 16, 9);
      expect(two.high).toBeCloseTo(8 * one.high + 16, 9);
    });

    it("shrinks to half with four times the rows, as the spread of a mean does", () => {
      const random = seededRandom(8);
      const values = Array.from({ length: 1600 }, () => random.normal());
      const width = (rows: number) => {
        const { low, high } = bootstrap(rows, meanOf(values), { seed: 3 });
        return high - low;
      };
      expect(width(1600) / width(400)).toBeGreaterThan(0.42);
      expect(width(1600) / width(400)).toBeLessThan(0.58);
      expect(width(400)).toBeCloseTo((2 * 1.96) / 20, 1);
    });

    it("covers the true mean of a normal sample as often as it says, nearly", () => {
      const random = seededRandom(4);
      let held = 0;
      for (let i = 0; i < 300; i++) {
        const values = Array.from({ length: 40 }, () => random.normal());
        const { low, high } = bootstrap(40, meanOf(values), {
          seed: i,
          resamples: 300,
          level: 0.9,
        });
        if (low <= 0 && 0 <= high) held++;
      }
      expect(held / 300).toBeGreaterThan(0.83);
      expect(held / 300).toBeLessThan(0.95);
    });

    it("sees through copies of rows when they are told as groups", () => {
      const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
      const copied = Array.from({ length: 100 }, (_, i) => values[i % 10] as number);
      const groups = copied.map((_, i) => (i % 10) * 7 - 3);
      const alone = bootstrap(10, meanOf(values), { seed: 1 });
      const grouped = bootstrap(100, meanOf(copied), { seed: 1, groups });
      const blind = bootstrap(100, meanOf(copied), { seed: 1 });
      expect(grouped.units).toBe(10);
      expect(grouped.low).toBeCloseTo(alone.low, 12);
      expect(grouped.high).toBeCloseTo(alone.high, 12);
      expect(blind.high - blind.low).toBeLessThan((alone.high - alone.low) / 2);
    });

    it("is a point where every row is alike", () => {
      expect(bootstrap(5, meanOf([2, 2, 2, 2, 2]), { seed: 1 })).toMatchObject({
        low: 2,
        high: 2,
        standardError: 0,
      });
    });

    it("counts the draws on which the statistic is not defined, and refuses when they are most", () => {
      const share: RowStatistic = (rows) => (rows.includes(0) ? 1 / rows.length : null);
      const seen = bootstrap(4, share, { seed: 1, resamples: 1000 });
      // a given row of four is missing from (3/4)^4 of the draws
      expect(seen.undefinedResamples / 1000).toBeCloseTo(0.316, 1);
      expect(seen.resamples + seen.undefinedResamples).toBe(1000);
      const never: RowStatistic = (rows) => (new Set(rows).size === rows.length ? 1 : Number.NaN);
      for (const refused of [
        () => bootstrap(30, never, { seed: 1 }),
        () => bootstrap(30, () => Number.NaN, { seed: 1 }),
        () => bootstrap(0, () => 1, { seed: 1 }),
        () => bootstrap(3, () => 1, { seed: 1, level: 95 }),
        () => bootstrap(3, () => 1, { seed: 1, resamples: 10 }),
        () => bootstrap(3, () => 1, { seed: 1, groups: [1, 2] }),
      ]) {
        expect(refused).toThrow(expect.objectContaining({ code: "STATS_ARGUMENT" }));
      }
    });
  });
}

it("leans to the long side of a skewed statistic once accelerated", () => {
  const random = seededRandom(12);
  const values = Array.from({ length: 60 }, () => -Math.log(1 - random.next()));
  const variance: RowStatistic = (rows) => {
    const mean = meanOf(values)(rows) as number;
    return rows.reduce((sum, row) => sum + ((values[row] as number) - mean) ** 2, 0) / rows.length;
  };
  const plain = percentileBootstrap(60, variance, { seed: 2 });
  const moved = bcaBootstrap(60, variance, { seed: 2 });
  expect(moved.high).toBeGreaterThan(plain.high);
  expect(moved.low).toBeGreaterThan(plain.low);
});

it("is the percentile interval where there is neither bias nor acceleration", () => {
  const replicates = Float64Array.from({ length: 101 }, (_, i) => i);
  const { low, high } = bcaLimits(replicates, 50, [1, 2, 3], 0.9);
  expect(low).toBeCloseTo(5, 12);
  expect(high).toBeCloseTo(95, 12);
});

it("stays among the draws even when the estimate lies beyond them all", () => {
  const replicates = Float64Array.of(1, 2, 3);
  for (const estimate of [-5, 9]) {
    const { low, high } = bcaLimits(replicates, estimate, [0, 0, 100], 0.95);
    for (const end of [low, high]) {
      expect(end).toBeGreaterThanOrEqual(1);
      expect(end).toBeLessThanOrEqual(3);
    }
  }
});

it("draws whole groups as often as any other, and leaves whole groups out", () => {
  const groups = [5, 5, 5, 9, 9, -1];
  const units = resamplingUnits(6, groups);
  const random = seededRandom(1);
  const times = new Float64Array(6);
  for (let i = 0; i < 6000; i++)
    for (const row of units.draw(random)) times[row] = (times[row] as number) + 1;
  expect(times[0]).toBe(times[1]);
  expect(times[3]).toBe(times[4]);
  for (const n of times) expect(n / 6000).toBeCloseTo(1, 1);
  expect([...units.without(1, 2)]).toEqual([0, 1, 2, 5]);
  expect([...resamplingUnits(4).without(1, 3)]).toEqual([0, 3]);
});

it("counts what it asks of the statistic: the draws, the rows as they are, and the units left out", () => {
  const calls: number[] = [];
  const counted: RowStatistic = (rows) => {
    calls.push(rows.length);
    return rows.length;
  };
  const options: BootstrapOptions = { seed: 1, resamples: 100 };
  bcaBootstrap(1000, counted, options);
  expect(calls.length).toBe(1 + 100 + 400);
  expect(Math.max(...calls.slice(101))).toBe(998);
  expect(Math.min(...calls.slice(101))).toBe(997);
});

it("takes quantiles of a sample between its neighbours", () => {
  expect(sortedQuantile([1, 2, 4], 0.5)).toBe(2);
  expect(sortedQuantile([1, 2, 4], 0.75)).toBe(3);
  expect(sortedQuantile([7], 0.3)).toBe(7);
  expect(sortedQuantile([1, 2, 4], 1)).toBe(4);
});
