import { describe, expect, it } from "vitest";
import { calibrationTable, equalCountBins, fixedBins } from "../../src/evaluate/bins.ts";
import { estimated } from "../../src/evaluate/bootstrap.ts";
import { brier } from "../../src/evaluate/brier.ts";
import { calibration } from "../../src/evaluate/calibration.ts";
import { classRows } from "../../src/evaluate/class-rows.ts";
import { atCapacity, gainTable, liftAt, precisionAt, recallAt } from "../../src/evaluate/gains.ts";
import { logLoss } from "../../src/evaluate/log-loss.ts";
import { intervalQuality, pinballLoss } from "../../src/evaluate/regression.ts";
import { auc, rocAuc, rocCurve } from "../../src/evaluate/roc-auc.ts";
import { scoredRows } from "../../src/evaluate/scored-rows.ts";
import { bestThreshold, thresholdsByShare, thresholdTable } from "../../src/evaluate/thresholds.ts";
import { valueRows } from "../../src/evaluate/value-rows.ts";
import { scored } from "./worlds.ts";

const refuses = (code: string, where: string, work: () => unknown) =>
  expect(work).toThrow(expect.objectContaining({ code, where: expect.stringContaining(where) }));

const two = () => scored([0.2, 0.8], [0, 1]);

describe("rows are refused", () => {
  it("where a part has another length", () => {
    refuses("EVALUATE_LENGTH", "labels", () => scored([0.1, 0.2], [1]));
    refuses("EVALUATE_LENGTH", "weights", () =>
      scored([0.1, 0.2], [1, 0], { weights: Float64Array.of(1) }),
    );
    refuses("EVALUATE_LENGTH", "groups", () =>
      scored([0.1, 0.2], [1, 0], { groups: Int32Array.of(1, 2, 3) }),
    );
    refuses("EVALUATE_LENGTH", "true values", () =>
      valueRows(Float64Array.of(1), Float64Array.of()),
    );
    refuses("EVALUATE_LENGTH", "probabilities", () =>
      classRows(Float64Array.of(0.5, 0.5, 1), Int32Array.of(0), ["a", "b"]),
    );
    const rows = valueRows(Float64Array.of(1), Float64Array.of(1));
    refuses("EVALUATE_LENGTH", "lower ends", () =>
      intervalQuality(rows, Float64Array.of(), Float64Array.of(1)),
    );
  });

  it("where there are none, or none that weighs", () => {
    const empty = expect.objectContaining({ code: "EVALUATE_EMPTY" });
    expect(() => scored([], [])).toThrow(empty);
    expect(() => scored([0.4], [1], { weights: Float64Array.of(0) })).toThrow(empty);
    expect(() => valueRows(new Float64Array(), new Float64Array())).toThrow(empty);
    expect(() => classRows(new Float64Array(), new Int32Array(), ["a", "b"])).toThrow(empty);
  });

  it("where a number cannot be evaluated, naming the first row", () => {
    refuses("EVALUATE_VALUE", "score, row 1", () => scored([0.1, Number.NaN], [1, 0]));
    refuses("EVALUATE_VALUE", "score, row 0", () => scored([Infinity, 0.1], [1, 0]));
    refuses("EVALUATE_VALUE", "label, row 1", () => scored([0.2, 0.1], [1, 2]));
    refuses("EVALUATE_VALUE", "label, row 0", () => scored([0.2, 0.1], [-1, 0]));
    for (const weight of [-1, Number.NaN, Infinity])
      refuses("EVALUATE_VALUE", "weight, row 1", () =>
        scored([0.1, 0.2], [1, 0], { weights: Float64Array.of(1, weight) }),
      );
    refuses("EVALUATE_VALUE", "true value, row 0", () =>
      valueRows(Float64Array.of(1), Float64Array.of(Number.NaN)),
    );
    const classes = ["a", "b"];
    refuses("EVALUATE_VALUE", "class, row 0", () =>
      classRows(Float64Array.of(0.5, 0.5), Int32Array.of(2), classes),
    );
    refuses("EVALUATE_VALUE", "probability, row 1", () =>
      classRows(Float64Array.of(0.5, 0.5, Number.NaN, 1), Int32Array.of(0, 1), classes),
    );
    for (const probabilities of [
      [0.5, 0.6],
      [1.2, -0.2],
    ])
      refuses("EVALUATE_VALUE", "probability, row 0", () =>
        classRows(Float64Array.from(probabilities), Int32Array.of(0), classes),
      );
  });

  it("by measures of probabilities where scores are none", () => {
    for (const score of [-0.01, 1.01]) {
      const rows = scored([0.5, score], [0, 1]);
      for (const work of [
        () => logLoss(rows),
        () => brier(rows),
        () => calibration(rows),
        () => fixedBins(rows, 10),
      ])
        refuses("EVALUATE_VALUE", "score", work);
      expect(rocAuc(rows).n).toBe(2);
    }
  });
});

it("a probability may be off by what rounding leaves", () => {
  const rows = scored([1 + 1e-15, -1e-15, 0.4], [1, 0, 1]);
  expect(brier(rows)).toBeCloseTo(0.12, 12);
  expect(logLoss(rows)).toBeCloseTo(-Math.log(0.4) / 3, 12);
  expect(calibrationTable(rows, fixedBins(rows, 2)).map((bin) => bin.n)).toEqual([2, 1]);
  expect(calibration(scored([1 + 1e-15, -1e-15, 0.4, 0.4], [1, 1, 0, 1])).slope).not.toBeNull();
  const classes = classRows(Float64Array.of(1 + 1e-12, -1e-12), Int32Array.of(0), ["a", "b"]);
  expect([...classes.called]).toEqual([0]);
});

it("one class has no AUC: the measure says nothing, the evaluation refuses", () => {
  for (const labels of [
    [1, 1],
    [0, 0],
  ]) {
    const rows = scored([0.1, 0.4], labels);
    expect(auc(rows)).toBeNull();
    for (const work of [
      () => rocAuc(rows),
      () => rocCurve(rows),
      () => calibration(rows),
      () => gainTable(rows),
      () => atCapacity(rows, 1),
    ])
      refuses("EVALUATE_ONE_CLASS", "labels", work);
  }
});

it("options outside their range are refused by name", () => {
  for (const k of [0, -1, 3, Number.NaN])
    refuses("EVALUATE_OPTION", "k", () => atCapacity(two(), k));
  refuses("EVALUATE_OPTION", "k", () => precisionAt(0));
  refuses("EVALUATE_OPTION", "k", () => recallAt(Number.NaN));
  refuses("EVALUATE_OPTION", "share", () => liftAt(1.1));
  for (const bins of [0, 2.5, 10_001]) {
    refuses("EVALUATE_OPTION", "bins", () => fixedBins(two(), bins));
    refuses("EVALUATE_OPTION", "bins", () => equalCountBins(two(), bins));
  }
  refuses("EVALUATE_OPTION", "parts", () => gainTable(two(), 1));
  refuses("EVALUATE_OPTION", "parts", () => thresholdsByShare(two(), 0));
  refuses("EVALUATE_OPTION", "threshold", () => thresholdTable(two(), [0.5, Number.NaN]));
  refuses("EVALUATE_OPTION", "falsePositive", () =>
    bestThreshold(two(), {
      truePositive: 1,
      falsePositive: Number.NaN,
      falseNegative: 0,
      trueNegative: 0,
    }),
  );
  for (const quantile of [0, 1, Number.NaN])
    refuses("EVALUATE_OPTION", "quantile", () => pinballLoss(quantile));
  for (const resamples of [99, 100.5, 1e6])
    refuses("EVALUATE_OPTION", "resamples", () => estimated(two(), auc, { seed: 1, resamples }));
  const rows = valueRows(Float64Array.of(1), Float64Array.of(1));
  refuses("EVALUATE_OPTION", "low", () =>
    intervalQuality(rows, Float64Array.of(2), Float64Array.of(1)),
  );
  refuses("EVALUATE_OPTION", "classes", () =>
    classRows(Float64Array.of(1), Int32Array.of(0), ["only"]),
  );
});

it("what was handed in stays as it was", () => {
  const scores = Float64Array.of(0.3, 0.9, 0.3, 0.5);
  const labels = Uint8Array.of(1, 0, 1, 0);
  const weights = Float64Array.of(1, 0, 2, 1);
  const rows = scoredRows(scores, labels, { weights });
  gainTable(rows, 2);
  estimated(rows, auc, { seed: 1, resamples: 100 });
  expect(scores).toEqual(Float64Array.of(0.3, 0.9, 0.3, 0.5));
  expect(labels).toEqual(Uint8Array.of(1, 0, 1, 0));
  expect(weights).toEqual(Float64Array.of(1, 0, 2, 1));
});
