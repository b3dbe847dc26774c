import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  spreadLabels,
  type TrendNumbers,
  trendGeometry,
} from "../../dashboard/charts/trend-geometry.ts";
import { addDays } from "../../dashboard/format/days.ts";

const BOX = { width: 800, height: 288, rtl: false };

const cell = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { freq: 4 });
const numbers: fc.Arbitrary<TrendNumbers> = fc
  .array(fc.record({ spend: cell, leads: cell, qualified: cell, immature: fc.boolean() }), {
    minLength: 1,
    maxLength: 120,
  })
  .map((rows) => ({
    grain: "day" as const,
    start: rows.map((_, i) => addDays("2024-01-01", i)),
    spendMinor: rows.map((row) => row.spend),
    leads: rows.map((row) => row.leads),
    qualified: rows.map((row) => row.qualified),
    immature: rows.map((row) => row.immature),
  }));

const four: TrendNumbers = {
  grain: "day",
  start: ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"],
  spendMinor: [100, null, 50, 0],
  leads: [4, null, 2, 1],
  qualified: [null, 1, null, null],
  immature: [false, false, true, true],
};

describe("the trend's picture", () => {
  it("draws spend from zero, and nothing where there is no row", () => {
    const { spend } = trendGeometry(four, BOX);
    expect(spend.bars.map((bar) => bar.index)).toEqual([0, 2, 3]);
    const [full, half, none] = spend.bars;
    expect(full?.height).toBeCloseTo(2 * (half?.height ?? 0), 6);
    expect(none?.height).toBe(0);
    for (const bar of spend.bars) expect(bar.y + bar.height).toBeCloseTo(spend.bottom, 9);
  });
  it("breaks a line at a gap and shows a lone day as a dot", () => {
    const { people } = trendGeometry(four, BOX);
    expect(people.leads.path.match(/M/g)).toHaveLength(2);
    expect(people.leads.lone.map((point) => point.index)).toEqual([0]);
    expect(people.qualified.lone.map((point) => point.index)).toEqual([1]);
  });
  it("hatches exactly the days that are not mature", () => {
    const geometry = trendGeometry(four, BOX);
    expect(geometry.immature).toHaveLength(1);
    expect(geometry.immature[0]?.width).toBeCloseTo(2 * geometry.bucketWidth, 9);
    expect(geometry.immature[0]?.x).toBeCloseTo(geometry.xOf(2) - geometry.bucketWidth / 2, 9);
  });
  it("stays inside its box, for any numbers", () => {
    fc.assert(
      fc.property(
        numbers,
        fc.integer({ min: 280, max: 1600 }),
        fc.boolean(),
        (made, width, rtl) => {
          const geometry = trendGeometry(made, { width, height: 288, rtl });
          for (const bar of geometry.spend.bars) {
            expect(bar.x).toBeGreaterThanOrEqual(-1e-6);
            expect(bar.x + bar.width).toBeLessThanOrEqual(width + 1e-6);
            expect(bar.y).toBeGreaterThanOrEqual(geometry.spend.top - 1e-6);
            expect(bar.height).toBeGreaterThanOrEqual(0);
          }
          for (const line of [geometry.people.leads, geometry.people.qualified]) {
            expect(line.path).not.toMatch(/NaN|Infinity/);
            if (line.labelY !== null) {
              expect(line.labelY).toBeGreaterThanOrEqual(geometry.people.top - 1e-6);
              expect(line.labelY).toBeLessThanOrEqual(geometry.people.bottom + 1e-6);
            }
          }
          expect(geometry.spend.bottom).toBeLessThan(geometry.people.top);
        },
      ),
    );
  });
  it("is its own mirror image where the page runs from right to left", () => {
    fc.assert(
      fc.property(numbers, (made) => {
        const ltr = trendGeometry(made, BOX);
        const rtl = trendGeometry(made, { ...BOX, rtl: true });
        ltr.spend.bars.forEach((bar, i) => {
          const twin = rtl.spend.bars[i];
          expect(twin?.x).toBeCloseTo(BOX.width - bar.x - bar.width, 6);
          expect(twin?.y).toBe(bar.y);
        });
        ltr.immature.forEach((part, i) => {
          expect(rtl.immature[i]?.x).toBeCloseTo(BOX.width - part.x - part.width, 6);
        });
      }),
    );
  });
  it("finds the day under the pointer, in both directions", () => {
    fc.assert(
      fc.property(numbers, fc.boolean(), (made, rtl) => {
        const geometry = trendGeometry(made, { ...BOX, rtl });
        made.start.forEach((_, i) => {
          expect(geometry.indexAt(geometry.xOf(i))).toBe(i);
        });
        expect(geometry.indexAt(-50)).toBe(rtl ? made.start.length - 1 : 0);
        expect(geometry.indexAt(BOX.width + 50)).toBe(rtl ? 0 : made.start.length - 1);
      }),
    );
  });
  it("reads off no height where nothing was spent or nobody came", () => {
    const empty = trendGeometry(
      {
        grain: "day",
        start: ["2024-01-01"],
        spendMinor: [null],
        leads: [0],
        qualified: [0],
        immature: [true],
      },
      BOX,
    );
    expect([empty.spend.empty, empty.people.empty]).toEqual([true, true]);
    expect(empty.spend.ticks.map((tick) => tick.value)).toEqual([0]);
    expect(empty.people.ticks.map((tick) => tick.value)).toEqual([0]);
    expect(empty.immature).toEqual([]);
    expect(trendGeometry(four, BOX).spend.empty).toBe(false);
  });
});

describe("labels", () => {
  it("of two lines that end together are moved apart and keep their order", () => {
    const [a, b] = spreadLabels(100, 101, { top: 0, bottom: 200 });
    expect((b ?? 0) - (a ?? 0)).toBeCloseTo(15, 9);
    expect(spreadLabels(50, 100, { top: 0, bottom: 200 })).toEqual([50, 100]);
    expect(spreadLabels(null, 100, { top: 0, bottom: 200 })).toEqual([null, 100]);
    const [low, high] = spreadLabels(199, 200, { top: 0, bottom: 200 });
    expect(low).toBe(185);
    expect(high).toBe(200);
  });
});
