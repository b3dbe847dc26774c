/** A random forest that was grown: predicts, explains, is written down and read again, in Node and in a browser. */
import type { Dataset } from "../dataset/dataset.ts";
import { encoded, type Feature } from "./features.ts";
import type { Explanation, Model, ModelJson, Task } from "./model.ts";
import { readHeader } from "./model-json.ts";
import type { OutOfBag } from "./out-of-bag.ts";
import { predictedByTrees, predictingByTrees, type TreePrediction } from "./tree-prediction.ts";
import { shapValues } from "./tree-shap.ts";
import type { Trees } from "./trees.ts";
import { treesFromJson, treesToJson } from "./trees-json.ts";

export const FOREST_KIND = "forest";
const VERSION = 1;

/** A forest says the mean of what its trees say: each the class shares (or the mean) of the training rows of a leaf. */
export interface ForestModel extends Model {
  readonly kind: typeof FOREST_KIND;
  readonly trees: Trees;
  /** Where training was asked for it; not a part of the JSON. */
  readonly outOfBag: OutOfBag | null;
}

export function forestModel(
  task: Task,
  features: readonly Feature[],
  classes: readonly string[] | null,
  trees: Trees,
  outOfBag: OutOfBag | null = null,
): ForestModel {
  const count = trees.roots.length - 1;
  const prediction: TreePrediction = {
    trees,
    features,
    finish(sums) {
      for (let i = 0; i < sums.length; i++) sums[i]! /= count;
      return sums;
    },
  };
  const model: ForestModel = {
    kind: FOREST_KIND,
    task,
    features,
    classes,
    trees,
    outOfBag,
    predict: (dataset) => predictedByTrees(prediction, dataset),
    explain(dataset: Dataset): Explanation {
      const columns = encoded(dataset, features);
      const { base, values } = shapValues(trees, columns, dataset.rows, 1 / count);
      const scale = task === "regression" ? "value" : "probability";
      return { scale, features, outputs: trees.outputs, base, values };
    },
    toJSON(): ModelJson {
      const written = treesToJson(trees, features);
      return { kind: FOREST_KIND, version: VERSION, task, features, classes, trees: written };
    },
  };
  return predictingByTrees(model, prediction);
}

/** @throws Problem `MODEL_UNREADABLE` */
export function forestFromJson(json: unknown): ForestModel {
  const { header, parts } = readHeader(json, FOREST_KIND, VERSION);
  const { task, features, classes } = header;
  const outputs = task === "multiclass" ? (classes?.length ?? 1) : 1;
  return forestModel(task, features, classes, treesFromJson(parts.trees, features, outputs));
}
