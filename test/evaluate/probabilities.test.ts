import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calibrationError,
  calibrationTable,
  equalCountBins,
  fixedBins,
  largestCalibrationError,
} from "../../src/evaluate/bins.ts";
import { brier, brierParts, distinctScores } from "../../src/evaluate/brier.ts";
import { calibration } from "../../src/evaluate/calibration.ts";
import { logLoss } from "../../src/evaluate/log-loss.ts";
import { wilsonInterval } from "../../src/stats/intervals.ts";
import { scored, scoredWorld, shuffled, worlds } from "./worlds.ts";

const three = () => scored([0.8, 0.8, 0.2], [1, 0, 0]);

describe("log loss", () => {
  it("is the mean surprise, as worked by hand", () => {
    expect(logLoss(three())).toBeCloseTo(-(Math.log(0.8) + Math.log(0.2) + Math.log(0.8)) / 3, 14);
  });

  it("charges a sure mistake 36 nats, and nothing for what is sure and right", () => {
    expect(logLoss(scored([1, 0], [0, 1]))).toBeCloseTo(52 * Math.LN2, 9);
    expect(logLoss(scored([1, 0], [1, 0]))).toBeLessThan(1e-15);
  });
});

describe("the Brier score", () => {
  it("is 0.24 on three rows, 0.0733 − 0.0556 + 0.2222, as worked by hand", () => {
    const rows = three();
    expect(brier(rows)).toBeCloseTo(0.24, 14);
    const parts = brierParts(rows, distinctScores(rows));
    expect(parts?.reliability).toBeCloseTo(0.22 / 3, 14);
    expect(parts?.resolution).toBeCloseTo(1 / 18, 14);
    expect(parts?.uncertainty).toBeCloseTo(2 / 9, 14);
    expect(parts?.skill).toBeCloseTo(1 - 0.24 / (2 / 9), 14);
    expect(parts?.withinBins).toBeCloseTo(0, 14);
  });

  it("is the sum of its parts over any bins, and of three over distinct probabilities", () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 12 }), fc.boolean(), (world, bins, weighed) => {
        const rows = scoredWorld(world, { weighed });
        const all = [fixedBins(rows, bins), equalCountBins(rows, bins), distinctScores(rows)];
        for (const [i, binning] of all.entries()) {
          const parts = brierParts(rows, binning);
          if (parts === null) throw new Error("no rows");
          const { reliability, resolution, uncertainty, withinBins } = parts;
          expect(reliability - resolution + uncertainty + withinBins).toBeCloseTo(parts.brier, 12);
          if (i === 2) expect(withinBins).toBeCloseTo(0, 12);
        }
      }),
    );
  });

  it("has no skill to tell where all outcomes are alike", () => {
    const rows = scored([0.3, 0.6], [1, 1]);
    expect(brierParts(rows, distinctScores(rows))?.skill).toBeNull();
  });
});

describe("observed against expected", () => {
  it("keeps a probability on an edge in the lower bin, and 0 in the first", () => {
    const rows = scored([0, 0.2, 0.20001, 0.4, 1], [0, 1, 0, 1, 1]);
    const table = calibrationTable(rows, fixedBins(rows, 5));
    expect(table.map(({ from, to, n, positives }) => [from, to, n, positives])).toEqual([
      [0, 0.2, 2, 1],
      [0.2, 0.4, 2, 1],
      [0.8, 1, 1, 1],
    ]);
    expect(table[0]).toMatchObject({ expected: 0.1, observed: 0.5 });
    expect(table[0]?.interval).toEqual(wilsonInterval(1, 2));
  });

  it("puts equal numbers of rows into bins where no scores tie", () => {
    const rows = scored(
      Array.from({ length: 100 }, (_, i) => i / 100),
      Array.from({ length: 100 }, (_, i) => i % 2),
    );
    const table = calibrationTable(rows, equalCountBins(rows, 4));
    expect(table.map(({ from, to, n }) => [from, to, n])).toEqual([
      [0, 0.24, 25],
      [0.24, 0.49, 25],
      [0.49, 0.74, 25],
      [0.74, 0.99, 25],
    ]);
  });

  it("never parts rows of one score: a constant model has one bin", () => {
    const rows = scored([0.3, 0.3, 0.3, 0.3], [1, 0, 0, 0]);
    expect(calibrationTable(rows, equalCountBins(rows, 10))).toMatchObject([
      { n: 4, expected: 0.3, observed: 0.25 },
    ]);
  });

  it("holds every row once, and each bin's scores within its edges", () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 1, max: 9 }), (world, bins) => {
        const rows = scoredWorld(world, { weighed: true });
        for (const binning of [fixedBins(rows, bins), equalCountBins(rows, bins)]) {
          const table = calibrationTable(rows, binning);
          expect(table.reduce((sum, bin) => sum + bin.n, 0)).toBe(rows.n);
          expect(table.reduce((sum, bin) => sum + bin.positives, 0)).toBe(rows.positives);
          for (const bin of table) {
            expect(bin.expected).toBeGreaterThanOrEqual(bin.from - 1e-12);
            expect(bin.expected).toBeLessThanOrEqual(bin.to + 1e-12);
            expect(bin.interval?.low).toBeLessThanOrEqual(bin.observed);
            expect(bin.interval?.high).toBeGreaterThanOrEqual(bin.observed);
          }
        }
      }),
    );
  });

  it("takes rows of a group that go together as fewer, and trusts groups that do not no more than rows", () => {
    const tableOf = (labels: number[], groups: number[]) =>
      calibrationTable(
        scored(new Array(labels.length).fill(0.5), labels, { groups: Int32Array.from(groups) }),
        fixedBins(scored([0.5], [1]), 1),
      )[0]?.interval;
    // Two of four groups of two are positive throughout: four groups, two of them positive.
    expect(tableOf([1, 1, 1, 1, 0, 0, 0, 0], [1, 1, 2, 2, 3, 3, 4, 4])).toEqual(
      wilsonInterval(2, 4),
    );
    // Each group holds both: groups say no more than their rows.
    expect(tableOf([1, 0, 1, 0, 1, 0], [1, 1, 2, 2, 3, 3])).toEqual(wilsonInterval(3, 6));
    expect(tableOf([1, 1, 0, 0], [1, 1, 1, 2])).toEqual(wilsonInterval(2, 4));
    // One group says as much as one row.
    expect(tableOf([1, 0, 1, 0], [7, 7, 7, 7])).toEqual(wilsonInterval(0.5, 1));
    // All alike: as many as there are groups, the larger counting for more.
    expect(tableOf([0, 0, 0, 0], [1, 1, 2, 2])).toEqual(wilsonInterval(0, 2));
  });

  it("is as sure of rows copied within their group as of the rows, and never surer with groups than without", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const own = world.map((row, i) => ({ ...row, group: i }));
        const copied = own.flatMap((row) => [row, row, row]);
        const tableOf = (rows: ReturnType<typeof scoredWorld>) =>
          calibrationTable(rows, fixedBins(rows, 3));
        const once = tableOf(scoredWorld(own));
        for (const [i, bin] of tableOf(scoredWorld(copied, { grouped: true })).entries()) {
          expect(bin.interval?.low).toBeCloseTo(once[i]?.interval?.low as number, 12);
          expect(bin.interval?.high).toBeCloseTo(once[i]?.interval?.high as number, 12);
        }
        const free = tableOf(scoredWorld(world, { weighed: true }));
        for (const [i, bin] of tableOf(
          scoredWorld(world, { weighed: true, grouped: true }),
        ).entries())
          expect(bin.interval?.low).toBeLessThanOrEqual((free[i]?.interval?.low as number) + 1e-12);
      }),
    );
  });
});

describe("the expected calibration error", () => {
  it("is the mean distance over bins, as worked by hand", () => {
    const rows = scored([0.1, 0.1, 0.1, 0.1, 0.9], [0, 0, 1, 1, 1]);
    const binning = fixedBins(rows, 2);
    expect(calibrationError(rows, binning)).toBeCloseTo((4 * 0.4 + 0.1) / 5, 14);
    expect(largestCalibrationError(rows, binning)).toBeCloseTo(0.4, 14);
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(worlds, fc.integer(), (world, seed) => {
        const one = scoredWorld(world);
        const other = scoredWorld(shuffled(world, seed));
        expect(calibrationError(other, equalCountBins(other, 5))).toBe(
          calibrationError(one, equalCountBins(one, 5)),
        );
        expect(logLoss(other)).toBe(logLoss(one));
        expect(brierParts(other, fixedBins(other, 4))).toEqual(brierParts(one, fixedBins(one, 4)));
        expect(calibration(other)).toEqual(calibration(one));
      }),
    );
  });
});

describe("the calibration line", () => {
  it("tells by how much all are off: ln 3 where 3 of 4 come and a half was expected", () => {
    const found = calibration(scored([0.5, 0.5, 0.5, 0.5], [1, 1, 1, 0]));
    expect(found.inTheLarge.value).toBeCloseTo(Math.log(3), 12);
    expect(found.inTheLarge.standardError).toBeCloseTo(1 / Math.sqrt(0.75), 12);
    expect(found.slope).toBeNull();
    expect(found.intercept).toBeNull();
  });

  it("tells it also of a model that was sure of the contrary", () => {
    const found = calibration(scored([1e-9, 1e-9, 1e-9, 1e-9], [1, 1, 1, 0]));
    expect(found.inTheLarge.value).toBeCloseTo(Math.log(3) - Math.log(1e-9), 6);
    const never = calibration(scored([0, 0, 0, 0], [1, 1, 1, 0]));
    expect(never.inTheLarge.value).toBeCloseTo(Math.log(3) + 52 * Math.LN2, 6);
  });

  it("has slope 1 and intercept 0 where each probability comes true, half the slope at twice the log-odds", () => {
    const scores = [0.2, 0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8, 0.8];
    const labels = [1, 0, 0, 0, 0, 1, 1, 1, 1, 0];
    const right = calibration(scored(scores, labels));
    expect(right.slope?.value).toBeCloseTo(1, 12);
    expect(right.intercept?.value).toBeCloseTo(0, 12);
    expect(right.inTheLarge.value).toBeCloseTo(0, 12);
    const bold = calibration(
      scored(
        scores.map((p) => (p * p) / (p * p + (1 - p) ** 2)),
        labels,
      ),
    );
    expect(bold.slope?.value).toBeCloseTo(0.5, 12);
    expect(bold.slope?.interval?.low).toBeLessThan(0.5);
  });

  it("does not exist where the classes do not overlap, and where they touch in one probability", () => {
    expect(calibration(scored([0.1, 0.2, 0.8], [0, 0, 1])).slope).toBeNull();
    expect(calibration(scored([0.1, 0.5, 0.5, 0.8], [0, 0, 1, 1])).slope).toBeNull();
    expect(calibration(scored([0.1, 0.5, 0.5, 0.8], [1, 0, 1, 0])).slope).toBeNull();
    expect(calibration(scored([0.1, 0.5, 0.3, 0.8], [1, 1, 0, 0])).slope?.value).toBeLessThan(0);
  });

  it("leaves nothing to explain: residuals add up to 0, also by log-odds; and exists wherever classes overlap", () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const rows = scoredWorld(world, { weighed: true });
        const { slope, intercept } = calibration(rows);
        const of = (label: number) =>
          world.filter((row) => row.label === label).map((row) => row.twentieths);
        const overlap =
          Math.max(...of(0)) > Math.min(...of(1)) && Math.max(...of(1)) > Math.min(...of(0));
        expect(slope !== null).toBe(overlap);
        if (slope === null || intercept === null) return;
        let sum = 0;
        let byLogit = 0;
        for (const row of world) {
          const p = Math.min(1 - 2 ** -52, Math.max(2 ** -52, row.twentieths / 20));
          const logit = Math.log(p) - Math.log1p(-p);
          const mean = 1 / (1 + Math.exp(-(intercept.value + slope.value * logit)));
          sum += row.weight * (row.label - mean);
          byLogit += row.weight * (row.label - mean) * logit;
        }
        expect(Math.abs(sum)).toBeLessThan(1e-9);
        expect(Math.abs(byLogit)).toBeLessThan(1e-8);
      }),
      { numRuns: 500 },
    );
  });

  it("is found also where a model was sure and wrong", () => {
    const found = calibration(scored([0, 1, 1, 0.6, 0.4, 0], [1, 1, 0, 1, 0, 0]));
    expect(Number.isFinite(found.slope?.value)).toBe(true);
    expect(found.slope?.value).toBeLessThan(0.1);
    expect(Number.isFinite(found.inTheLarge.value)).toBe(true);
  });

  it("is as uncertain on rows copied within their group as on the rows taken robustly", () => {
    const scores = [0.1, 0.3, 0.35, 0.5, 0.6, 0.7, 0.8];
    const labels = [0, 1, 0, 1, 0, 1, 1];
    const own = Int32Array.from(scores, (_, i) => i);
    const once = calibration(scored(scores, labels, { groups: own }));
    const copied = calibration(
      scored([...scores, ...scores], [...labels, ...labels], {
        groups: Int32Array.from([...own, ...own]),
      }),
    );
    expect(copied.slope?.standardError).toBeCloseTo(once.slope?.standardError as number, 10);
    expect(copied.slope?.value).toBeCloseTo(once.slope?.value as number, 10);
  });
});
