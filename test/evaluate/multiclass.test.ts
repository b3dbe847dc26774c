import { expect, it } from "vitest";
import { type ClassRows, classRows } from "../../src/evaluate/class-rows.ts";
import { compareBy } from "../../src/evaluate/compare.ts";
import {
  accuracy,
  accuracyEstimate,
  classAucs,
  confusion,
  macroAuc,
  multiclassLogLoss,
} from "../../src/evaluate/multiclass.ts";
import { wilsonInterval } from "../../src/stats/intervals.ts";

function classed(rows: number[][], codes: number[], weights?: number[]): ClassRows {
  return classRows(
    Float64Array.from(rows.flat()),
    Int32Array.from(codes),
    ["hot", "warm", "cold"],
    {
      weights: weights ? Float64Array.from(weights) : null,
    },
  );
}

const four = () =>
  classed(
    [
      [0.7, 0.2, 0.1],
      [0.3, 0.5, 0.2],
      [0.4, 0.4, 0.2],
      [0.1, 0.3, 0.6],
    ],
    [0, 1, 1, 2],
  );

it("takes of equal probabilities the first class, and counts 3 of 4 right as worked by hand", () => {
  const rows = four();
  expect(accuracy(rows)).toBe(0.75);
  expect(accuracyEstimate(rows)).toEqual({
    value: 0.75,
    interval: wilsonInterval(3, 4),
    n: 4,
    positives: null,
  });
  expect(multiclassLogLoss(rows)).toBeCloseTo(-Math.log(0.7 * 0.5 * 0.4 * 0.6) / 4, 14);
  const { counts, byClass } = confusion(rows);
  expect(counts).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [0, 0, 1],
  ]);
  expect(byClass[0]).toMatchObject({ name: "hot", n: 1, precision: 0.5, recall: 1, f1: 2 / 3 });
  expect(byClass[1]).toMatchObject({ n: 2, called: 1, precision: 1, recall: 0.5 });
  expect(byClass[1]?.recallInterval).toEqual(wilsonInterval(1, 2));
});

it("averages the AUC of each class against the rest", () => {
  expect(classAucs(four())).toEqual([1, 1, 1]);
  const worse = classed(
    [
      [0.2, 0.5, 0.3],
      [0.3, 0.4, 0.3],
      [0.1, 0.6, 0.3],
    ],
    [0, 1, 2],
  );
  expect(classAucs(worse)).toEqual([0.5, 0, 0.5]);
  expect(macroAuc(worse)).toBeCloseTo(1 / 3, 14);
});

it("is compared between two models by drawing the same rows for both", () => {
  const codes = Array.from({ length: 90 }, (_, row) => row % 3);
  const sure = codes.map((code, row) =>
    [0, 1, 2].map((c) => (c === (row % 10 ? code : 0) ? 0.8 : 0.1)),
  );
  const unsure = codes.map((code, row) =>
    [0, 1, 2].map((c) => (c === (row % 2 ? code : 1) ? 0.4 : 0.3)),
  );
  for (const measure of [accuracy, macroAuc]) {
    const found = compareBy(measure, classed(sure, codes), classed(unsure, codes), {
      seed: 3,
      resamples: 200,
    });
    expect(found?.difference.interval?.low).toBeGreaterThan(0);
    expect(found?.difference).toMatchObject({ n: 90, positives: null });
    expect(found?.first).toBe(measure(classed(sure, codes)));
  }
});

it("has no macro AUC where a class is missing, and no recall of it", () => {
  const rows = classed(
    [
      [0.6, 0.3, 0.1],
      [0.1, 0.8, 0.1],
    ],
    [0, 1],
  );
  expect(classAucs(rows)).toEqual([1, 1, null]);
  expect(macroAuc(rows)).toBeNull();
  expect(confusion(rows).byClass[2]).toMatchObject({
    n: 0,
    precision: null,
    recall: null,
    recallInterval: null,
    f1: null,
  });
});

it("takes a row of weight 2 as two rows, and one of weight 0 as none", () => {
  const weighed = classed(
    [
      [0.6, 0.3, 0.1],
      [0.2, 0.2, 0.6],
      [0.1, 0.8, 0.1],
    ],
    [0, 0, 1],
    [2, 0, 1],
  );
  const repeated = classed(
    [
      [0.6, 0.3, 0.1],
      [0.6, 0.3, 0.1],
      [0.1, 0.8, 0.1],
    ],
    [0, 0, 1],
  );
  expect(weighed.n).toBe(2);
  expect(multiclassLogLoss(weighed)).toBeCloseTo(multiclassLogLoss(repeated) as number, 14);
  expect(confusion(weighed).counts).toEqual(confusion(repeated).counts);
});
