import { expect, it } from "vitest";
import { datasetOf } from "../../src/dataset/dataset.ts";
import { fitLogistic } from "../../src/learn/logistic.ts";
import { farthest, reference, referenceRows } from "./linear-reference.ts";

it("gives the probabilities of scikit-learn, with penalty, weights and balanced classes", async () => {
  const { logistic } = reference;
  const cases = [
    ["binary, C 1", referenceRows("binary"), {}],
    ["binary, C 0.05, weights", referenceRows("binary", { weights: true }), { l2: 20 }],
    ["binary, C 10, balanced", referenceRows("binary"), { l2: 0.1, classWeights: "balanced" }],
    ["classes, C 1", referenceRows("classes"), {}],
    ["classes, C 0.1, weights", referenceRows("classes", { weights: true }), { l2: 10 }],
  ] as const;
  for (const [name, rows, options] of cases) {
    const model = await fitLogistic(rows, options);
    expect(farthest(model.predict(rows), logistic[name] ?? []), name).toBeLessThan(1e-7);
  }
});

const column = (...values: number[]) =>
  ({ kind: "numeric", name: "x", values: Float64Array.from(values) }) as const;
const yesNo = (...codes: number[]) =>
  ({ kind: "class", codes: Int32Array.from(codes), classes: ["no", "yes"] }) as const;

it("says the shares of two levels without a penalty: odds of 3 to 1 and of 1 to 2", async () => {
  const rows = datasetOf(
    [
      {
        kind: "categorical",
        name: "x",
        codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1),
        levels: ["a", "b"],
      },
    ],
    { target: yesNo(1, 1, 1, 0, 1, 0, 0) },
  );
  const p = (await fitLogistic(rows, { l2: 0 })).predict(rows);
  expect(p[0]).toBeCloseTo(3 / 4, 8);
  expect(p[4]).toBeCloseTo(1 / 3, 8);
});

it("counts a row of weight 2 as two rows, and one of weight 0 not at all", async () => {
  const twice = datasetOf([column(1, 2, 2, 3, 4)], { target: yesNo(0, 1, 1, 0, 1) });
  const weighted = datasetOf([column(1, 2, 3, 4, 99, Number.NaN)], {
    target: yesNo(0, 1, 0, 1, 0, 1),
    weights: Float64Array.of(1, 2, 1, 1, 0, 0),
  });
  const one = (await fitLogistic(twice)).predict(twice);
  const other = (await fitLogistic(weighted)).predict(twice);
  expect(farthest(one, other)).toBeLessThan(1e-9);
});

it("has a coefficient for missing where it was seen, and takes the average where it was not", async () => {
  const target = yesNo(1, 1, 1, 0, 0, 0, 1, 0);
  const full = datasetOf([column(1, 2, 3, 4, 5, 6, 7, 8)], { target });
  const holes = datasetOf([column(1, 2, Number.NaN, 4, 5, Number.NaN, Number.NaN, 8)], {
    target: yesNo(0, 0, 1, 0, 0, 1, 1, 1),
  });
  const asked = datasetOf([column(Number.NaN, 4.5)]);
  const [unknown, average] = (await fitLogistic(full)).predict(asked);
  expect(unknown).toBe(average);
  const [missing, there] = (await fitLogistic(holes)).predict(asked);
  expect(missing).toBeGreaterThan((there ?? 1) + 0.2);
});

it("stays finite where classes are told apart without error and no penalty", async () => {
  const rows = datasetOf([column(-1e300, -2, 3, 1e300)], { target: yesNo(0, 0, 1, 1) });
  const narrow = datasetOf([column(-2, -1, 1, 2)], { target: yesNo(0, 0, 1, 1) });
  for (const one of [rows, narrow]) {
    const p = (await fitLogistic(one, { l2: 0 })).predict(one);
    expect(p.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(p[3]).toBeGreaterThan(0.999);
  }
});

it("stops when it is told to", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const onProgress = () => stop.abort(reason);
  const rows = referenceRows("classes");
  await expect(fitLogistic(rows, {}, { signal: stop.signal, onProgress })).rejects.toBe(reason);
});

it("explains against the average log-odds of the rows that it learnt from, by their weights", async () => {
  const rows = referenceRows("binary", { weights: true });
  const model = await fitLogistic(rows, { stretches: 4 });
  const weights = rows.weights ?? new Float64Array(0);
  let sum = 0;
  model.predict(rows).forEach((p, row) => {
    sum += weights[row]! * Math.log(p / (1 - p));
  });
  const total = weights.reduce((all, weight) => all + weight, 0);
  expect(model.explain(rows).base[0]).toBeCloseTo(sum / total, 10);
});
