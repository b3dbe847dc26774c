/** Shares of many units, each drawn towards the others as far as its own trials are few: empirical-Bayes beta-binomial. */
import { beta } from "./beta.ts";
import { requireCount, requireLevel, statsArgument } from "./check.ts";
import { climb } from "./climb.ts";
import { type Interval, jeffreysInterval } from "./intervals.ts";
import { digammaRise, logRising } from "./log-gamma.ts";
import type { Hits } from "./proportion-tests.ts";

/** How the units' true shares are spread: as a beta(a, b) variable. */
export interface SharePrior {
  /** Mean share over units, a / (a + b). */
  readonly mean: number;
  /** a + b, the trials that the prior is worth; null where the units do not differ more than chance makes them. */
  readonly precision: number | null;
  /** Marginal ln likelihood at the fit, without binomial coefficients. */
  readonly logLikelihood: number;
  readonly units: number;
  /** Sums over all units. */
  readonly hits: number;
  readonly trials: number;
}

/** What is believed of one unit's true share after its own trials. */
export interface Shrunken {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** Weight of the unit's own share in the mean, in [0, 1). */
  readonly ownWeight: number;
}

/** Precisions above e^18 cannot be told from infinite ones. */
const MOST_LOG_PRECISION = 18;

/**
 * Fits the spread of the units' shares by maximum marginal likelihood, from a start by moments.
 *
 * @param units one per unit; units without trials are left out
 * @throws Problem `STATS_ARGUMENT` for counts out of range, fewer than two units with trials, or hits in none or in all
 *   of the trials
 * @see Casella (1985), The American Statistician 39(2)
 */
export function fitShares(units: readonly Hits[]): SharePrior {
  const where = "fitShares";
  let hits = 0;
  let trials = 0;
  const tried: Hits[] = [];
  for (const [i, unit] of units.entries()) {
    requireCount(where, `units[${i}].trials`, unit.trials);
    requireCount(where, `units[${i}].hits`, unit.hits);
    if (unit.hits > unit.trials) {
      throw statsArgument(
        where,
        `units[${i}] has ${unit.hits} hits in ${unit.trials} trials`,
        "Give no more hits than trials.",
      );
    }
    if (unit.trials === 0) continue;
    tried.push(unit);
    hits += unit.hits;
    trials += unit.trials;
  }
  requireCount(where, "number of units with trials", tried.length, 2);
  if (hits === 0 || hits === trials) {
    throw statsArgument(
      where,
      `There are ${hits} hits in ${trials} trials`,
      "Without both hits and misses nothing can be said of how units differ; use an interval of the pooled share.",
    );
  }
  const pooled = hits / trials;
  const same = tried.reduce(
    (sum, unit) =>
      sum + unit.hits * Math.log(pooled) + (unit.trials - unit.hits) * Math.log1p(-pooled),
    0,
  );
  const top = climb(
    (u, v) => shareLikelihood(tried, u, v),
    [Math.log(pooled / (1 - pooled)), Math.log(momentPrecision(tried, pooled))],
    40,
  );
  const spread = top.at[1] < MOST_LOG_PRECISION && top.height > same;
  return {
    mean: spread ? 1 / (1 + Math.exp(-top.at[0])) : pooled,
    precision: spread ? Math.exp(top.at[1]) : null,
    logLikelihood: spread ? top.height : same,
    units: tried.length,
    hits,
    trials,
  };
}

/** a + b by the variance of shares beyond that of chance; large where there is none. */
function momentPrecision(units: readonly Hits[], pooled: number): number {
  let squares = 0;
  let trials = 0;
  let trialSquares = 0;
  for (const unit of units) {
    squares += unit.trials * (unit.hits / unit.trials - pooled) ** 2;
    trials += unit.trials;
    trialSquares += unit.trials * unit.trials;
  }
  const chance = pooled * (1 - pooled);
  const scale = trials - trialSquares / trials - units.length + 1;
  const correlation = scale > 0 ? (squares / chance - (units.length - 1)) / scale : 0;
  return Math.min(1e6, Math.max(0.1, 1 / Math.max(correlation, 1e-9) - 1));
}

/** Marginal ln likelihood and its slope by u = ln(mean odds) and v = ln precision. */
function shareLikelihood(units: readonly Hits[], u: number, v: number) {
  const mean = 1 / (1 + Math.exp(-u));
  const miss = 1 / (1 + Math.exp(u));
  const precision = Math.exp(v);
  const a = mean * precision;
  const b = miss * precision;
  let height = 0;
  let byA = 0;
  let byB = 0;
  for (const { hits, trials } of units) {
    height += logRising(a, hits) + logRising(b, trials - hits) - logRising(precision, trials);
    const whole = digammaRise(precision, trials);
    byA += digammaRise(a, hits) - whole;
    byB += digammaRise(b, trials - hits) - whole;
  }
  return { height, slope: [(byA - byB) * a * miss, byA * a + byB * b] as const };
}

/**
 * Posterior of one unit's share: mean and equal-tailed interval of beta(a + hits, b + misses).
 *
 * The prior is taken as known, so the interval is a little narrow where there are few units. Where units do not differ,
 * the answer is the pooled share with Jeffreys' interval of it.
 *
 * @throws Problem `STATS_ARGUMENT` for counts or level out of range
 */
export function shrunkenShare(prior: SharePrior, unit: Hits, level = 0.95): Shrunken {
  const where = "shrunkenShare";
  requireLevel(where, level);
  requireCount(where, "unit.trials", unit.trials);
  requireCount(where, "unit.hits", unit.hits);
  requireCount(where, "misses of the unit", unit.trials - unit.hits);
  if (prior.precision === null) {
    const pooled = jeffreysInterval(prior.hits, prior.trials, level) as Interval;
    return { mean: prior.mean, ...pooled, level, ownWeight: 0 };
  }
  const a = prior.mean * prior.precision + unit.hits;
  const b = (1 - prior.mean) * prior.precision + unit.trials - unit.hits;
  const posterior = beta(a, b);
  const tail = (1 - level) / 2;
  return {
    mean: a / (a + b),
    low: posterior.quantile(tail),
    high: posterior.upperQuantile(tail),
    level,
    ownWeight: unit.trials / (unit.trials + prior.precision),
  };
}
