import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Grain, labelStep, timeTicks } from "../../dashboard/charts/time-axis.ts";
import { addDays } from "../../dashboard/format/days.ts";

/** Buckets of a grain from a day on. */
function starts(first: string, grain: Grain, count: number): string[] {
  if (grain !== "month")
    return Array.from({ length: count }, (_, i) => addDays(first, i * (grain === "week" ? 7 : 1)));
  const [year = 0, month = 1] = first.split("-").map(Number);
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 10),
  );
}

const read = (days: readonly string[], grain: Grain, plotPx: number) =>
  timeTicks(days, grain, plotPx).map(({ index, says, year }) =>
    [days[index]?.slice(0, says === "month" ? 7 : 10), year ? "with year" : ""].join(" ").trim(),
  );

describe("the labels of a time axis", () => {
  it("are days without a year where the axis is short and lies in one year", () => {
    expect(read(starts("2025-03-01", "day", 30), "day", 640)).toEqual(
      [1, 4, 7, 10, 13, 16, 19, 22, 25, 28].map((day) => `2025-03-${String(day).padStart(2, "0")}`),
    );
  });
  it("say the year where a short axis begins and where the new year does", () => {
    expect(read(starts("2024-12-20", "day", 24), "day", 840)).toEqual([
      "2024-12-20 with year",
      "2024-12-23",
      "2024-12-26",
      "2024-12-29",
      "2025-01-01 with year",
      "2025-01-04",
      "2025-01-07",
      "2025-01-10",
    ]);
  });
  it("are firsts of months on a long axis, with the year at the first and in January", () => {
    expect(read(starts("2024-06-01", "day", 500), "day", 640)).toEqual([
      "2024-07 with year",
      "2024-09",
      "2024-11",
      "2025-01 with year",
      "2025-03",
      "2025-05",
      "2025-07",
      "2025-09",
    ]);
    expect(read(starts("2024-11-15", "week", 20), "week", 640)).toEqual([
      "2024-12 with year",
      "2025-01 with year",
      "2025-02",
      "2025-03",
    ]);
    expect(read(starts("2020-01-01", "month", 60), "month", 640)).toEqual(
      ["2020", "2021", "2022", "2023", "2024"].flatMap((year) => [
        `${year}-01 with year`,
        `${year}-07`,
      ]),
    );
  });
  it("never touch each other, rise, and are there wherever there is a bucket", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Grain>("day", "week", "month"),
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 200, max: 1600 }),
        (grain, count, offset, plot) => {
          const days = starts(addDays("2019-02-25", offset), grain, count);
          const ticks = timeTicks(days, grain, plot);
          expect(ticks.length).toBeGreaterThan(0);
          expect(ticks[0]?.year || days[0]?.slice(0, 4) === days.at(-1)?.slice(0, 4)).toBe(true);
          ticks.slice(1).forEach((tick, i) => {
            const apart = ((tick.index - (ticks[i]?.index ?? 0)) * plot) / count;
            // The shortest month is 28 of 30.4 days long, and a week may begin six days late in one.
            expect(apart).toBeGreaterThanOrEqual(64 * 0.7);
          });
        },
      ),
    );
  });
  it("of evenly spaced buckets keep their distance", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 64, max: 1600 }),
        (buckets, plot) => {
          expect((plot / buckets) * labelStep(buckets, plot)).toBeGreaterThanOrEqual(64 - 1e-9);
        },
      ),
    );
  });
});
