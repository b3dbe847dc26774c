/** Rates of many units, each drawn towards the others as far as its own exposure is small: empirical-Bayes gamma-Poisson. */
import { requireCount, requireLevel, requirePositive, statsArgument } from "./check.ts";
import { climb } from "./climb.ts";
import { gamma } from "./gamma.ts";
import { type Interval, poissonInterval } from "./intervals.ts";
import { digammaRise, logRising } from "./log-gamma.ts";
import type { Shrunken } from "./shrunken-shares.ts";

/** Events, and what they had time or money to happen in. */
export interface Events {
  /** A whole number ≥ 0. */
  readonly count: number;
  /** ≥ 0, finite, any unit; the rate is per this unit. */
  readonly exposure: number;
}

/** How the units' true rates are spread: as a gamma variable. */
export interface RatePrior {
  /** Mean rate over units. */
  readonly mean: number;
  /** Shape of the gamma variable, the events that the prior is worth; null where units do not differ beyond chance. */
  readonly shape: number | null;
  /** Marginal ln likelihood at the fit, without the terms that do not depend on it. */
  readonly logLikelihood: number;
  readonly units: number;
  /** Sums over all units. */
  readonly count: number;
  readonly exposure: number;
}

/** Shapes above e^18 cannot be told from infinite ones. */
const MOST_LOG_SHAPE = 18;

function requireEvents(where: string, name: string, { count, exposure }: Events): void {
  requireCount(where, `${name}.count`, count);
  if (!(exposure >= 0 && Number.isFinite(exposure))) {
    throw statsArgument(where, `${name}.exposure is ${exposure}`, "Give a finite exposure ≥ 0.");
  }
  if (exposure === 0 && count > 0) {
    throw statsArgument(
      where,
      `${name} has ${count} events and no exposure`,
      "Events need an exposure to be a rate.",
    );
  }
}

/**
 * Fits the spread of the units' rates by maximum marginal likelihood, from a start by moments.
 *
 * @param units one per unit; units without exposure are left out
 * @throws Problem `STATS_ARGUMENT` for counts or exposures out of range, fewer than two units with exposure, or no event
 * @see Clayton & Kaldor (1987), Biometrics 43(3)
 */
export function fitRates(units: readonly Events[]): RatePrior {
  const where = "fitRates";
  let count = 0;
  let exposure = 0;
  const exposed: Events[] = [];
  for (const [i, unit] of units.entries()) {
    requireEvents(where, `units[${i}]`, unit);
    if (unit.exposure === 0) continue;
    exposed.push(unit);
    count += unit.count;
    exposure += unit.exposure;
  }
  requireCount(where, "number of units with exposure", exposed.length, 2);
  requireCount(where, "number of events", count, 1);
  requirePositive(where, "exposure of all units", exposure);
  const pooled = count / exposure;
  const same = exposed.reduce(
    (sum, unit) =>
      sum +
      (unit.count === 0 ? 0 : unit.count * Math.log(pooled * unit.exposure)) -
      pooled * unit.exposure,
    0,
  );
  // (count − mean)² exceeds the mean by mean² / shape
  let beyond = 0;
  let squares = 0;
  for (const unit of exposed) {
    const mean = pooled * unit.exposure;
    beyond += (unit.count - mean) ** 2 - mean;
    squares += mean * mean;
  }
  const start = Math.min(1e6, Math.max(0.05, squares / Math.max(beyond, squares * 1e-7)));
  const top = climb((u, v) => rateLikelihood(exposed, u, v, pooled), [0, Math.log(start)], 40);
  const spread = top.at[1] < MOST_LOG_SHAPE && top.height > same;
  return {
    mean: spread ? pooled * Math.exp(top.at[0]) : pooled,
    shape: spread ? Math.exp(top.at[1]) : null,
    logLikelihood: spread ? top.height : same,
    units: exposed.length,
    count,
    exposure,
  };
}

/** Marginal ln likelihood and its slope by u = ln(mean / pooled rate) and v = ln shape. */
function rateLikelihood(units: readonly Events[], u: number, v: number, pooled: number) {
  const rate = pooled * Math.exp(u);
  const shape = Math.exp(v);
  let height = 0;
  let byU = 0;
  let byShape = 0;
  for (const { count, exposure } of units) {
    const mean = rate * exposure;
    const whole = shape + mean;
    const odds = Math.log1p(mean / shape);
    height += logRising(shape, count) - shape * odds;
    if (count > 0) height += count * Math.log(mean / whole);
    byU += (shape * (count - mean)) / whole;
    byShape += digammaRise(shape, count) - odds + (mean - count) / whole;
  }
  return { height, slope: [byU, byShape * shape] as const };
}

/**
 * Posterior of one unit's rate: mean and equal-tailed interval of gamma(shape + count) ÷ (shape / mean + exposure).
 *
 * The prior is taken as known, so the interval is a little narrow where there are few units. Where units do not differ,
 * the answer is the pooled rate with its Poisson interval.
 *
 * @throws Problem `STATS_ARGUMENT` for a count, exposure or level out of range
 */
export function shrunkenRate(prior: RatePrior, unit: Events, level = 0.95): Shrunken {
  const where = "shrunkenRate";
  requireLevel(where, level);
  requireEvents(where, "unit", unit);
  if (prior.shape === null) {
    const pooled = poissonInterval(prior.count, level) as Interval;
    return {
      mean: prior.mean,
      low: pooled.low / prior.exposure,
      high: pooled.high / prior.exposure,
      level,
      ownWeight: 0,
    };
  }
  const rate = prior.shape / prior.mean + unit.exposure;
  const posterior = gamma(prior.shape + unit.count, 1 / rate);
  const tail = (1 - level) / 2;
  return {
    mean: (prior.shape + unit.count) / rate,
    low: posterior.quantile(tail),
    high: posterior.upperQuantile(tail),
    level,
    ownWeight: unit.exposure / rate,
  };
}
