/** What a model was trained on, by name and kind, and the same columns of other rows as it reads them. */
import { Problem } from "../base/problem.ts";
import type { Column, Dataset } from "../dataset/dataset.ts";

/** A column as a model knows it. */
export interface Feature {
  readonly name: string;
  readonly kind: Column["kind"];
  /** Of a categorical one, in the order of the codes that the model uses; else null. */
  readonly levels: readonly string[] | null;
}

/** The features of a dataset's columns. */
export function featuresOf(dataset: Dataset): Feature[] {
  return dataset.columns.map((column) => ({
    name: column.name,
    kind: column.kind,
    levels: column.kind === "categorical" ? column.levels : null,
  }));
}

/**
 * Columns as a model reads them, in the order of its features: numbers as they are, booleans 0 and 1, times in
 * milliseconds, levels as the model's codes; NaN where missing, also for a level that the model never saw.
 *
 * @throws Problem `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND`
 */
export function encoded(dataset: Dataset, features: readonly Feature[]): Float64Array[] {
  const byName = new Map(dataset.columns.map((column) => [column.name, column]));
  return features.map((feature) => {
    const column = byName.get(feature.name);
    if (!column) {
      throw new Problem("LEARN_COLUMN_MISSING", {
        what: "The model was trained on a column that these rows do not have",
        where: `column ${feature.name}`,
        fix: `Give it, filled with missing values where nothing is known. There are: ${[...byName.keys()].join(", ")}.`,
      });
    }
    if (column.kind !== feature.kind) {
      throw new Problem("LEARN_COLUMN_KIND", {
        what: `The model was trained on a ${feature.kind} column; here it is ${column.kind}`,
        where: `column ${feature.name}`,
        fix: `Give it as ${feature.kind}.`,
      });
    }
    if (column.kind === "numeric" || column.kind === "time") return column.values;
    const out = new Float64Array(dataset.rows);
    if (column.kind === "boolean") {
      for (let i = 0; i < out.length; i++) {
        const value = column.values[i]!;
        out[i] = value < 0 ? Number.NaN : value;
      }
      return out;
    }
    const codeOf = new Map(feature.levels?.map((level, code) => [level, code]));
    const codes = column.levels.map((level) => codeOf.get(level) ?? Number.NaN);
    for (let i = 0; i < out.length; i++) out[i] = codes[column.codes[i]!] ?? Number.NaN;
    return out;
  });
}
