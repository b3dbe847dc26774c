/**
 * Naive Bayes: takes a dataset of two or more classes and gives a model that weighs each feature by itself. Numbers and
 * times are normal within a class; levels and truth values have smoothed shares; missing counts where it was seen.
 */
import type { Dataset } from "../dataset/dataset.ts";
import { checkOption, classesToLearn, optionsOver } from "./checks.ts";
import { log, logistic, softmax } from "./exp.ts";
import { encoded, featuresOf } from "./features.ts";
import type { Learner, Model, TrainingControl } from "./model.ts";
import { type ModelHeader, readHeader, readList, readNumbers, readParts } from "./model-json.ts";
import {
  evidenceJson,
  evidenceOf,
  type FeatureEvidence,
  readEvidence,
  say,
  weightOf,
} from "./naive-bayes-evidence.ts";

export interface NaiveBayesOptions {
  /** Added to the weight of every level in every class (Laplace); > 0. Default 1. */
  readonly smoothing: number;
  /** Share of a number's variance over all rows added to that within each class; > 0. Default 1e-9. */
  readonly varianceShare: number;
}

const DEFAULTS: NaiveBayesOptions = { smoothing: 1, varianceShare: 1e-9 };
const KIND = "naive-bayes";
const VERSION = 1;
/** @throws Problem as `Learner.fit` */
export async function fitNaiveBayes(
  dataset: Dataset,
  options: Partial<NaiveBayesOptions> = {},
  control: TrainingControl = {},
): Promise<Model> {
  control.signal?.throwIfAborted();
  const { smoothing, varianceShare } = optionsOver(DEFAULTS, options);
  const range = "a finite number above 0";
  checkOption(smoothing > 0 && smoothing < Infinity, "smoothing", smoothing, range);
  checkOption(varianceShare > 0 && varianceShare < Infinity, "varianceShare", varianceShare, range);
  const target = classesToLearn(dataset);
  const features = featuresOf(dataset);
  const columns = encoded(dataset, features);
  const totals = new Float64Array(target.classes.length);
  for (let row = 0; row < dataset.rows; row++) totals[target.codes[row]!]! += weightOf(target, row);
  const all = totals.reduce((sum, total) => sum + total, 0);
  // A class that is listed but has no rows is given half a row of average weight.
  const priors = totals.map((total) => log(total > 0 ? total / all : 0.5 / (dataset.rows + 1)));
  const evidence = features.map((feature, f) =>
    evidenceOf(feature, columns[f]!, target, smoothing, varianceShare),
  );
  return naiveBayesModel(
    { task: target.task, features, classes: target.classes },
    priors,
    evidence,
  );
}

function naiveBayesModel(
  header: ModelHeader,
  priors: Float64Array,
  evidence: readonly FeatureEvidence[],
): Model {
  const { features, task } = header;
  const classes = priors.length;
  const binary = task === "binary";
  const outputs = binary ? 1 : classes;
  return {
    kind: KIND,
    ...header,
    predict(dataset) {
      const columns = encoded(dataset, features);
      const scores = new Float64Array(dataset.rows * classes);
      for (let at = 0; at < scores.length; at += classes) scores.set(priors, at);
      evidence.forEach((one, f) => {
        const column = columns[f]!;
        for (let row = 0; row < column.length; row++) say(one, column[row]!, scores, row * classes);
      });
      if (binary)
        return Float64Array.from({ length: dataset.rows }, (_, row) =>
          logistic(scores[2 * row + 1]! - scores[2 * row]!),
        );
      for (let at = 0; at < scores.length; at += classes) softmax(scores, at, classes);
      return scores;
    },
    explain(dataset) {
      const columns = encoded(dataset, features);
      const values = new Float64Array(dataset.rows * features.length * outputs);
      const own = new Float64Array(classes);
      evidence.forEach((one, f) => {
        const column = columns[f]!;
        for (let row = 0; row < column.length; row++) {
          own.fill(0);
          say(one, column[row]!, own, 0);
          const at = (row * features.length + f) * outputs;
          if (binary) values[at] = own[1]! - own[0]!;
          else values.set(own, at);
        }
      });
      const base = binary ? Float64Array.of(priors[1]! - priors[0]!) : Float64Array.from(priors);
      return { scale: "log-odds", features, outputs, base, values };
    },
    toJSON: () => ({
      kind: KIND,
      version: VERSION,
      ...header,
      priors: Array.from(priors),
      evidence: evidence.map(evidenceJson),
    }),
  };
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readNaiveBayes(json: unknown): Model {
  const { header, parts } = readHeader(json, KIND, VERSION, ["binary", "multiclass"]);
  const classes = header.classes?.length ?? 0;
  const evidence = readList(parts.evidence, "evidence", header.features.length).map((one, f) =>
    readEvidence(readParts(one, `evidence, ${f}`), header.features[f]!, classes, `evidence, ${f}`),
  );
  return naiveBayesModel(header, readNumbers(parts.priors, "priors", classes), evidence);
}

export const naiveBayes: Learner<Partial<NaiveBayesOptions>> = {
  kind: KIND,
  fit: fitNaiveBayes,
  fromJSON: readNaiveBayes,
};
