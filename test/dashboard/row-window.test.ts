import fc from "fast-check";
import { expect, it } from "vitest";
import { MOST_PX, rowWindow, scrollFor } from "../../dashboard/parts/row-window.ts";

const scrolled = fc.record({
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  viewport: fc.integer({ min: 40, max: 2000 }),
  total: fc.integer({ min: 1, max: 8_000_000 }),
  rowPx: fc.constantFrom(32, 76),
});

it("draws every row that is in sight, few others, and inside the list's own height", () => {
  fc.assert(
    fc.property(scrolled, ({ share, viewport, total, rowPx }) => {
      const height = Math.min(total * rowPx, MOST_PX);
      const scrollTop = share * Math.max(0, height - viewport);
      const drawn = rowWindow({ scrollTop, viewport, total, rowPx });
      expect(drawn.height).toBe(height);
      expect(drawn.first).toBeLessThanOrEqual(drawn.seen);
      expect(drawn.end).toBeGreaterThanOrEqual(drawn.seenEnd);
      expect(drawn.end - drawn.first).toBeLessThanOrEqual(Math.ceil(viewport / rowPx) + 60);
      expect(drawn.top).toBeGreaterThanOrEqual(0);
      expect(drawn.top + (drawn.end - drawn.first) * rowPx).toBeLessThanOrEqual(
        Math.max(height, (drawn.end - drawn.first) * rowPx) + 0.01,
      );
      // The window is covered: no blank above or below what is drawn.
      expect(drawn.top).toBeLessThanOrEqual(scrollTop + 0.01);
      const bottom = drawn.top + (drawn.end - drawn.first) * rowPx;
      expect(bottom).toBeGreaterThanOrEqual(Math.min(scrollTop + viewport, height) - 0.01);
    }),
  );
});

it("reaches the last of eight million rows at the end of the scrollbar, and the first at its start", () => {
  const list = { viewport: 600, total: 8_000_000, rowPx: 32 };
  const end = rowWindow({ ...list, scrollTop: MOST_PX - 600 });
  expect(end.seenEnd).toBe(8_000_000);
  expect(rowWindow({ ...list, scrollTop: 0 }).seen).toBe(0);
});

it("scrolls to any row so that it is in sight, and not at all where it is already", () => {
  fc.assert(
    fc.property(scrolled, fc.double({ min: 0, max: 1, noNaN: true }), (one, place) => {
      const { viewport, total, rowPx, share } = one;
      const height = Math.min(total * rowPx, MOST_PX);
      const at = { viewport: Math.max(viewport, rowPx * 2), total, rowPx };
      const scrollTop = share * Math.max(0, height - at.viewport);
      const index = Math.floor(place * (total - 1));
      const next = scrollFor(index, { ...at, scrollTop });
      const seen = rowWindow({ ...at, scrollTop: next });
      expect(seen.seen).toBeLessThanOrEqual(index);
      expect(seen.seenEnd).toBeGreaterThan(index);
      expect(scrollFor(index, { ...at, scrollTop: next })).toBeCloseTo(next, 3);
    }),
  );
});

it("is blocks of four worked by hand: at 1,600 px of 32 px rows, rows 36 to 84 stand for 50 to 70", () => {
  expect(rowWindow({ scrollTop: 1600, viewport: 640, total: 1000, rowPx: 32 })).toEqual({
    first: 36,
    end: 84,
    seen: 50,
    seenEnd: 70,
    top: 1152,
    height: 32_000,
  });
});
