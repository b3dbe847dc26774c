/** Intervals, tests and fits against scipy and statsmodels; the fixture names its script and their versions. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bcaLimits } from "../../src/stats/bootstrap.ts";
import { goodnessOfFit, independence } from "../../src/stats/chi-squared-tests.ts";
import { fisherExact, type TwoByTwo } from "../../src/stats/fisher-exact.ts";
import {
  clopperPearsonInterval,
  type Interval,
  jeffreysInterval,
  poissonInterval,
  wilsonInterval,
} from "../../src/stats/intervals.ts";
import { kaplanMeier, survivalQuantile } from "../../src/stats/kaplan-meier.ts";
import { kolmogorovSmirnov, kolmogorovUpper } from "../../src/stats/kolmogorov-smirnov.ts";
import { mannWhitney } from "../../src/stats/mann-whitney.ts";
import { momentsOf, oneMeanTest, welchTest } from "../../src/stats/mean-tests.ts";
import { benjaminiHochberg, bonferroni, holm } from "../../src/stats/multiple-testing.ts";
import { binomialTest, twoProportionTest } from "../../src/stats/proportion-tests.ts";
import { fitRates, shrunkenRate } from "../../src/stats/shrunken-rates.ts";
import { fitShares, shrunkenShare } from "../../src/stats/shrunken-shares.ts";
import type { Alternative } from "../../src/stats/test-result.ts";

type Pair = [number, number];
type BySide = Record<Alternative, number>;
interface Reference {
  intervals: ({ hits: number; trials: number; level: number } & Record<
    "wilson" | "clopperPearson" | "jeffreys" | "poisson",
    Pair
  >)[];
  proportionTests: {
    one: (BySide & { hits: number; trials: number; expected: number })[];
    two: (BySide & { first: Pair; second: Pair; z: number; newcombe90: Pair })[];
  };
  meanTests: (BySide & {
    first: number[];
    second: number[];
    expected: number;
    t: number;
    interval: Pair;
    "one two-sided": number;
    "one lower": number;
    "one higher": number;
    "one interval 90": Pair;
  })[];
  fisher: (BySide & {
    table: TwoByTwo;
    oddsRatio: number | null;
    interval: [number, number | null];
  })[];
  chiSquared: {
    fit: { counts: number[]; shares: number[]; statistic: number; p: number }[];
    table: { table: number[][]; statistic: number; p: number; degrees: number; v: number }[];
  };
  rankTests: {
    samples: {
      first: number[];
      second: number[];
      method: string;
      u: number;
      "u two-sided": number;
      "u lower": number;
      "u higher": number;
      d: number;
      at: number;
      ks: number | null;
    }[];
    limit: Pair[];
  };
  multiple: Record<"ps" | "bonferroni" | "holm" | "benjaminiHochberg", number[]>;
  biasCorrected: {
    replicates: number[];
    estimate: number;
    jackknife: number[];
    level: number;
    interval: Pair;
  };
  shares: {
    hits: number[];
    trials: number[];
    mean: number;
    precision: number;
    logLikelihood: number;
    first: [number, number, number];
  }[];
  rates: {
    count: number[];
    exposure: number[];
    mean: number;
    shape: number;
    logLikelihood: number;
    first: [number, number, number];
  }[];
  survival: {
    times: number[];
    happened: number[];
    steps: [number, number, number, number, number | null, number | null][];
    median: number;
    medianInterval: Pair;
  };
}
const reference: Reference = JSON.parse(
  readFileSync(new URL("../fixtures/reference/stats.json", import.meta.url), "utf8"),
);
const SIDES: Alternative[] = ["two-sided", "lower", "higher"];

/** Relative to the number wanted, with 1e-14 to spare about 0. */
function near(got: number | null | undefined, want: number | null, tolerance: number, at: unknown) {
  if (want === null) return expect([at, got]).toEqual([at, null]);
  const distance = Math.abs((got ?? Number.NaN) - want);
  const allowed = tolerance * Math.abs(want) + (Math.abs(want) > 1e-3 ? 0 : 1e-16);
  expect([at, got, want, distance <= allowed]).toEqual([at, got, want, true]);
}
function nearBoth(got: Interval | null, [low, high]: Pair, tolerance: number, at: unknown) {
  near(got?.low, low, tolerance, [at, "low"]);
  near(got?.high, high, tolerance, [at, "high"]);
}

it("has statsmodels' intervals of proportions and scipy's of Poisson means at four levels (1e-9)", () => {
  for (const row of reference.intervals) {
    const { hits, trials, level } = row;
    nearBoth(wilsonInterval(hits, trials, level), row.wilson, 1e-9, row);
    nearBoth(clopperPearsonInterval(hits, trials, level), row.clopperPearson, 1e-9, row);
    nearBoth(jeffreysInterval(hits, trials, level), row.jeffreys, 1e-9, row);
    nearBoth(poissonInterval(hits, level), row.poisson, 1e-9, row);
  }
});

it("has scipy's exact binomial test and statsmodels' z test with Newcombe's interval (1e-9)", () => {
  for (const row of reference.proportionTests.one) {
    for (const alternative of SIDES) {
      const got = binomialTest(row, row.expected, { alternative });
      near(got.p, row[alternative], 1e-9, [row, alternative]);
    }
  }
  for (const row of reference.proportionTests.two) {
    const [first, second] = [row.first, row.second].map(([hits, trials]) => ({ hits, trials })) as [
      { hits: number; trials: number },
      { hits: number; trials: number },
    ];
    for (const alternative of SIDES) {
      const got = twoProportionTest(first, second, { alternative, level: 0.9 });
      near(got.p, row[alternative], 1e-9, [row, alternative]);
      near(got.statistic, row.z, 1e-12, row);
      nearBoth(got, row.newcombe90, 1e-9, row);
    }
  }
});

it("has scipy's t tests of one mean and of two (1e-8)", () => {
  for (const row of reference.meanTests) {
    const first = momentsOf(row.first);
    const second = momentsOf(row.second);
    for (const alternative of SIDES) {
      const two = welchTest(first, second, { alternative });
      near(two.p, row[alternative], 1e-9, alternative);
      near(two.statistic, row.t, 1e-11, "t");
      nearBoth(two, row.interval, 1e-8, "interval");
      const one = oneMeanTest(first, row.expected, { alternative, level: 0.9 });
      near(one.p, row[`one ${alternative}`], 1e-9, alternative);
      nearBoth(one, row["one interval 90"], 1e-8, "one interval");
    }
  }
});

it("has scipy's Fisher test, likeliest odds ratio and its exact interval (p 1e-10, odds 1e-6)", () => {
  for (const row of reference.fisher) {
    for (const alternative of SIDES) {
      const got = fisherExact(row.table, { alternative });
      near(got.p, row[alternative], 1e-10, [row, alternative]);
      near(got.oddsRatio, row.oddsRatio, 1e-6, row);
      near(got.low, row.interval[0], 1e-6, row);
      near(got.high, row.interval[1], 1e-6, row);
    }
  }
});

it("has scipy's chi-squared tests and Cramér's V (1e-10)", () => {
  for (const { counts, shares, statistic, p } of reference.chiSquared.fit) {
    const got = goodnessOfFit(counts, shares);
    near(got.statistic, statistic, 1e-12, counts);
    near(got.p, p, 1e-10, counts);
  }
  for (const { table, statistic, p, degrees, v } of reference.chiSquared.table) {
    const got = independence(table);
    near(got.statistic, statistic, 1e-12, table);
    near(got.p, p, 1e-10, table);
    near(got.cramersV, v, 1e-12, table);
    expect(got.degrees).toBe(degrees);
  }
});

it("has scipy's Mann-Whitney and Kolmogorov-Smirnov tests, exact and in the limit (1e-9)", () => {
  for (const row of reference.rankTests.samples) {
    for (const alternative of SIDES) {
      const got = mannWhitney(row.first, row.second, alternative);
      near(got.p, row[`u ${alternative}`], 1e-9, alternative);
      expect([got.statistic, got.method]).toEqual([row.u, row.method]);
    }
    const ks = kolmogorovSmirnov(row.first, row.second);
    near(ks.statistic, row.d, 1e-12, "d");
    if (row.ks !== null) near(ks.p, row.ks, 1e-9, "ks");
  }
  for (const [x, p] of reference.rankTests.limit) near(kolmogorovUpper(x), p, 1e-12, x);
});

it("has statsmodels' adjusted p-values (1e-14)", () => {
  const { ps } = reference.multiple;
  for (const [name, adjust] of Object.entries({ bonferroni, holm, benjaminiHochberg })) {
    const want = reference.multiple[name as "holm"];
    for (const [i, p] of adjust(ps).entries()) near(p, want[i] as number, 1e-14, [name, i]);
  }
});

it("takes scipy's accelerated ends from scipy's own draws (1e-9)", () => {
  const { replicates, estimate, jackknife, level, interval } = reference.biasCorrected;
  const got = bcaLimits(Float64Array.from(replicates), estimate, jackknife, level);
  nearBoth(got, interval, 1e-9, "bca");
});

it("finds the spread of shares and rates where scipy's optimiser finds it (1e-4, likelihood 1e-9)", () => {
  for (const row of reference.shares) {
    const fit = fitShares(row.hits.map((hits, i) => ({ hits, trials: row.trials[i] as number })));
    near(fit.mean, row.mean, 1e-5, "mean");
    near(fit.precision, row.precision, 1e-4, "precision");
    near(fit.logLikelihood, row.logLikelihood, 1e-9, "likelihood");
    const first = { hits: row.hits[0] as number, trials: row.trials[0] as number };
    const got = shrunkenShare(fit, first, 0.9);
    near(got.mean, row.first[0], 1e-4, "posterior mean");
    nearBoth(got, [row.first[1], row.first[2]], 1e-4, "posterior");
  }
  for (const row of reference.rates) {
    const fit = fitRates(
      row.count.map((count, i) => ({ count, exposure: row.exposure[i] as number })),
    );
    near(fit.mean, row.mean, 1e-5, "mean");
    near(fit.shape, row.shape, 1e-4, "shape");
    near(fit.logLikelihood, row.logLikelihood, 1e-9, "likelihood");
    const first = { count: row.count[0] as number, exposure: row.exposure[0] as number };
    const got = shrunkenRate(fit, first, 0.9);
    near(got.mean, row.first[0], 1e-4, "posterior mean");
    nearBoth(got, [row.first[1], row.first[2]], 1e-4, "posterior");
  }
});

it("has statsmodels' survival curve with Greenwood's log-log bounds (1e-9)", () => {
  const { times, happened, steps, median, medianInterval } = reference.survival;
  const curve = kaplanMeier(times, happened);
  expect(curve.steps.length).toBe(steps.length);
  for (const [i, [time, atRisk, events, survival, low, high]] of steps.entries()) {
    const step = curve.steps[i];
    expect([step?.time, step?.atRisk, step?.events]).toEqual([time, atRisk, events]);
    near(step?.survival, survival, 1e-12, time);
    if (low !== null) near(step?.low, low, 1e-9, time);
    if (high !== null) near(step?.high, high, 1e-9, time);
  }
  expect(survivalQuantile(curve, 0.5)).toEqual({
    time: median,
    low: medianInterval[0],
    high: medianInterval[1],
  });
});
