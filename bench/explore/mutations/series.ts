/** Faults of daily series: running totals, window totals, standing values, holes, units. */
import { dayText, type Ground, minor, money } from "../ground.ts";
import { by, type Mutation, type Planted, type Strength } from "../mutation.ts";
import type { Row } from "../tables.ts";

const COUNTS = ["reach", "clicks", "impressions"] as const;
const ALL = ["spend", ...COUNTS] as const;

/** Consecutive days of every ad set, so that what is planted is the only oddity of the series. */
const lasting =
  (ground: Ground, from: number, to = 999) =>
  (_: string, rows: readonly Row[]) => {
    const days = ground.daysOf(rows);
    return (
      days.length >= from &&
      days.length <= to &&
      ground.spendOf(rows) > 0 &&
      (days.at(-1) ?? 0) - (days[0] ?? 0) < days.length * 1.3
    );
  };

/** Replaces values by totals over the last `window` rows of the ad set (Infinity = since the start). */
function accumulate(
  ground: Ground,
  rows: readonly Row[],
  columns: readonly string[],
  window: number,
  within: (day: number, firstDay: number) => boolean = () => true,
): Row[] {
  const changed: Row[] = [];
  for (const series of ground.seriesOf(rows)) {
    const first = ground.day(series[0] ?? []);
    const inside = series.filter((row) => within(ground.day(row), first));
    for (const column of columns) {
      const daily = inside.map((row) => ground.number(row, column));
      inside.forEach((row, i) => {
        const total = daily.slice(Math.max(0, i + 1 - window), i + 1).reduce((a, b) => a + b, 0);
        ground.set("insights", row, column, column === "spend" ? money(total * 100) : total);
      });
    }
    changed.push(...inside.slice(1));
  }
  return changed;
}

/** Adds days after the end on which every ad set repeats its last values. */
function freeze(ground: Ground, rows: readonly Row[], days: number): Row[] {
  const added: Row[] = [];
  for (const series of ground.seriesOf(rows)) {
    const last = series.at(-1);
    if (!last) continue;
    for (let k = 1; k <= days; k++) {
      const row = [...last];
      ground.set("insights", row, "created_at", `${dayText(ground.day(last) + k)} 00:00:00`);
      added.push(row);
    }
  }
  ground.tables.insights.rows.push(...added);
  return added;
}

type Change = (ground: Ground, rows: Row[], strength: Strength) => Row[];

function series(
  id: string,
  rule: string,
  count: number,
  lengths: readonly [number, number, number],
  change: Change,
  pack = "series",
  longest = 999,
): Mutation {
  return {
    id,
    rules: [rule, ...(rule === "rolling-window-totals" ? ["cumulative-series"] : [])],
    pack,
    plant(ground, strength): Planted | null {
      const length = by(strength, ...lengths);
      const campaigns = ground.takeCampaigns(
        count,
        lasting(ground, length, Math.max(longest, length)),
      );
      if (campaigns.length === 0) return null;
      const insights = ground.insightsOf();
      const touched = campaigns.flatMap((id) => change(ground, insights.get(id) ?? [], strength));
      return { campaigns, touched };
    },
  };
}

const everyWeek = (ground: Ground, rows: readonly Row[]) => {
  const changed: Row[] = [];
  const first = Math.min(...ground.daysOf(rows));
  const weeks = new Map<number, Row[]>();
  for (const row of rows) {
    const week = Math.floor((ground.day(row) - first) / 7);
    weeks.set(week, [...(weeks.get(week) ?? []), row]);
  }
  for (const week of weeks.values()) changed.push(...accumulate(ground, week, ALL, Infinity));
  return changed;
};

const removeSome = (ground: Ground, rows: readonly Row[], share: number) => {
  const days = ground.daysOf(rows).slice(1, -1);
  const gone = new Set(days.filter(() => ground.draw.chance(share)));
  const out = new Set(rows.filter((row) => gone.has(ground.day(row))));
  ground.tables.insights.rows = ground.tables.insights.rows.filter((row) => !out.has(row));
  return rows.filter((row) => !out.has(row));
};

function rescale(ground: Ground, rows: readonly Row[], factor: number): void {
  for (const row of rows) {
    const spend = minor(ground.get("insights", row, "spend"));
    ground.set("insights", row, "spend", money(spend * factor));
  }
}

/** From a day on, the spend of one account or campaign carries another unit. */
function unit(id: string, whole: boolean, factors: readonly [number, number, number]): Mutation {
  return {
    id,
    rules: ["unit-change", "mixed-currencies"],
    pack: whole ? "unit-account" : "series-2",
    plant(ground, strength) {
      const factor = by(strength, ...factors);
      const insights = ground.insightsOf();
      const [campaign] = ground.takeCampaigns(
        1,
        lasting(ground, whole ? 2 : by(strength, 10, 12, 14)),
      );
      if (campaign === undefined) return null;
      let rows: Row[];
      let from: number;
      const account = ground.accountOf(campaign);
      if (whole) {
        const own = ground.campaignsOf();
        const [largest] = [...own]
          .filter(([key]) => !ground.takenAccounts.has(key))
          .sort((a, b) => b[1].length - a[1].length)
          .map(([key]) => key);
        if (largest === undefined) return null;
        ground.takenAccounts.add(largest);
        rows = (own.get(largest) ?? []).flatMap(
          (row) => insights.get(ground.get("campaigns", row, "id")) ?? [],
        );
        const days = rows.map((row) => ground.day(row)).sort((a, b) => a - b);
        from = days[Math.floor(days.length * by(strength, 0.8, 0.6, 0.5))] ?? 0;
        rows = rows.filter((row) => ground.day(row) >= from);
        rescale(ground, rows, factor);
        return { accounts: [largest], touched: rows };
      }
      rows = insights.get(campaign) ?? [];
      const days = ground.daysOf(rows);
      from = days[Math.floor(days.length / 2)] ?? 0;
      rows = rows.filter((row) => ground.day(row) >= from);
      rescale(ground, rows, factor);
      return { campaigns: [campaign], touched: rows, names: [account] };
    },
  };
}

export const SERIES: readonly Mutation[] = [
  series("cumulative-spend", "cumulative-series", 2, [6, 9, 14], (g, rows) =>
    accumulate(g, rows, ["spend"], Infinity),
  ),
  series("cumulative-counts", "cumulative-series", 2, [6, 9, 14], (g, rows) =>
    accumulate(g, rows, COUNTS, Infinity),
  ),
  series("cumulative-impressions", "cumulative-series", 2, [6, 9, 14], (g, rows) =>
    accumulate(g, rows, ["impressions"], Infinity),
  ),
  series("cumulative-then-frozen", "cumulative-series", 2, [3, 5, 8], (g, rows, s) => {
    const changed = accumulate(g, rows, ALL, Infinity);
    return [...changed, ...freeze(g, rows, by(s, 4, 7, 12))];
  }),
  series("cumulative-first-part", "cumulative-series", 2, [10, 14, 18], (g, rows) => {
    const days = g.daysOf(rows);
    const half = (days.at(-1) ?? 0) - (days[0] ?? 0);
    return accumulate(g, rows, ALL, Infinity, (day) => day - (days[0] ?? 0) <= half / 2);
  }),
  series("cumulative-last-part", "cumulative-series", 2, [10, 14, 18], (g, rows) => {
    const days = g.daysOf(rows);
    const from = days[Math.floor(days.length / 2)] ?? 0;
    return accumulate(g, rows, ALL, Infinity, (day) => day >= from);
  }),
  series("cumulative-weekly-reset", "cumulative-series", 2, [12, 14, 20], everyWeek),
  series("cumulative-with-holes", "cumulative-series", 2, [7, 10, 14], (g, rows, s) => {
    accumulate(g, rows, ALL, Infinity);
    return removeSome(g, rows, by(s, 0.4, 0.3, 0.2));
  }),
  series(
    "cumulative-short",
    "cumulative-series",
    5,
    [3, 4, 5],
    (g, rows) => accumulate(g, rows, ALL, Infinity),
    "series-2",
    5,
  ),
  series(
    "rolling-3-days",
    "rolling-window-totals",
    2,
    [8, 12, 18],
    (g, rows) => accumulate(g, rows, ALL, 3),
    "series-2",
  ),
  series(
    "rolling-7-days",
    "rolling-window-totals",
    2,
    [10, 14, 20],
    (g, rows) => accumulate(g, rows, ALL, 7),
    "series-2",
  ),
  series(
    "frozen-series",
    "frozen-series",
    3,
    [3, 3, 3],
    (g, rows, s) => freeze(g, rows, by(s, 3, 5, 10)),
    "series-2",
  ),
  series(
    "frozen-inside",
    "frozen-series",
    2,
    [8, 10, 14],
    (g, rows, s) => {
      const days = g.daysOf(rows);
      const from = days[2] ?? 0;
      const changed: Row[] = [];
      for (const one of g.seriesOf(rows)) {
        const model = one.find((row) => g.day(row) >= from);
        for (const row of one) {
          if (model === undefined || g.day(row) <= from || g.day(row) > from + by(s, 3, 4, 6))
            continue;
          for (const column of ALL)
            g.set("insights", row, column, g.get("insights", model, column));
          changed.push(row);
        }
      }
      return changed;
    },
    "series-2",
  ),
  unit("unit-hundred-campaign", false, [100, 100, 100]),
  unit("unit-currency-campaign", false, [1 / 3.67, 1 / 30, 1 / 50]),
  unit("unit-currency-account", true, [1 / 3.67, 1 / 30, 1 / 50]),
  unit("unit-hundred-account", true, [100, 100, 100]),
];
