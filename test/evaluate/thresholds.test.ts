import fc from "fast-check";
import { expect, it } from "vitest";
import {
  bestThreshold,
  payingProbability,
  profitFrom,
  thresholdsByShare,
  thresholdTable,
} from "../../src/evaluate/thresholds.ts";
import { scored, scoredWorld, worlds } from "./worlds.ts";

const five = () => scored([0.9, 0.7, 0.7, 0.3, 0.1], [1, 1, 0, 0, 1]);
/** A call costs 10; a customer is worth 100; missing one costs the same as never having asked. */
const values = { truePositive: 90, falsePositive: -10, falseNegative: 0, trueNegative: 0 };

it("counts what a threshold finds and misses, as worked by hand; a score on it is called", () => {
  const [row] = thresholdTable(five(), [0.7], values);
  expect(row).toEqual({
    threshold: 0.7,
    truePositive: 2,
    falsePositive: 1,
    falseNegative: 1,
    trueNegative: 1,
    called: 0.6,
    precision: 2 / 3,
    recall: 2 / 3,
    specificity: 0.5,
    f1: 2 / 3,
    accuracy: 0.6,
    profit: 170,
  });
});

it("has no precision where none is called, and calls all from the lowest score down", () => {
  const [none, all] = thresholdTable(five(), [Infinity, 0.1]);
  expect(none).toMatchObject({ precision: null, recall: 0, specificity: 1, f1: 0, profit: null });
  expect(all).toMatchObject({ precision: 0.6, recall: 1, specificity: 0, called: 1 });
});

it("finds the threshold with the highest profit among all there are", () => {
  fc.assert(
    fc.property(
      worlds,
      fc.record({
        truePositive: fc.integer({ min: -5, max: 50 }),
        falsePositive: fc.integer({ min: -50, max: 5 }),
        falseNegative: fc.integer({ min: -20, max: 5 }),
        trueNegative: fc.integer({ min: -5, max: 5 }),
      }),
      (world, worth) => {
        const rows = scoredWorld(world, { weighed: true });
        const best = bestThreshold(rows, worth);
        const all = thresholdTable(rows, [Infinity, ...rows.scores], worth);
        expect(best.profit).toBe(Math.max(...all.map((row) => row.profit as number)));
        expect(best.profitPerRow).toBeCloseTo(
          profitFrom(best.threshold, worth)(rows) as number,
          12,
        );
      },
    ),
  );
});

it("calls none where calling never pays, and takes the fewest calls of equal profit", () => {
  const useless = { ...values, truePositive: -1 };
  expect(bestThreshold(five(), useless)).toMatchObject({ threshold: Infinity, profit: 0 });
  const onePays = scored([0.9, 0.5, 0.4], [1, 0, 1]);
  const even = { truePositive: 10, falsePositive: -10, falseNegative: 0, trueNegative: 0 };
  expect(bestThreshold(onePays, even)).toMatchObject({ threshold: 0.9, profit: 10 });
});

it("knows from which probability a call pays: 1 in 10 for a call of 10 and a customer of 100", () => {
  expect(payingProbability(values)).toBeCloseTo(0.1, 14);
  expect(payingProbability({ ...values, falsePositive: 5 })).toBeNull();
  const pays = payingProbability(values) as number;
  const expected = (p: number) => p * values.truePositive + (1 - p) * values.falsePositive;
  expect(expected(pays)).toBeCloseTo(0, 12);
});

it("cuts rows into equal shares where scores allow it", () => {
  const rows = scored(
    Array.from({ length: 20 }, (_, i) => i),
    Array.from({ length: 20 }, (_, i) => i % 2),
  );
  const thresholds = thresholdsByShare(rows, 4);
  expect(thresholds).toEqual([15, 10, 5, 0]);
  expect(thresholdTable(rows, thresholds).map((row) => row.called)).toEqual([0.25, 0.5, 0.75, 1]);
  expect(thresholdsByShare(scored([2, 2, 2], [1, 0, 0]), 4)).toEqual([2]);
});
