import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { averagePrecision } from "../../src/evaluate/average-precision.ts";
import { estimated } from "../../src/evaluate/bootstrap.ts";
import { brier } from "../../src/evaluate/brier.ts";
import { compareAuc, compareBy } from "../../src/evaluate/compare.ts";
import { logLoss } from "../../src/evaluate/log-loss.ts";
import { meanAbsoluteError } from "../../src/evaluate/regression.ts";
import { auc, rocAuc } from "../../src/evaluate/roc-auc.ts";
import { valueRows } from "../../src/evaluate/value-rows.ts";
import { scored, scoredWorld, worlds } from "./worlds.ts";

/** Two models of the same rows, the first with less noise; groups of four rows that share most of their truth. */
function twoModels(n: number, seed: number, grouped = false) {
  const random = seededRandom(seed);
  const groups = Int32Array.from({ length: n }, (_, i) => Math.floor(i / 4));
  let shared = 0;
  const truth = Array.from({ length: n }, (_, i) => {
    if (i % 4 === 0) shared = random.normal();
    return grouped ? shared + 0.1 * random.normal() : random.normal();
  });
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const labels = truth.map((z) => (random.next() < sigmoid(2 * z) ? 1 : 0));
  const model = (noise: number) => truth.map((z) => sigmoid(2 * (z + noise * random.normal())));
  const parts = { groups: grouped ? groups : null };
  return [scored(model(0.2), labels, parts), scored(model(1.5), labels, parts)] as const;
}

describe("two AUCs on the same rows", () => {
  it("differ by as much the other way about, with the same uncertainty", () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.integer({ min: 0, max: 20 })), (world, others) => {
        const first = scoredWorld(world, { grouped: true });
        const second = scoredWorld(
          world.map((row) => ({ ...row, twentieths: others.next().value as number })),
          { grouped: true },
        );
        const one = compareAuc(first, second);
        const other = compareAuc(second, first);
        expect(other.difference.value).toBeCloseTo(-one.difference.value, 14);
        expect(other.difference.standardError ?? 0).toBeCloseTo(
          one.difference.standardError ?? 0,
          12,
        );
        expect(one.first).toBe(auc(first));
      }),
    );
  });

  it("of the same model do not differ, and nothing is said of how sure that is", () => {
    const [first] = twoModels(80, 1);
    expect(compareAuc(first, first)).toMatchObject({
      difference: { value: 0, interval: null, standardError: null },
      p: null,
    });
  });

  it("of models that agree are compared more surely than two models alone would allow", () => {
    const [first, second] = twoModels(400, 2);
    const { difference, p } = compareAuc(first, second);
    const alone = Math.hypot(
      rocAuc(first).standardError as number,
      rocAuc(second).standardError as number,
    );
    expect(difference.standardError).toBeLessThan(alone);
    expect(difference.value).toBeGreaterThan(0);
    expect(difference.interval?.low).toBeGreaterThan(0);
    expect(p).toBeLessThan(0.01);
  });

  it("have nearly the error that drawing rows, or groups, gives", () => {
    for (const grouped of [false, true]) {
      const [first, second] = twoModels(400, 3, grouped);
      const formula = compareAuc(first, second);
      const drawn = compareBy(auc, first, second, { seed: 7, resamples: 1000 });
      expect(drawn?.difference.value).toBe(formula.difference.value);
      const ratio =
        (drawn?.difference.standardError as number) / (formula.difference.standardError as number);
      expect(ratio).toBeGreaterThan(0.88);
      expect(ratio).toBeLessThan(1.12);
    }
  });

  it("are refused where the rows are not the same", () => {
    const first = scored([0.1, 0.9, 0.5], [0, 1, 1]);
    for (const other of [
      scored([0.1, 0.9, 0.5], [0, 1, 0]),
      scored([0.1, 0.9, 0.5, 0.2], [0, 1, 1, 0]),
      scored([0.1, 0.9, 0.5], [0, 1, 1], { weights: Float64Array.of(1, 2, 1) }),
      scored([0.1, 0.9, 0.5], [0, 1, 1], { groups: Int32Array.of(1, 1, 2) }),
    ]) {
      const refusal = expect.objectContaining({ code: "EVALUATE_OTHER_ROWS" });
      expect(() => compareAuc(first, other)).toThrow(refusal);
      expect(() => compareBy(auc, first, other, { seed: 1 })).toThrow(refusal);
    }
  });
});

describe("any measure", () => {
  it("is compared by drawing the same rows for both", () => {
    const [first, second] = twoModels(300, 4);
    const found = compareBy(logLoss, first, second, { seed: 5, resamples: 500 });
    expect(found?.first).toBe(logLoss(first));
    expect(found?.difference.interval?.high).toBeLessThan(0);
    const paired = found?.difference.standardError as number;
    const alone = estimated(second, logLoss, { seed: 5, resamples: 500 })?.standardError as number;
    expect(paired).toBeLessThan(alone * 1.2);
    expect(compareBy(logLoss, first, first, { seed: 5, resamples: 100 })?.difference).toMatchObject(
      { value: 0, interval: null },
    );
  });

  it("has the error of a mean where it is a mean: 0.1 for 100 rows with a spread of 1", () => {
    const random = seededRandom(11);
    const errors = Float64Array.from({ length: 100 }, (_, i) => (i % 2) * 2);
    const rows = valueRows(errors, new Float64Array(100).fill(0));
    const found = estimated(rows, meanAbsoluteError, { seed: random.int(1000), resamples: 4000 });
    expect(found).toMatchObject({ value: 1, n: 100, positives: null });
    expect(found?.standardError).toBeGreaterThan(0.095);
    expect(found?.standardError).toBeLessThan(0.105);
  });

  it("is as uncertain on rows copied within their group as on the rows, to the bit", () => {
    const [rows] = twoModels(60, 6);
    const own = Array.from({ length: 60 }, (_, i) => i);
    const scores = own.map((i) => rows.scores[rows.lineOf[i] as number] as number);
    const labels = Array.from(rows.truth);
    const copied = scored([...scores, ...scores], [...labels, ...labels], {
      groups: Int32Array.from([...own, ...own]),
    });
    const options = { seed: 9, resamples: 300 };
    const once = estimated(rows, auc, options);
    expect(estimated(copied, auc, options)?.interval).toEqual(once?.interval);
    const free = estimated(scored([...scores, ...scores], [...labels, ...labels]), auc, options);
    expect(free?.standardError).toBeLessThan(once?.standardError as number);
  });

  it("is the same for the same seed and another for another", () => {
    const [rows] = twoModels(50, 8);
    const drawn = (seed: number) => estimated(rows, averagePrecision, { seed, resamples: 200 });
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)?.interval).not.toEqual(drawn(2)?.interval);
  });

  it("keeps the weights of the rows that are drawn", () => {
    const scores = [0.2, 0.4, 0.6, 0.8];
    const heavy = scored(scores, [0, 1, 0, 1], { weights: Float64Array.of(1, 1e-9, 1e-9, 1e-9) });
    const found = estimated(heavy, brier, { seed: 3, resamples: 400 });
    expect(found?.value).toBeCloseTo(0.04, 6);
  });

  it("has no interval where the rows cannot tell: one group, one number, not defined on most draws", () => {
    const options = { seed: 1, resamples: 100 };
    const together = scored([0.1, 0.6, 0.5, 0.9], [0, 0, 1, 1], {
      groups: Int32Array.of(1, 1, 1, 1),
    });
    expect(estimated(together, auc, options)?.interval).toBeNull();
    const apart = scored([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]);
    expect(estimated(apart, auc, options)).toMatchObject({ value: 1, interval: null });
    const rare = scored([0.1, 0.2, 0.3], [0, 0, 1], { groups: Int32Array.of(1, 1, 2) });
    expect(estimated(rare, auc, options)).toMatchObject({ value: 1, interval: null });
    expect(estimated(scored([0.1, 0.2], [1, 1]), auc, options)).toBeNull();
  });
});
