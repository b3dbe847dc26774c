import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datasetOf } from "../../src/dataset/dataset.ts";
import { partialDependence } from "../../src/learn/partial-dependence.ts";
import { feature, formulaModel, levelled, numeric } from "./formula-model.ts";

const LEVELS = ["x", "y", "z"];
const features = [feature("a"), feature("b"), feature("level", LEVELS)];
const product = formulaModel(features, ([a = 0, b = 0, level = 0]) => a * b + 10 * level);
const rows = datasetOf([
  numeric("a", 1, 2, 3, Number.NaN),
  numeric("b", 0, 1, 2, 5),
  levelled("level", ["z", "x"], "x", "z", "z", "x"),
]);

describe("partial dependence", () => {
  it("is the mean over the rows with the column set to each of its values", () => {
    const { axes, mean, each, rows: looked, low } = partialDependence(product, rows, ["a"]);
    expect(axes[0]?.numbers).toEqual(Float64Array.of(1, 2, 3));
    // Mean of b is 2, of the levels 1.
    expect(mean).toEqual(Float64Array.of(12, 14, 16));
    expect([looked, each, low]).toEqual([4, null, null]);
  });

  it("has a line for each row where asked", () => {
    const { each } = partialDependence(product, rows, ["a"], { each: true });
    expect(each).toEqual(Float64Array.of(0, 0, 0, 21, 22, 23, 22, 24, 26, 5, 10, 15));
  });

  it("sets levels by their names, those that occur, in the model's order", () => {
    const known = datasetOf(
      rows.columns.filter(({ name }) => name !== "a").concat(numeric("a", 1, 1, 1, 1)),
    );
    const { axes, mean } = partialDependence(product, known, ["level"]);
    expect(axes[0]?.levels).toEqual(["x", "z"]);
    expect(mean).toEqual(Float64Array.of(2, 22));
  });

  it("takes two columns at once, the second running faster", () => {
    const { axes, mean } = partialDependence(product, rows, ["b", "a"], { points: 2 });
    expect(axes.map(({ numbers }) => Array.from(numbers ?? []))).toEqual([
      [0, 5],
      [1, 3],
    ]);
    expect(mean).toEqual(Float64Array.of(10, 10, 15, 25));
  });

  it("counts rows as their weights say", () => {
    const weighted = { ...rows, weights: Float64Array.of(0, 1, 3, 0) };
    const { mean, places } = partialDependence(product, weighted, ["a"]);
    expect(places).toEqual(Uint32Array.of(1, 2));
    // Mean of b is 7/4.
    expect(mean).toEqual(Float64Array.of(21.75, 23.5, 25.25));
  });

  it("looks at no more rows than asked, the same for the same seed", () => {
    const values = Array.from({ length: 100 }, (_, row) => row);
    const many = datasetOf([numeric("a", ...values)]);
    const itself = formulaModel([feature("a")], ([a = 0]) => a);
    const asked = { rows: 30, points: 5 };
    const one = partialDependence(itself, many, ["a"], asked);
    expect(one.rows).toBe(30);
    expect(new Set(one.places).size).toBe(30);
    expect(one.axes[0]?.numbers).toEqual(Float64Array.of(0, 25, 50, 74, 99));
    expect(one.mean).toEqual(one.axes[0]?.numbers);
    expect(partialDependence(itself, many, ["a"], asked).places).toEqual(one.places);
    expect(partialDependence(itself, many, ["a"], { ...asked, seed: 2 }).places).not.toEqual(
      one.places,
    );
  });

  it("has intervals as wide as the rows differ: none for a sum, and for a product as for its factor's mean", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const values = Array.from({ length: 60 }, (_, row) => (row * 7919) % 61);
        const data = datasetOf([numeric("a", ...values.map((_, i) => i)), numeric("b", ...values)]);
        const times = formulaModel([feature("a"), feature("b")], ([a = 0, b = 0]) => a * b);
        const { axes, low, high, mean } = partialDependence(times, data, ["a"], {
          points: 3,
          resamples: 400,
          seed,
        });
        const middle = values.reduce((sum, x) => sum + x, 0) / 60;
        const error = Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0)) / 60;
        const at = axes[0]!.numbers!;
        expect([low![0], high![0]]).toEqual([0, 0]);
        expect((high![2]! - low![2]!) / (2 * 1.96 * error * at[2]!)).toBeGreaterThan(0.8);
        expect((high![2]! - low![2]!) / (2 * 1.96 * error * at[2]!)).toBeLessThan(1.2);
        expect(low![2]!).toBeLessThan(mean[2]!);
        expect(high![2]!).toBeGreaterThan(mean[2]!);
      }),
      { numRuns: 10 },
    );
  });

  it("keeps the classes of a row beside each other", () => {
    const classes = formulaModel([feature("a")], ([a = 0]) => [a, 1 - a, 0], {
      task: "multiclass",
      classes: ["r", "s", "t"],
    });
    const { outputs, mean } = partialDependence(classes, datasetOf([numeric("a", 0.25, 0.75)]), [
      "a",
    ]);
    expect(outputs).toBe(3);
    expect(mean).toEqual(Float64Array.of(0.25, 0.75, 0, 0.75, 0.25, 0));
  });

  it("refuses what it cannot do", () => {
    const refused = (code: string) => expect.objectContaining({ code });
    expect(() => partialDependence(product, rows, ["height"])).toThrow(refused("LEARN_OPTION"));
    expect(() => partialDependence(product, rows, ["a", "a"])).toThrow(refused("LEARN_OPTION"));
    expect(() => partialDependence(product, rows, ["a"], { points: 1 })).toThrow(
      refused("LEARN_OPTION"),
    );
    expect(() => partialDependence(product, rows, ["a"], { rows: 0 })).toThrow(
      refused("LEARN_OPTION"),
    );
    const unknown = datasetOf([
      numeric("a", Number.NaN),
      numeric("b", 1),
      levelled("level", LEVELS, "x"),
    ]);
    expect(() => partialDependence(product, unknown, ["a"])).toThrow(refused("LEARN_EMPTY"));
    const weightless = { ...rows, weights: new Float64Array(4) };
    expect(() => partialDependence(product, weightless, ["a"])).toThrow(refused("LEARN_EMPTY"));
  });
});
