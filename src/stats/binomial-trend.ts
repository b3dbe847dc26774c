/** How a share changes along a line: logistic regression on one variable, with as much scatter as the data show. */
import { requireCount, requireFinite, requireLevel, statsArgument } from "./check.ts";
import type { Hits } from "./proportion-tests.ts";
import { studentT } from "./student-t.ts";

/** Hits in trials at a place on the line. */
export interface PlacedHits extends Hits {
  readonly at: number;
}

export interface BinomialTrend {
  /** Change of ln odds per unit of `at`. */
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
  /** ln odds at 0. */
  readonly intercept: number;
  /** Pearson's χ² ÷ degrees of freedom, at least 1: how much wider than chance the shares scatter. */
  readonly scatter: number;
  /** Chance of a slope this far from 0, or further, if there were none: Student's t with points − 2 degrees. */
  readonly p: number;
}

const MOST_STEPS = 200;

/**
 * Fits ln odds = intercept + slope · at by maximum likelihood (Newton's method), and widens the variance of the slope by
 * the scatter of the points about the line, never below that of chance (quasi-binomial).
 *
 * Points without trials are left out.
 *
 * @returns null where nothing can be told: fewer than three points, all at one place, no hit or no miss at all, or hits
 *   and misses that a point on the line parts completely
 * @throws Problem `STATS_ARGUMENT` for counts, places or level out of range
 * @see McCullagh & Nelder (1989), Generalized Linear Models, sections 4.4 and 4.5
 */
export function binomialTrend(points: readonly PlacedHits[], level = 0.95): BinomialTrend | null {
  const where = "binomialTrend";
  requireLevel(where, level);
  const tried: PlacedHits[] = [];
  let hits = 0;
  let trials = 0;
  for (const [i, point] of points.entries()) {
    requireFinite(where, `points[${i}].at`, point.at);
    requireCount(where, `points[${i}].trials`, point.trials);
    requireCount(where, `points[${i}].hits`, point.hits);
    if (point.hits > point.trials) {
      throw statsArgument(
        where,
        `points[${i}] has ${point.hits} hits in ${point.trials} trials`,
        "Give no more hits than trials.",
      );
    }
    if (point.trials === 0) continue;
    tried.push(point);
    hits += point.hits;
    trials += point.trials;
  }
  if (tried.length < 3 || !overlaps(tried)) return null;
  const fit = climbTo(tried, Math.log(hits / (trials - hits)));
  if (fit === null) return null;
  const { intercept, slope, variance } = fit;
  let pearson = 0;
  for (const point of tried) {
    const { rest, weight } = beside(point, intercept + slope * point.at);
    pearson += rest ** 2 / weight;
  }
  const degrees = tried.length - 2;
  const scatter = Math.max(1, pearson / degrees);
  const error = Math.sqrt(variance * scatter);
  const t = studentT(degrees);
  const reach = t.upperQuantile((1 - level) / 2) * error;
  return {
    slope,
    low: slope - reach,
    high: slope + reach,
    level,
    intercept,
    scatter,
    p: Math.min(1, 2 * t.upper(Math.abs(slope) / error)),
  };
}

/** Whether hits and misses lie about each other on the line; else ever steeper lines would fit ever better. */
function overlaps(points: readonly PlacedHits[]): boolean {
  const places = (some: (point: PlacedHits) => boolean) => points.filter(some).map(({ at }) => at);
  const hits = places((point) => point.hits > 0);
  const misses = places((point) => point.hits < point.trials);
  return Math.max(...hits) > Math.min(...misses) && Math.max(...misses) > Math.min(...hits);
}

/** Hits beyond those that ln odds let expect, and their variance; as exact where hits are rare as where misses are. */
function beside({ hits, trials }: PlacedHits, odds: number) {
  const share = 1 / (1 + Math.exp(-odds));
  const missing = 1 / (1 + Math.exp(odds));
  return { rest: hits * missing - (trials - hits) * share, weight: trials * share * missing };
}

/** ln likelihood of a line, without terms that do not depend on it. */
function height(points: readonly PlacedHits[], intercept: number, slope: number): number {
  return points.reduce((sum, { at, hits, trials }) => {
    const odds = intercept + slope * at;
    return sum + hits * odds - trials * (Math.max(0, odds) + Math.log1p(Math.exp(-Math.abs(odds))));
  }, 0);
}

/** Slopes of the ln likelihood at a line, and its curvature (the information) with the determinant of that. */
function shapeAt(points: readonly PlacedHits[], intercept: number, slope: number) {
  const shape = { byA: 0, byB: 0, aa: 0, ab: 0, bb: 0 };
  for (const point of points) {
    const { at } = point;
    const { rest, weight } = beside(point, intercept + slope * at);
    shape.byA += rest;
    shape.byB += rest * at;
    shape.aa += weight;
    shape.ab += weight * at;
    shape.bb += weight * at * at;
  }
  return { ...shape, size: shape.aa * shape.bb - shape.ab * shape.ab };
}

/** The likeliest line, and the variance of its slope under chance alone; null where rounding hides it. */
function climbTo(
  points: readonly PlacedHits[],
  start: number,
): { intercept: number; slope: number; variance: number } | null {
  // Centred on the mean place and in units of the spread, so that the two parts hardly disturb each other.
  const trials = points.reduce((sum, point) => sum + point.trials, 0);
  const centre = points.reduce((sum, { at, trials: of }) => sum + at * of, 0) / trials;
  const width = Math.max(...points.map(({ at }) => Math.abs(at - centre)));
  const near = points.map((point) => ({ ...point, at: (point.at - centre) / width }));
  let a = start;
  let b = 0;
  let top = height(near, a, b);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { byA, byB, aa, ab, bb, size } = shapeAt(near, a, b);
    if (!(size > 0)) return null;
    let moveA = (bb * byA - ab * byB) / size;
    let moveB = (aa * byB - ab * byA) / size;
    if (Math.abs(moveA) + Math.abs(moveB) < 1e-9) {
      const slope = b / width;
      return { slope, intercept: a - slope * centre, variance: aa / size / (width * width) };
    }
    // The likelihood has one top: a step that lands lower went too far.
    let landed = height(near, a + moveA, b + moveB);
    while (landed < top && Math.abs(moveA) + Math.abs(moveB) > 1e-12) {
      moveA /= 2;
      moveB /= 2;
      landed = height(near, a + moveA, b + moveB);
    }
    a += moveA;
    b += moveB;
    top = landed;
  }
  return null;
}
