import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datasetOf } from "../../src/dataset/dataset.ts";
import { effectByValue, globalSummary } from "../../src/learn/global.ts";
import type { Explanation } from "../../src/learn/model.ts";
import { rowMean } from "../../src/learn/row-mean.ts";
import { feature, levelled, numeric } from "./formula-model.ts";

const LEVELS = ["north", "south", "west"];
const features = [feature("age"), feature("place", LEVELS)];

/** Four rows: what the age adds rises with it, but for the row where it is missing. */
const explanation: Explanation = {
  scale: "log-odds",
  features,
  outputs: 1,
  base: Float64Array.of(0.5),
  values: Float64Array.of(-2, 0.1, 1, -0.1, 3, 0.3, -4, 0.1),
};
const columns = [
  numeric("age", 20, 30, 40, Number.NaN),
  levelled("place", LEVELS, "south", "north", "west", "unheard of"),
];
const rows = datasetOf(columns);

describe("the summary of explanations", () => {
  it("orders features by their mean size, with sample size, interval and direction", () => {
    const { effects, rows: counted, scale } = globalSummary(explanation, rows);
    expect(scale).toBe("log-odds");
    expect(counted).toBe(4);
    expect(effects.map((one) => one.feature.name)).toEqual(["age", "place"]);
    const age = effects[0]?.outputs[0];
    expect(age?.size.value).toBe(2.5);
    expect(age?.direction).toBe(1);
    // Sizes 2, 1, 3, 4: deviation √(5/3), standard error √(5/12).
    expect(age?.size.interval?.high).toBeCloseTo(2.5 + 1.959964 * Math.sqrt(5 / 12), 6);
    expect(effects[1]?.size).toBeCloseTo(0.15, 14);
    expect(effects[1]?.outputs[0]?.direction).toBeNull();
  });

  it("counts rows as their weights say, and none of weight 0", () => {
    const weighted = datasetOf(columns, { weights: Float64Array.of(1, 0, 3, 0) });
    const { effects, rows: counted } = globalSummary(explanation, weighted);
    expect(counted).toBe(2);
    expect(effects[0]?.size).toBe((2 + 3 * 3) / 4);
  });

  it("sums a feature's sizes over the classes, and keeps each", () => {
    const classes: Explanation = {
      ...explanation,
      features: [feature("age")],
      outputs: 2,
      base: Float64Array.of(0, 0),
      values: Float64Array.of(1, -1, 2, -2, 3, -3, 0, 0),
    };
    const [age] = globalSummary(classes, rows).effects;
    expect(age?.size).toBe(3);
    expect(age?.outputs.map((one) => one.direction)).toEqual([1, -1]);
  });

  it("ranks equal numbers alike for the direction", () => {
    const tied = {
      ...explanation,
      features: [feature("age")],
      values: Float64Array.of(1, 2, 3, 4),
    };
    const ages = datasetOf([numeric("age", 20, 20, 30, 40)]);
    // Ranks ½ ½ 2 3 and 0 1 2 3: 4.5 / √(4.5 × 5).
    const direction = globalSummary(tied, ages).effects[0]?.outputs[0]?.direction;
    expect(direction).toBeCloseTo(Math.sqrt(0.9), 12);
  });

  it("refuses other rows than those explained, and none", () => {
    const one = datasetOf([numeric("age", 1), levelled("place", LEVELS, "west")]);
    expect(() => globalSummary(explanation, one)).toThrow(
      expect.objectContaining({ code: "DATASET_LENGTH" }),
    );
    const none = datasetOf(columns, { weights: new Float64Array(4) });
    expect(() => globalSummary(explanation, none)).toThrow(
      expect.objectContaining({ code: "LEARN_EMPTY" }),
    );
  });
});

describe("the effect by value", () => {
  it("gives a level's mean effect, and that of rows whose level the model does not know as missing", () => {
    const groups = effectByValue(explanation, rows, "place");
    expect(
      groups.map(({ kind, level, effect }) => [kind, level, effect.value, effect.rows]),
    ).toEqual([
      ["level", "north", -0.1, 1],
      ["level", "south", 0.1, 1],
      ["level", "west", 0.3, 1],
      ["missing", null, 0.1, 1],
    ]);
  });

  it("groups numbers, with missing apart", () => {
    const groups = effectByValue(explanation, rows, "age", { groups: 2 });
    expect(groups.map(({ from, to, effect }) => [from, to, effect.value, effect.rows])).toEqual([
      [20, 30, -0.5, 2],
      [40, 40, 3, 1],
      [null, null, -4, 1],
    ]);
  });

  it("has every row in one group, in order, with equal numbers together", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: -5, max: 5 }), { nil: Number.NaN }), { minLength: 1 }),
        fc.integer({ min: 2, max: 8 }),
        (ages, most) => {
          const values = Float64Array.from(ages);
          const alone = { ...explanation, features: [feature("age")], values };
          const groups = effectByValue(alone, datasetOf([numeric("age", ...ages)]), "age", {
            groups: most,
          });
          expect(groups.reduce((sum, { effect }) => sum + effect.rows, 0)).toBe(ages.length);
          const numbers = groups.filter(({ kind }) => kind === "numbers");
          expect(numbers.length).toBeLessThanOrEqual(most);
          for (const [i, { from, to }] of numbers.entries()) {
            expect(from!).toBeLessThanOrEqual(to!);
            if (i > 0) expect(from!).toBeGreaterThan(numbers[i - 1]!.to!);
          }
        },
      ),
    );
  });

  it("refuses a column, an output and a number of groups that there are not", () => {
    const refused = { code: "LEARN_OPTION" };
    expect(() => effectByValue(explanation, rows, "height")).toThrow(
      expect.objectContaining(refused),
    );
    expect(() => effectByValue(explanation, rows, "age", { output: 1 })).toThrow(
      expect.objectContaining(refused),
    );
    expect(() => effectByValue(explanation, rows, "age", { groups: 1 })).toThrow(
      expect.objectContaining(refused),
    );
  });
});

describe("a mean over rows", () => {
  it("is as uncertain as its groups are few", () => {
    const values = [1, 1, 1, 5, 5, 5];
    const parts = { rows: 6, weights: null };
    const alone = rowMean({ ...parts, groups: null }, (row) => values[row]!);
    const grouped = rowMean(
      { ...parts, groups: Int32Array.of(7, 7, 7, 2, 2, 2) },
      (row) => values[row]!,
    );
    expect(grouped.value).toBe(3);
    // Two draws, 1 and 5: standard error 2.
    expect(grouped.interval?.low).toBeCloseTo(3 - 2 * 1.959964, 5);
    // Six draws of deviation √(24/5): standard error √0.8.
    expect(alone.interval?.low).toBeCloseTo(3 - 1.959964 * Math.sqrt(0.8), 5);
  });

  it("has no interval for one row or group", () => {
    expect(rowMean({ rows: 1, weights: null, groups: null }, () => 4)).toEqual({
      value: 4,
      interval: null,
      rows: 1,
    });
    const oneGroup = { rows: 2, weights: null, groups: Int32Array.of(1, 1) };
    expect(rowMean(oneGroup, (row) => row).interval).toBeNull();
  });
});
