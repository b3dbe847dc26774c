import fc from "fast-check";
import { expect, it } from "vitest";
import { startsOf, stretchOf } from "../../src/learn/stretches.ts";

it("cuts ten numbers into five pairs, and begins each stretch at a number that was seen", () => {
  const starts = startsOf(Float64Array.of(9, 1, 8, 2, 7, 3, 6, 4, 5, 10), null, 5);
  expect(starts).toEqual([3, 5, 7, 9]);
  expect([0, 2.9, 3, 8.9, 9, 99, Number.NaN].map((x) => stretchOf(starts, x))).toEqual([
    0, 0, 1, 3, 4, 4, -1,
  ]);
});

it("leaves out missing and rows of weight 0, and makes fewer stretches of a frequent number", () => {
  const values = Float64Array.of(1, 1, 1, 1, 2, Number.NaN, 500);
  const weights = Float64Array.of(1, 1, 1, 1, 1, 1, 0);
  expect(startsOf(values, weights, 4)).toEqual([]);
  expect(startsOf(values, weights, 5)).toEqual([2]);
  expect(startsOf(values.subarray(0, 4), null, 9)).toEqual([]);
});

it("counts the starts that are not above a number", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: -9, max: 9 })),
      fc.integer({ min: -10, max: 10 }),
      (all, x) => {
        const starts = all.sort((one, other) => one - other);
        expect(stretchOf(starts, x)).toBe(starts.filter((start) => start <= x).length);
      },
    ),
  );
});
