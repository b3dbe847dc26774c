import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ColumnProfile, TableProfile } from "../../src/contract/explore.ts";
import { histogramEdges } from "../../src/explore/profile/numbers.ts";
import { profileTable } from "../../src/explore/profile/profile-table.ts";
import { columnsOf, type Profiled } from "../../src/explore/profile/profiled.ts";
import { openWarehouse, type Session, type Warehouse } from "../../src/warehouse/warehouse.ts";

let warehouse: Warehouse;
let session: Session & { close(): void };
beforeAll(async () => {
  warehouse = await openWarehouse(":memory:", { threads: 2 });
  session = await warehouse.openScratch();
});
afterAll(async () => {
  session.close();
  await warehouse.close();
});

async function profileOf(
  select: string,
  parts: Profiled["parts"] = {},
  keys?: Profiled["keys"],
): Promise<TableProfile> {
  await session.run(`CREATE OR REPLACE TEMP TABLE looked AS ${select}`);
  const columns = await columnsOf(session, "looked");
  const more = keys ? { keys } : {};
  return profileTable(session, {
    table: "t",
    from: "looked",
    columns,
    sources: [],
    parts,
    ...more,
  });
}

function column(profile: TableProfile, name: string): ColumnProfile {
  const found = profile.columns.find((one) => one.name === name);
  if (!found) throw new Error(`no column ${name}`);
  return found;
}

/** R's type 7, by hand. */
function quantile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const below = sorted[Math.floor(at)] as number;
  const above = sorted[Math.ceil(at)] as number;
  return below + (above - below) * (at - Math.floor(at));
}

describe("numbers", () => {
  it("are as worked by hand on five values and an empty cell", async () => {
    const profile = await profileOf("SELECT unnest([1, 2, 3, 4, 100, NULL])::INTEGER AS x");
    const { numbers, missing, distinct } = column(profile, "x");
    expect({ missing, distinct }).toEqual({ missing: 1, distinct: { value: 5, exact: true } });
    expect(numbers).toMatchObject({
      min: 1,
      max: 100,
      mean: 22,
      zeros: 0,
      outliers: 1,
      exact: true,
    });
    expect(numbers?.quantiles[2]).toBe(2);
    expect(numbers?.quantiles[3]).toBe(3);
    expect(numbers?.quantiles[4]).toBe(4);
    expect(numbers?.deviation).toBeCloseTo(43.61766, 4);
    expect(numbers?.skew).toBeCloseTo(2.2324, 4);
  });

  it("have the quantiles, moments and counts of their sorted list, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 1e6 })), {
          minLength: 3,
          maxLength: 80,
        }),
        async (values) => {
          const profile = await profileOf(`SELECT unnest([${values.join(", ")}])::BIGINT AS x`);
          const { numbers, distinct } = column(profile, "x");
          const sorted = [...values].sort((a, b) => a - b);
          const shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
          for (const [i, share] of shares.entries()) {
            expect(numbers?.quantiles[i]).toBeCloseTo(quantile(sorted, share), 6);
          }
          expect(distinct.value).toBe(new Set(values).size);
          expect(numbers?.zeros).toBe(values.filter((x) => x === 0).length);
          expect(numbers?.negatives).toBe(values.filter((x) => x < 0).length);
          const { edges = [], counts = [] } = numbers?.histogram ?? {};
          expect(counts.reduce((sum, n) => sum + n, 0)).toBe(values.length);
          expect(edges).toEqual([...edges].sort((a, b) => a - b));
          for (let i = 0; i < counts.length; i++) {
            const [low, high] = [edges[i] as number, edges[i + 1] as number];
            const last = i === counts.length - 1;
            const inside = values.filter((x) => x >= low && (x < high || (last && x <= high)));
            expect(counts[i], `bar ${i} of ${edges}`).toBe(inside.length);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("keep a histogram readable beside one wild value", () => {
    const quantiles = [1, 2, 10, 20, 30, 60, 90];
    const edges = histogramEdges({ min: 0, max: 1e9, quantiles }, true);
    expect(edges.at(-1)).toBe(1e9);
    expect(edges.at(-2)).toBeLessThan(100);
  });

  it("above five million rows are about right and say so", async () => {
    const profile = await profileOf("SELECT (range * 7919) % 5200003 AS x FROM range(5200003)");
    const { numbers, distinct, missing } = column(profile, "x");
    expect(missing).toBe(0);
    expect(numbers?.exact).toBe(false);
    expect(distinct.exact).toBe(false);
    expect(distinct.value / 5_200_003).toBeCloseTo(1, 0);
    expect(Math.abs((numbers?.quantiles[3] ?? 0) / 2_600_001 - 1)).toBeLessThan(0.02);
    expect(numbers?.max).toBe(5_200_002);
  });
});

describe("rank correlation", () => {
  it("is 1 for any rising curve and −1 for any falling one", async () => {
    const profile = await profileOf(
      "SELECT i AS a, i ** 3 AS b, -ln(i) AS c FROM range(1, 200) AS t(i)",
    );
    const rho = (left: string, right: string) =>
      profile.correlations.find((one) => one.left === left && one.right === right)?.rho;
    expect(rho("a", "b")).toBeCloseTo(1, 12);
    expect(rho("a", "c")).toBeCloseTo(-1, 12);
  });

  it("gives ties their mean rank: the example worked by hand", async () => {
    // Ranks 1.5 1.5 3 4 5 and so on against 1…10, Pearson of the ranks.
    const profile = await profileOf(
      "SELECT unnest([1, 1, 2, 3, 4, 5, 6, 7, 8, 9]) AS a, unnest([2, 1, 4, 3, 6, 5, 8, 7, 10, 9]) AS b",
    );
    expect(profile.correlations[0]?.rho).toBeCloseTo(0.94833, 5);
  });

  it("moves by less than 0.0001 when very many values are ranked in steps", async () => {
    const select = `SELECT ((hash(i) % 1000003) / 1000003.0)::DOUBLE AS a,
      (((hash(i) % 1000003) / 1000003.0) + 2 * ((hash(i + 7) % 1000003) / 1000003.0)) ** 9::DOUBLE AS b
      FROM range(230000) AS t(i)`;
    const profile = await profileOf(select);
    const exact = await session.first<{ rho: number }>(
      `SELECT corr(ra, rb) AS rho FROM (SELECT rank() OVER (ORDER BY a) AS ra, rank() OVER (ORDER BY b) AS rb FROM (${select}))`,
    );
    expect(column(profile, "b").distinct.value).toBeGreaterThan(200_000);
    expect(Math.abs((profile.correlations[0]?.rho ?? 0) - (exact?.rho ?? 1))).toBeLessThan(1e-4);
  });
});

describe("texts", () => {
  it("show their shapes, in any script, and their lengths", async () => {
    const profile = await profileOf("SELECT unnest(['AB-12', 'CD-34', 'محمد علي', 'x']) AS x");
    const { patterns, length } = column(profile, "x");
    expect(patterns).toEqual([
      { pattern: "AA-99", n: 2, example: "AB-12" },
      { pattern: "a", n: 1, example: "x" },
      { pattern: "a+ aaa", n: 1, example: "محمد علي" },
    ]);
    expect(length).toMatchObject({ min: 1, max: 8 });
  });

  it("that reach a person are told by what they are, and never shown whole", async () => {
    const profile = await profileOf(
      "SELECT '+2010' || (20000000 + i % 40) AS contact, 'person' || (i % 40) || '@mail.example' AS post FROM range(60) AS t(i)",
    );
    expect(column(profile, "contact").kind).toBe("phone");
    expect(column(profile, "post").kind).toBe("email");
    const shown = JSON.stringify(profile);
    expect(shown).toContain("@mail.example");
    expect(shown).not.toContain("201020000001");
    expect(shown).not.toContain("person1@");
  });

  it("are categories where they repeat and ids where they never do", async () => {
    const profile = await profileOf(
      "SELECT 'k' || i AS ref, ['web', 'phone'][1 + i % 2] AS channel, i % 5 = 0 AS flag FROM range(400) AS t(i)",
    );
    expect(profile.columns.map(({ kind }) => kind)).toEqual(["id", "category", "boolean"]);
    expect(profile.keys).toEqual([{ columns: ["ref"], unique: true, repeated: 0 }]);
    expect(column(profile, "channel").top).toEqual([
      { value: "phone", n: 200, share: 0.5 },
      { value: "web", n: 200, share: 0.5 },
    ]);
  });
});

describe("time", () => {
  it("tells the gap, the one loud day, weekdays and hours", async () => {
    const profile = await profileOf(
      `SELECT TIMESTAMP '2024-03-01 10:00:00' + to_days(d::INTEGER) AS at FROM range(60) AS t(d), range(20) AS k(j)
       WHERE d NOT BETWEEN 30 AND 34 AND (j < 10 OR d = 45)`,
    );
    const { time } = column(profile, "at");
    expect(time?.gaps).toEqual([{ from: "2024-03-31", to: "2024-04-04", days: 5 }]);
    expect(time?.gapDays).toBe(5);
    expect(time?.jumps.filter(({ n }) => n > 0)).toEqual([]);
    expect(time?.hour?.[10]).toBe(560);
    expect(time?.weekday.reduce((sum, n) => sum + n, 0)).toBe(560);
    expect(time?.first).toBe("2024-03-01 10:00:00");
  });

  it("marks a day ten times as loud as its neighbours", async () => {
    const profile = await profileOf(
      "SELECT DATE '2024-01-01' + d::INTEGER AS day FROM range(90) AS t(d), range(500) AS k(j) WHERE j < 50 + d % 7 OR d = 44",
    );
    const { time } = column(profile, "day");
    expect(time?.jumps.map(({ day, n }) => ({ day, n }))).toEqual([{ day: "2024-02-14", n: 500 }]);
    expect(time?.jumps[0]?.usual).toBeCloseTo(53, 0);
    expect(time?.hour).toBeNull();
  });
});

it("tells in which months a value is missing, and is silent where it is missing evenly", async () => {
  const profile = await profileOf(
    `SELECT DATE '2024-01-01' + (i // 10)::INTEGER AS day,
            CASE WHEN i < 600 OR i % 20 = 0 THEN NULL ELSE i END AS late, CASE WHEN i % 4 = 0 THEN NULL ELSE i END AS even
     FROM range(1200) AS t(i)`,
    { month: "strftime(day, '%Y-%m')" },
  );
  expect(column(profile, "even").missingBy.month).toEqual([]);
  const months = column(profile, "late").missingBy.month;
  expect(months.map(({ key }) => key)).toEqual(["2024-01", "2024-02", "2024-03", "2024-04"]);
  expect(months[0]).toMatchObject({ n: 310, missing: 310, share: 1 });
});

it("counts the rows that repeat a key that ought to name one", async () => {
  const profile = await profileOf(
    "SELECT i // 2 AS campaign_id, DATE '2024-01-01' + (CASE WHEN i = 9 THEN 0 ELSE i % 2 END)::INTEGER AS day FROM range(20) AS t(i)",
    {},
    [["campaign_id", "day"]],
  );
  expect(profile.keys).toEqual([{ columns: ["campaign_id", "day"], unique: false, repeated: 1 }]);
});

it("a table without rows has a profile too", async () => {
  const profile = await profileOf("SELECT 1 AS a, 'x' AS b, DATE '2024-01-01' AS c WHERE false");
  expect(profile.rows).toBe(0);
  expect(profile.columns.map(({ kind }) => kind)).toEqual(["empty", "empty", "empty"]);
});
