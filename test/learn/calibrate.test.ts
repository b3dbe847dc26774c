import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { type Dataset, datasetOf, takeRows } from "../../src/dataset/dataset.ts";
import { fitBeta } from "../../src/learn/beta-calibration.ts";
import {
  type Calibrator,
  calibrate,
  calibrated,
  calibratedAt,
  calibratorJson,
  readCalibrated,
  readCalibrator,
} from "../../src/learn/calibrate.ts";
import type { LabelledScores } from "../../src/learn/calibration-scores.ts";
import { fitIsotonic } from "../../src/learn/isotonic.ts";
import { fitLogistic, readLogistic } from "../../src/learn/logistic.ts";
import { fitNaiveBayes } from "../../src/learn/naive-bayes.ts";
import { fitPlatt } from "../../src/learn/platt.ts";
import { farthest, reference, referenceRows } from "./linear-reference.ts";

const { rows, calibration } = reference;
const scores = Float64Array.from(rows.scores);
const labels = Int32Array.from(rows.binary);
const weights = Float64Array.from(rows.weights);
const code = (name: string) => expect.objectContaining({ code: name });

describe("against scikit-learn", () => {
  it("Platt's slope and intercept are the same", () => {
    const { slope, intercept } = fitPlatt({ scores, labels, weights: null });
    // Its own search stops at a gradient of 1e-5.
    expect(slope).toBeCloseTo(calibration.sigmoid.a, 4);
    expect(intercept).toBeCloseTo(calibration.sigmoid.b, 4);
  });

  it("the isotonic curve is the same, with weights, between and beyond the scores seen", () => {
    const curve = fitIsotonic({ scores, labels, weights });
    const got = calibration.ask.map((score) => calibratedAt(curve, score));
    expect(farthest(got, calibration.isotonic)).toBeLessThan(1e-12);
  });

  it("the beta curve is the logistic regression on ln p and −ln (1 − p)", () => {
    const shares = scores.map((score) => 1 / (1 + Math.exp(-score)));
    const { a, b, c } = fitBeta({ scores: shares, labels, weights });
    expect(a).toBeCloseTo(calibration.beta.a, 6);
    expect(b).toBeCloseTo(calibration.beta.b, 6);
    expect(c).toBeCloseTo(calibration.beta.c, 6);
  });
});

describe("by hand", () => {
  it("the isotonic curve pools 1, 0 in the middle of 0, 1, 0, 1", () => {
    const curve = fitIsotonic({
      scores: Float64Array.of(1, 2, 3, 4),
      labels: [0, 1, 0, 1],
      weights: null,
    });
    expect([1, 2, 2.7, 3, 3.5, 4, 9].map((score) => calibratedAt(curve, score))).toEqual([
      0, 0.5, 0.5, 0.5, 0.75, 1, 1,
    ]);
  });

  it("Platt's curve of two scores goes through its smoothed targets", () => {
    // Two positives at 1 and one other at 0: (2 + 1) / (2 + 2) and 1 / (1 + 2).
    const curve = fitPlatt({
      scores: Float64Array.of(1, 1, 0),
      labels: [1, 1, 0],
      weights: null,
    });
    expect(calibratedAt(curve, 1)).toBeCloseTo(3 / 4, 9);
    expect(calibratedAt(curve, 0)).toBeCloseTo(1 / 3, 9);
  });

  it("scores that rank the wrong way round give a level Platt and beta curve at the base rate", () => {
    const wrong = { scores: Float64Array.of(0.9, 0.8, 0.7, 0.2), labels: [0, 0, 1, 1] };
    const beta = fitBeta({ ...wrong, weights: Float64Array.of(1, 1, 1, 5) });
    expect(beta).toMatchObject({ a: 0, b: 0 });
    expect(calibratedAt(beta, 0.1)).toBeCloseTo(6 / 8, 9);
    expect(fitPlatt({ ...wrong, weights: null }).slope).toBe(0);
  });
});

const labelled = fc
  .array(
    fc.record({
      score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1)),
      label: fc.integer({ min: 0, max: 1 }),
      weight: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .filter((all) =>
    [0, 1].every((label) => all.some((one) => one.label === label && one.weight > 0)),
  )
  .map(
    (all): LabelledScores => ({
      scores: Float64Array.from(all, ({ score }) => score),
      labels: all.map(({ label }) => label),
      weights: Float64Array.from(all, ({ weight }) => weight),
    }),
  );

describe("every calibration", () => {
  const fits: ((given: LabelledScores) => Calibrator)[] = [
    fitPlatt,
    (given) => fitPlatt(given, "log-odds"),
    fitIsotonic,
    fitBeta,
  ];

  it("never falls, stays within 0 and 1, and says the same when written and read", () => {
    fc.assert(
      fc.property(labelled, (given) => {
        for (const curveOf of fits) {
          const curve = curveOf(given);
          const again = readCalibrator(JSON.parse(JSON.stringify(calibratorJson(curve))));
          let before = 0;
          for (let p = 0; p <= 1; p += 1 / 64) {
            const here = calibratedAt(curve, p);
            expect(here).toBeGreaterThanOrEqual(before);
            expect(here).toBeLessThanOrEqual(1);
            expect(calibratedAt(again, p)).toBe(here);
            before = here;
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not ask for the order of rows", () => {
    fc.assert(
      fc.property(labelled, (given) => {
        const turned = {
          scores: given.scores.toReversed(),
          labels: Array.from(given.labels).reverse(),
          weights: given.weights?.toReversed() ?? null,
        };
        for (const curveOf of fits) {
          const one = curveOf(given);
          const other = curveOf(turned);
          for (const p of [0, 0.2, 0.5, 0.8, 1])
            expect(calibratedAt(one, p)).toBeCloseTo(calibratedAt(other, p), 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is refused for rows that say nothing", () => {
    for (const curveOf of fits) {
      const bad =
        (scores: number[], labels: number[], weights: number[] | null = null) =>
        () =>
          curveOf({
            scores: Float64Array.from(scores),
            labels,
            weights: weights && Float64Array.from(weights),
          });
      expect(bad([], [])).toThrow(code("LEARN_ONE_CLASS"));
      expect(bad([0.1, 0.2], [1, 1])).toThrow(code("LEARN_ONE_CLASS"));
      expect(bad([0.1, 0.2], [0, 1], [1, 0])).toThrow(code("LEARN_ONE_CLASS"));
      expect(bad([0.1], [0, 1])).toThrow(code("LEARN_SCORES"));
      expect(bad([0.1, Number.NaN], [0, 1])).toThrow(code("LEARN_SCORES"));
      expect(bad([0.1, 0.2], [0, 2])).toThrow(code("LEARN_SCORES"));
      expect(bad([0.1, 0.2], [0, 1], [1, -1])).toThrow(code("LEARN_SCORES"));
    }
  });
});

it("refuses a curve that was tampered with", () => {
  const fine = { method: "isotonic", x: [1, 2], y: [0.1, 0.2] };
  expect(calibratedAt(readCalibrator(fine), 1.5)).toBeCloseTo(0.15, 12);
  for (const bad of [
    { ...fine, x: [2, 1] },
    { ...fine, y: [0.2, 0.1] },
    { ...fine, y: [0.2, 1.1] },
    { ...fine, y: [0.2] },
    { ...fine, x: [], y: [] },
    { ...fine, method: "spline" },
    { method: "platt", on: "score", slope: -1, intercept: 0 },
    { method: "beta", a: 1, b: null, c: 0 },
    null,
  ])
    expect(() => readCalibrator(bad)).toThrow(code("MODEL_UNREADABLE"));
});

/** Three columns that say the same, so that naive Bayes is far too sure. */
function repeated(): Dataset {
  const random = seededRandom(11);
  const codes = new Int32Array(2000);
  const x = new Float64Array(2000);
  for (let row = 0; row < x.length; row++) {
    codes[row] = random.next() < 0.3 ? 1 : 0;
    x[row] = random.normal() + codes[row]!;
  }
  const names = ["x", "x again", "x once more", "x at last"];
  return datasetOf(
    names.map((name) => ({ kind: "numeric", name, values: x }) as const),
    { target: { kind: "class", codes, classes: ["no", "yes"] } },
  );
}

const part = (dataset: Dataset, from: number, until: number) =>
  takeRows(
    dataset,
    Uint32Array.from({ length: until - from }, (_, i) => from + i),
  );

function logLoss(p: Float64Array, codes: Int32Array): number {
  let sum = 0;
  p.forEach((one, row) => {
    sum -= Math.log(codes[row] === 1 ? one : 1 - one);
  });
  return sum / p.length;
}

describe("a calibrated model", () => {
  const all = repeated();
  const [learn, fit, test] = [part(all, 0, 800), part(all, 800, 1400), part(all, 1400, 2000)];
  const truth = test.target?.kind === "class" ? test.target.codes : new Int32Array(0);

  it("says truer probabilities of rows it never saw, and explains them in full", async () => {
    const model = await fitNaiveBayes(learn);
    const before = logLoss(model.predict(test), truth);
    for (const method of ["platt", "isotonic", "beta"] as const) {
      const better = calibrate(model, fit, method);
      const p = better.predict(test);
      if (method !== "isotonic") expect(logLoss(p, truth), method).toBeLessThan(before * 0.8);
      const { base, values, scale } = better.explain(test);
      expect(scale).toBe(method === "platt" ? "log-odds" : "probability");
      for (let row = 0; row < test.rows; row++) {
        let sum = base[0]!;
        for (let f = 0; f < 4; f++) sum += values[row * 4 + f]!;
        const said = scale === "log-odds" ? 1 / (1 + Math.exp(-sum)) : sum;
        expect(Math.abs(said - p[row]!)).toBeLessThan(1e-10);
      }
    }
  });

  it("is written and read with the model within", async () => {
    const model = calibrate(await fitLogistic(learn), fit, "isotonic");
    const again = readCalibrated(JSON.parse(JSON.stringify(model)), readLogistic);
    expect(again.predict(test)).toEqual(model.predict(test));
    const json = JSON.parse(JSON.stringify(model));
    for (const bad of [
      { ...json, version: 2 },
      { ...json, kind: "logistic" },
      { ...json, model: json },
    ])
      expect(() => readCalibrated(bad, readLogistic)).toThrow(code("MODEL_UNREADABLE"));
  });

  it("takes the classes by name, whatever their order in the rows", async () => {
    const model = await fitLogistic(learn);
    const turned = datasetOf(fit.columns, {
      target: {
        kind: "class",
        codes:
          fit.target?.kind === "class" ? fit.target.codes.map((one) => 1 - one) : new Int32Array(0),
        classes: ["yes", "no"],
      },
    });
    expect(calibrate(model, turned, "beta").predict(test)).toEqual(
      calibrate(model, fit, "beta").predict(test),
    );
  });

  it("is refused for more classes or others", async () => {
    const three = referenceRows("classes");
    const model = await fitLogistic(three);
    const curve = fitPlatt({ scores, labels, weights: null });
    expect(() => calibrated(model, curve)).toThrow(code("LEARN_TARGET"));
    expect(() => calibrate(model, three, "beta")).toThrow(code("LEARN_TARGET"));
    const other = datasetOf(fit.columns, {
      target: { kind: "class", codes: new Int32Array(600).fill(1, 300), classes: ["a", "b"] },
    });
    const binary = await fitLogistic(learn);
    expect(() => calibrate(binary, other, "beta")).toThrow(code("LEARN_TARGET"));
  });
});
