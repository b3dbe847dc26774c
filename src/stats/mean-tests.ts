/** Tests of means: one against a known mean, and two against each other. Takes moments, so sums from a table will do. */
import {
  requireFinite,
  requireLevel,
  requirePositive,
  requireSample,
  statsArgument,
} from "./check.ts";
import { studentT } from "./student-t.ts";
import { symmetricP, type TestOptions, type TestResult } from "./test-result.ts";

export interface Moments {
  /** Number of values. */
  readonly n: number;
  readonly mean: number;
  /** Sum of squared deviations ÷ (n − 1). */
  readonly variance: number;
}

/** A test of means, with the degrees of freedom of its t distribution. */
export interface MeanTest extends TestResult {
  readonly degrees: number;
}

/**
 * Mean and variance of a sample in two passes, so that a large mean does not swallow a small spread.
 *
 * @throws Problem `STATS_ARGUMENT` for fewer than two values or one that is not finite
 */
export function momentsOf(values: ArrayLike<number>): Moments {
  requireSample("momentsOf", "values", values, 2);
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += ((values[i] as number) - mean) / (i + 1);
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < n; i++) {
    const gap = (values[i] as number) - mean;
    squares += gap * gap;
    rest += gap;
  }
  return { n, mean, variance: Math.max(0, squares - (rest * rest) / n) / (n - 1) };
}

function requireMoments(where: string, name: string, { n, mean, variance }: Moments): void {
  if (!(n >= 2 && Number.isFinite(n))) {
    throw statsArgument(where, `${name}.n is ${n}`, "A spread needs at least two values.");
  }
  requireFinite(where, `${name}.mean`, mean);
  if (!(variance >= 0 && Number.isFinite(variance))) {
    throw statsArgument(where, `${name}.variance is ${variance}`, "Give a variance of at least 0.");
  }
}

function byT(
  where: string,
  estimate: number,
  error: number,
  degrees: number,
  against: number,
  { level = 0.95, alternative = "two-sided" }: TestOptions,
): MeanTest {
  requireLevel(where, level);
  const t = studentT(degrees);
  const statistic = (estimate - against) / error;
  const reach = t.upperQuantile((1 - level) / 2) * error;
  return {
    estimate,
    low: estimate - reach,
    high: estimate + reach,
    level,
    statistic,
    degrees,
    p: symmetricP(t, statistic, alternative),
  };
}

function noSpread(where: string): ReturnType<typeof statsArgument> {
  return statsArgument(
    where,
    "All values are the same",
    "A test of means needs values that differ; compare the constants directly.",
  );
}

/**
 * Student's test of one mean against a known one.
 *
 * @param expected the mean under "no difference"
 * @returns estimate = mean
 * @throws Problem `STATS_ARGUMENT` for fewer than two values, no spread, or a level out of range
 */
export function oneMeanTest(
  sample: Moments,
  expected: number,
  options: TestOptions = {},
): MeanTest {
  requireMoments("oneMeanTest", "sample", sample);
  requireFinite("oneMeanTest", "expected", expected);
  if (sample.variance === 0) throw noSpread("oneMeanTest");
  const error = Math.sqrt(sample.variance / sample.n);
  return byT("oneMeanTest", sample.mean, error, sample.n - 1, expected, options);
}

/**
 * Welch's test of two means whose spreads may differ.
 *
 * @returns estimate = first mean − second mean
 * @throws Problem `STATS_ARGUMENT` for fewer than two values on a side, no spread on both, or a level out of range
 * @see Welch (1947), Biometrika 34(1/2)
 */
export function welchTest(first: Moments, second: Moments, options: TestOptions = {}): MeanTest {
  requireMoments("welchTest", "first", first);
  requireMoments("welchTest", "second", second);
  const one = first.variance / first.n;
  const two = second.variance / second.n;
  const whole = one + two;
  if (whole === 0) throw noSpread("welchTest");
  const share = one / whole;
  const degrees =
    1 / ((share * share) / (first.n - 1) + ((1 - share) * (1 - share)) / (second.n - 1));
  requirePositive("welchTest", "degrees", degrees);
  return byT("welchTest", first.mean - second.mean, Math.sqrt(whole), degrees, 0, options);
}
