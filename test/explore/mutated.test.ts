import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Examined, examine } from "../../bench/explore/examine.ts";
import { type Renaming, renamed } from "../../bench/explore/renamed.ts";
import { readTables, type Tables } from "../../bench/explore/tables.ts";
import { writeWorld } from "../../sample/world.ts";
import { present, REAL_TABLES } from "../acceptance/facts.ts";

/** 28 years: the same weekday on the same day of the same month, and February with as many days. */
const CALENDAR_LATER: Renaming = { days: -10_227, times: 3, ids: 40_000_000 };

const folder = mkdtempSync(path.join(tmpdir(), "leadsmart-mutated-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sampleTables(): Promise<Tables> {
  const directory = mkdtempSync(path.join(folder, "world-"));
  await writeWorld({ directory, seed: 5, scale: 0.06 });
  return readTables(directory);
}

/** What a finding says, without the names it says it of. */
function shapeOf({ finding, places }: Examined) {
  return {
    key: finding.key.split(/[:#]/)[0],
    severity: finding.severity,
    rows: finding.rows,
    of: finding.of,
    leads: finding.leads,
    items: finding.itemsTotal,
    places: places
      .map(({ table, line }) => `${table} ${line}`)
      .sort()
      .join(),
  };
}

const amounts = (examined: readonly Examined[]) =>
  new Map(examined.map(({ finding }) => [finding.rule, finding]));

/** Findings of tables and of the same tables under other names, in one order. */
async function both(tables: Tables, renaming: Renaming) {
  const byRule = (a: Examined, b: Examined) => a.finding.key.localeCompare(b.finding.key);
  const here = (await examine(tables)).sort(byRule);
  const there = (await examine(renamed(tables, renaming))).sort(byRule);
  return { here, there };
}

function expectSame({ here, there }: Awaited<ReturnType<typeof both>>, factor: number) {
  expect(there.map(shapeOf)).toEqual(here.map(shapeOf));
  const renamedAmounts = amounts(there);
  for (const [rule, { moneyMinor, rows }] of amounts(here)) {
    const other = renamedAmounts.get(rule)?.moneyMinor ?? null;
    if (moneyMinor === null) expect(other, rule).toBeNull();
    // Means of amounts are rounded row by row on each side.
    else
      expect(Math.abs((other ?? 0) - factor * moneyMinor), rule).toBeLessThanOrEqual(
        factor * (rows + 2),
      );
  }
}

/** Another weekday, and months that begin elsewhere: what is counted by month or weekday may differ, what is found not. */
const DAYS_EARLIER: Renaming = { days: -403, times: 7, ids: 900_000 };
/** Rules that look at months, weekdays or hours of a clock change. */
const CALENDAR_RULES = new Set([
  "label-drift",
  "status-mix-change",
  "logging-start",
  "clock-change",
  "timezone-evidence",
  "lead-outage",
]);

function expectSameButForMonths({ here, there }: Awaited<ReturnType<typeof both>>) {
  const rules = (examined: readonly Examined[]) => examined.map(({ finding }) => finding.rule);
  expect(rules(there)).toEqual(rules(here));
  const dayRules = (examined: readonly Examined[]) =>
    examined.filter(({ finding }) => !CALENDAR_RULES.has(finding.rule)).map(shapeOf);
  expect(dayRules(there)).toEqual(dayRules(here));
}

describe("tables under other names", () => {
  it("give the same findings on the same rows in a sample world, with the money multiplied", async () => {
    expectSame(await both(await sampleTables(), CALENDAR_LATER), CALENDAR_LATER.times);
  }, 120_000);

  it.skipIf(!present)(
    "give the same findings on the same rows of the real tables, with the money multiplied",
    async () => {
      expectSame(await both(readTables(REAL_TABLES), CALENDAR_LATER), CALENDAR_LATER.times);
    },
    180_000,
  );

  it("give the same findings when all days move by other than whole years", async () => {
    expectSameButForMonths(await both(await sampleTables(), DAYS_EARLIER));
  }, 120_000);

  it.skipIf(!present)(
    "give the same findings of the real tables when all days move by other than whole years",
    async () => {
      expectSameButForMonths(await both(readTables(REAL_TABLES), DAYS_EARLIER));
    },
    180_000,
  );
});
