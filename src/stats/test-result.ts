/** What every test of a difference answers, and the side it looks at. */
import type { Distribution } from "./distribution.ts";

export interface TestResult {
  /** What the test is about, in the unit of the data (a difference, a share, a mean). */
  readonly estimate: number;
  /** Two-sided interval of the estimate. */
  readonly low: number;
  readonly high: number;
  /** Confidence level of the interval. */
  readonly level: number;
  /** The number held against its distribution. */
  readonly statistic: number;
  /** Chance of a statistic this far out, or further, if there were no difference. */
  readonly p: number;
}

/** What would speak against "no difference": any, only a lower or only a higher estimate. */
export type Alternative = "two-sided" | "lower" | "higher";

export interface TestOptions {
  /** Default 0.95. */
  readonly level?: number;
  /** Default two-sided. The interval is two-sided whatever this says. */
  readonly alternative?: Alternative;
}

/** p of a statistic whose distribution is symmetric about 0. */
export function symmetricP(
  distribution: Pick<Distribution, "upper">,
  statistic: number,
  alternative: Alternative,
): number {
  if (alternative === "higher") return distribution.upper(statistic);
  if (alternative === "lower") return distribution.upper(-statistic);
  return Math.min(1, 2 * distribution.upper(Math.abs(statistic)));
}
