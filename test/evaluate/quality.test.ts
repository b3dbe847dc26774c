import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { classRows } from "../../src/evaluate/class-rows.ts";
import { binaryQuality, multiclassQuality, regressionQuality } from "../../src/evaluate/quality.ts";
import { scoredRows } from "../../src/evaluate/scored-rows.ts";
import { valueRows } from "../../src/evaluate/value-rows.ts";

const options = { seed: 1, resamples: 300 };

/** Probabilities that come true as they say, in groups of two. */
function honest(n: number) {
  const random = seededRandom(12);
  const scores = Float64Array.from({ length: n }, () => random.next());
  const labels = Uint8Array.from(scores, (p) => (random.next() < p ? 1 : 0));
  return scoredRows(scores, labels, { groups: Int32Array.from(scores, (_, row) => row >> 1) });
}

it("an honest model is told as one: each expected value lies within its interval", () => {
  const found = binaryQuality(honest(4000), options);
  // Uniform probabilities that come true: AUC 5/6, log loss 1/2, Brier 1/6, average precision 1 − ∫…, line 0 and 1.
  for (const [estimate, truth] of [
    [found.rocAuc, 5 / 6],
    [found.logLoss, 0.5],
    [found.brier, 1 / 6],
    [found.calibration.slope, 1],
    [found.calibration.intercept, 0],
    [found.calibration.inTheLarge, 0],
  ] as const) {
    expect(estimate?.interval?.low).toBeLessThan(truth);
    expect(estimate?.interval?.high).toBeGreaterThan(truth);
    expect(estimate).toMatchObject({ n: 4000, positives: found.positives });
  }
  expect(found.baseRate).toBe(found.positives / 4000);
  expect(found.prAuc?.value).toBeGreaterThan(0.8);
  expect(found.expectedCalibrationError).toBeLessThan(0.03);
  expect(found.bins).toHaveLength(10);
  expect(found.deciles).toHaveLength(10);
  expect(found.deciles[0]?.lift).toBeGreaterThan(1.8);
});

it("all of it is plain data that JSON keeps", () => {
  const numbers = valueRows(Float64Array.of(1, 2, 4, 4), Float64Array.of(1, 3, 3, 0));
  const classes = classRows(
    Float64Array.of(0.5, 0.3, 0.2, 0.1, 0.1, 0.8, 0.2, 0.6, 0.2),
    Int32Array.of(0, 2, 0),
    ["a", "b", "c"],
  );
  for (const found of [
    binaryQuality(honest(60), options),
    regressionQuality(numbers, options),
    multiclassQuality(classes, options),
  ])
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});

it("what rows do not define is null in the record, and the rest stands", () => {
  const numbers = regressionQuality(
    valueRows(Float64Array.of(1, 2, 4), Float64Array.of(0, 0, 0)),
    options,
  );
  expect(numbers).toMatchObject({ rSquared: null, meanAbsolutePercentageError: null });
  expect(numbers.meanAbsoluteError?.value).toBeCloseTo(7 / 3, 14);
  const classes = multiclassQuality(
    classRows(Float64Array.of(0.5, 0.3, 0.2, 0.1, 0.7, 0.2), Int32Array.of(0, 1), ["a", "b", "c"]),
    options,
  );
  expect(classes).toMatchObject({ macroAuc: null, classAucs: [1, 1, null], n: 2 });
  expect(classes.accuracy.value).toBe(1);
});
