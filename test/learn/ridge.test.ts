import fc from "fast-check";
import { expect, it } from "vitest";
import { datasetOf } from "../../src/dataset/dataset.ts";
import { fitRidge } from "../../src/learn/ridge.ts";
import { farthest, reference, referenceRows } from "./linear-reference.ts";

it("gives the values of scikit-learn, with penalty and weights", async () => {
  const plain = referenceRows("value");
  const weighted = referenceRows("value", { weights: true });
  expect(
    farthest((await fitRidge(plain)).predict(plain), reference.ridge["alpha 1"] ?? []),
  ).toBeLessThan(1e-10);
  expect(
    farthest(
      (await fitRidge(weighted, { l2: 25 })).predict(weighted),
      reference.ridge["alpha 25, weights"] ?? [],
    ),
  ).toBeLessThan(1e-10);
});

const numeric = (name: string, values: ArrayLike<number>) =>
  ({ kind: "numeric", name, values: Float64Array.from(values) }) as const;

it("finds a line again without a penalty, also from columns that say the same", async () => {
  const x = Float64Array.of(1, 2, 5, 7, 11);
  const target = { kind: "value", values: x.map((one) => 3 * one - 4) } as const;
  const one = datasetOf([numeric("x", x)], { target });
  const twice = datasetOf(
    [
      numeric("x", x),
      numeric(
        "2x",
        x.map((a) => 2 * a),
      ),
    ],
    { target },
  );
  expect(farthest((await fitRidge(one, { l2: 0 })).predict(one), target.values)).toBeLessThan(
    1e-12,
  );
  const fromTwo = (await fitRidge(twice, { l2: 0 })).predict(twice);
  expect(farthest(fromTwo, target.values)).toBeLessThan(1e-9);
});

it("solves equations too wide for their root as well as narrow ones", async () => {
  const rows = 3000;
  const codes = Int32Array.from({ length: rows }, (_, i) => (i * 7919) % 1200);
  const values = Float64Array.from({ length: rows }, (_, i) => Math.sin(i) + (codes[i]! % 5));
  const levels = Array.from({ length: 1200 }, (_, i) => `l${i}`);
  const wide = datasetOf([{ kind: "categorical", name: "c", codes, levels }], {
    target: { kind: "value", values },
  });
  const model = await fitRidge(wide, { l2: 2 });
  const got = model.predict(wide);
  const intercept = model.linear.intercepts[0]!;
  // Of levels alone a slope is the sum of what is left over the count and the penalty.
  const sums = new Float64Array(1200);
  const counts = new Float64Array(1200);
  for (let row = 0; row < rows; row++) {
    sums[codes[row]!]! += values[row]! - intercept;
    counts[codes[row]!]!++;
  }
  const wanted = got.map((_, row) => intercept + sums[codes[row]!]! / (counts[codes[row]!]! + 2));
  expect(farthest(got, wanted)).toBeLessThan(1e-9);
});

it("moves with the values: twice the values and 5 more give twice the prediction and 5 more", async () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
    minLength: 5,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(numbers, async (values) => {
      const x = numeric(
        "x",
        values.map((_, i) => (i * i) % 7),
      );
      const rows = datasetOf([x], { target: { kind: "value", values: Float64Array.from(values) } });
      const moved = datasetOf([x], {
        target: { kind: "value", values: Float64Array.from(values, (v) => 2 * v + 5) },
      });
      const one = (await fitRidge(rows)).predict(rows).map((v) => 2 * v + 5);
      const other = (await fitRidge(moved)).predict(moved);
      expect(farthest(one, other)).toBeLessThan(1e-7);
    }),
    { numRuns: 30 },
  );
});

it("gives the constant back when the target is constant, to the bit", async () => {
  const rows = datasetOf([numeric("x", [1, 2, 3])], {
    target: { kind: "value", values: Float64Array.of(0.1, 0.1, 0.1) },
  });
  expect([...(await fitRidge(rows)).predict(rows)]).toEqual([0.1, 0.1, 0.1]);
});

it("stays finite for numbers near the end of the range", async () => {
  const rows = datasetOf(
    [numeric("x", [-1.7e308, 0, 1.7e308]), numeric("y", [5e-324, 1e-300, 0])],
    {
      target: { kind: "value", values: Float64Array.of(1e100, -1e100, 1) },
    },
  );
  expect((await fitRidge(rows)).predict(rows).every((value) => Number.isFinite(value))).toBe(true);
});

it("bends where it is asked to: |x| by stretches, which no straight line says", async () => {
  const x = Float64Array.from({ length: 200 }, (_, i) => (i - 100) / 10);
  const rows = datasetOf([numeric("x", x)], { target: { kind: "value", values: x.map(Math.abs) } });
  const off = async (options: { stretches: number }) =>
    farthest((await fitRidge(rows, options)).predict(rows), x.map(Math.abs));
  expect(await off({ stretches: 0 })).toBeGreaterThan(4);
  expect(await off({ stretches: 20 })).toBeLessThan(1.2);
});
