/** What a model makes of the sums of its trees: kept beside the model, so that rows can be predicted in parts. */
import type { Column, Dataset } from "../dataset/dataset.ts";
import { encoded, type Feature } from "./features.ts";
import type { Model } from "./model.ts";
import type { Trees } from "./trees.ts";
import { treeSums } from "./walk.ts";

export interface TreePrediction {
  readonly trees: Trees;
  readonly features: readonly Feature[];
  /** Predictions from sums, in place where it can be. */
  finish(sums: Float64Array): Float64Array;
}

/** Rows whose levels and flags are encoded at once, so that there is no second copy of a large dataset. */
const PART_ROWS = 65_536;

const known = new WeakMap<Model, TreePrediction>();

/** Gives back the model, known as one that predicts so. */
export function predictingByTrees<M extends Model>(model: M, prediction: TreePrediction): M {
  known.set(model, prediction);
  return model;
}

/** null = the model predicts otherwise. */
export function treePredictionOf(model: Model): TreePrediction | null {
  return known.get(model) ?? null;
}

/** @throws Problem `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND` */
export function predictedByTrees(
  { trees, features, finish }: TreePrediction,
  dataset: Dataset,
): Float64Array {
  const { rows } = dataset;
  if (rows <= PART_ROWS) return finish(treeSums(trees, features, encoded(dataset, features), rows));
  const sums = new Float64Array(rows * trees.outputs);
  for (let from = 0; from < rows; from += PART_ROWS) {
    const to = Math.min(rows, from + PART_ROWS);
    const columns = encodedRows(dataset, features, from, to);
    sums.set(treeSums(trees, features, columns, to - from), from * trees.outputs);
  }
  return finish(sums);
}

/**
 * As `encoded`, of the rows `from` … `to` − 1.
 *
 * @throws as predictedByTrees
 */
export function encodedRows(
  dataset: Dataset,
  features: readonly Feature[],
  from: number,
  to: number,
): Float64Array[] {
  const columns = dataset.columns.map(
    (column): Column =>
      column.kind === "categorical"
        ? { ...column, codes: column.codes.subarray(from, to) }
        : column.kind === "boolean"
          ? { ...column, values: column.values.subarray(from, to) }
          : { ...column, values: column.values.subarray(from, to) },
  );
  return encoded({ ...dataset, rows: to - from, columns }, features);
}
