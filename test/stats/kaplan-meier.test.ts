import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { kaplanMeier, survivalAt, survivalQuantile } from "../../src/stats/kaplan-meier.ts";

const watched = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 1 })),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const curveOf = (rows: readonly (readonly [number, number])[], level?: number) =>
  kaplanMeier(
    rows.map(([time]) => time),
    rows.map(([, happened]) => happened),
    level,
  );

it("is worked by hand on six people, one of whom goes out of sight at the time of an event", () => {
  const curve = kaplanMeier([1, 2, 2, 3, 5, 6], [1, 1, 0, 0, 1, 0]);
  expect(curve.steps.map(({ time, atRisk, events }) => [time, atRisk, events])).toEqual([
    [1, 6, 1],
    [2, 5, 1],
    [5, 2, 1],
  ]);
  const survivals = curve.steps.map(({ survival }) => survival);
  for (const [i, want] of [5 / 6, 4 / 6, 2 / 6].entries())
    expect(survivals[i]).toBeCloseTo(want, 14);
  expect(curve).toMatchObject({ rows: 6, events: 3, lastTime: 6 });
  // Greenwood at time 2: 1/(6·5) + 1/(5·4) = 1/12
  const reach = (1.959963984540054 * Math.sqrt(1 / 12)) / -Math.log(2 / 3);
  expect(curve.steps[1]?.low).toBeCloseTo((2 / 3) ** Math.exp(reach), 12);
  expect(curve.steps[1]?.high).toBeCloseTo((2 / 3) ** Math.exp(-reach), 12);
});

it("is the plain share still waiting where nobody went out of sight", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }), (times) => {
      const curve = kaplanMeier(
        times,
        times.map(() => 1),
      );
      for (const { time, survival } of curve.steps) {
        expect(survival).toBeCloseTo(times.filter((t) => t > time).length / times.length, 12);
      }
      expect(curve.steps.at(-1)?.survival).toBe(0);
    }),
  );
});

it("falls from 1 towards 0 between its bounds, and wider bounds hold narrower ones", () => {
  fc.assert(
    fc.property(watched, (rows) => {
      const curve = curveOf(rows, 0.8);
      const wide = curveOf(rows, 0.99);
      let before = 1;
      for (const [i, { survival, low, high }] of curve.steps.entries()) {
        expect(survival).toBeLessThan(before);
        before = survival;
        expect(low).toBeLessThanOrEqual(survival + 1e-12);
        expect(high).toBeGreaterThanOrEqual(survival - 1e-12);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(wide.steps[i]?.low).toBeLessThanOrEqual(low + 1e-12);
        expect(wide.steps[i]?.high).toBeGreaterThanOrEqual(high - 1e-12);
      }
    }),
  );
});

it("does not care for the order of rows, and four copies of them halve the reach of the bounds", () => {
  fc.assert(
    fc.property(watched, (rows) => {
      const curve = curveOf(rows);
      expect(curveOf(rows.toReversed())).toEqual(curve);
      const four = curveOf(rows.flatMap((row) => [row, row, row, row]));
      for (const [i, { survival, low }] of curve.steps.entries()) {
        if (survival === 0) continue;
        const reach = (end: number, of: number) => Math.log(Math.log(end) / Math.log(of));
        const copied = four.steps[i] as (typeof four.steps)[number];
        // The events of one time are one draw of four times the size: Greenwood's sum is a quarter.
        expect(copied.survival).toBeCloseTo(survival, 12);
        if (low > 1e-300) {
          expect(reach(copied.low, survival)).toBeCloseTo(reach(low, survival) / 2, 6);
        }
      }
    }),
  );
});

it("answers for any time: 1 before the first event, nothing beyond the last one watched", () => {
  const curve = kaplanMeier([2, 4, 4, 9], [1, 1, 0, 0]);
  expect(survivalAt(curve, 1.9)).toEqual({ survival: 1, low: 1, high: 1 });
  expect(survivalAt(curve, 2)?.survival).toBe(0.75);
  expect(survivalAt(curve, 8)?.survival).toBe(0.5);
  expect(survivalAt(curve, 9.1)).toBeNull();
  expect(survivalAt(curve, Number.NaN)).toBeNull();
  expect(survivalQuantile(curve, 0.25)).toMatchObject({ time: 2 });
  expect(survivalQuantile(curve, 0.5)).toMatchObject({ time: 4, high: null });
  expect(survivalQuantile(curve, 0.9)).toMatchObject({ time: null, high: null });
});

it("has no step where nothing happened, and keeps a bound where all go at once", () => {
  expect(kaplanMeier([3, 4], [0, 0])).toMatchObject({ steps: [], events: 0, lastTime: 4 });
  expect(kaplanMeier([3, 3], [1, 1]).steps).toEqual([
    { time: 3, atRisk: 2, events: 2, survival: 0, low: 0, high: 1 },
  ]);
});

it("covers the true share still waiting as often as it says, though a third go out of sight", () => {
  const random = seededRandom(5);
  let held = 0;
  for (let i = 0; i < 1500; i++) {
    const rows = Array.from({ length: 60 }, () => {
      const event = -Math.log(1 - random.next());
      const end = -2 * Math.log(1 - random.next());
      return [Math.min(event, end), event <= end ? 1 : 0] as const;
    });
    const at = survivalAt(curveOf(rows, 0.9), 0.7);
    if (at !== null && at.low <= Math.exp(-0.7) && Math.exp(-0.7) <= at.high) held++;
  }
  expect(held / 1500).toBeGreaterThan(0.87);
  expect(held / 1500).toBeLessThan(0.93);
});

it("refuses times and marks that are none", () => {
  for (const wrong of [
    () => kaplanMeier([], []),
    () => kaplanMeier([1], [1, 0]),
    () => kaplanMeier([-1], [1]),
    () => kaplanMeier([Number.NaN], [1]),
    () => kaplanMeier([Number.POSITIVE_INFINITY], [1]),
    () => kaplanMeier([1], [2]),
    () => kaplanMeier([1], [1], 0),
    () => survivalQuantile(kaplanMeier([1], [1]), 1),
  ]) {
    expect(wrong).toThrow(expect.objectContaining({ code: "STATS_ARGUMENT" }));
  }
});
