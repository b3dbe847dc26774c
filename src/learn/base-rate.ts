/**
 * The constant baseline: takes a dataset and gives a model that says the shares of the classes, or the mean, of every
 * row, whatever it holds.
 */
import type { Dataset } from "../dataset/dataset.ts";
import { optionsOver, trainingTarget } from "./checks.ts";
import { encoded, featuresOf } from "./features.ts";
import type { Learner, Model, TrainingControl } from "./model.ts";
import { type ModelHeader, readHeader, readNumbers, unreadable } from "./model-json.ts";

const KIND = "base-rate";
const VERSION = 1;

/** No option. @throws Problem as `Learner.fit` */
export async function fitBaseRate(
  dataset: Dataset,
  options: Readonly<Record<string, never>> = {},
  control: TrainingControl = {},
): Promise<Model> {
  control.signal?.throwIfAborted();
  optionsOver({}, options);
  const target = trainingTarget(dataset);
  const { weights } = target;
  const features = featuresOf(dataset);
  const sums = new Float64Array(target.classes?.length ?? 0);
  let total = 0;
  let mean = 0;
  for (let row = 0; row < dataset.rows; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    if (weight === 0) continue;
    total += weight;
    if (target.task === "regression") {
      const value = target.values[row]!;
      // A constant stays itself to the bit, and no sum overflows.
      if (value !== mean) mean = mean * (1 - weight / total) + value * (weight / total);
    } else sums[target.codes[row]!]! += weight;
  }
  const header = { task: target.task, features, classes: target.classes };
  if (target.task === "regression") return baseRateModel(header, Float64Array.of(mean));
  const shares = sums.map((sum) => sum / total);
  return baseRateModel(header, target.task === "binary" ? shares.slice(1) : shares);
}

function baseRateModel(header: ModelHeader, says: Float64Array): Model {
  const outputs = says.length;
  return {
    kind: KIND,
    ...header,
    predict(dataset) {
      encoded(dataset, header.features);
      const out = new Float64Array(dataset.rows * outputs);
      for (let at = 0; at < out.length; at += outputs) out.set(says, at);
      return out;
    },
    explain(dataset) {
      encoded(dataset, header.features);
      return {
        scale: header.task === "regression" ? "value" : "probability",
        features: header.features,
        outputs,
        base: Float64Array.from(says),
        values: new Float64Array(dataset.rows * header.features.length * outputs),
      };
    },
    toJSON: () => ({ kind: KIND, version: VERSION, ...header, says: Array.from(says) }),
  };
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readBaseRate(json: unknown): Model {
  const { header, parts } = readHeader(json, KIND, VERSION);
  if (header.task === "regression")
    return baseRateModel(header, readNumbers(parts.says, "says", 1));
  const outputs = header.task === "binary" ? 1 : header.classes?.length;
  const says = readNumbers(parts.says, "says", outputs, 0, 1);
  const sum = says.reduce((all, share) => all + share, 0);
  if (header.task === "multiclass" && Math.abs(sum - 1) > 1e-9)
    unreadable(`The shares sum to ${sum}, not to 1`, "says");
  return baseRateModel(header, says);
}

export const baseRate: Learner<Readonly<Record<string, never>>> = {
  kind: KIND,
  fit: fitBaseRate,
  fromJSON: readBaseRate,
};
