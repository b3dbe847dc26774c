/** Kaplan and Meier's curve: the share still waiting after a time, where some were only watched for part of it. */
import { requireLevel, statsArgument } from "./check.ts";
import { type Interval, twoSidedZ } from "./intervals.ts";

/** One time at which something happened. */
export interface SurvivalStep {
  readonly time: number;
  /** Those neither gone nor out of sight just before. */
  readonly atRisk: number;
  /** To how many it happened at this time. */
  readonly events: number;
  /** Share to whom it has not happened by then, this time included. */
  readonly survival: number;
  readonly low: number;
  readonly high: number;
}

export interface SurvivalCurve {
  /** Ascending times of events. */
  readonly steps: readonly SurvivalStep[];
  readonly rows: number;
  readonly events: number;
  /** Confidence level of the bounds at each single time. */
  readonly level: number;
  /** Longest time anybody was watched; the curve says nothing beyond. */
  readonly lastTime: number;
}

/**
 * Bounds are Greenwood's on the log-log scale, so they stay within [0, 1]. Where all at risk go at once the curve is 0;
 * there the scale has no bounds, and the upper one is kept from the step before.
 *
 * Somebody out of sight at the time of an event was still at risk then.
 *
 * @param times how long each was watched, finite, ≥ 0
 * @param happened 1 where it happened at that time, 0 where the watching ended before
 * @throws Problem `STATS_ARGUMENT` for no rows, unequal lengths, a time out of range, or a level that is none
 * @see Kaplan & Meier (1958), Journal of the American Statistical Association 53(282); Kalbfleisch & Prentice (1980)
 */
export function kaplanMeier(
  times: ArrayLike<number>,
  happened: ArrayLike<number>,
  level = 0.95,
): SurvivalCurve {
  const where = "kaplanMeier";
  requireLevel(where, level);
  const rows = times.length;
  if (rows === 0 || happened.length !== rows) {
    throw statsArgument(
      where,
      `There are ${rows} times and ${happened.length} entries of happened`,
      "Give one of each per row, at least one row.",
    );
  }
  for (let i = 0; i < rows; i++) {
    const time = times[i] as number;
    if (!(time >= 0 && Number.isFinite(time))) {
      throw statsArgument(where, `times[${i}] is ${time}`, "Give finite times of at least 0.");
    }
    if (happened[i] !== 0 && happened[i] !== 1) {
      throw statsArgument(where, `happened[${i}] is ${happened[i]}`, "Give 0 or 1.");
    }
  }
  const order = Int32Array.from({ length: rows }, (_, i) => i).sort(
    (i, j) => (times[i] as number) - (times[j] as number),
  );
  const z = twoSidedZ(level);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let spread = 0;
  let total = 0;
  let bounds: Interval = { low: 1, high: 1 };
  for (let from = 0; from < rows; ) {
    const time = times[order[from] as number] as number;
    const atRisk = rows - from;
    let events = 0;
    let to = from;
    for (; to < rows && times[order[to] as number] === time; to++) {
      events += happened[order[to] as number] as number;
    }
    from = to;
    if (events === 0) continue;
    total += events;
    survival *= (atRisk - events) / atRisk;
    spread += events / atRisk / (atRisk - events);
    bounds = survival > 0 ? logLogBounds(survival, spread, z) : { low: 0, high: bounds.high };
    steps.push({ time, atRisk, events, survival, ...bounds });
  }
  return {
    steps,
    rows,
    events: total,
    level,
    lastTime: times[order[rows - 1] as number] as number,
  };
}

function logLogBounds(survival: number, spread: number, z: number): Interval {
  const log = Math.log(survival);
  const reach = (z * Math.sqrt(spread)) / -log;
  return { low: Math.exp(log * Math.exp(reach)), high: Math.exp(log * Math.exp(-reach)) };
}

/**
 * Share to whom it has not happened by a time, with bounds; before the first event it is 1.
 *
 * @returns null beyond the longest time watched
 */
export function survivalAt(
  curve: SurvivalCurve,
  time: number,
): { readonly survival: number; readonly low: number; readonly high: number } | null {
  if (!(time <= curve.lastTime)) return null;
  let low = 0;
  let high = curve.steps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((curve.steps[middle] as SurvivalStep).time <= time) low = middle + 1;
    else high = middle;
  }
  const step = curve.steps[low - 1];
  if (step === undefined) return { survival: 1, low: 1, high: 1 };
  return { survival: step.survival, low: step.low, high: step.high };
}

/**
 * First time by which it has happened to at least this share, with the times at which the bounds reach it.
 *
 * @param share in (0, 1); 0.5 for the median
 * @returns null in place of a time that the curve does not reach
 * @throws Problem `STATS_ARGUMENT` for a share out of range
 * @see Brookmeyer & Crowley (1982), Biometrics 38(1)
 */
export function survivalQuantile(
  curve: SurvivalCurve,
  share: number,
): { readonly time: number | null; readonly low: number | null; readonly high: number | null } {
  if (!(share > 0 && share < 1)) {
    throw statsArgument("survivalQuantile", `share is ${share}`, "Give a share between 0 and 1.");
  }
  const rest = 1 - share + 1e-12;
  const first = (of: (step: SurvivalStep) => number) =>
    curve.steps.find((step) => of(step) <= rest)?.time ?? null;
  return {
    time: first((step) => step.survival),
    low: first((step) => step.low),
    high: first((step) => step.high),
  };
}
