/**
 * Logistic regression of two or more classes with a ridge penalty. Takes a dataset and gives a model whose log-odds are
 * a sum over features; numbers are standardised inside, levels and missing have terms of their own.
 */
import type { Dataset } from "../dataset/dataset.ts";
import { checkOption, classesToLearn, optionsOver } from "./checks.ts";
import { type ClassWeights, rowWeights } from "./class-weights.ts";
import { checkStretches, designOf, termRows } from "./design.ts";
import { logistic as shareOf, softmax } from "./exp.ts";
import { encoded, featuresOf } from "./features.ts";
import {
  type Linear,
  linearExplanation,
  linearJson,
  linearScores,
  readLinear,
} from "./linear-model.ts";
import { binaryLoss, multiclassLoss } from "./logistic-loss.ts";
import type { Learner, Model, TrainingControl } from "./model.ts";
import { type ModelHeader, readHeader } from "./model-json.ts";
import { minimise } from "./newton.ts";
import { nextTurn } from "./turns.ts";

export interface LogisticOptions {
  /** ½ × l2 × Σ slopes² is added to the summed log loss; ≥ 0 (scikit-learn's 1 / C). Default 1. */
  readonly l2: number;
  /**
   * Numbers and times say in addition what each of so many stretches of about equal count says, so that they need not
   * be a straight line; 0 = none, or 2 … 100. Default 0.
   */
  readonly stretches: number;
  /** Default null: every row by its own weight. */
  readonly classWeights: ClassWeights;
  /** Training ends when no part of the gradient, divided by the rows' weight, is above this; > 0. Default 1e-9. */
  readonly tolerance: number;
  /** Most Newton steps, 1 … 10,000. Default 100. */
  readonly maxSteps: number;
}

export interface LogisticModel extends Model {
  /** Slopes and intercepts on the log-odds scale; of two classes one output, for the second. */
  readonly linear: Linear;
}

const DEFAULTS: LogisticOptions = {
  l2: 1,
  stretches: 0,
  classWeights: null,
  tolerance: 1e-9,
  maxSteps: 100,
};
const KIND = "logistic";
const VERSION = 1;

/**
 * @throws Problem as `Learner.fit`; where `maxSteps` end the training before `tolerance` does (classes that can be told
 * apart without error and no penalty), the model of the last step is given
 */
export async function fitLogistic(
  dataset: Dataset,
  options: Partial<LogisticOptions> = {},
  control: TrainingControl = {},
): Promise<LogisticModel> {
  const { l2, stretches, classWeights, tolerance, maxSteps } = optionsOver(DEFAULTS, options);
  checkStretches(stretches);
  checkOption(l2 >= 0 && l2 < Infinity, "l2", l2, "a finite number of 0 or more");
  checkOption(tolerance > 0 && tolerance < 1, "tolerance", tolerance, "a number between 0 and 1");
  checkOption(
    Number.isInteger(maxSteps) && maxSteps >= 1 && maxSteps <= 10_000,
    "maxSteps",
    maxSteps,
    "a whole number from 1 to 10000",
  );
  const target = classesToLearn(dataset);
  const weights = rowWeights(target, classWeights) ?? new Float64Array(dataset.rows).fill(1);
  const features = featuresOf(dataset);
  const columns = encoded(dataset, features);
  const design = designOf(features, columns, weights, stretches);
  const outputs = target.task === "binary" ? 1 : target.classes.length;
  const size = design.width + 1;
  const parts = {
    rows: termRows(design, columns),
    width: design.width,
    codes: target.codes,
    weights,
    l2,
  };
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const place = new Float64Array(outputs * size);
  await minimise(
    outputs === 1 ? binaryLoss(parts) : multiclassLoss(parts, outputs),
    place,
    tolerance * total,
    maxSteps,
    async (done) => {
      await nextTurn();
      control.signal?.throwIfAborted();
      control.onProgress?.(done);
    },
  );
  const intercepts = Float64Array.from({ length: outputs }, (_, k) => place[k * size + size - 1]!);
  // Adding one number to all classes' scores changes nothing: their intercepts sum to 0.
  const shift = outputs === 1 ? 0 : intercepts.reduce((sum, one) => sum + one, 0) / outputs;
  return logisticModel(
    { task: target.task, features, classes: target.classes },
    {
      features,
      design,
      slopes: Array.from({ length: outputs }, (_, k) =>
        place.slice(k * size, k * size + design.width),
      ),
      intercepts: intercepts.map((one) => one - shift),
    },
  );
}

function logisticModel(header: ModelHeader, linear: Linear): LogisticModel {
  const outputs = linear.slopes.length;
  return {
    kind: KIND,
    ...header,
    linear,
    predict(dataset) {
      const scores = linearScores(linear, dataset);
      if (outputs === 1) return scores.map(shareOf);
      for (let at = 0; at < scores.length; at += outputs) softmax(scores, at, outputs);
      return scores;
    },
    explain: (dataset) => linearExplanation(linear, dataset, "log-odds"),
    toJSON: () => ({ kind: KIND, version: VERSION, ...header, ...linearJson(linear) }),
  };
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readLogistic(json: unknown): LogisticModel {
  const { header, parts } = readHeader(json, KIND, VERSION, ["binary", "multiclass"]);
  const outputs = header.task === "binary" ? 1 : (header.classes?.length ?? 0);
  return logisticModel(header, readLinear(parts, header.features, outputs));
}

export const logistic: Learner<Partial<LogisticOptions>> = {
  kind: KIND,
  fit: fitLogistic,
  fromJSON: readLogistic,
};
