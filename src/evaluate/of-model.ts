/** A model's predictions of a dataset, brought beside what came of its rows. */
import { Problem } from "../base/problem.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Model } from "../learn/model.ts";
import { type ClassRows, classRows } from "./class-rows.ts";
import { type ScoredRows, scoredRows } from "./scored-rows.ts";
import { type ValueRows, valueRows } from "./value-rows.ts";

function wrongTarget(what: string, fix: string): never {
  throw new Problem("EVALUATE_TARGET", { what, where: "target", fix });
}

/** Place in the model's classes of each row's class; classes are matched by name. */
function codesFor(model: Model, { target }: Dataset): Int32Array {
  if (target?.kind !== "class")
    return wrongTarget(
      "The model tells classes apart; these rows have none",
      "Give the class of every row as target.",
    );
  const places = target.classes.map((name) => model.classes?.indexOf(name) ?? -1);
  return target.codes.map((code) => {
    const place = places[code]!;
    if (place < 0)
      wrongTarget(
        `The model does not know the class ${target.classes[code]}`,
        `Leave out its rows, or train on it. Known: ${model.classes?.join(", ")}.`,
      );
    return place;
  });
}

function checkTask(model: Model, task: Model["task"]): void {
  if (model.task === task) return;
  wrongTarget(
    `The model's task is ${model.task}; this evaluation is of a ${task} model`,
    "Evaluate it with the measures of its own task.",
  );
}

/**
 * Probabilities of the second class of a binary model beside the labels, with weights and groups of the dataset.
 *
 * @throws Problem `EVALUATE_TARGET` (no classes, an unknown one, or a model of another task), and as `predict`
 */
export function scoredBy(model: Model, dataset: Dataset): ScoredRows {
  checkTask(model, "binary");
  return scoredRows(model.predict(dataset), codesFor(model, dataset), dataset);
}

/** Probabilities of a multi-class model beside the classes. @throws Problem as `scoredBy` */
export function classedBy(model: Model, dataset: Dataset): ClassRows {
  checkTask(model, "multiclass");
  const codes = codesFor(model, dataset);
  return classRows(model.predict(dataset), codes, model.classes ?? [], dataset);
}

/** Predictions of a regression model beside the true values. @throws Problem as `scoredBy` */
export function valuedBy(model: Model, dataset: Dataset): ValueRows {
  checkTask(model, "regression");
  if (dataset.target?.kind !== "value")
    return wrongTarget(
      "The model predicts numbers; these rows have none as target",
      "Give the true value of every row as target.",
    );
  return valueRows(model.predict(dataset), dataset.target.values, dataset);
}
