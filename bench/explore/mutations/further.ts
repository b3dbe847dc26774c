/** Faults of whole accounts, whole months and whole days, of ids told twice, and of what looks alike and is not. */
import { dayNumber, dayText, type Ground, minor, money } from "../ground.ts";
import { by, type Mutation } from "../mutation.ts";
import type { Row, TableName } from "../tables.ts";

const ALL = ["spend", "impressions", "clicks", "reach"] as const;

/** Accounts by their number of campaigns, the largest first, each with the insight rows per campaign. */
function accountsOf(ground: Ground): { account: string; campaigns: Map<string, Row[]> }[] {
  const insights = ground.insightsOf();
  return [...ground.campaignsOf()]
    .map(([account, rows]) => ({
      account,
      campaigns: new Map(
        rows.map((row) => {
          const id = ground.get("campaigns", row, "id");
          return [id, insights.get(id) ?? []] as const;
        }),
      ),
    }))
    .sort((a, b) => b.campaigns.size - a.campaigns.size);
}

/** Lines told again further down with other content; either of a pair may be listed. */
function retold(
  id: string,
  table: TableName,
  change: (ground: Ground, row: Row) => void,
): Mutation {
  return {
    id,
    rules: ["conflicting-keys"],
    pack: "conflicts",
    plant(ground, strength) {
      const own = ground.tables[table];
      const lines = ground.shuffled(own.rows).slice(0, by(strength, 2, 6, 15));
      own.rows.push(
        ...lines.map((row) => {
          const later = [...row];
          change(ground, later);
          return later;
        }),
      );
      return { lines };
    },
  };
}

/** Cells of some leads are written otherwise. */
function cells(
  id: string,
  rule: string,
  column: "name" | "phone",
  write: (before: string, index: number) => string,
): Mutation {
  return {
    id,
    rules: [rule],
    pack: "further-leads",
    plant(ground, strength) {
      const lines = ground.takeLeads(
        by(strength, 4, 10, 25),
        (row) => column === "name" || /^\+?[0-9 ()-]{11,}$/.test(ground.get("leads", row, "phone")),
      );
      lines.forEach((row, i) => {
        ground.set("leads", row, column, write(ground.get("leads", row, column), i));
      });
      return { lines };
    },
  };
}

const LOOK_ALIKE: Readonly<Record<string, string>> = { a: "\u0430", e: "\u0435", o: "\u043e" };
const NO_NAMES = ["someone@example.org", "www.offers.example", "...", "m", "<script>"];

export const FURTHER: readonly Mutation[] = [
  {
    // A job that writes lifetime totals for all that an account runs.
    id: "cumulative-account",
    rules: ["cumulative-series"],
    pack: "cumulative-account",
    plant(ground, strength) {
      const chosen = accountsOf(ground)[by(strength, 6, 4, 2)];
      if (!chosen) return null;
      const lives = [...chosen.campaigns].filter(([, rows]) => ground.daysOf(rows).length >= 2);
      const touched: Row[] = [];
      for (const [, rows] of lives) {
        for (const series of ground.seriesOf(rows)) {
          for (const column of ALL) {
            let total = 0;
            for (const row of series) {
              total += ground.number(row, column);
              ground.set("insights", row, column, column === "spend" ? money(100 * total) : total);
            }
          }
          touched.push(...series);
        }
      }
      return { campaigns: lives.map(([id]) => id), touched };
    },
  },
  {
    // The export lacks the log of a month.
    id: "log-lacks-a-month",
    rules: ["logging-gap"],
    pack: "log-lacks-a-month",
    plant(ground, strength) {
      const monthOf = (row: Row) => ground.get("leads", row, "added_date").slice(0, 7);
      const months = [...new Set(ground.tables.leads.rows.map(monthOf))].sort();
      const month = months[Math.floor(months.length * 0.6)] ?? "";
      const lost = new Set(
        ground.tables.leads.rows
          .filter((row) => monthOf(row) === month && ground.draw.chance(by(strength, 0.5, 0.8, 1)))
          .map((row) => ground.get("leads", row, "id")),
      );
      ground.tables.log.rows = ground.tables.log.rows.filter(
        (row) => !lost.has(ground.get("log", row, "lead_id")),
      );
      return { leads: [...lost] };
    },
  },
  {
    // Days that failed were filled with zeros.
    id: "zero-filled-days",
    rules: ["tracking-outage", "missing-days"],
    pack: "zero-filled-days",
    plant(ground, strength) {
      const perDay = new Map<number, number>();
      for (const row of ground.tables.insights.rows)
        perDay.set(ground.day(row), (perDay.get(ground.day(row)) ?? 0) + 1);
      const [from = 0] = [...perDay.keys()]
        .sort((a, b) => (perDay.get(b) ?? 0) - (perDay.get(a) ?? 0))
        .slice(3);
      const length = by(strength, 1, 2, 4);
      const touched = ground.tables.insights.rows.filter(
        (row) => ground.day(row) >= from && ground.day(row) < from + length,
      );
      for (const row of touched)
        for (const column of ALL)
          ground.set("insights", row, column, column === "spend" ? "0.00" : 0);
      return { days: Array.from({ length }, (_, k) => dayText(from + k)), touched };
    },
  },
  {
    // The lead form of a platform was down, at another place of the calendar than the busiest.
    id: "leads-outage-anywhere",
    rules: ["lead-outage"],
    pack: "leads-outage-anywhere",
    plant(ground, strength) {
      const day = (row: Row) => dayNumber(ground.get("leads", row, "added_date"));
      const days = ground.tables.leads.rows.map(day).sort((a, b) => a - b);
      const from = days[Math.floor(days.length * by(strength, 0.25, 0.45, 0.7))] ?? 0;
      const length = by(strength, 4, 6, 12);
      const lost = ground.tables.leads.rows.filter(
        (row) => day(row) >= from && day(row) < from + length,
      );
      const ids = new Set(lost.map((row) => ground.get("leads", row, "id")));
      const gone = new Set(lost);
      ground.tables.leads.rows = ground.tables.leads.rows.filter((row) => !gone.has(row));
      ground.tables.log.rows = ground.tables.log.rows.filter(
        (row) => !ids.has(ground.get("log", row, "lead_id")),
      );
      return { days: Array.from({ length }, (_, k) => dayText(from + k)) };
    },
  },
  {
    id: "nobody-clicks",
    rules: ["implausible-ctr"],
    pack: "further-rows",
    plant(ground, strength) {
      const campaigns = ground.takeCampaigns(
        by(strength, 1, 2, 4),
        (_, rows) =>
          ground.daysOf(rows).length >= by(strength, 5, 6, 8) && ground.spendOf(rows) > 0,
      );
      const insights = ground.insightsOf();
      const touched = campaigns.flatMap((id) => insights.get(id) ?? []);
      for (const row of touched) ground.set("insights", row, "clicks", 0);
      return { campaigns, touched };
    },
  },
  {
    id: "impressions-not-told",
    rules: ["spend-without-impressions"],
    pack: "further-rows",
    plant(ground, strength) {
      const insights = ground.insightsOf();
      const lines = ground
        .takeCampaigns(by(strength, 1, 3, 8), (_, rows) => ground.spendOf(rows) > 0)
        .flatMap((id) =>
          (insights.get(id) ?? [])
            .filter((row) => minor(ground.get("insights", row, "spend")) > 0)
            .slice(0, 1),
        );
      for (const row of lines)
        for (const column of ["impressions", "clicks", "reach"])
          ground.set("insights", row, column, "");
      return { lines };
    },
  },
  retold("leads-told-twice", "leads", (g, row) =>
    g.set("leads", row, "name", `${g.get("leads", row, "name")} II`),
  ),
  retold("campaigns-told-twice", "campaigns", (g, row) =>
    g.set("campaigns", row, "daily_budget", Number(g.get("campaigns", row, "daily_budget")) + 500),
  ),
  cells(
    "phones-with-decimals",
    "damaged-phones",
    "phone",
    (phone) => `${phone.replace(/\D/g, "")}.0`,
  ),
  cells(
    "phones-rounded",
    "damaged-phones",
    "phone",
    (phone) => `${phone.replace(/[^0-9+]/g, "").slice(0, 7)}000000`,
  ),
  cells("names-that-are-none", "junk-leads", "name", (_, i) => NO_NAMES[i % NO_NAMES.length] ?? ""),
  {
    // Letters of another script that look the same.
    id: "spelling-look-alike",
    rules: ["project-spelling"],
    pack: "look-alike",
    plant(ground, strength) {
      const byName = new Map<string, Row[]>();
      for (const row of ground.tables.campaigns.rows) {
        const name = ground.get("campaigns", row, "project_name");
        byName.set(name, [...(byName.get(name) ?? []), row]);
      }
      const [rows = []] = ground
        .shuffled([...byName])
        .filter(([name, own]) => own.length >= 6 && /[aeo]/.test(name))
        .map(([, own]) => own);
      const changed = rows.slice(0, by(strength, 1, 2, 3));
      for (const row of changed)
        ground.set(
          "campaigns",
          row,
          "project_name",
          ground
            .get("campaigns", row, "project_name")
            .replace(/[aeo]/, (letter) => LOOK_ALIKE[letter] ?? letter),
        );
      return changed.length > 0
        ? { campaigns: changed.map((row) => ground.get("campaigns", row, "id")), touched: rows }
        : null;
    },
  },
];
