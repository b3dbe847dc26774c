import fc from "fast-check";
import { expect, it } from "vitest";
import { isWorkingTime, type WorkCalendar, workingMinutes } from "../../src/domain/working-time.ts";

const CAIRO: WorkCalendar = { workDays: [0, 1, 2, 3, 4], workHours: [9, 18] };

/** Minutes since a Sunday in 2024, as wall clock. */
const at = (minute: number) =>
  new Date(Date.UTC(2024, 0, 7) + minute * 60_000).toISOString().slice(0, 19).replace("T", " ");
const minute = fc.integer({ min: -200_000, max: 800_000 });
const calendar: fc.Arbitrary<WorkCalendar> = fc.record({
  workDays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 }),
  workHours: fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
    .filter(([opens, closes]) => opens < closes),
});

it("is 150 minutes from Thursday 17:00 to Sunday 10:30, as nobody works on Friday and Saturday", () => {
  expect(workingMinutes("2025-01-02 17:00:00", "2025-01-05 10:30:00", CAIRO)).toBe(150);
  expect(workingMinutes("2025-01-03 12:00:00", "2025-01-04 12:00:00", CAIRO)).toBe(0);
  expect(workingMinutes("2025-01-05 08:00:00", "2025-01-05 19:00:00", CAIRO)).toBe(540);
  expect(isWorkingTime("2025-01-02 17:59:59", CAIRO)).toBe(true);
  expect(isWorkingTime("2025-01-02 18:00:00", CAIRO)).toBe(false);
  expect(isWorkingTime("2025-01-03 12:00:00", CAIRO)).toBe(false);
});

it("counts each minute in which somebody works, and no other", () => {
  fc.assert(
    fc.property(minute, fc.integer({ min: 0, max: 30_000 }), calendar, (from, length, days) => {
      let counted = 0;
      for (let i = 0; i < length; i++) if (isWorkingTime(at(from + i), days)) counted++;
      expect(workingMinutes(at(from), at(from + length), days)).toBe(counted);
    }),
    { numRuns: 40 },
  );
});

it("adds up over any moment between, turns over backwards, and never runs faster than the clock", () => {
  fc.assert(
    fc.property(minute, minute, minute, calendar, (a, b, c, days) => {
      const between = workingMinutes(at(a), at(b), days);
      expect(between + workingMinutes(at(b), at(c), days)).toBe(workingMinutes(at(a), at(c), days));
      expect(workingMinutes(at(b), at(a), days)).toBe(-between || 0);
      expect(Math.abs(between)).toBeLessThanOrEqual(Math.abs(b - a));
      expect(between === 0 || Math.sign(between) === Math.sign(b - a)).toBe(true);
    }),
  );
});

it("repeats every week", () => {
  fc.assert(
    fc.property(minute, minute, calendar, (a, b, days) => {
      const week = 7 * 1440;
      expect(workingMinutes(at(a + week), at(b + week), days)).toBe(
        workingMinutes(at(a), at(b), days),
      );
    }),
  );
});

/** The instant of a wall clock in Cairo, where the clocks went forward on 26 April and back on 31 October 2024. */
function cairoMs(wallTime: string): number {
  const guess = Date.parse(`${wallTime.replace(" ", "T")}Z`);
  const shown = (ms: number) =>
    new Intl.DateTimeFormat("sv", {
      timeZone: "Africa/Cairo",
      dateStyle: "short",
      timeStyle: "medium",
    }).format(ms);
  return [guess - 2 * 3_600_000, guess - 3 * 3_600_000].find((ms) => shown(ms) === wallTime) ?? 0;
}

it("has the same minutes in a day on which the clocks change as in any other, where they change at night", () => {
  for (const day of ["2024-04-25", "2024-04-26", "2024-04-28", "2024-10-31", "2024-11-03"]) {
    const all = { workDays: [0, 1, 2, 3, 4, 5, 6], workHours: [9, 18] } as WorkCalendar;
    const [opens, closes] = [`${day} 09:00:00`, `${day} 18:00:00`];
    expect(workingMinutes(`${day} 00:00:00`, `${day} 23:59:00`, all)).toBe(540);
    expect((cairoMs(closes) - cairoMs(opens)) / 60_000).toBe(540);
  }
});

it("is the time that passed while somebody works, through both changes of the clocks", () => {
  const days = fc.integer({ min: 0, max: 364 });
  const hours = fc.integer({ min: 9 * 60, max: 18 * 60 });
  fc.assert(
    fc.property(days, hours, hours, (day, one, other) => {
      const from = at(day * 1440 + Math.min(one, other));
      const to = at(day * 1440 + Math.max(one, other));
      const worked = workingMinutes(from, to, { ...CAIRO, workDays: [0, 1, 2, 3, 4, 5, 6] });
      expect(worked).toBe((cairoMs(to) - cairoMs(from)) / 60_000);
    }),
  );
});
