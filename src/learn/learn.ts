/**
 * The face of `leadsmart/learn`: takes named columns of numbers and gives models that predict, explain themselves and
 * can be written down. README.md beside it shows how.
 */
import { baseRate } from "./base-rate.ts";
import { boosting } from "./boosting.ts";
import { forest } from "./forest.ts";
import { logistic } from "./logistic.ts";
import type { Learner } from "./model.ts";
import { naiveBayes } from "./naive-bayes.ts";
import { points } from "./points.ts";
import { ridge } from "./ridge.ts";

/** Every learner, by its `kind`. */
export const LEARNERS: readonly Learner<object>[] = [
  forest,
  boosting,
  logistic,
  ridge,
  naiveBayes,
  baseRate,
  points,
];

export { isProblem, Problem } from "../base/problem.ts";
export {
  type BooleanColumn,
  type CategoricalColumn,
  type ClassTarget,
  type Column,
  type Dataset,
  datasetOf,
  type NumericColumn,
  type Target,
  type TimeColumn,
  takeRows,
  type ValueTarget,
  withColumns,
} from "../dataset/dataset.ts";
export {
  groupFolds,
  momentOfLast,
  randomFolds,
  rollingOrigin,
  type Split,
  splitByTime,
  splitByTimeAndGroup,
  type TimeSplitOptions,
  withoutTestGroups,
} from "../dataset/split.ts";
export { type BetaCurve, fitBeta } from "./beta-calibration.ts";
export type { BoostingModel } from "./boosting-model.ts";
export type { BoostingOptions } from "./boosting-options.ts";
export {
  type Calibrator,
  calibrate,
  calibrated,
  calibratedAt,
  calibratorJson,
  readCalibrator,
} from "./calibrate.ts";
export type { LabelledScores } from "./calibration-scores.ts";
export type { ClassWeights } from "./class-weights.ts";
export {
  type Conformal,
  type ConformalOptions,
  conformalIntervals,
  conformalJson,
  fitConformal,
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
export type { ForestModel } from "./forest-model.ts";
export type { ForestOptions } from "./forest-options.ts";
export {
  type EffectGroup,
  type EffectOptions,
  effectByValue,
  type FeatureEffect,
  type GlobalSummary,
  globalSummary,
} from "./global.ts";
export { fitIsotonic, type IsotonicCurve } from "./isotonic.ts";
export type { Choice, Lever, Value } from "./levers.ts";
export type { LogisticModel, LogisticOptions } from "./logistic.ts";
export type { Explanation, Learner, Model, ModelJson, Task, TrainingControl } from "./model.ts";
export type { NaiveBayesOptions } from "./naive-bayes.ts";
export {
  type DependenceOptions,
  type PartialDependence,
  partialDependence,
} from "./partial-dependence.ts";
export {
  type ColumnImportance,
  type Measure,
  type PermutationImportance,
  type PermutationOptions,
  permutationImportance,
} from "./permutation.ts";
export { fitPlatt, type PlattCurve } from "./platt.ts";
export type { PointsModel, PointsOptions, TotalShare } from "./points.ts";
export type { PointsRule } from "./points-rules.ts";
export { predictInParallel } from "./predict-in-parallel.ts";
export { modelFromJSON } from "./read-model.ts";
export type { RidgeModel, RidgeOptions } from "./ridge.ts";
export { type Budget, type Score, type Trial, type Tuned, type TuneOptions, tune } from "./tune.ts";
export type { Range, Space } from "./tune-space.ts";
export { baseRate, boosting, forest, logistic, naiveBayes, points, ridge };
