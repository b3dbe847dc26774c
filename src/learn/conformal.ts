/**
 * Split conformal prediction: takes predictions of rows that the model has not learnt from, with what came true, and
 * gives intervals for further rows that hold the truth as often as asked, whatever the model, if rows are exchangeable.
 */
import { Problem } from "../base/problem.ts";
import { checkOption } from "./checks.ts";
import { readNumber, readParts, readWhole, unreadable } from "./model-json.ts";

export interface Conformal {
  /** Share of further rows whose truth lies within, at least, on average over calibrations. */
  readonly coverage: number;
  /** Rows it was fit on. */
  readonly rows: number;
  /** Half the width of every interval, in units of the spread where one was given; ∞ where there were too few rows. */
  readonly halfWidth: number;
  /** Whether predictions come with a spread each. */
  readonly normalised: boolean;
}

export interface Interval {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface ConformalOptions {
  /** In (0, 1). Default 0.9. */
  readonly coverage?: number;
  /**
   * How far off each prediction is expected to be, > 0 (say, what a second model predicts of absolute errors):
   * intervals are as wide in proportion. Default: all are of one width.
   */
  readonly spread?: Float64Array;
}

function wrong(what: string, where: string, fix: string): never {
  throw new Problem("LEARN_SCORES", { what, where, fix });
}

function checkedSpread(spread: Float64Array, rows: number): void {
  if (spread.length !== rows)
    wrong(`There are ${spread.length} spreads for ${rows} rows`, "spread", "Give one per row.");
  const at = spread.findIndex((one) => !(one > 0 && one < Infinity));
  if (at >= 0) wrong(`A spread is ${spread[at]}`, `spread, ${at}`, "Give finite ones above 0.");
}

/**
 * The ⌈(n + 1) × coverage⌉-th smallest distance of truth and prediction (in units of the spread); ∞ where that is more
 * than n.
 *
 * @throws Problem `LEARN_OPTION` (coverage), `LEARN_EMPTY`, `LEARN_SCORES` (lengths that differ, values that are not
 * finite, a spread of 0 or less)
 * @see Lei, G'Sell, Rinaldo, Tibshirani & Wasserman (2018), Journal of the American Statistical Association 113
 */
export function fitConformal(
  predictions: Float64Array,
  truth: Float64Array,
  options: ConformalOptions = {},
): Conformal {
  const { coverage = 0.9, spread } = options;
  checkOption(coverage > 0 && coverage < 1, "coverage", coverage, "a number between 0 and 1");
  const rows = predictions.length;
  if (rows === 0) {
    throw new Problem("LEARN_EMPTY", {
      what: "There are no predictions",
      where: "predictions",
      fix: "Give predictions of at least one row.",
    });
  }
  if (truth.length !== rows)
    wrong(`There are ${rows} predictions and ${truth.length} truths`, "truth", "Give one each.");
  if (spread !== undefined) checkedSpread(spread, rows);
  const off = predictions.map((one, i) => Math.abs(truth[i]! - one) / (spread?.[i] ?? 1));
  const bad = off.findIndex((one) => !Number.isFinite(one));
  if (bad >= 0)
    wrong(
      `It is ${predictions[bad]} where the truth is ${truth[bad]}`,
      `predictions, ${bad}`,
      "Give finite numbers.",
    );
  off.sort();
  // Rounding must not ask for one row more: (9 + 1) × 0.9 is 9.
  const place = Math.ceil((rows + 1) * coverage * (1 - 1e-12));
  return {
    coverage,
    rows,
    halfWidth: off[place - 1] ?? Infinity,
    normalised: spread !== undefined,
  };
}

/**
 * The intervals around predictions.
 *
 * @param spread needed where it was fit with spreads, and only there
 * @throws Problem `LEARN_SCORES`
 */
export function conformalIntervals(
  { halfWidth, normalised }: Conformal,
  predictions: Float64Array,
  spread?: Float64Array,
): Interval {
  if (normalised !== (spread !== undefined))
    wrong(
      normalised ? "It was fit with spreads; none are given" : "It was fit without spreads",
      "spread",
      normalised ? "Give the spread of each prediction." : "Leave them out, or fit with spreads.",
    );
  if (spread !== undefined) checkedSpread(spread, predictions.length);
  const half = predictions.map((_, i) => halfWidth * (spread?.[i] ?? 1));
  return {
    lower: predictions.map((one, i) => one - half[i]!),
    upper: predictions.map((one, i) => one + half[i]!),
  };
}

const KIND = "conformal";
const VERSION = 1;

/** As JSON; an endless width is null. */
export function conformalJson(conformal: Conformal) {
  const { halfWidth } = conformal;
  return {
    kind: KIND,
    version: VERSION,
    ...conformal,
    halfWidth: halfWidth === Infinity ? null : halfWidth,
  };
}

/** @throws Problem `MODEL_UNREADABLE` */
export function readConformal(json: unknown): Conformal {
  const parts = readParts(json, "conformal");
  if (parts.kind !== KIND || parts.version !== VERSION)
    unreadable(`It is ${String(parts.kind)}, version ${String(parts.version)}`, "kind");
  const { normalised } = parts;
  if (typeof normalised !== "boolean") unreadable("It is neither true nor false", "normalised");
  return {
    coverage: readNumber(parts.coverage, "coverage", Number.MIN_VALUE, 1 - Number.EPSILON / 2),
    rows: readWhole(parts.rows, "rows", 1, Number.MAX_SAFE_INTEGER),
    halfWidth: parts.halfWidth === null ? Infinity : readNumber(parts.halfWidth, "halfWidth", 0),
    normalised,
  };
}
