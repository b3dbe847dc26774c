import fc from "fast-check";
import { expect, it } from "vitest";
import { ticksOf } from "../../src/contract/ticks.ts";

it("marks round values within the axis", () => {
  expect(ticksOf(0, 100)).toEqual([0, 50, 100]);
  expect(ticksOf(0, 18_000)).toEqual([0, 5000, 10_000, 15_000]);
  expect(ticksOf(-2, 3, 5)).toEqual([-2, -1, 0, 1, 2, 3]);
});

it("marks an axis without length once", () => {
  expect(ticksOf(0, 0)).toEqual([0]);
});

it("stays within the axis, in order and few, whatever its size", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
      (low, length) => {
        const high = low + length;
        fc.pre(high > low);
        const ticks = ticksOf(low, high);
        const slack = (high - low) * 1e-6;
        expect(ticks.every((tick) => tick >= low - slack && tick <= high + slack)).toBe(true);
        expect(ticks.length).toBeLessThanOrEqual(5);
        expect([...ticks].sort((a, b) => a - b)).toEqual(ticks);
      },
    ),
  );
});
