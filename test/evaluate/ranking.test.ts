import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { averagePrecision, precisionRecallCurve } from "../../src/evaluate/average-precision.ts";
import { descendingOrder } from "../../src/evaluate/order.ts";
import { auc, rocAuc, rocCurve } from "../../src/evaluate/roc-auc.ts";
import { normalCdf } from "../../src/stats/normal.ts";
import { scored, scoredWorld, shuffled, worlds } from "./worlds.ts";

const four = () => scored([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);

describe("the area under the ROC curve", () => {
  it("is 0.75 on four rows worked by hand, with DeLong's error √(1/8)", () => {
    const found = rocAuc(four());
    expect(found).toMatchObject({ value: 0.75, n: 4, positives: 2 });
    expect(found.standardError).toBeCloseTo(Math.sqrt(0.125), 14);
    expect(found.interval?.low).toBeCloseTo(0.75 - 1.959963984540054 * Math.sqrt(0.125), 12);
    expect(found.interval?.high).toBe(1);
  });

  it("counts a tie one half", () => {
    expect(auc(scored([0.5, 0.5], [0, 1]))).toBe(0.5);
    expect(auc(scored([0.5, 0.5, 0.9], [0, 1, 1]))).toBe(0.75);
  });

  it("has no interval where the classes do not overlap, or one has a single row", () => {
    const apart = rocAuc(scored([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]));
    expect(apart).toMatchObject({ value: 1, interval: null, standardError: null });
    expect(rocAuc(scored([0.3, 0.2, 0.1], [1, 0, 1])).value).toBe(0.5);
    expect(rocAuc(scored([0.3, 0.2, 0.25], [0, 0, 1])).interval).toBeNull();
  });

  it("is not changed by a rising map of the scores, and turns over with labels or scores", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const rows = scoredWorld(world, { grouped: true });
        const { value, standardError } = rocAuc(rows);
        const mapped = rocAuc(scoredWorld(world, { grouped: true }, (t) => t ** 3 - 1e6));
        expect(mapped.value).toBe(value);
        expect(mapped.standardError).toBe(standardError);
        const turned = rocAuc(scoredWorld(world, { grouped: true }, (t) => -t));
        expect(turned.value).toBeCloseTo(1 - value, 12);
        expect(turned.standardError ?? 0).toBeCloseTo(standardError ?? 0, 12);
        const flipped = world.map((row) => ({ ...row, label: 1 - row.label }));
        expect(auc(scoredWorld(flipped))).toBeCloseTo(1 - value, 12);
      }),
    );
  });

  it("is the area under its curve, whose corners rise from 0 to 1", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const rows = scoredWorld(world, { weighed: true });
        const curve = rocCurve(rows);
        let area = 0;
        for (const [i, point] of curve.entries()) {
          const before = curve[i - 1];
          if (!before) continue;
          const width = point.falsePositiveRate - before.falsePositiveRate;
          area += (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
          expect(width).toBeGreaterThanOrEqual(0);
          expect(point.threshold).toBeLessThan(before.threshold);
        }
        expect(area).toBeCloseTo(auc(rows) as number, 12);
        expect(curve.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
      }),
    );
  });

  it("is as uncertain on rows copied within their group as on the rows, and surer if they are taken as new", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const own = world.map((row, i) => ({ ...row, group: i }));
        const copied = own.flatMap((row) => [row, row, row]);
        const once = rocAuc(scoredWorld(own)).standardError;
        const together = rocAuc(scoredWorld(copied, { grouped: true })).standardError;
        const apart = rocAuc(scoredWorld(copied)).standardError;
        expect(together ?? 0).toBeCloseTo(once ?? 0, 12);
        if (once !== null) expect(apart).toBeLessThan(once);
      }),
    );
  });

  it("lies in its interval in about 95 of 100 worlds", () => {
    const random = seededRandom(31);
    const truth = normalCdf(1 / Math.SQRT2);
    let covered = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial++) {
      const labels = Array.from({ length: 160 }, (_, i) => (i < 60 ? 1 : 0));
      const { interval } = rocAuc(
        scored(
          labels.map((label) => random.normal() + label),
          labels,
        ),
      );
      if (interval && interval.low <= truth && truth <= interval.high) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.92);
    expect(covered / trials).toBeLessThan(0.975);
  });
});

describe("average precision", () => {
  it("is 5/6 on four rows worked by hand", () => {
    expect(averagePrecision(four())).toBeCloseTo(5 / 6, 14);
  });

  it("is the base rate where all scores are the same, and 1 where the positives are on top", () => {
    expect(averagePrecision(scored([3, 3, 3, 3], [1, 0, 0, 0]))).toBe(0.25);
    expect(averagePrecision(scored([0.9, 0.8, 0.1], [1, 1, 0]))).toBe(1);
  });

  it("adds up from its curve", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const rows = scoredWorld(world, { weighed: true });
        let recall = 0;
        let sum = 0;
        for (const point of precisionRecallCurve(rows)) {
          sum += (point.recall - recall) * point.precision;
          recall = point.recall;
        }
        expect(recall).toBeCloseTo(1, 12);
        expect(sum).toBeCloseTo(averagePrecision(rows) as number, 12);
      }),
    );
  });
});

describe("rows", () => {
  it("in another order change nothing", () => {
    fc.assert(
      fc.property(worlds, fc.integer(), (world, seed) => {
        const one = scoredWorld(world, { grouped: true });
        const other = scoredWorld(shuffled(world, seed), { grouped: true });
        expect(auc(other)).toBe(auc(one));
        expect(averagePrecision(other)).toBe(averagePrecision(one));
        expect(rocCurve(other)).toEqual(rocCurve(one));
        const [a, b] = [rocAuc(one).standardError, rocAuc(other).standardError];
        expect(b ?? 0).toBeCloseTo(a ?? 0, 12);
      }),
    );
  });

  it("of weight 3 count as three rows, of weight 0 as none", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const zero = { twentieths: 7, label: 1, weight: 0, group: 0 };
        const weighed = scoredWorld([zero, ...world, zero], { weighed: true });
        const repeated = scoredWorld(
          world.flatMap((row) => new Array<(typeof world)[0]>(row.weight).fill(row)),
        );
        expect(weighed.n).toBe(world.length);
        expect(auc(weighed)).toBeCloseTo(auc(repeated) as number, 12);
        expect(averagePrecision(weighed)).toBeCloseTo(averagePrecision(repeated) as number, 12);
        expect(rocAuc(weighed)).toEqual(rocAuc(scoredWorld(world, { weighed: true })));
      }),
    );
  });

  it("are put in order by their bits as by comparing them", () => {
    const random = seededRandom(5);
    const odd = [0, -0, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, Infinity, -Infinity];
    const values = Float64Array.from({ length: 20_000 }, (_, i) => {
      if (i % 3 === 0) return Math.round(random.normal() * 20);
      if (i % 5 === 0) return (i % 2 ? 1 : -1) * (1 + random.int(1000) * 2 ** -52);
      return i % 7 === 0 ? (odd[i % odd.length] as number) : random.normal() * 10 ** random.int(40);
    });
    const compared = Uint32Array.from(values.keys()).sort((a, b) =>
      (values[b] as number) > (values[a] as number)
        ? 1
        : (values[b] as number) < (values[a] as number)
          ? -1
          : a - b,
    );
    expect(descendingOrder(values)).toEqual(compared);
    expect(descendingOrder(values.subarray(0, 900))).toEqual(compared.filter((row) => row < 900));
  });
});
