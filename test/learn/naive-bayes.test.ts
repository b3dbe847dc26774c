import { expect, it } from "vitest";
import { datasetOf } from "../../src/dataset/dataset.ts";
import { fitNaiveBayes } from "../../src/learn/naive-bayes.ts";
import { farthest, reference, referenceRows } from "./linear-reference.ts";

it("gives the probabilities of scikit-learn for numbers and for levels, with weights", async () => {
  const numbers = referenceRows("classes", { weights: true, levels: false });
  const levels = referenceRows("binary", { weights: true, numbers: false });
  const wanted = reference["naive bayes"];
  const fromNumbers = (await fitNaiveBayes(numbers)).predict(numbers);
  expect(farthest(fromNumbers, wanted["gaussian, weights"] ?? [])).toBeLessThan(1e-8);
  const fromLevels = (await fitNaiveBayes(levels, { smoothing: 0.5 })).predict(levels);
  expect(farthest(fromLevels, wanted["categorical, alpha 0.5, weights"] ?? [])).toBeLessThan(1e-12);
});

const target = {
  kind: "class",
  codes: Int32Array.of(1, 1, 1, 0, 0, 0),
  classes: ["no", "yes"],
} as const;
const asked = (code: number) =>
  datasetOf([{ kind: "categorical", name: "c", codes: Int32Array.of(code), levels: ["a", "b"] }]);

it("is 3/5 for level a on the six rows worked by hand", async () => {
  // a: 2 of yes, 1 of no; b: 1 and 2. With 1 added to each: (3/5 × ½) / (3/5 × ½ + 2/5 × ½).
  const rows = datasetOf(
    [
      {
        kind: "categorical",
        name: "c",
        codes: Int32Array.of(0, 0, 1, 0, 1, 1),
        levels: ["a", "b"],
      },
    ],
    { target },
  );
  expect((await fitNaiveBayes(rows)).predict(asked(0))[0]).toBeCloseTo(3 / 5, 14);
  expect((await fitNaiveBayes(rows)).predict(asked(-1))[0]).toBe(0.5);
});

it("counts missing as a sign where it was seen", async () => {
  const rows = datasetOf(
    [
      {
        kind: "categorical",
        name: "c",
        codes: Int32Array.of(-1, -1, 0, 0, 0, 0),
        levels: ["a", "b"],
      },
    ],
    { target },
  );
  // Missing: 2 of 3 of yes, none of 3 of no; with 1 added to both of two: 3/5 against 1/5.
  expect((await fitNaiveBayes(rows)).predict(asked(-1))[0]).toBeCloseTo(3 / 4, 14);
});

it("says nothing by a number that does not vary", async () => {
  const values = new Float64Array(6).fill(3);
  const rows = datasetOf([{ kind: "numeric", name: "x", values }], { target });
  expect([...(await fitNaiveBayes(rows)).predict(rows)]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
});
