/** A boosted model: takes rows and gives the sum of its trees as probabilities or values. Knows no threads. */
import { logistic, softmax } from "./exp.ts";
import { encoded } from "./features.ts";
import type { Model } from "./model.ts";
import {
  type ModelHeader,
  readHeader,
  readNumbers,
  readParts,
  readWhole,
  unreadable,
} from "./model-json.ts";
import { packNumbers, unpackNumbers } from "./packed.ts";
import { predictedByTrees, predictingByTrees, type TreePrediction } from "./tree-prediction.ts";
import { shapValues } from "./tree-shap.ts";
import type { Trees } from "./trees.ts";
import { treesFromJson, treesToJson } from "./trees-json.ts";

const KIND = "boosting";
const VERSION = 1;

/** How the loss fell while the model was trained. */
export interface BoostingHistory {
  /** Mean loss after each round, of an even sample of the training rows. */
  readonly training: Float64Array;
  /** The same of the rows to stop by; empty where there were none. */
  readonly validation: Float64Array;
  /** Rounds whose trees the model keeps: all, or up to the best on the rows to stop by. */
  readonly rounds: number;
}

export interface BoostingModel extends Model {
  readonly kind: "boosting";
  /** What is said before the first tree: log-odds, logarithms of shares, or a value. */
  readonly base: Float64Array;
  /** Of each round one tree per output. */
  readonly trees: Trees;
  /** The quantile that a regression predicts; null = the mean, or classes. */
  readonly quantile: number | null;
  readonly history: BoostingHistory;
}

/** What a model is made of beside its header. */
export type BoostingParts = Pick<BoostingModel, "base" | "trees" | "quantile" | "history">;

export function boostingModel(header: ModelHeader, parts: BoostingParts): BoostingModel {
  const { task, features } = header;
  const { base, trees, quantile, history } = parts;
  const outputs = base.length;
  const prediction: TreePrediction = {
    trees,
    features,
    finish(out) {
      for (let i = 0, k = 0; i < out.length; i++) {
        out[i]! += base[k]!;
        if (++k === outputs) k = 0;
      }
      if (task === "binary") for (let i = 0; i < out.length; i++) out[i] = logistic(out[i]!);
      if (task === "multiclass")
        for (let at = 0; at < out.length; at += outputs) softmax(out, at, outputs);
      return out;
    },
  };
  const model: BoostingModel = {
    kind: KIND,
    ...header,
    ...parts,
    predict: (dataset) => predictedByTrees(prediction, dataset),
    explain(dataset) {
      const shap = shapValues(trees, encoded(dataset, features), dataset.rows);
      return {
        scale: task === "regression" ? "value" : "log-odds",
        features,
        outputs,
        base: base.map((start, k) => start + shap.base[k]!),
        values: shap.values,
      };
    },
    toJSON: () => ({
      kind: KIND,
      version: VERSION,
      ...header,
      base: Array.from(base),
      quantile,
      trees: treesToJson(trees, features),
      history: {
        training: packNumbers(history.training),
        validation: packNumbers(history.validation),
        rounds: history.rounds,
      },
    }),
  };
  return predictingByTrees(model, prediction);
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readBoosting(json: unknown): BoostingModel {
  const { header, parts } = readHeader(json, KIND, VERSION);
  const outputs = header.task === "multiclass" ? (header.classes?.length ?? 0) : 1;
  const trees = treesFromJson(parts.trees, header.features, outputs);
  if ((trees.roots.length - 1) % outputs !== 0 && trees.roots.length !== 2)
    unreadable("Its last round has not a tree for each class", "trees");
  const { quantile } = parts;
  if (
    quantile !== null &&
    !(header.task === "regression" && typeof quantile === "number" && quantile > 0 && quantile < 1)
  )
    unreadable("It is no quantile of a regression", "quantile");
  const history = readParts(parts.history, "history");
  return boostingModel(header, {
    base: readNumbers(parts.base, "base", outputs),
    trees,
    quantile: quantile as number | null,
    history: {
      training: unpackNumbers(history.training, "history, training"),
      validation: unpackNumbers(history.validation, "history, validation"),
      rounds: readWhole(history.rounds, "history, rounds", 0, 10_000),
    },
  });
}
