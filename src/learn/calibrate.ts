/**
 * Calibration of probabilities. Takes a model of two classes and rows that it has not learnt from, and gives a model
 * whose probabilities are as frequent as they say; the ranking stays, but for ties.
 */
import { Problem } from "../base/problem.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { type BetaCurve, betaAt, fitBeta } from "./beta-calibration.ts";
import { classesToLearn } from "./checks.ts";
import { logistic } from "./exp.ts";
import { fitIsotonic, type IsotonicCurve } from "./isotonic.ts";
import type { Explanation, Model } from "./model.ts";
import { readNumber, readNumbers, readOneOf, readParts, unreadable } from "./model-json.ts";
import { fitPlatt, type PlattCurve, plattAt } from "./platt.ts";
import { heightAt } from "./rising-fit.ts";
import { throughCurve } from "./through-curve.ts";
import { predictingByTrees, treePredictionOf } from "./tree-prediction.ts";

/** A rising curve from scores to probabilities; plain data. */
export type Calibrator = PlattCurve | IsotonicCurve | BetaCurve;

const KIND = "calibrated";
const VERSION = 1;

/** The calibrated probability of a score. */
export function calibratedAt(calibrator: Calibrator, score: number): number {
  if (calibrator.method === "platt") return plattAt(calibrator, score);
  return calibrator.method === "beta" ? betaAt(calibrator, score) : heightAt(calibrator, score);
}

/**
 * Fits a calibration of a model on rows and puts it around the model. Platt's is fit on log-odds.
 *
 * @param rows that the model has not learnt from; their weights count
 * @throws Problem `LEARN_TARGET` (not two classes, or others than the model's), `LEARN_EMPTY`, `LEARN_WEIGHTS`,
 * `LEARN_ONE_CLASS`, `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND`
 */
export function calibrate(model: Model, rows: Dataset, method: Calibrator["method"]): Model {
  const { classes, codes, weights } = classesToLearn(rows);
  const positive = classes.indexOf(model.classes?.[1] ?? "");
  if (
    model.task !== "binary" ||
    classes.length !== 2 ||
    !model.classes?.every((one) => classes.includes(one))
  ) {
    throw new Problem("LEARN_TARGET", {
      what: `The model tells ${model.classes?.join(", ") ?? "values"}, the rows ${classes.join(", ")}`,
      where: "target",
      fix: "Calibrate a model of two classes by rows of the same two.",
    });
  }
  const labels = codes.map((code) => (code === positive ? 1 : 0));
  const given = { scores: model.predict(rows), labels, weights };
  const calibrator =
    method === "platt"
      ? fitPlatt(given, "log-odds")
      : method === "beta"
        ? fitBeta(given)
        : fitIsotonic(given);
  return calibrated(model, calibrator);
}

/**
 * The model with its probabilities led through a calibration that was fit on such probabilities.
 *
 * @throws Problem `LEARN_TARGET` unless it is a model of two classes
 */
export function calibrated(model: Model, calibrator: Calibrator): Model {
  if (model.task !== "binary") {
    throw new Problem("LEARN_TARGET", {
      what: `The model's task is ${model.task}`,
      where: "model",
      fix: "Calibrate a model of two classes.",
    });
  }
  const { task, features, classes } = model;
  const led = (predictions: Float64Array) => predictions.map((p) => calibratedAt(calibrator, p));
  const around: Model = {
    kind: KIND,
    task,
    features,
    classes,
    predict: (dataset) => led(model.predict(dataset)),
    explain: (dataset) => explained(model.explain(dataset), calibrator),
    toJSON: () => ({
      kind: KIND,
      version: VERSION,
      calibrator: calibratorJson(calibrator),
      model: model.toJSON(),
    }),
  };
  const within = treePredictionOf(model);
  if (within === null) return around;
  return predictingByTrees(around, { ...within, finish: (sums) => led(within.finish(sums)) });
}

function explained(explanation: Explanation, calibrator: Calibrator): Explanation {
  const onLogOdds = explanation.scale === "log-odds";
  if (onLogOdds && calibrator.method === "platt" && calibrator.on === "log-odds") {
    const { slope, intercept } = calibrator;
    return {
      ...explanation,
      base: explanation.base.map((one) => slope * one + intercept),
      values: explanation.values.map((one) => slope * one),
    };
  }
  const curve = (score: number) => calibratedAt(calibrator, onLogOdds ? logistic(score) : score);
  return throughCurve(explanation, curve, "probability");
}

/** A calibration as JSON. */
export function calibratorJson(calibrator: Calibrator) {
  if (calibrator.method !== "isotonic") return calibrator;
  return { ...calibrator, x: Array.from(calibrator.x), y: Array.from(calibrator.y) };
}

/** @throws Problem `MODEL_UNREADABLE` (not what `calibratorJson` gave, or a curve that falls) */
export function readCalibrator(json: unknown): Calibrator {
  const parts = readParts(json, "calibrator");
  const method = readOneOf(parts.method, "method", ["platt", "isotonic", "beta"]);
  const number = (name: string, least?: number) => readNumber(parts[name], name, least);
  if (method === "platt") {
    const on = readOneOf(parts.on, "on", ["score", "log-odds"]);
    return { method, on, slope: number("slope", 0), intercept: number("intercept") };
  }
  if (method === "beta") return { method, a: number("a", 0), b: number("b", 0), c: number("c") };
  const x = readNumbers(parts.x, "x");
  const y = readNumbers(parts.y, "y", x.length, 0, 1);
  if (x.length === 0) unreadable("There is no point", "x");
  for (let i = 1; i < x.length; i++) {
    if (!(x[i]! > x[i - 1]!)) unreadable("The scores do not ascend", `x, ${i}`);
    if (!(y[i]! >= y[i - 1]!)) unreadable("The curve falls", `y, ${i}`);
  }
  return { method, x, y };
}

/**
 * Reads a calibrated model.
 *
 * @param readModel reads the model within
 * @throws Problem `MODEL_UNREADABLE`
 */
export function readCalibrated(json: unknown, readModel: (json: unknown) => Model): Model {
  const parts = readParts(json, "model");
  readOneOf(parts.kind, "kind", [KIND]);
  if (parts.version !== VERSION)
    unreadable(`Its form has version ${String(parts.version)}; known is ${VERSION}`, "version");
  const calibrator = readCalibrator(parts.calibrator);
  const model = readModel(parts.model);
  if (model.task !== "binary") unreadable("The model within does not tell two classes", "model");
  return calibrated(model, calibrator);
}
