import fc from "fast-check";
import { expect, it } from "vitest";
import { contactDueMs, lateArrivalMs } from "../../src/domain/first-contact.ts";
import { workingMinutes } from "../../src/domain/working-time.ts";

const at = (text: string) => Date.parse(`${text.replace(" ", "T")}Z`);
const said = (ms: number | null) =>
  ms === null ? null : new Date(ms).toISOString().slice(0, 16).replace("T", " ");
const week = { workDays: [0, 1, 2, 3, 4], workHours: [9, 18] as [number, number] };

it("counts working minutes: over the evening, over the weekend, over several days", () => {
  const hour = { ...week, firstContactMinutes: 60 };
  // 2025-02-03 is a Monday; Friday and Saturday nobody works.
  expect(said(contactDueMs(at("2025-02-03 11:30"), hour))).toBe("2025-02-03 12:30");
  expect(said(contactDueMs(at("2025-02-03 17:30"), hour))).toBe("2025-02-04 09:30");
  expect(said(contactDueMs(at("2025-02-03 03:00"), hour))).toBe("2025-02-03 10:00");
  expect(said(contactDueMs(at("2025-02-06 17:59"), hour))).toBe("2025-02-09 09:59");
  const days = { ...week, firstContactMinutes: 20 * 60 };
  expect(said(contactDueMs(at("2025-02-03 12:00"), days))).toBe("2025-02-05 14:00");
  expect(contactDueMs(0, { ...hour, workDays: [] })).toBe(null);
  expect(lateArrivalMs(0, { ...hour, workDays: [] })).toBe(null);
});

const rule = fc.record({
  workDays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
  workHours: fc
    .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 24 }))
    .filter(([from, to]) => from < to),
  firstContactMinutes: fc.integer({ min: 1, max: 3000 }),
});
const minute = fc
  .integer({ min: at("2024-01-01 00:00") / 60_000, max: at("2026-01-01 00:00") / 60_000 })
  .map((minutes) => minutes * 60_000);

it("leaves exactly the minutes allowed between arrival and due, as the figures count them", () => {
  fc.assert(
    fc.property(minute, rule, (arrived, one) => {
      const due = contactDueMs(arrived, one) ?? 0;
      const wall = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
      expect(workingMinutes(wall(arrived), wall(due), one)).toBe(one.firstContactMinutes);
    }),
  );
});

it("whatever arrived by the latest late arrival is late, and a minute later is not", () => {
  fc.assert(
    fc.property(minute, rule, (now, one) => {
      const latest = lateArrivalMs(now, one) ?? 0;
      expect(contactDueMs(latest, one)).toBeLessThanOrEqual(now);
      expect(contactDueMs(latest + 60_000, one)).toBeGreaterThan(now);
    }),
  );
});
