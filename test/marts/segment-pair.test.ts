import fc from "fast-check";
import { expect, it } from "vitest";
import type { Contrast } from "../../src/contract/campaigns.ts";
import { costRatio } from "../../src/marts/segment-pair.ts";
import { clopperPearsonInterval } from "../../src/stats/intervals.ts";

it("tells 10 leads for 1000 from 5 for 1000 as half the cost, with the exact binomial behind it", () => {
  const ratio = costRatio({ spend: 1000, count: 10 }, { spend: 1000, count: 5 }) as Contrast;
  expect(ratio.value).toBe(0.5);
  // Of 15 leads at equal spend 10 on one side: twice the upper tail of a fair coin.
  const tail = [10, 11, 12, 13, 14, 15].map((k) => choose(15, k)).reduce((a, b) => a + b, 0);
  expect(ratio.p).toBeCloseTo((2 * tail) / 2 ** 15, 10);
  const share = clopperPearsonInterval(10, 15);
  expect(ratio.low).toBeCloseTo((1 - (share?.high ?? 0)) / (share?.high ?? 1), 10);
  expect(ratio.high).toBeCloseTo((1 - (share?.low ?? 0)) / (share?.low ?? 1), 10);
});

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}

it("has nothing to say where a side spent nothing or bought nothing", () => {
  expect(costRatio({ spend: 0, count: 3 }, { spend: 10, count: 3 })).toBeNull();
  expect(costRatio({ spend: 10, count: 0 }, { spend: 10, count: 3 })).toBeNull();
});

const side = fc.record({
  spend: fc.integer({ min: 1, max: 10_000_000 }),
  count: fc.integer({ min: 1, max: 500 }),
});

it("holds its value, turns over with its sides, and knows no currency", () => {
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 1000 }), (left, right, scale) => {
      const ratio = costRatio(left, right) as Contrast;
      const back = costRatio(right, left) as Contrast;
      expect(ratio.low).toBeLessThanOrEqual(ratio.value * (1 + 1e-9));
      expect(ratio.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
        ratio.value * (1 - 1e-9),
      );
      expect(back.value * ratio.value).toBeCloseTo(1, 9);
      expect(back.p).toBeCloseTo(ratio.p, 6);
      const other = costRatio(
        { ...left, spend: left.spend * scale },
        { ...right, spend: right.spend * scale },
      ) as Contrast;
      expect(other.value / ratio.value).toBeCloseTo(1, 9);
      expect(other.p).toBeCloseTo(ratio.p, 6);
    }),
    { numRuns: 200 },
  );
});
