/** Everything there is to say of a model on rows, in one plain record ready for a report. */
import { averagePrecision } from "./average-precision.ts";
import {
  type CalibrationBin,
  calibrationError,
  calibrationTable,
  equalCountBins,
  fixedBins,
  largestCalibrationError,
} from "./bins.ts";
import { estimated, type ResamplingOptions } from "./bootstrap.ts";
import { type BrierParts, brierParts } from "./brier.ts";
import { type Calibration, calibration } from "./calibration.ts";
import type { ClassRows } from "./class-rows.ts";
import type { Estimate, EstimateWithError } from "./estimate.ts";
import { type GainPart, gainTable } from "./gains.ts";
import {
  accuracyEstimate,
  type Confusion,
  classAucs,
  confusion,
  macroAuc,
  multiclassLogLoss,
} from "./multiclass.ts";
import {
  meanAbsolutePercentageError,
  medianAbsoluteError,
  rootMeanSquaredError,
  rSquared,
  weightedAbsolutePercentageError,
} from "./regression.ts";
import { rocAuc } from "./roc-auc.ts";
import {
  brierEstimate,
  logLossEstimate,
  meanAbsoluteErrorEstimate,
  meanErrorEstimate,
} from "./row-mean.ts";
import type { ScoredRows } from "./scored-rows.ts";
import type { ValueRows } from "./value-rows.ts";

/** Of probabilities of one event. */
export interface BinaryQuality {
  readonly n: number;
  readonly positives: number;
  /** Weight of positives ÷ weight of all: what a model that knows nothing says. */
  readonly baseRate: number;
  readonly rocAuc: Estimate;
  /** Average precision; the base rate is what chance gives. */
  readonly prAuc: EstimateWithError | null;
  readonly logLoss: EstimateWithError | null;
  readonly brier: EstimateWithError | null;
  /** Over ten bins of about equal weight, as `bins`. */
  readonly brierParts: BrierParts | null;
  readonly calibration: Calibration;
  /** Lowest probabilities first. */
  readonly bins: readonly CalibrationBin[];
  /** Over ten bins of equal width, the usual choice. */
  readonly expectedCalibrationError: number | null;
  readonly largestCalibrationError: number | null;
  /** Highest probabilities first. */
  readonly deciles: readonly GainPart[];
}

/**
 * Ranking, sharpness and calibration of probabilities. Intervals: AUC by DeLong, PR-AUC by bootstrap, log loss and Brier by
 * the error of a mean; all let rows of a group go together.
 *
 * @throws Problem `EVALUATE_ONE_CLASS`, `EVALUATE_VALUE` (a score that is no probability), `EVALUATE_OPTION`
 */
export function binaryQuality(rows: ScoredRows, options: ResamplingOptions): BinaryQuality {
  const fixed = fixedBins(rows, 10);
  const equal = equalCountBins(rows, 10);
  return {
    n: rows.n,
    positives: rows.positives,
    baseRate: rows.totalPositive / (rows.totalPositive + rows.totalNegative),
    rocAuc: rocAuc(rows),
    prAuc: estimated(rows, averagePrecision, options),
    logLoss: logLossEstimate(rows),
    brier: brierEstimate(rows),
    brierParts: brierParts(rows, equal),
    calibration: calibration(rows),
    bins: calibrationTable(rows, equal),
    expectedCalibrationError: calibrationError(rows, fixed),
    largestCalibrationError: largestCalibrationError(rows, fixed),
    deciles: gainTable(rows, 10),
  };
}

/** Of predicted numbers. */
export interface RegressionQuality {
  readonly n: number;
  readonly meanAbsoluteError: EstimateWithError | null;
  readonly rootMeanSquaredError: EstimateWithError | null;
  readonly meanError: EstimateWithError | null;
  readonly rSquared: EstimateWithError | null;
  readonly medianAbsoluteError: EstimateWithError | null;
  /** Fractions. */
  readonly meanAbsolutePercentageError: EstimateWithError | null;
  readonly weightedAbsolutePercentageError: EstimateWithError | null;
}

/** Errors of predicted numbers, each null where it is not defined. @throws Problem `EVALUATE_OPTION` */
export function regressionQuality(rows: ValueRows, options: ResamplingOptions): RegressionQuality {
  return {
    n: rows.n,
    meanAbsoluteError: meanAbsoluteErrorEstimate(rows),
    rootMeanSquaredError: estimated(rows, rootMeanSquaredError, options),
    meanError: meanErrorEstimate(rows),
    rSquared: estimated(rows, rSquared, options),
    medianAbsoluteError: estimated(rows, medianAbsoluteError, options),
    meanAbsolutePercentageError: estimated(rows, meanAbsolutePercentageError, options),
    weightedAbsolutePercentageError: estimated(rows, weightedAbsolutePercentageError, options),
  };
}

/** Of probabilities of several classes. */
export interface MulticlassQuality {
  readonly n: number;
  readonly accuracy: Estimate;
  readonly logLoss: EstimateWithError | null;
  /** Mean of `classAucs`; null where a class is missing. */
  readonly macroAuc: number | null;
  /** Each class against the rest, in the order of the classes. */
  readonly classAucs: readonly (number | null)[];
  readonly confusion: Confusion;
}

/** How well several classes are told apart. @throws Problem `EVALUATE_OPTION` */
export function multiclassQuality(rows: ClassRows, options: ResamplingOptions): MulticlassQuality {
  return {
    n: rows.n,
    accuracy: accuracyEstimate(rows),
    logLoss: estimated(rows, multiclassLogLoss, options),
    macroAuc: macroAuc(rows),
    classAucs: classAucs(rows),
    confusion: confusion(rows),
  };
}
