import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  atCapacity,
  gainTable,
  liftAt,
  precisionAt,
  profitAt,
  recallAt,
} from "../../src/evaluate/gains.ts";
import { profitFrom } from "../../src/evaluate/thresholds.ts";
import { wilsonInterval } from "../../src/stats/intervals.ts";
import { scored, scoredWorld, shuffled, worlds } from "./worlds.ts";

/** Ten rows, four positive: two in the first fifth, one in the second, one in the last. */
const ten = () =>
  scored([0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0], [1, 1, 0, 1, 0, 0, 0, 0, 0, 1]);

describe("a gain table", () => {
  it("of fifths is as worked by hand", () => {
    const table = gainTable(ten(), 5);
    expect(table.map((part) => part.positive)).toEqual([2, 1, 0, 0, 1]);
    expect(table.map((part) => part.lift)).toEqual([2.5, 1.25, 0, 0, 1.25]);
    expect(table.map((part) => part.cumulativeGain)).toEqual([0.5, 0.75, 0.75, 0.75, 1]);
    expect(table.map((part) => part.cumulativeLift.toFixed(4))).toEqual([
      "2.5000",
      "1.8750",
      "1.2500",
      "0.9375",
      "1.0000",
    ]);
    expect(table[1]).toMatchObject({ highestScore: 0.7, lowestScore: 0.6, weight: 2, rate: 0.5 });
    expect(table[1]?.interval).toEqual(wilsonInterval(1, 2));
  });

  it("of a model that says the same of all has lift 1 throughout, in whatever order the rows stand", () => {
    for (const labels of [
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ]) {
      const table = gainTable(scored([0.4, 0.4, 0.4, 0.4], labels), 10);
      for (const part of table) expect(part.lift).toBeCloseTo(1, 12);
      expect(table.map((part) => part.positive.toFixed(4))).toEqual(new Array(10).fill("0.1000"));
    }
  });

  it("ends at all positives, adds up, and falls in score", () => {
    fc.assert(
      fc.property(
        worlds,
        fc.integer({ min: 2, max: 13 }),
        fc.boolean(),
        (world, parts, weighed) => {
          const rows = scoredWorld(world, { weighed });
          const table = gainTable(rows, parts);
          expect(table).toHaveLength(parts);
          expect(table.at(-1)).toMatchObject({ cumulativeGain: 1, cumulativeShare: 1 });
          const positive = table.reduce((sum, part) => sum + part.positive, 0);
          expect(positive).toBeCloseTo(rows.totalPositive, 9);
          for (const [i, part] of table.entries()) {
            expect(part.lowestScore).toBeLessThanOrEqual(part.highestScore);
            expect(part.highestScore).toBeLessThanOrEqual(table[i - 1]?.lowestScore ?? 1);
            expect(part.interval?.low).toBeLessThanOrEqual(part.rate + 1e-12);
            expect(part.interval?.high).toBeGreaterThanOrEqual(part.rate - 1e-12);
          }
        },
      ),
    );
  });

  it("is as sure of a part of tied rows as of as many rows: 2 of 4, half of them positive", () => {
    const table = gainTable(scored([0.4, 0.4, 0.4, 0.4], [1, 0, 1, 0]), 2);
    expect(table.map((part) => part.interval)).toEqual([
      wilsonInterval(1, 2),
      wilsonInterval(1, 2),
    ]);
  });

  it("does not see rows of weight 0", () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 2, max: 6 }), (world, parts) => {
        const zero = { twentieths: 7, label: 1, weight: 0, group: 0 };
        expect(gainTable(scoredWorld([zero, ...world, zero], { weighed: true }), parts)).toEqual(
          gainTable(scoredWorld(world, { weighed: true }), parts),
        );
      }),
    );
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(worlds, fc.integer(), (world, seed) => {
        expect(gainTable(scoredWorld(shuffled(world, seed)), 4)).toEqual(
          gainTable(scoredWorld(world), 4),
        );
      }),
    );
  });

  it("cuts no line for a trace of rounding in sums of weights", () => {
    const weights = Float64Array.from({ length: 10 }, () => 0.1);
    const table = gainTable(
      scored([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 0, 1, 0, 1, 0, 1, 0, 1, 0], { weights }),
      10,
    );
    expect(table.map((part) => [part.highestScore, part.lowestScore])).toEqual(
      [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((score) => [score, score]),
    );
  });
});

describe("room for k rows", () => {
  it("finds 2 of 4 positives with 2 rows, as worked by hand", () => {
    const found = atCapacity(ten(), 2);
    expect(found).toMatchObject({ capacity: 2, threshold: 0.8, positive: 2, lift: 2.5 });
    expect(found.precision).toMatchObject({ value: 1, n: 10, positives: 4 });
    expect(found.precision.interval).toEqual(wilsonInterval(2, 2));
    expect(found.recall.value).toBe(0.5);
    expect(found.recall.interval).toEqual(wilsonInterval(2, 4));
  });

  it("draws fairly among the tied: 1 + 1/3 positives of two places, three tied for the second", () => {
    for (const labels of [
      [1, 1, 0, 0, 0],
      [1, 0, 0, 1, 0],
    ]) {
      const found = atCapacity(scored([0.9, 0.5, 0.5, 0.5, 0.1], labels), 2);
      expect(found.positive).toBeCloseTo(4 / 3, 14);
      expect(found.precision.value).toBeCloseTo(2 / 3, 14);
      expect(found.recall.value).toBeCloseTo(2 / 3, 14);
      expect(found.threshold).toBe(0.5);
    }
  });

  it("earns what the rows called are worth: 2 customers of 100 for 3 calls of 10, spread over 10 rows", () => {
    const values = { truePositive: 90, falsePositive: -10, falseNegative: -1, trueNegative: 0 };
    expect(profitAt(3, values)(ten())).toBeCloseTo((2 * 90 - 10 - 2) / 10, 12);
    expect(profitAt(99, values)(ten())).toBeCloseTo((4 * 90 - 60) / 10, 12);
    // Where no tie is cut it is the profit from the lowest score called.
    expect(profitAt(3, values)(ten())).toBeCloseTo(profitFrom(0.7, values)(ten()) as number, 12);
  });

  it("has the base rate as precision and all positives as recall when there is room for all", () => {
    const found = atCapacity(ten(), 10);
    expect(found.precision.value).toBe(0.4);
    expect(found.recall.value).toBe(1);
    expect(found.lift).toBe(1);
  });

  it("agrees with its measures, also for half a row", () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0.01, max: 1, noNaN: true }), (world, share) => {
        const rows = scoredWorld(world, { weighed: true });
        const k = share * (rows.totalPositive + rows.totalNegative);
        const found = atCapacity(rows, k);
        expect(precisionAt(k)(rows)).toBeCloseTo(found.precision.value, 12);
        expect(recallAt(k)(rows)).toBeCloseTo(found.recall.value, 12);
        expect(liftAt(share)(rows)).toBeCloseTo(found.lift, 9);
      }),
    );
  });

  it("is as uncertain on rows copied within their group as on the rows", () => {
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
    const labels = [1, 0, 1, 0, 1, 0];
    const copied = scored([...scores, ...scores], [...labels, ...labels], {
      groups: Int32Array.from([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]),
    });
    const once = atCapacity(scored(scores, labels), 3);
    const twice = atCapacity(copied, 6);
    for (const part of ["precision", "recall"] as const) {
      expect(twice[part].value).toBeCloseTo(once[part].value, 12);
      expect(twice[part].interval?.low).toBeCloseTo(once[part].interval?.low as number, 12);
    }
  });
});
