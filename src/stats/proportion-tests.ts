/** Tests of shares: one against a known share, and two against each other. Takes counts. */
import { binomial } from "./binomial.ts";
import { requireCount, requireLevel, requireProbability, statsArgument } from "./check.ts";
import { clopperPearsonInterval, type Interval, wilsonInterval } from "./intervals.ts";
import { normal } from "./normal.ts";
import { symmetricP, type TestOptions, type TestResult } from "./test-result.ts";

/** Hits in trials, both whole numbers. */
export interface Hits {
  readonly hits: number;
  readonly trials: number;
}

function requireHits(where: string, name: string, { hits, trials }: Hits): void {
  requireCount(where, `${name}.trials`, trials, 1);
  requireCount(where, `${name}.hits`, hits);
  if (hits > trials) {
    throw statsArgument(
      where,
      `${name} has ${hits} hits in ${trials} trials`,
      "Give no more hits than trials.",
    );
  }
}

/**
 * Exact binomial test of one share against a known one, with Clopper and Pearson's interval.
 *
 * Two-sided p adds up every outcome that is no likelier than the one seen.
 *
 * @param expected the share under "no difference", in [0, 1]
 * @returns estimate = hits / trials, statistic = hits
 * @throws Problem `STATS_ARGUMENT` for counts, share or level out of range
 */
export function binomialTest(seen: Hits, expected: number, options: TestOptions = {}): TestResult {
  const { level = 0.95, alternative = "two-sided" } = options;
  requireHits("binomialTest", "seen", seen);
  requireProbability("binomialTest", "expected", expected);
  requireLevel("binomialTest", level);
  const { hits, trials } = seen;
  const chances = binomial(trials, expected);
  const interval = clopperPearsonInterval(hits, trials, level) as Interval;
  const lower = chances.cdf(hits);
  const upper = chances.upper(hits - 1);
  let p = alternative === "lower" ? lower : upper;
  if (alternative === "two-sided") p = noLikelier(seen, expected);
  return {
    estimate: hits / trials,
    ...interval,
    level,
    statistic: hits,
    p: Math.min(1, p),
  };
}

/** Chance of all outcomes whose mass is at most that of the one seen, equal ones told by 1e-7 of their size. */
function noLikelier({ hits, trials }: Hits, expected: number): number {
  const chances = binomial(trials, expected);
  const most = chances.mass(hits) * (1 + 1e-7);
  const mean = trials * expected;
  if (hits === mean) return 1;
  // On the other side of the mean masses fall away from it: the first one that is small enough, by halving.
  let low: number;
  let high: number;
  if (hits < mean) {
    low = Math.ceil(mean);
    high = trials + 1;
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (chances.mass(middle) <= most) high = middle;
      else low = middle + 1;
    }
    return chances.cdf(hits) + chances.upper(low - 1);
  }
  low = -1;
  high = Math.floor(mean);
  while (low < high) {
    const middle = high - Math.floor((high - low) / 2);
    if (middle < 0 || chances.mass(middle) <= most) low = middle;
    else high = middle - 1;
  }
  return chances.cdf(low) + chances.upper(hits - 1);
}

/**
 * Two shares against each other: z test with the pooled share, and Newcombe's interval of the difference made of two
 * Wilson intervals, which stays within [−1, 1] and needs no hits on either side.
 *
 * @returns estimate = first share − second share; statistic = z, 0 where both shares are 0 or both are 1
 * @throws Problem `STATS_ARGUMENT` for counts or level out of range
 * @see Newcombe (1998), Statistics in Medicine 17, method 10
 */
export function twoProportionTest(
  first: Hits,
  second: Hits,
  options: TestOptions = {},
): TestResult {
  const { level = 0.95, alternative = "two-sided" } = options;
  requireHits("twoProportionTest", "first", first);
  requireHits("twoProportionTest", "second", second);
  requireLevel("twoProportionTest", level);
  const a = first.hits / first.trials;
  const b = second.hits / second.trials;
  const estimate = a - b;
  const pooled = (first.hits + second.hits) / (first.trials + second.trials);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials));
  const statistic = error > 0 ? estimate / error : 0;
  const one = wilsonInterval(first.hits, first.trials, level) as Interval;
  const two = wilsonInterval(second.hits, second.trials, level) as Interval;
  return {
    estimate,
    low: estimate - Math.hypot(a - one.low, two.high - b),
    high: estimate + Math.hypot(one.high - a, b - two.low),
    level,
    statistic,
    p: symmetricP(normal(), statistic, alternative),
  };
}
