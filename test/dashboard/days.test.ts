import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, bucketEnd, monthStart, yearBefore } from "../../dashboard/format/days.ts";

const day = fc.integer({ min: 0, max: 30_000 }).map((count) => addDays("1990-01-01", count));

it("days are added over the ends of months and years", () => {
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("2024-12-31", 1)).toBe("2025-01-01");
  expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
  expect(monthStart("2024-02-29")).toBe("2024-02-01");
});

it("a year of days ends where it is asked to and begins a day after the same date", () => {
  expect(yearBefore("2025-10-28")).toBe("2024-10-29");
  expect(yearBefore("2024-02-29")).toBe("2023-03-01");
  expect(yearBefore("2024-02-28")).toBe("2023-03-01");
});

it("adding and taking away the same number of days gives the day again", () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -5000, max: 5000 }), (start, count) => {
      expect(addDays(addDays(start, count), -count)).toBe(start);
    }),
  );
});

it("a bucket ends before the next begins, and never after the period", () => {
  expect(bucketEnd("2024-10-06", "week", "2024-12-31")).toBe("2024-10-12");
  expect(bucketEnd("2024-02-01", "month", "2024-12-31")).toBe("2024-02-29");
  expect(bucketEnd("2024-12-29", "week", "2024-12-31")).toBe("2024-12-31");
  expect(bucketEnd("2024-10-06", "day", "2024-12-31")).toBe("2024-10-06");
  fc.assert(
    fc.property(day, (start) => {
      expect(addDays(bucketEnd(start, "month", "2999-01-01"), 1).slice(8)).toBe("01");
    }),
  );
});
