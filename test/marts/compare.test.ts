/** What a period is compared with: the days themselves, and what is told of them. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { comparedWith, daysOf } from "../../src/marts/period.ts";
import { createTodayQuestions } from "../../src/marts/today-questions.ts";
import { DEFAULTS, type House, openHouse } from "./raw-world.ts";
import { asFiles, day, FIRST_DAY, LAST_DAY, smallWorld } from "./worlds.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const EXTENT = {
  first_day: "2023-01-01",
  last_day: "2024-12-31",
  end_day: "2024-12-31",
  active_day: "2024-12-31",
};
const previous = (from: string, to: string, compare?: string) =>
  daysOf({ from, to, ...(compare === undefined ? {} : { compare }) }, EXTENT).previous;

describe("the days that a period is compared with", () => {
  it("are those just before it, or the same a week, month or year before", () => {
    expect(previous("2024-10-17", "2024-10-23")).toMatchObject({
      from: "2024-10-10",
      to: "2024-10-16",
    });
    expect(previous("2024-10-17", "2024-10-23", "week")?.from).toBe("2024-10-10");
    expect(previous("2024-10-17", "2024-10-19", "week")).toEqual({
      from: "2024-10-10",
      to: "2024-10-12",
      days: 3,
    });
    expect(previous("2024-10-17", "2024-10-23", "month")).toMatchObject({
      from: "2024-09-17",
      to: "2024-09-23",
    });
    expect(previous("2024-10-17", "2024-10-23", "year")).toMatchObject({
      from: "2023-10-17",
      to: "2023-10-23",
    });
    expect(previous("2024-10-17", "2024-10-23", "2024-03-01")).toMatchObject({
      from: "2024-03-01",
      to: "2024-03-07",
    });
  });

  it("take the last of a month that has no such date", () => {
    expect(previous("2024-03-31", "2024-04-01", "month")?.from).toBe("2024-02-29");
    expect(previous("2024-02-29", "2024-02-29", "year")?.from).toBe("2023-02-28");
    expect(previous("2024-01-31", "2024-01-31", "month")?.from).toBe("2023-12-31");
  });

  it("are none where the data begin later, or everything is meant", () => {
    expect(previous("2023-06-01", "2023-06-30", "year")).toBeNull();
    expect(previous("2023-06-01", "2023-06-30", "2022-12-31")).toBeNull();
    expect(daysOf({ from: "all", compare: "year" }, EXTENT).previous).toBeNull();
  });

  it("are always as many, and a span within the period keeps its distance to them", () => {
    const date = fc
      .integer({ min: 60, max: 600 })
      .map((n) => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10));
    const asked = fc.oneof(fc.constantFrom(undefined, "week", "month", "year"), date);
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 40 }), asked, (from, more, compare) => {
        const to = new Date(Date.parse(from) + more * 86_400_000).toISOString().slice(0, 10);
        const days = daysOf({ from, to, ...(compare ? { compare } : {}) }, EXTENT);
        if (days.previous === null) return;
        expect(days.previous.days).toBe(days.period.days);
        const last = { from: to, to, days: 1 };
        if (compare?.includes("-"))
          expect(comparedWith(last, compare, days.period, EXTENT)?.to).toBe(days.previous.to);
      }),
    );
  });
});

describe("figures compared with chosen days", () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const selection = (from: number, to: number, compare?: string) => ({
    from: day(from),
    to: day(to),
    account: [],
    project: [],
    campaign: [],
    basis: "corrected" as const,
    ...(compare === undefined ? {} : { compare }),
  });

  it("change by nothing against themselves, and tell of other days what those tell of themselves", async () => {
    const dayNumber = fc.integer({ min: FIRST_DAY, max: LAST_DAY - 2 });
    await fc.assert(
      fc.asyncProperty(smallWorld, dayNumber, dayNumber, async (world, here, there) => {
        await house.settle(asFiles(world));
        const kpis = async (from: number, compare?: string) =>
          house.queries.kpis(selection(from, from + 2, compare), EVERYTHING);
        const own = await kpis(here, day(here));
        for (const kpi of own.frame.previous === null ? [] : own.kpis) {
          expect(kpi.previous).toBe(kpi.value);
          expect(kpi.change ?? 0).toBe(0);
        }
        const against = await kpis(here, day(there));
        const alone = await kpis(there);
        if (against.frame.previous !== null)
          expect(against.kpis.map(({ previous: one }) => one)).toEqual(
            alone.kpis.map(({ value }) => value),
          );
        // What is compared with never touches the figures themselves.
        expect(against.kpis.map(({ value }) => value)).toEqual(
          (await kpis(here)).kpis.map(({ value }) => value),
        );
      }),
      { numRuns: 15 },
    );
  });

  it("have no effects against themselves in what changed, and the same sums on both sides", async () => {
    await fc.assert(
      fc.asyncProperty(smallWorld, async (world) => {
        await house.settle(asFiles(world));
        const changes = await createTodayQuestions({
          warehouse: house.warehouse,
          definitions: () => DEFAULTS,
        }).changes(
          { ...selection(4, 8, day(4)), span: "period", limit: 10 },
          EVERYTHING,
          new Date("2025-01-01T09:00:00Z"),
        );
        if (changes.before === null) return;
        expect(changes.before).toEqual(changes.after);
        expect(changes.movers).toEqual([]);
        expect(changes.totals.leads.before).toBe(changes.totals.leads.after);
        expect(changes.totals.spendMinor.before).toBe(changes.totals.spendMinor.after);
      }),
      { numRuns: 10 },
    );
  });
});
