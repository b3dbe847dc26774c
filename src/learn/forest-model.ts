/** A random forest that was grown: predicts, explains, is written down and read again, in Node and in a browser. */
import type { Dataset } from "../dataset/dataset.ts";
import { encoded, type Feature } from "./features.ts";
import type { Explanation, Model, ModelJson, Task } from "./model.ts";
import { readHeader } from "./model-json.ts";
import type { OutOfBag } from "./out-of-bag.ts";
import { shapValues } from "./tree-shap.ts";
import type { Trees } from "./trees.ts";
import { treesFromJson, treesToJson } from "./trees-json.ts";
import { treeSums } from "./walk.ts";

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
  return {
    kind: FOREST_KIND,
    task,
    features,
    classes,
    trees,
    outOfBag,
    predict(dataset: Dataset): Float64Array {
      const out = treeSums(trees, features, encoded(dataset, features), dataset.rows);
      for (let i = 0; i < out.length; i++) out[i]! /= count;
      return out;
    },
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
}

/** @throws Problem `MODEL_UNREADABLE` */
export function forestFromJson(json: unknown): ForestModel {
  const { header, parts } = readHeader(json, FOREST_KIND, VERSION);
  const { task, features, classes } = header;
  const outputs = task === "multiclass" ? (classes?.length ?? 1) : 1;
  return forestModel(task, features, classes, treesFromJson(parts.trees, features, outputs));
}
