/** What every learner asks of its rows and options before it starts; takes a dataset and gives its target as learnt. */
import { Problem } from "../base/problem.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Task } from "./model.ts";

/** A class per row; of two classes the second is the positive one. */
export interface ClassesToLearn {
  readonly task: "binary" | "multiclass";
  readonly classes: readonly string[];
  readonly codes: Int32Array;
  /** Weight per row, ≥ 0, not all 0; null = 1 each. */
  readonly weights: Float64Array | null;
}

/** A number per row. */
export interface ValuesToLearn {
  readonly task: "regression";
  readonly classes: null;
  readonly values: Float64Array;
  /** Weight per row, ≥ 0, not all 0; null = 1 each. */
  readonly weights: Float64Array | null;
}

export type TrainingTarget = ClassesToLearn | ValuesToLearn;

/**
 * The target of rows that can be learnt from. The task follows from the target: classes listed but not seen count, so
 * that a part of the rows has the task of the whole.
 *
 * @throws Problem `LEARN_EMPTY` (no rows or no columns), `LEARN_TARGET` (none, or a value beyond ±1e100),
 * `LEARN_WEIGHTS` (all 0, or one above 1e100), `LEARN_ONE_CLASS` (rows of weight 0 do not count)
 */
export function trainingTarget(dataset: Dataset): TrainingTarget {
  const { rows, columns, target, weights } = dataset;
  if (rows === 0 || columns.length === 0) {
    throw new Problem("LEARN_EMPTY", {
      what: `There are ${rows} rows of ${columns.length} columns`,
      where: "dataset",
      fix: "Give at least one row and one column to learn from.",
    });
  }
  if (target === null) {
    throw new Problem("LEARN_TARGET", {
      what: "The rows have no target",
      where: "target",
      fix: "Give the class or value of each row that is to be learnt.",
    });
  }
  if (weights !== null) checkWeights(weights);
  if (target.kind === "value") {
    checkValues(target.values);
    return { task: "regression", classes: null, values: target.values, weights };
  }
  const { codes, classes } = target;
  const first = codes.findIndex((_, row) => counts(weights, row));
  if (!codes.some((code, row) => code !== codes[first] && counts(weights, row))) {
    throw new Problem("LEARN_ONE_CLASS", {
      what: `Every row is of the class ${classes[codes[first] ?? 0]}`,
      where: "target",
      fix: "Give rows of at least two classes with weights above 0.",
    });
  }
  return { task: classes.length === 2 ? "binary" : "multiclass", classes, codes, weights };
}

/** Sums of squares of larger numbers may not be finite. */
const LARGEST = 1e100;
const TOO_LARGE = `beyond ${LARGEST}: sums of squares would not be finite`;

const tooLarge = (numbers: Float64Array) =>
  numbers.findIndex((number) => Math.abs(number) > LARGEST);

/** @throws Problem `LEARN_TARGET` for a value beyond ±1e100 */
export function checkValues(values: Float64Array): void {
  const row = tooLarge(values);
  if (row < 0) return;
  throw new Problem("LEARN_TARGET", {
    what: `A value is ${values[row]}, ${TOO_LARGE}`,
    where: `target, row ${row}`,
    fix: "Give the values in a larger unit.",
  });
}

function checkWeights(weights: Float64Array): void {
  if (!weights.some((weight) => weight > 0)) {
    throw new Problem("LEARN_WEIGHTS", {
      what: "Every row has weight 0",
      where: "weights",
      fix: "Give at least one row a weight above 0, or no weights.",
    });
  }
  const row = tooLarge(weights);
  if (row < 0) return;
  throw new Problem("LEARN_WEIGHTS", {
    what: `A weight is ${weights[row]}, ${TOO_LARGE}`,
    where: `weights, row ${row}`,
    fix: "Give smaller weights.",
  });
}

function counts(weights: Float64Array | null, row: number): boolean {
  return weights === null || weights[row]! > 0;
}

function wrongKind(wanted: "classes" | "values"): never {
  throw new Problem("LEARN_TARGET", {
    what: `The target is not made of ${wanted}, which is all that this learner learns`,
    where: "target",
    fix: `Give a target of ${wanted}, or choose another learner.`,
  });
}

/** As `trainingTarget`, for learners of classes only. @throws Problem as `trainingTarget`, `LEARN_TARGET` for values */
export function classesToLearn(dataset: Dataset): ClassesToLearn {
  const target = trainingTarget(dataset);
  return target.task === "regression" ? wrongKind("classes") : target;
}

/** As `trainingTarget`, for learners of values only. @throws Problem as `trainingTarget`, `LEARN_TARGET` for classes */
export function valuesToLearn(dataset: Dataset): ValuesToLearn {
  const target = trainingTarget(dataset);
  return target.task === "regression" ? target : wrongKind("values");
}

/** As `trainingTarget`, for a learner that was asked for a task. @throws Problem as `trainingTarget`, `LEARN_TARGET` */
export function checkTraining(dataset: Dataset, task: Task): TrainingTarget {
  const target = trainingTarget(dataset);
  if (target.task === task) return target;
  throw new Problem("LEARN_TARGET", {
    what: `The target makes a ${target.task} task, not a ${task} one`,
    where: "target",
    fix: "Give another target, or ask for the task that it makes.",
  });
}

/**
 * Refuses an option that is out of its range.
 *
 * @param fine whether it is in range; NaN must make it false
 * @param range what may be given, to follow "Give", e.g. `a whole number of 1 or more`
 * @throws Problem `LEARN_OPTION`
 */
export function checkOption(fine: boolean, name: string, value: unknown, range: string): void {
  if (fine) return;
  throw new Problem("LEARN_OPTION", {
    what: `${name} is ${String(value)}`,
    where: `option ${name}`,
    fix: `Give ${range}.`,
  });
}

/**
 * Options over their defaults; one that is undefined has its default.
 *
 * @throws Problem `LEARN_OPTION` for a name that is none of the options (a slip that would go unnoticed)
 */
export function optionsOver<Options extends object>(
  defaults: Options,
  given: Partial<Options> = {},
): Options {
  const merged = { ...defaults } as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    checkOption(
      Object.hasOwn(defaults, name),
      name,
      value,
      `only: ${Object.keys(defaults).join(", ")}`,
    );
    if (value !== undefined) merged[name] = value;
  }
  return merged as Options;
}
