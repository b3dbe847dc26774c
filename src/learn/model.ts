/** What every learner gives: a model that predicts, explains, and can be written down and read again. */
import type { Dataset } from "../dataset/dataset.ts";
import type { Feature } from "./features.ts";

export type Task = "binary" | "multiclass" | "regression";

/** Each row's prediction as a sum over features: base + Σ values = the model's output on `scale`. */
export interface Explanation {
  readonly scale: "probability" | "log-odds" | "value";
  readonly features: readonly Feature[];
  /** Numbers per row: 1, or one per class. */
  readonly outputs: number;
  /** Length outputs: what is said of a row of which nothing is known. */
  readonly base: Float64Array;
  /** rows × features × outputs, row-major. */
  readonly values: Float64Array;
}

/** A model as JSON: plain data with its kind and the version of its form. */
export interface ModelJson {
  readonly kind: string;
  readonly version: number;
  readonly [part: string]: unknown;
}

export interface Model {
  /** The learner: `forest`, `boosting`, `logistic`, … */
  readonly kind: string;
  readonly task: Task;
  readonly features: readonly Feature[];
  /** Of a classifier, in the order of its outputs; else null. */
  readonly classes: readonly string[] | null;
  /**
   * Binary: the probability of the second class, length rows. Multi-class: rows × classes probabilities, row-major.
   * Regression: the value, length rows. The same numbers to the bit in Node and in a browser.
   *
   * @throws Problem `LEARN_COLUMN_MISSING`, `LEARN_COLUMN_KIND`
   */
  predict(dataset: Dataset): Float64Array;
  /** @throws Problem as `predict` */
  explain(dataset: Dataset): Explanation;
  toJSON(): ModelJson;
}

/** What training tells while it runs, and how it is stopped. */
export interface TrainingControl {
  /** Stops training; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called now and then with the part done, 0 … 1. */
  readonly onProgress?: (done: number) => void;
  /** Threads to use; default: as the shared pool has. The model does not depend on it. */
  readonly threads?: number;
}

/**
 * A way to learn. `options` always have a seed where chance plays a part; equal data, options and seed give a model
 * that is equal to the bit.
 */
export interface Learner<Options> {
  readonly kind: string;
  /**
   * @throws Problem `LEARN_EMPTY` (no rows or no columns), `LEARN_TARGET` (none, of the wrong kind, or beyond ±1e100),
   * `LEARN_ONE_CLASS`, `LEARN_OPTION` (an option out of its range), `LEARN_WEIGHTS` (all 0, or one above 1e100)
   */
  fit(dataset: Dataset, options?: Options, control?: TrainingControl): Promise<Model>;
  /** @throws Problem `MODEL_UNREADABLE` (not what `toJSON` gave, or of an unknown version) */
  fromJSON(json: unknown): Model;
}
