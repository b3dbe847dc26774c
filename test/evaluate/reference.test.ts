/** Values of scikit-learn, scipy and statsmodels; the fixture names its script, their versions and the tolerances. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { averagePrecision } from "../../src/evaluate/average-precision.ts";
import { calibrationError, calibrationTable, fixedBins } from "../../src/evaluate/bins.ts";
import { brier, brierParts, distinctScores } from "../../src/evaluate/brier.ts";
import { calibration } from "../../src/evaluate/calibration.ts";
import { classRows } from "../../src/evaluate/class-rows.ts";
import { compareAuc } from "../../src/evaluate/compare.ts";
import { logLoss } from "../../src/evaluate/log-loss.ts";
import { accuracy, confusion, macroAuc, multiclassLogLoss } from "../../src/evaluate/multiclass.ts";
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
  pinballLoss,
  rootMeanSquaredError,
  rSquared,
} from "../../src/evaluate/regression.ts";
import { rocAuc, rocCurve } from "../../src/evaluate/roc-auc.ts";
import { scoredRows } from "../../src/evaluate/scored-rows.ts";
import { thresholdTable } from "../../src/evaluate/thresholds.ts";
import { valueRows } from "../../src/evaluate/value-rows.ts";

interface Binary {
  name: string;
  labels: number[];
  first: number[];
  second: number[];
  weights: number[] | null;
  groups: number[] | null;
  auc: number;
  averagePrecision: number;
  logLoss: number;
  brier: number;
  murphy: [number, number, number];
  roc: { fpr: number[]; tpr: number[]; thresholds: number[] };
  calibration: Record<"inTheLarge" | "intercept" | "slope", [number, number]>;
  standardError?: number;
  pair?: { difference: number; standardError: number; p: number };
  bins?: { observed: number[]; expected: number[] };
  wilson?: [number, number][];
  calibrationError?: number;
}

interface Values {
  name: string;
  actual: number[];
  predicted: number[];
  weights: number[] | null;
  meanAbsoluteError: number;
  rootMeanSquaredError: number;
  rSquared: number;
  medianAbsoluteError: number;
  meanAbsolutePercentageError: number;
  pinball: Record<string, number>;
}

interface Classes {
  name: string;
  codes: number[];
  probabilities: number[];
  classes: string[];
  weights: number[] | null;
  logLoss: number;
  accuracy: number;
  macroAuc: number;
  confusion: number[][];
  precision: number[];
  recall: number[];
  f1: number[];
}

const reference = JSON.parse(readFileSync("test/fixtures/reference/evaluate.json", "utf8")) as {
  tolerances: { metrics: number; delong: number; calibration: number };
  binary: Binary[];
  regression: Values[];
  multiclass: Classes[];
};

/** Within a tolerance relative to the value, or absolute below 1. */
function expectNear(value: number | null | undefined, expected: number, tolerance: number): void {
  expect(value).toBeTypeOf("number");
  const distance = Math.abs((value as number) - expected);
  expect(distance, `${value} against ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
}

const weightsOf = ({ weights }: { weights: number[] | null }) =>
  weights && Float64Array.from(weights);
const { metrics, delong, calibration: calibrated } = reference.tolerances;

describe.each(reference.binary)("on $name", (world) => {
  const parts = {
    weights: weightsOf(world),
    groups: world.groups && Int32Array.from(world.groups),
  };
  const labels = Uint8Array.from(world.labels);
  const rows = scoredRows(Float64Array.from(world.first), labels, parts);
  const others = scoredRows(Float64Array.from(world.second), labels, parts);

  it("ranks as scikit-learn does: AUC, average precision and the corners of the ROC curve", () => {
    expectNear(rocAuc(rows).value, world.auc, metrics);
    expectNear(averagePrecision(rows), world.averagePrecision, metrics);
    const corners = rocCurve(rows).slice(1);
    expect(corners.map((point) => point.threshold)).toEqual(world.roc.thresholds);
    for (const [i, point] of corners.entries()) {
      expectNear(point.falsePositiveRate, world.roc.fpr[i] as number, metrics);
      expectNear(point.truePositiveRate, world.roc.tpr[i] as number, metrics);
    }
    const called = thresholdTable(rows, world.roc.thresholds);
    for (const [i, row] of called.entries()) {
      expectNear(row.recall, world.roc.tpr[i] as number, metrics);
      expectNear(row.specificity, 1 - (world.roc.fpr[i] as number), metrics);
    }
  });

  it("weighs probabilities as scikit-learn does: log loss, Brier and its three parts", () => {
    expectNear(logLoss(rows), world.logLoss, metrics);
    expectNear(brier(rows), world.brier, metrics);
    const parts = brierParts(rows, distinctScores(rows));
    expectNear(parts?.reliability, world.murphy[0], metrics);
    expectNear(parts?.resolution, world.murphy[1], metrics);
    expectNear(parts?.uncertainty, world.murphy[2], metrics);
  });

  it("draws the calibration line of statsmodels, with its standard errors", () => {
    const found = calibration(rows);
    for (const part of ["inTheLarge", "intercept", "slope"] as const) {
      expectNear(found[part]?.value, world.calibration[part][0], calibrated);
      expectNear(found[part]?.standardError, world.calibration[part][1], calibrated);
    }
  });

  const { standardError, pair, bins, wilson } = world;
  if (standardError !== undefined && pair)
    it("has the standard errors of the papers' O(n²) forms", () => {
      expectNear(rocAuc(rows).standardError, standardError, delong);
      const found = compareAuc(rows, others);
      expectNear(found.difference.value, pair.difference, delong);
      expectNear(found.difference.standardError, pair.standardError, delong);
      expectNear(found.p, pair.p, delong);
    });

  if (bins)
    it("bins as calibration_curve does", () => {
      const table = calibrationTable(rows, fixedBins(rows, 10));
      expect(table).toHaveLength(bins.observed.length);
      for (const [i, bin] of table.entries()) {
        expectNear(bin.observed, bins.observed[i] as number, metrics);
        expectNear(bin.expected, bins.expected[i] as number, metrics);
      }
    });

  if (wilson)
    it("has statsmodels' Wilson intervals and the calibration error", () => {
      const binning = fixedBins(rows, 10);
      for (const [i, bin] of calibrationTable(rows, binning).entries()) {
        expectNear(bin.interval?.low, wilson[i]?.[0] as number, metrics);
        expectNear(bin.interval?.high, wilson[i]?.[1] as number, metrics);
      }
      expectNear(calibrationError(rows, binning), world.calibrationError as number, metrics);
    });
});

it.each(reference.regression)("measures numbers as scikit-learn does ($name)", (world) => {
  const rows = valueRows(Float64Array.from(world.predicted), Float64Array.from(world.actual), {
    weights: weightsOf(world),
  });
  expectNear(meanAbsoluteError(rows), world.meanAbsoluteError, metrics);
  expectNear(rootMeanSquaredError(rows), world.rootMeanSquaredError, metrics);
  expectNear(rSquared(rows), world.rSquared, metrics);
  expectNear(medianAbsoluteError(rows), world.medianAbsoluteError, metrics);
  expectNear(meanAbsolutePercentageError(rows), world.meanAbsolutePercentageError, metrics);
  for (const [quantile, loss] of Object.entries(world.pinball))
    expectNear(pinballLoss(Number(quantile))(rows), loss, metrics);
});

it.each(reference.multiclass)("tells classes apart as scikit-learn does ($name)", (world) => {
  const rows = classRows(
    Float64Array.from(world.probabilities),
    Int32Array.from(world.codes),
    world.classes,
    { weights: weightsOf(world) },
  );
  expectNear(multiclassLogLoss(rows), world.logLoss, metrics);
  expectNear(accuracy(rows), world.accuracy, metrics);
  expectNear(macroAuc(rows), world.macroAuc, metrics);
  const { counts, byClass } = confusion(rows);
  for (const [c, quality] of byClass.entries()) {
    for (const [other, count] of (counts[c] ?? []).entries())
      expectNear(count, world.confusion[c]?.[other] as number, metrics);
    expectNear(quality.precision, world.precision[c] as number, metrics);
    expectNear(quality.recall, world.recall[c] as number, metrics);
    expectNear(quality.f1, world.f1[c] as number, metrics);
  }
});
