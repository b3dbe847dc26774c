/** What looks odd and is right: nothing may be found in these places. */
import { dayText, type Ground, minor, money } from "../ground.ts";
import { by, type Mutation } from "../mutation.ts";
import type { Row } from "../tables.ts";

const lasting = (ground: Ground, days: number) => (_: string, rows: readonly Row[]) =>
  ground.daysOf(rows).length >= days && ground.spendOf(rows) > 0;

function scale(ground: Ground, row: Row, factor: number) {
  ground.set("insights", row, "spend", money(minor(ground.get("insights", row, "spend")) * factor));
  for (const column of ["impressions", "reach", "clicks"])
    ground.set("insights", row, column, Math.ceil(ground.number(row, column) * factor));
}

export const DECOYS: readonly Mutation[] = [
  {
    // A learning phase: delivery grows day by day and stays noisy.
    id: "decoy-growing-delivery",
    rules: [],
    pack: "decoys",
    plant(ground, strength) {
      const campaigns = ground.takeCampaigns(3, lasting(ground, by(strength, 8, 5, 4)));
      const insights = ground.insightsOf();
      for (const id of campaigns)
        for (const series of ground.seriesOf(insights.get(id) ?? []))
          series.forEach((row, i) => {
            scale(ground, row, Math.min(1, (0.3 + 0.1 * i) * (0.85 + 0.3 * ground.draw.next())));
          });
      return { campaigns };
    },
  },
  {
    // The budget is spent to the last piastre every day; the counts move as ever.
    id: "decoy-budget-spent-whole",
    rules: [],
    pack: "decoys",
    plant(ground, strength) {
      const campaigns = ground.takeCampaigns(2, lasting(ground, by(strength, 12, 8, 5)));
      const insights = ground.insightsOf();
      for (const id of campaigns) {
        const series = ground.seriesOf(insights.get(id) ?? []);
        const budget = minor(ground.get("campaigns", ground.campaignRow(id) ?? [], "daily_budget"));
        for (const rows of series)
          for (const row of rows)
            ground.set("insights", row, "spend", money(Math.floor(budget / series.length)));
      }
      return { campaigns };
    },
  },
  {
    // Somebody raised the budget in the middle of the life: spend and counts grow together.
    id: "decoy-budget-raised",
    rules: [],
    pack: "decoys",
    plant(ground, strength) {
      const campaigns = ground.takeCampaigns(2, lasting(ground, by(strength, 12, 10, 8)));
      const insights = ground.insightsOf();
      for (const id of campaigns) {
        const rows = insights.get(id) ?? [];
        const days = ground.daysOf(rows);
        const from = days[Math.floor(days.length / 2)] ?? 0;
        for (const row of rows)
          if (ground.day(row) < from) scale(ground, row, by(strength, 0.5, 0.33, 0.25));
      }
      return { campaigns };
    },
  },
  {
    // Names with a suspicious word in them.
    id: "decoy-names",
    rules: [],
    pack: "decoys",
    plant(ground) {
      const names = ["Contest Towers", "Latest Phase", "Testa Residence", "Greatest View"];
      const campaigns = ground.takeCampaigns(names.length, (_, rows) => rows.length >= 2);
      campaigns.forEach((id, i) => {
        ground.set("campaigns", ground.campaignRow(id) ?? [], "project_name", names[i] ?? "");
      });
      return { campaigns };
    },
  },
  {
    // Short and foreign names are names.
    id: "decoy-people",
    rules: [],
    pack: "decoys",
    plant(ground) {
      const names = [
        "Bo",
        "مي",
        "علا",
        "Ng Li",
        "Xu",
        "Nana",
        "O'Hara",
        "دعاء",
        "Aaa Fahmy",
        "Zz Top",
      ];
      const lines = ground.takeLeads(names.length);
      lines.forEach((row, i) => {
        ground.set("leads", row, "name", names[i] ?? "");
      });
      return { lines: lines.slice(0, 8) };
    },
  },
  {
    // Two versions of an ad side by side: the same project, another budget, hours apart.
    id: "decoy-two-versions",
    rules: [],
    pack: "decoys",
    plant(ground, strength) {
      const models = ground.takeCampaigns(3, lasting(ground, 3));
      const insights = ground.insightsOf();
      const campaigns = models.map((model) => {
        const row = [...(ground.campaignRow(model) ?? [])];
        const id = String(ground.nextCampaign());
        ground.set("campaigns", row, "id", id);
        ground.set(
          "campaigns",
          row,
          "daily_budget",
          Math.round(Number(ground.get("campaigns", row, "daily_budget")) * 1.5),
        );
        const hour = ground.get("campaigns", row, "start_time");
        ground.set(
          "campaigns",
          row,
          "start_time",
          `${hour.slice(0, 11)}${String(Math.max(0, Number(hour.slice(11, 13)) - by(strength, 2, 4, 6))).padStart(2, "0")}${hour.slice(13)}`,
        );
        ground.tables.campaigns.rows.push(row);
        for (const one of insights.get(model) ?? []) {
          const copy = [...one];
          ground.set("insights", copy, "campaign_id", id);
          ground.set(
            "insights",
            copy,
            "ad_set_id",
            `${ground.get("insights", one, "ad_set_id")}7${id}`,
          );
          ground.set("insights", copy, "created_at", `${dayText(ground.day(one))} 00:00:00`);
          scale(ground, copy, 0.7 + 0.5 * ground.draw.next());
          ground.tables.insights.rows.push(copy);
        }
        return id;
      });
      return { campaigns };
    },
  },
];
