import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  intervalQuality,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanError,
  medianAbsoluteError,
  pinballLoss,
  rootMeanSquaredError,
  rSquared,
  weightedAbsolutePercentageError,
} from "../../src/evaluate/regression.ts";
import { valueRows } from "../../src/evaluate/value-rows.ts";
import { wilsonInterval } from "../../src/stats/intervals.ts";

const values = (predicted: number[], actual: number[], weights?: number[], groups?: number[]) =>
  valueRows(Float64Array.from(predicted), Float64Array.from(actual), {
    weights: weights ? Float64Array.from(weights) : null,
    groups: groups ? Int32Array.from(groups) : null,
  });

describe("errors of predicted numbers", () => {
  it("are as worked by hand: 1 too high, 2 too low, 3 too high", () => {
    const rows = values([11, 18, 33], [10, 20, 30]);
    expect(meanAbsoluteError(rows)).toBe(2);
    expect(meanError(rows)).toBeCloseTo(2 / 3, 14);
    expect(rootMeanSquaredError(rows)).toBeCloseTo(Math.sqrt(14 / 3), 14);
    expect(rSquared(rows)).toBeCloseTo(1 - 14 / 200, 14);
    expect(medianAbsoluteError(rows)).toBe(2);
    expect(meanAbsolutePercentageError(rows)).toBeCloseTo(0.1, 14);
    expect(weightedAbsolutePercentageError(rows)).toBeCloseTo(0.1, 14);
    expect(pinballLoss(0.9)(rows)).toBeCloseTo((0.1 + 1.8 + 0.3) / 3, 14);
  });

  it("of half the median are half the mean absolute error by pinball", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), {
          minLength: 1,
        }),
        (pairs) => {
          const rows = values(
            pairs.map(([p]) => p),
            pairs.map(([, a]) => a),
          );
          expect(pinballLoss(0.5)(rows)).toBeCloseTo((meanAbsoluteError(rows) as number) / 2, 10);
          expect(rootMeanSquaredError(rows)).toBeGreaterThanOrEqual(
            (meanAbsoluteError(rows) as number) - 1e-9,
          );
        },
      ),
    );
  });

  it("are told as undefined where they are: a true value of 0, true values all the same", () => {
    const rows = values([1, 2], [0, 2]);
    expect(meanAbsolutePercentageError(rows)).toBeNull();
    expect(weightedAbsolutePercentageError(rows)).toBe(0.5);
    expect(weightedAbsolutePercentageError(values([1], [0]))).toBeNull();
    expect(rSquared(values([1, 2], [0.1, 0.1]))).toBeNull();
    expect(rSquared(values([1, 2, 3], [0.1, 0.1, 0.1]))).toBeNull();
  });

  it("take a row of weight 3 as three rows, and one of weight 0 as none", () => {
    const weighed = values([9, 1, 4, 6], [5, 2, 2, 0], [0, 3, 1, 2]);
    const repeated = values([1, 1, 1, 4, 6, 6], [2, 2, 2, 2, 0, 0]);
    expect(weighed.n).toBe(3);
    for (const measure of [
      meanAbsoluteError,
      rootMeanSquaredError,
      rSquared,
      medianAbsoluteError,
      meanError,
    ])
      expect(measure(weighed)).toBeCloseTo(measure(repeated) as number, 12);
    expect(medianAbsoluteError(repeated)).toBe(1.5);
  });
});

describe("prediction intervals", () => {
  it("cover 2 of 4 true values, one lies below and one above, as worked by hand", () => {
    const rows = values([0, 0, 0, 0], [1, 5, 9, 12]);
    const found = intervalQuality(
      rows,
      Float64Array.of(1, 4, 10, 10),
      Float64Array.of(2, 7, 11, 11),
    );
    expect(found).toEqual({
      coverage: { value: 0.5, interval: wilsonInterval(2, 4), n: 4, positives: null },
      below: 0.25,
      above: 0.25,
      meanWidth: 1.5,
      medianWidth: 1,
    });
  });

  it("of rows with weight 0 do not count, and one of weight 3 counts as three", () => {
    const rows = values([0, 0, 0], [1, 5, 9], [0, 3, 1]);
    const found = intervalQuality(rows, Float64Array.of(2, 4, 1), Float64Array.of(90, 6, 2));
    expect(found).toMatchObject({ below: 0, above: 0.25, meanWidth: 1.75, medianWidth: 2 });
    expect(found.coverage).toMatchObject({ value: 0.75, n: 2 });
  });

  it("are as uncertain on rows copied within their group as on the rows", () => {
    const low = Float64Array.of(0, 0, 0, 0, 0, 0);
    const high = Float64Array.of(4, 4, 4, 4, 4, 4);
    const once = intervalQuality(values([0, 0, 0], [1, 2, 9]), low.slice(3), high.slice(3));
    const twice = intervalQuality(
      values([0, 0, 0, 0, 0, 0], [1, 2, 9, 1, 2, 9], undefined, [1, 2, 3, 1, 2, 3]),
      low,
      high,
    );
    expect(twice.coverage.interval?.low).toBeCloseTo(once.coverage.interval?.low as number, 12);
    expect(twice.coverage.interval?.high).toBeCloseTo(once.coverage.interval?.high as number, 12);
  });
});
