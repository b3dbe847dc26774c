import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { binomial } from "../../src/stats/binomial.ts";
import { goodnessOfFit, independence } from "../../src/stats/chi-squared-tests.ts";
import { fisherExact } from "../../src/stats/fisher-exact.ts";
import { kolmogorovSmirnov } from "../../src/stats/kolmogorov-smirnov.ts";
import { mannWhitney } from "../../src/stats/mann-whitney.ts";
import { momentsOf, oneMeanTest, welchTest } from "../../src/stats/mean-tests.ts";
import { permutationTest } from "../../src/stats/permutation-test.ts";
import { binomialTest, type Hits, twoProportionTest } from "../../src/stats/proportion-tests.ts";

const refused = expect.objectContaining({ code: "STATS_ARGUMENT" });
const hits = fc
  .tuple(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([trials, share]): Hits => ({ hits: Math.round(trials * share), trials }));
const sample = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
  minLength: 3,
  maxLength: 40,
});
const fewValues = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });

/** All ways to pick `size` places out of `from`. */
function choices(from: number, size: number): number[][] {
  if (size === 0) return [[]];
  if (size > from) return [];
  return [
    ...choices(from - 1, size),
    ...choices(from - 1, size - 1).map((places) => [...places, from - 1]),
  ];
}

describe("the test of one share", () => {
  it("adds up the outcomes that are no likelier than the one seen", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(60),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trials, seen, share) => {
          const k = Math.min(seen, trials);
          const outcomes = binomial(trials, share);
          let p = 0;
          for (let i = 0; i <= trials; i++) {
            if (outcomes.mass(i) <= outcomes.mass(k) * (1 + 1e-7)) p += outcomes.mass(i);
          }
          expect(binomialTest({ hits: k, trials }, share).p).toBeCloseTo(Math.min(1, p), 10);
        },
      ),
    );
  });

  it("holds what the interval holds, nearly: both sides agree on what is too far", () => {
    const seen = { hits: 9, trials: 100 };
    const { low, high } = binomialTest(seen, 0.5);
    for (const [bound, alternative] of [
      [low, "higher"],
      [high, "lower"],
    ] as const) {
      expect(binomialTest(seen, bound, { alternative }).p).toBeCloseTo(0.025, 9);
    }
  });
});

describe("the test of two shares", () => {
  it("turns over when the shares change places, and sees no difference between equals", () => {
    fc.assert(
      fc.property(hits, hits, (a, b) => {
        const one = twoProportionTest(a, b);
        const two = twoProportionTest(b, a);
        expect(two.estimate).toBeCloseTo(-one.estimate, 12);
        expect(two.low).toBeCloseTo(-one.high, 12);
        expect(two.p).toBeCloseTo(one.p, 12);
        expect(one.low).toBeLessThanOrEqual(one.estimate);
        expect(one.high).toBeGreaterThanOrEqual(one.estimate);
        expect(one.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(one.high).toBeLessThanOrEqual(1 + 1e-12);
        expect(twoProportionTest(a, a).p).toBe(1);
        const sides = (["lower", "higher"] as const).map(
          (alternative) => twoProportionTest(a, b, { alternative }).p,
        );
        expect((sides[0] as number) + (sides[1] as number)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("covers the true difference as often as it says, over all outcomes of two small groups", () => {
    let held = 0;
    const [a, b] = [binomial(30, 0.2), binomial(25, 0.35)];
    for (let i = 0; i <= 30; i++) {
      for (let j = 0; j <= 25; j++) {
        const { low, high } = twoProportionTest({ hits: i, trials: 30 }, { hits: j, trials: 25 });
        if (low <= -0.15 && -0.15 <= high) held += a.mass(i) * b.mass(j);
      }
    }
    expect(held).toBeGreaterThan(0.94);
    expect(held).toBeLessThan(0.97);
  });
});

describe("tests of means", () => {
  it("keeps the small spread of large numbers", () => {
    const { mean, variance } = momentsOf([1e9 + 1, 1e9 + 2, 1e9 + 3]);
    expect([mean, variance]).toEqual([1e9 + 2, 1]);
  });

  it("holds a mean within its interval exactly when p is above the error", () => {
    fc.assert(
      fc.property(sample, fc.double({ min: -50, max: 50, noNaN: true }), (values, mean) => {
        const moments = momentsOf(values);
        if (moments.variance < 1e-6) return;
        const { low, high, p } = oneMeanTest(moments, mean, { level: 0.9 });
        if (Math.abs(p - 0.1) > 1e-9) expect(low <= mean && mean <= high).toBe(p > 0.1);
      }),
    );
  });

  it("turns over with its samples and does not see a common shift", () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [x, y] = [momentsOf(a), momentsOf(b)];
        if (x.variance < 1e-6 || y.variance < 1e-6) return;
        const one = welchTest(x, y);
        expect(welchTest(y, x).p).toBeCloseTo(one.p, 12);
        expect(welchTest(y, x).low).toBeCloseTo(-one.high, 9);
        const shifted = welchTest({ ...x, mean: x.mean + 8 }, { ...y, mean: y.mean + 8 });
        expect(shifted.p).toBeCloseTo(one.p, 6);
        const few = Math.min(a.length, b.length) - 1;
        expect(one.degrees).toBeGreaterThanOrEqual(few - 1e-9);
        expect(one.degrees).toBeLessThanOrEqual(a.length + b.length - 2 + 1e-9);
      }),
    );
  });

  it("raises a false alarm as often as its level allows, also when spreads differ", () => {
    const random = seededRandom(3);
    let alarms = 0;
    for (let i = 0; i < 4000; i++) {
      const a = Array.from({ length: 8 }, () => random.normal() * 5);
      const b = Array.from({ length: 25 }, () => random.normal());
      if (welchTest(momentsOf(a), momentsOf(b)).p < 0.05) alarms++;
    }
    expect(alarms / 4000).toBeGreaterThan(0.035);
    expect(alarms / 4000).toBeLessThan(0.065);
  });

  it("asks for values that differ", () => {
    const flat = momentsOf([2, 2, 2]);
    expect(() => oneMeanTest(flat, 1)).toThrow(refused);
    expect(() => welchTest(flat, flat)).toThrow(refused);
    expect(welchTest(flat, momentsOf([1, 2, 3])).p).toBe(1);
    expect(() => momentsOf([1])).toThrow(refused);
    expect(() => momentsOf([1, Number.NaN])).toThrow(refused);
    expect(() => welchTest({ n: 1, mean: 0, variance: 1 }, flat)).toThrow(refused);
    expect(() => welchTest({ n: 5, mean: 0, variance: -1 }, flat)).toThrow(refused);
  });
});

describe("Fisher's exact test", () => {
  it("gives the lady tasting tea 1 in 70 for eight cups told apart, and 34 in 70 for two mistaken", () => {
    const right = fisherExact([
      [4, 0],
      [0, 4],
    ]);
    expect(right.p).toBeCloseTo(2 / 70, 14);
    expect([right.oddsRatio, right.high]).toEqual([null, null]);
    expect(
      fisherExact(
        [
          [3, 1],
          [1, 3],
        ],
        { alternative: "higher" },
      ).p,
    ).toBeCloseTo(17 / 70, 14);
  });

  it("inverts the odds when rows change places, and holds 1 exactly when neither one-sided p is small", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }), (cells) => {
        const [a, b, c, d] = cells as [number, number, number, number];
        if (a + b === 0 || c + d === 0 || a + c === 0 || b + d === 0) return;
        const one = fisherExact([
          [a, b],
          [c, d],
        ]);
        const two = fisherExact([
          [c, d],
          [a, b],
        ]);
        expect(two.p).toBeCloseTo(one.p, 10);
        if (one.high === null) expect(two.low).toBe(0);
        else expect(two.low * one.high).toBeCloseTo(1, 7);
        const sides = (["lower", "higher"] as const).map(
          (alternative) =>
            fisherExact(
              [
                [a, b],
                [c, d],
              ],
              { alternative },
            ).p,
        ) as [number, number];
        const holdsOne = one.low <= 1 && (one.high === null || one.high >= 1);
        if (sides.every((p) => Math.abs(p - 0.025) > 1e-9)) {
          expect(holdsOne).toBe(Math.min(...sides) > 0.025);
        }
        const odds = one.oddsRatio ?? Number.POSITIVE_INFINITY;
        expect(one.low).toBeLessThanOrEqual(odds);
        expect(one.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(odds);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses an empty margin and cells that are no counts", () => {
    expect(() =>
      fisherExact([
        [0, 0],
        [1, 2],
      ]),
    ).toThrow(refused);
    expect(() =>
      fisherExact([
        [1.5, 0],
        [1, 2],
      ]),
    ).toThrow(refused);
    expect(() =>
      fisherExact([
        [1e6, 1e6],
        [1e6, 1e6],
      ]),
    ).toThrow(refused);
  });
});

describe("chi-squared tests", () => {
  it("are 0 where counts are as expected, and the square of z for two shares", () => {
    expect(goodnessOfFit([10, 20, 30], [1, 2, 3])).toMatchObject({
      statistic: 0,
      p: 1,
      degrees: 2,
    });
    const z = twoProportionTest({ hits: 30, trials: 100 }, { hits: 20, trials: 110 });
    const table = independence([
      [30, 70],
      [20, 90],
    ]);
    expect(table.statistic).toBeCloseTo(z.statistic ** 2, 10);
    expect(table.p).toBeCloseTo(z.p, 12);
  });

  it("do not care for the order of rows, nor for empty ones", () => {
    const one = independence([
      [5, 6, 7],
      [50, 3, 8],
    ]);
    expect(
      independence([
        [50, 3, 8],
        [5, 6, 7],
      ]).p,
    ).toBeCloseTo(one.p, 14);
    expect(
      independence([
        [5, 6, 0, 7],
        [50, 3, 0, 8],
        [0, 0, 0, 0],
      ]),
    ).toEqual(one);
    expect(
      independence([
        [8, 0],
        [0, 8],
      ]).cramersV,
    ).toBe(1);
  });

  it("refuse what has no degree of freedom", () => {
    expect(() => goodnessOfFit([5])).toThrow(refused);
    expect(() => goodnessOfFit([0, 0])).toThrow(refused);
    expect(() => goodnessOfFit([1, 2], [1, 2], 1)).toThrow(refused);
    expect(() => goodnessOfFit([1, 2], [1, 0])).toThrow(refused);
    expect(() => goodnessOfFit([1, 2], [1])).toThrow(refused);
    expect(() => independence([[1, 2]])).toThrow(refused);
    expect(() => independence([[1, 2], [3]])).toThrow(refused);
    expect(() =>
      independence([
        [1, 0],
        [3, 0],
      ]),
    ).toThrow(refused);
  });
});

describe("Mann and Whitney's test", () => {
  it("counts orders: of 3 and 3 values all apart, 1 in 10 is as far out", () => {
    expect(mannWhitney([4, 5, 6], [1, 2, 3])).toEqual({
      statistic: 9,
      estimate: 1,
      p: expect.closeTo(0.1, 14),
      method: "exact",
    });
  });

  it("turns over with its samples and sees ranks alone", () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const one = mannWhitney(a, b);
        const two = mannWhitney(b, a);
        expect(two.estimate).toBeCloseTo(1 - one.estimate, 12);
        expect(two.p).toBeCloseTo(one.p, 12);
        const cubed = mannWhitney(
          a.map((x) => x * 8),
          b.map((x) => x * 8),
        );
        expect(cubed).toEqual(one);
      }),
    );
  });

  it("is close to exact without being so: both ways differ little at 50 values", () => {
    const random = seededRandom(9);
    const a = Array.from({ length: 50 }, () => random.normal() + 0.4);
    const b = Array.from({ length: 50 }, () => random.normal());
    const exact = mannWhitney(a, b);
    const asymptotic = mannWhitney([...a, 50], b);
    expect([exact.method, asymptotic.method]).toEqual(["exact", "asymptotic"]);
    const without = mannWhitney(a, b.slice(0, 49));
    expect(without.method).toBe("exact");
    expect(Math.abs(asymptotic.p - exact.p)).toBeLessThan(0.02);
  });

  it("has nothing to say of equal values, and refuses none", () => {
    expect(mannWhitney([1, 1], [1, 1, 1])).toMatchObject({ estimate: 0.5, p: 1 });
    expect(() => mannWhitney([], [1])).toThrow(refused);
    expect(() => mannWhitney([1], [Number.NaN])).toThrow(refused);
  });
});

describe("Kolmogorov and Smirnov's test", () => {
  const distance = (a: number[], b: number[]) =>
    Math.max(
      ...[...a, ...b].map((at) => {
        const below = (values: number[]) => values.filter((x) => x <= at).length / values.length;
        return Math.abs(below(a) - below(b));
      }),
    );

  it("has the p of all ways to deal the values out, ties and all", () => {
    fc.assert(
      fc.property(fewValues, fewValues, (a, b) => {
        const all = [...a, ...b];
        const seen = distance(a, b);
        const ways = choices(all.length, a.length);
        const wide = ways.filter((places) => {
          const one = all.filter((_, i) => places.includes(i));
          const two = all.filter((_, i) => !places.includes(i));
          return distance(one, two) >= seen - 1e-12;
        });
        const got = kolmogorovSmirnov(a, b);
        expect(got.statistic).toBeCloseTo(seen, 12);
        expect(got.p).toBeCloseTo(wide.length / ways.length, 12);
      }),
    );
  });

  it("tells where the samples differ most, and is 1 for equal ones", () => {
    expect(kolmogorovSmirnov([1, 2, 3, 10], [7, 8, 9, 11])).toMatchObject({
      statistic: 0.75,
      at: 3,
    });
    expect(kolmogorovSmirnov([1, 2], [1, 2])).toMatchObject({ statistic: 0, p: 1 });
  });

  it("goes over into its limit without a jump", () => {
    const random = seededRandom(2);
    const a = Array.from({ length: 2000 }, () => random.normal());
    const b = Array.from({ length: 2001 }, () => random.normal() + 0.04);
    const exact = kolmogorovSmirnov(a, b.slice(0, 2000));
    const limit = kolmogorovSmirnov(a, b);
    expect([exact.method, limit.method]).toEqual(["exact", "asymptotic"]);
    expect(Math.abs(exact.p - limit.p)).toBeLessThan(0.02);
  });
});

describe("the permutation test", () => {
  const values = [1, 2, 3, 4, 10, 11, 12, 13];
  const difference = (labels: Float64Array) => {
    const sum = [0, 0];
    for (const [i, label] of labels.entries())
      sum[label] = (sum[label] as number) + (values[i] as number);
    return (sum[1] as number) - (sum[0] as number);
  };
  const apart = [0, 0, 0, 0, 1, 1, 1, 1];

  it("finds the 1 in 70 of two groups of four that are wholly apart", () => {
    const { p, standardError } = permutationTest(apart, difference, {
      seed: 1,
      alternative: "higher",
    });
    expect(Math.abs(p - 1 / 70)).toBeLessThan(4 * standardError);
    const two = permutationTest(apart, difference, { seed: 1 });
    expect(Math.abs(two.p - 2 / 70)).toBeLessThan(6 * standardError);
  });

  it("is never 0, never above 1, the same for the same seed, and leaves the labels alone", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1), { minLength: 8, maxLength: 8 }),
        fc.integer(),
        (labels, seed) => {
          const before = [...labels];
          const run = () => permutationTest(labels, difference, { seed, permutations: 199 });
          const { p } = run();
          expect(p).toBeGreaterThanOrEqual(1 / 200);
          expect(p).toBeLessThanOrEqual(1);
          expect(run().p).toBe(p);
          expect(labels).toEqual(before);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("moves labels within their strata only", () => {
    const strata = [0, 0, 0, 0, 1, 1, 1, 1];
    // Each stratum is of one label: there is but one order.
    expect(permutationTest(apart, difference, { seed: 1, permutations: 99, strata }).p).toBe(1);
    const mixed = [0, 1, 0, 1, 0, 1, 0, 1];
    permutationTest(
      mixed,
      (labels) => {
        expect(labels.subarray(0, 4).reduce((sum, label) => sum + label, 0)).toBe(2);
        return difference(labels);
      },
      { seed: 1, permutations: 99, strata },
    );
  });

  it("raises a false alarm as often as its level allows", () => {
    const random = seededRandom(6);
    let alarms = 0;
    for (let i = 0; i < 400; i++) {
      const labels = values.map(() => random.int(2));
      if (new Set(labels).size < 2) continue;
      const seen = values.map(() => random.normal());
      const statistic = (dealt: Float64Array) =>
        seen.reduce((sum, x, row) => sum + x * ((dealt[row] as number) - 0.5), 0);
      if (permutationTest(labels, statistic, { seed: i, permutations: 199 }).p <= 0.1) alarms++;
    }
    expect(alarms / 400).toBeLessThan(0.14);
  });

  it("counts the order seen among all: the only extreme one of 100 has p = 1/100, and 2/100 on two sides", () => {
    for (const [alternative, p] of [
      ["higher", 0.01],
      ["lower", 1],
      ["two-sided", 0.02],
    ] as const) {
      let calls = 0;
      const first = () => (calls++ === 0 ? 1 : 0);
      const options = { seed: 1, permutations: 99, alternative };
      expect(permutationTest(apart, first, options).p).toBe(p);
    }
  });

  it("deals every order as often as any other", () => {
    const times = new Map<string, number>();
    const order = (labels: Float64Array) => {
      times.set(labels.join(), (times.get(labels.join()) ?? 0) + 1);
      return 1;
    };
    permutationTest([1, 2, 3], order, { seed: 4, permutations: 6000 });
    expect(times.size).toBe(6);
    for (const n of times.values()) expect(Math.abs(n - 1000)).toBeLessThan(150);
  });

  it("counts an order on which the statistic is not defined as extreme", () => {
    let calls = 0;
    const once = () => (calls++ === 0 ? 1 : null);
    expect(permutationTest(apart, once, { seed: 1, permutations: 99 }).p).toBe(1);
    for (const wrong of [
      () => permutationTest(apart, () => null, { seed: 1 }),
      () => permutationTest([1], difference, { seed: 1 }),
      () => permutationTest(apart, difference, { seed: 1, permutations: 5 }),
      () => permutationTest(apart, difference, { seed: 1, strata: [1] }),
    ]) {
      expect(wrong).toThrow(refused);
    }
  });
});

it("refuses counts that are none and levels that are none", () => {
  const fine = { hits: 1, trials: 2 };
  for (const bad of [
    { hits: 3, trials: 2 },
    { hits: -1, trials: 2 },
    { hits: 0, trials: 0 },
    { hits: 0.5, trials: 2 },
    { hits: 1, trials: Number.NaN },
  ]) {
    expect(() => twoProportionTest(fine, bad)).toThrow(refused);
    expect(() => binomialTest(bad, 0.5)).toThrow(refused);
  }
  expect(() => twoProportionTest(fine, fine, { level: 95 })).toThrow(refused);
  expect(() => binomialTest(fine, 1.2)).toThrow(refused);
});
