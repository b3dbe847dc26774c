/** Fisher's exact test of a two-by-two table, with the odds ratio and its exact interval. */
import { requireCount, requireLevel, statsArgument } from "./check.ts";
import { solveRising } from "./solve-rising.ts";
import type { TestOptions } from "./test-result.ts";

/** Rows are the two groups; columns are hits and misses. */
export type TwoByTwo = readonly [readonly [number, number], readonly [number, number]];

export interface FisherTest {
  /** Odds ratio under which the table seen is likeliest; null (no upper bound) where a cell makes it infinite. */
  readonly oddsRatio: number | null;
  readonly low: number;
  /** Null where there is no upper bound. */
  readonly high: number | null;
  readonly level: number;
  readonly p: number;
}

/** More tables with these margins than this are not walked through. */
const MOST_TABLES = 200_000;

/**
 * All margins fixed, every table as likely as drawing without replacement makes it. Two-sided p adds up the tables that
 * are no likelier than the one seen; the interval inverts the two one-sided tests at half the error each.
 *
 * @throws Problem `STATS_ARGUMENT` for cells that are no counts, a margin of 0, or more than 200,000 tables with
 *   these margins (then χ² is as good)
 * @see Fisher (1935), Journal of the Royal Statistical Society 98; Cornfield (1956)
 */
export function fisherExact(table: TwoByTwo, options: TestOptions = {}): FisherTest {
  const { level = 0.95, alternative = "two-sided" } = options;
  requireLevel("fisherExact", level);
  const [[a, b], [c, d]] = table;
  for (const [name, cell] of Object.entries({ a, b, c, d }))
    requireCount("fisherExact", name, cell);
  const first = a + b;
  const second = c + d;
  const hits = a + c;
  if (first === 0 || second === 0 || hits === 0 || b + d === 0) {
    throw statsArgument(
      "fisherExact",
      `A row or column of ${JSON.stringify(table)} is empty`,
      "Both groups and both outcomes need at least one member.",
    );
  }
  const least = Math.max(0, hits - second);
  const most = Math.min(hits, first);
  if (most - least > MOST_TABLES) {
    throw statsArgument(
      "fisherExact",
      `${most - least + 1} tables have these margins`,
      "Use the chi-squared test of independence: at this size both agree.",
    );
  }
  const chances = new Margins(first, second, hits, least, most);
  const seen = a - least;
  const tail = (1 - level) / 2;
  return {
    oddsRatio: seen === 0 ? 0 : a === most ? null : Math.exp(chances.logOddsWithMean(a)),
    low: seen === 0 ? 0 : Math.exp(chances.logOddsWith(seen, tail, false)),
    high: a === most ? null : Math.exp(chances.logOddsWith(seen, tail, true)),
    level,
    p: chances.p(seen, alternative),
  };
}

/** The tables with given margins, by their upper left cell, and how likely each is at given odds. */
class Margins {
  /** ln of the number of ways to each table, up to a constant. */
  readonly #logWays: Float64Array;
  readonly #least: number;
  readonly #mode: number;

  constructor(first: number, second: number, hits: number, least: number, most: number) {
    this.#least = least;
    this.#logWays = new Float64Array(most - least + 1);
    // From the likeliest table outward, so that rounding adds up where chances are small.
    const mode = Math.min(
      most,
      Math.max(least, Math.floor(((hits + 1) * (first + 1)) / (first + second + 2))),
    );
    this.#mode = mode;
    const step = (x: number) =>
      Math.log(((first - x) / (x + 1)) * ((hits - x) / (second - hits + x + 1)));
    for (let x = mode; x < most; x++) {
      this.#logWays[x + 1 - least] = (this.#logWays[x - least] as number) + step(x);
    }
    for (let x = mode; x > least; x--) {
      this.#logWays[x - 1 - least] = (this.#logWays[x - least] as number) - step(x - 1);
    }
  }

  /** Weights of all tables at this ln odds, the largest 1. */
  #weights(logOdds: number): Float64Array {
    let top = Number.NEGATIVE_INFINITY;
    const weights = this.#logWays.map((ways, i) => ways + (i - this.#mode + this.#least) * logOdds);
    for (const weight of weights) if (weight > top) top = weight;
    return weights.map((weight) => Math.exp(weight - top));
  }

  p(seen: number, alternative: "two-sided" | "lower" | "higher"): number {
    const weights = this.#weights(0);
    const most = (weights[seen] as number) * (1 + 1e-7);
    let all = 0;
    let extreme = 0;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] as number;
      all += weight;
      const counts =
        alternative === "lower" ? i <= seen : alternative === "higher" ? i >= seen : weight <= most;
      if (counts) extreme += weight;
    }
    return Math.min(1, extreme / all);
  }

  /** ln odds at which the mean of the cell is the cell seen: the likeliest odds. */
  logOddsWithMean(cell: number): number {
    return solveRising((logOdds) => {
      const weights = this.#weights(logOdds);
      let all = 0;
      let sum = 0;
      for (let i = 0; i < weights.length; i++) {
        all += weights[i] as number;
        sum += (weights[i] as number) * (i + this.#least - cell);
      }
      return sum / all;
    });
  }

  /** ln odds at which the chance of a cell ≤ seen (or ≥ seen) is `tail`. */
  logOddsWith(seen: number, tail: number, atMost: boolean): number {
    return solveRising((logOdds) => {
      const weights = this.#weights(logOdds);
      let inside = 0;
      let outside = 0;
      for (let i = 0; i < weights.length; i++) {
        if (atMost ? i <= seen : i >= seen) inside += weights[i] as number;
        else outside += weights[i] as number;
      }
      const chance = inside / (inside + outside);
      return atMost ? tail - chance : chance - tail;
    });
  }
}
