/**
 * The face of `leadsmart/learn/predict`: reads models and predicts with them, in a browser as in Node; without training
 * and without threads. `learn.ts` has all of it and more.
 */
export { isProblem, Problem } from "../base/problem.ts";
export {
  type BooleanColumn,
  type CategoricalColumn,
  type Column,
  type Dataset,
  datasetOf,
  type NumericColumn,
  type TimeColumn,
} from "../dataset/dataset.ts";
export {
  type Conformal,
  conformalIntervals,
  type Interval,
  readConformal,
} from "./conformal.ts";
export {
  type Change,
  type Counterfactual,
  type CounterfactualOptions,
  counterfactual,
  type Goal,
} from "./counterfactual.ts";
export type { Feature } from "./features.ts";
export type { Choice, Lever, Value } from "./levers.ts";
export type { Explanation, Model, ModelJson, Task } from "./model.ts";
export { modelFromJSON } from "./read-model.ts";
