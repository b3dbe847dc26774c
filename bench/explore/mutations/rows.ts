/** Faults of single insight rows and of blocks of them. */
import { dayText, type Ground, later, minor, money } from "../ground.ts";
import { by, type Mutation, type Strength } from "../mutation.ts";
import type { Row } from "../tables.ts";

/** Some rows with enough delivery to matter, at most one per campaign. */
function pickRows(ground: Ground, count: number): Row[] {
  const campaigns = ground.takeCampaigns(
    count,
    (_, rows) => rows.length >= 3 && ground.spendOf(rows) > 0,
  );
  const insights = ground.insightsOf();
  return campaigns.flatMap((id) => {
    const rows = (insights.get(id) ?? []).filter((row) => ground.number(row, "impressions") > 200);
    return rows.length > 0 ? [rows[ground.draw.int(rows.length)] as Row] : [];
  });
}

function rows(
  id: string,
  rules: readonly string[],
  counts: readonly [number, number, number],
  change: (ground: Ground, row: Row, strength: Strength) => void,
): Mutation {
  return {
    id,
    rules,
    pack: "rows",
    plant(ground, strength) {
      const lines = pickRows(ground, by(strength, ...counts));
      for (const row of lines) change(ground, row, strength);
      return lines.length > 0 ? { lines } : null;
    },
  };
}

/** Rows written a second time somewhere later in the file, changed or not. */
function copies(
  id: string,
  counts: readonly [number, number, number],
  change: (ground: Ground, row: Row) => void,
): Mutation {
  return {
    id,
    rules: [id],
    pack: "rows",
    plant(ground, strength) {
      const table = ground.tables.insights;
      const picked = pickRows(ground, by(strength, ...counts));
      const lines = picked.map((row) => [...row]);
      for (const row of lines) change(ground, row);
      for (const row of lines) table.rows.splice(table.rows.length - ground.draw.int(40), 0, row);
      // Which of two rows with one key is wrong, nobody can tell: either may be listed.
      return { lines, touched: picked };
    },
  };
}

function swap(id: string, first: string, second: string): Mutation {
  return {
    id,
    rules: ["swapped-columns", "refused-rows"],
    pack: "swapped",
    plant(ground, strength) {
      const campaigns = ground.takeCampaigns(
        by(strength, 1, 2, 4),
        (_, own) => ground.daysOf(own).length >= by(strength, 3, 4, 5) && ground.spendOf(own) > 0,
      );
      const insights = ground.insightsOf();
      const touched = campaigns.flatMap((campaign) => insights.get(campaign) ?? []);
      for (const row of touched) {
        const value = ground.get("insights", row, first);
        ground.set("insights", row, first, ground.get("insights", row, second));
        ground.set("insights", row, second, value);
      }
      return campaigns.length > 0 ? { lines: touched } : null;
    },
  };
}

/** A stretch of the file written again at its end. */
function block(
  id: string,
  rules: readonly string[],
  order: "same" | "other",
  jitter = 0,
): Mutation {
  return {
    id,
    rules,
    pack: id,
    plant(ground, strength) {
      const table = ground.tables.insights;
      const length = Math.min(by(strength, 25, 80, 200), Math.floor(table.rows.length / 4));
      const from = ground.draw.int(table.rows.length - length);
      const copies = table.rows.slice(from, from + length).map((row) => [...row]);
      const lines = order === "same" ? copies : ground.shuffled(copies);
      for (const row of lines) {
        if (jitter === 0) continue;
        for (const column of ["spend", "impressions", "reach", "clicks"]) {
          const value = ground.number(row, column) * (1 + jitter * ground.draw.next());
          ground.set(
            "insights",
            row,
            column,
            column === "spend" ? money(value * 100) : Math.ceil(value),
          );
        }
      }
      table.rows.push(...lines);
      return { lines };
    },
  };
}

const scaled = (ground: Ground, row: Row, column: string, factor: number, from: string) =>
  ground.set("insights", row, column, Math.max(1, Math.ceil(ground.number(row, from) * factor)));

export const ROWS: readonly Mutation[] = [
  rows("clicks-over-impressions", ["clicks-over-impressions"], [1, 3, 8], (g, row, s) =>
    scaled(g, row, "clicks", by(s, 1.02, 1.3, 3), "impressions"),
  ),
  rows("reach-over-impressions", ["reach-over-impressions"], [1, 3, 8], (g, row, s) =>
    scaled(g, row, "reach", by(s, 1.01, 1.3, 3), "impressions"),
  ),
  rows("spend-without-impressions", ["spend-without-impressions"], [1, 3, 8], (g, row) => {
    for (const column of ["impressions", "reach", "clicks"]) g.set("insights", row, column, 0);
  }),
  rows("negative-spend", ["negative-values"], [1, 3, 8], (g, row) =>
    g.set("insights", row, "spend", `-${g.get("insights", row, "spend")}`),
  ),
  rows("negative-impressions", ["negative-values", "refused-rows"], [1, 3, 8], (g, row) =>
    g.set("insights", row, "impressions", `-${g.get("insights", row, "impressions")}`),
  ),
  rows("implausible-ctr", ["implausible-ctr"], [2, 4, 8], (g, row, s) => {
    g.set("insights", row, "impressions", Math.max(2000, g.number(row, "impressions")));
    g.set("insights", row, "reach", Math.ceil(g.number(row, "impressions") * 0.8));
    scaled(g, row, "clicks", by(s, 0.35, 0.5, 0.8), "impressions");
  }),
  copies("exact-duplicates", [1, 4, 12], () => undefined),
  copies("conflicting-keys", [1, 4, 12], (g, row) => {
    g.set("insights", row, "spend", money(minor(g.get("insights", row, "spend")) * 1.3 + 11));
    g.set("insights", row, "impressions", Math.ceil(g.number(row, "impressions") * 1.2));
  }),
  rows("over-budget", ["over-budget"], [4, 8, 12], (g, row, s) => {
    const campaign = g.get("insights", row, "campaign_id");
    const budget = minor(g.get("campaigns", g.campaignRow(campaign) ?? [], "daily_budget"));
    g.set("insights", row, "spend", money(budget * by(s, 1.2, 1.5, 2.5)));
  }),
  rows("future-day", ["future-dates-delivery"], [1, 3, 6], (g, row, s) =>
    g.set(
      "insights",
      row,
      "created_at",
      `${dayText(g.lastDay() > 22_000 ? g.day(row) + 3650 : g.lastDay() + by(s, 400, 1200, 3000))} 00:00:00`,
    ),
  ),
  {
    id: "spend-after-stop",
    rules: ["spend-after-stop"],
    pack: "rows",
    plant(ground, strength) {
      const insights = ground.insightsOf();
      const campaigns = ground.takeCampaigns(by(strength, 2, 4, 8), (_, own) => own.length >= 3);
      const lines = campaigns.flatMap((campaign) => {
        const own = insights.get(campaign) ?? [];
        const stop = ground.get("campaigns", ground.campaignRow(campaign) ?? [], "stop_time");
        const last = own.at(-1);
        if (!last) return [];
        return Array.from({ length: by(strength, 1, 2, 5) }, (_, k) => {
          const row = [...last];
          ground.set(
            "insights",
            row,
            "created_at",
            `${later(stop, 86_400 * (k + 1)).slice(0, 10)} 00:00:00`,
          );
          for (const column of ["impressions", "reach", "clicks"])
            ground.set(
              "insights",
              row,
              column,
              Math.ceil(ground.number(last, column) * (0.6 + 0.3 * ground.draw.next())),
            );
          ground.set(
            "insights",
            row,
            "spend",
            money(minor(ground.get("insights", last, "spend")) * (0.6 + 0.3 * ground.draw.next())),
          );
          return row;
        });
      });
      ground.tables.insights.rows.push(...lines);
      return { lines };
    },
  },
  swap("swapped-impressions-clicks", "impressions", "clicks"),
  swap("swapped-impressions-reach", "impressions", "reach"),
  swap("swapped-spend-clicks", "spend", "clicks"),
  block("repeated-block", ["repeated-block", "exact-duplicates"], "same"),
  block("repeated-block-other-order", ["repeated-block", "exact-duplicates"], "other"),
  block("block-exported-again-later", ["conflicting-keys", "repeated-block"], "other", 0.15),
];
