import type { Column, Dataset } from "../../src/dataset/dataset.ts";
import { encoded, type Feature } from "../../src/learn/features.ts";
import type { Model } from "../../src/learn/model.ts";

/** A model that was not learnt: what it says of a row is a formula of the encoded values. */
export function formulaModel(
  features: readonly Feature[],
  formula: (row: readonly number[]) => number | readonly number[],
  parts: Partial<Model> = {},
): Model {
  return {
    kind: "formula",
    task: "regression",
    features,
    classes: null,
    predict(dataset: Dataset) {
      const columns = encoded(dataset, features);
      const said = Array.from({ length: dataset.rows }, (_, row) =>
        formula(columns.map((column) => column[row]!)),
      );
      return Float64Array.from(said.flat());
    },
    explain() {
      throw new Error("A formula does not explain itself");
    },
    toJSON: () => ({ kind: "formula", version: 1 }),
    ...parts,
  };
}

export function numeric(name: string, ...values: number[]): Column {
  return { kind: "numeric", name, values: Float64Array.from(values) };
}

export function levelled(name: string, levels: readonly string[], ...values: string[]): Column {
  const codes = Int32Array.from(values, (value) => levels.indexOf(value));
  return { kind: "categorical", name, levels, codes };
}

export function feature(name: string, levels: readonly string[] | null = null): Feature {
  return { name, kind: levels === null ? "numeric" : "categorical", levels };
}
