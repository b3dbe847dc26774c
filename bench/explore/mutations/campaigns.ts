/** Faults of campaigns: their dates, names, twins and tests, and days on which tracking failed. */
import { dayNumber, dayText, type Ground, later, minor, money } from "../ground.ts";
import { by, type Mutation, type Strength } from "../mutation.ts";
import type { Row } from "../tables.ts";

const ARABIC_NAME = "أبراج النخيل الجديدة";
type Rewrite = (name: string) => string;

/** A name of several campaigns is written otherwise in some of them. */
function spelling(id: string, rewrite: Rewrite, base: string | null = null): Mutation {
  return {
    id,
    rules: ["project-spelling"],
    pack: "spelling",
    plant(ground, strength) {
      const groups = new Map<string, Row[]>();
      for (const row of ground.tables.campaigns.rows) {
        const key = `${ground.get("campaigns", row, "user_id")} ${ground.get("campaigns", row, "project_name")}`;
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      const name = (rows: readonly Row[]) => ground.get("campaigns", rows[0] ?? [], "project_name");
      const fit = ground
        .shuffled([...groups.values()])
        .filter((rows) => rows.length >= 4 && rewrite(base ?? name(rows)) !== (base ?? name(rows)))
        .find((rows) => rows.every((row) => !spelt.get(ground)?.has(row)));
      if (!fit) return null;
      spelt.set(ground, new Set([...(spelt.get(ground) ?? []), ...fit]));
      const before = base ?? name(fit);
      const changed = ground
        .shuffled(fit)
        .slice(0, Math.min(by(strength, 1, 2, 3), Math.floor((fit.length - 1) / 2)));
      for (const row of fit) ground.set("campaigns", row, "project_name", before);
      for (const row of changed) ground.set("campaigns", row, "project_name", rewrite(before));
      return {
        campaigns: changed.map((row) => ground.get("campaigns", row, "id")),
        touched: fit,
      };
    },
  };
}
const spelt = new WeakMap<Ground, Set<Row>>();

function dates(
  id: string,
  rules: readonly string[],
  change: (ground: Ground, row: Row, strength: Strength) => void,
  place: "campaigns" | "lines",
): Mutation {
  return {
    id,
    rules,
    pack: "campaigns",
    plant(ground, strength) {
      const campaigns = ground.takeCampaigns(
        by(strength, 2, 4, 8),
        (_, rows) => ground.daysOf(rows).length >= 3 && ground.spendOf(rows) > 0,
      );
      const insights = ground.insightsOf();
      const touched: Row[] = [];
      const lines: Row[] = [];
      for (const campaign of campaigns) {
        const row = ground.campaignRow(campaign);
        if (!row) continue;
        change(ground, row, strength);
        const start = dayNumber(ground.get("campaigns", row, "start_time"));
        touched.push(...(insights.get(campaign) ?? []), row);
        lines.push(...(insights.get(campaign) ?? []).filter((one) => ground.day(one) < start));
      }
      return place === "campaigns" ? { campaigns, touched } : { lines, touched };
    },
  };
}

/** Campaigns are made after the model of others, with delivery of their own or none. */
function added(
  id: string,
  rule: string,
  counts: readonly [number, number, number],
  make: (ground: Ground, campaign: Row, insights: Row[], strength: Strength) => void,
): Mutation {
  return {
    id,
    rules: [rule],
    pack: "campaigns",
    plant(ground, strength) {
      const models = ground.takeCampaigns(by(strength, ...counts), (_, rows) => rows.length >= 2);
      const insights = ground.insightsOf();
      const campaigns: string[] = [];
      const touched: Row[] = [];
      for (const model of models) {
        const row = [...(ground.campaignRow(model) ?? [])];
        const fresh = String(ground.nextCampaign());
        const own = (insights.get(model) ?? []).map((one) => [...one]);
        ground.set("campaigns", row, "id", fresh);
        for (const one of own) {
          ground.set("insights", one, "campaign_id", fresh);
          ground.set(
            "insights",
            one,
            "ad_set_id",
            `${ground.get("insights", one, "ad_set_id")}${fresh}`,
          );
        }
        make(ground, row, own, strength);
        ground.tables.campaigns.rows.push(row);
        ground.tables.insights.rows.push(...own);
        campaigns.push(fresh);
        const twin = ground.campaignRow(model);
        touched.push(row, ...own, ...(twin ? [twin] : []));
      }
      return { campaigns, touched };
    },
  };
}

const TEST_NAMES = [
  "TEST",
  "test campaign - do not use",
  "تجربة",
  "Willow Gate (testing)",
  "Dummy",
  "TEST2",
  "اختبار",
  "tst",
];

/** All rows of some days are gone. */
function outage(
  id: string,
  rules: readonly string[],
  table: "insights" | "leads",
  lengths: readonly [number, number, number],
): Mutation {
  return {
    id,
    rules,
    pack: id,
    plant(ground, strength) {
      const column = table === "insights" ? "created_at" : "added_date";
      const day = (row: Row) => dayNumber(ground.get(table, row, column));
      const perDay = new Map<number, number>();
      for (const row of ground.tables[table].rows)
        perDay.set(day(row), (perDay.get(day(row)) ?? 0) + 1);
      const length = by(strength, ...lengths);
      const busy = (from: number) =>
        Array.from({ length: length + 6 }, (_, k) => perDay.get(from - 3 + k) ?? 0).reduce(
          (a, b) => a + b,
          0,
        );
      const [from = 0] = [...perDay.keys()]
        .sort((a, b) => busy(b) - busy(a))
        .slice(ground.draw.int(6));
      const gone = (row: Row) => day(row) >= from && day(row) < from + length;
      const lost = ground.tables[table].rows.filter(gone);
      ground.tables[table].rows = ground.tables[table].rows.filter((row) => !gone(row));
      if (table === "leads") {
        const ids = new Set(lost.map((row) => ground.get("leads", row, "id")));
        ground.tables.log.rows = ground.tables.log.rows.filter(
          (row) => !ids.has(ground.get("log", row, "lead_id")),
        );
      }
      return { days: Array.from({ length }, (_, k) => dayText(from + k)) };
    },
  };
}

export const CAMPAIGNS: readonly Mutation[] = [
  dates(
    "stop-before-start",
    ["stop-before-start"],
    (g, row, s) =>
      g.set(
        "campaigns",
        row,
        "stop_time",
        later(g.get("campaigns", row, "start_time"), -by(s, 3600, 86_400, 400_000)),
      ),
    "campaigns",
  ),
  dates(
    "spend-before-start",
    ["spend-before-start"],
    (g, row, s) =>
      g.set(
        "campaigns",
        row,
        "start_time",
        later(g.get("campaigns", row, "start_time"), 86_400 * by(s, 1, 1, 2)),
      ),
    "lines",
  ),
  dates(
    "start-with-day-and-month-exchanged",
    ["spend-before-start", "spend-after-stop", "stop-before-start", "future-dates-delivery"],
    (g, row) => {
      const start = g.get("campaigns", row, "start_time");
      if (Number(start.slice(8, 10)) <= 12 && start.slice(5, 7) !== start.slice(8, 10))
        g.set(
          "campaigns",
          row,
          "start_time",
          `${start.slice(0, 5)}${start.slice(8, 10)}-${start.slice(5, 7)}${start.slice(10)}`,
        );
      else g.set("campaigns", row, "start_time", later(start, 86_400 * 62));
    },
    "campaigns",
  ),
  added("never-delivered", "never-delivered", [2, 6, 15], (g, row, insights) => {
    g.set(
      "campaigns",
      row,
      "start_time",
      later(g.get("campaigns", row, "start_time"), -7000 - g.draw.int(20_000)),
    );
    insights.length = 0;
  }),
  added("test-campaigns", "test-campaigns", [2, 4, 8], (g, row, insights) => {
    g.set(
      "campaigns",
      row,
      "start_time",
      later(g.get("campaigns", row, "start_time"), -7000 - g.draw.int(20_000)),
    );
    g.set("campaigns", row, "project_name", TEST_NAMES[g.draw.int(TEST_NAMES.length)] ?? "TEST");
    for (const one of insights)
      g.set("insights", one, "spend", money(minor(g.get("insights", one, "spend")) / 20));
  }),
  added("duplicate-campaigns", "duplicate-campaigns", [2, 4, 8], (g, row, insights, s) => {
    const seconds = 40 + g.draw.int(by(s, 900, 300, 60));
    g.set("campaigns", row, "start_time", later(g.get("campaigns", row, "start_time"), seconds));
    insights.length = 0;
  }),
  added(
    "duplicate-campaigns-that-deliver",
    "duplicate-campaigns",
    [2, 4, 8],
    (g, row, insights, s) => {
      g.set(
        "campaigns",
        row,
        "start_time",
        later(g.get("campaigns", row, "start_time"), 40 + g.draw.int(by(s, 600, 200, 60))),
      );
      for (const one of insights)
        for (const column of ["impressions", "clicks", "reach"])
          g.set("insights", one, column, Math.ceil(g.number(one, column) * 0.93));
    },
  ),
  spelling("spelling-space", (name) => `${name} `),
  spelling("spelling-double-space", (name) => name.replace(" ", "  ")),
  spelling("spelling-case", (name) =>
    name.toUpperCase() === name ? name.toLowerCase() : name.toUpperCase(),
  ),
  spelling("spelling-zero-width", (name) => `${name.slice(0, 3)}\u200B${name.slice(3)}`),
  spelling("spelling-hyphen", (name) => name.replace(" ", "-")),
  spelling("spelling-typo", (name) =>
    name.length >= 9 ? `${name.slice(0, 4)}${name[5]}${name[4]}${name.slice(6)}` : name,
  ),
  spelling(
    "spelling-arabic-letters",
    (name) => name.replaceAll("أ", "ا").replaceAll("ة", "ه"),
    ARABIC_NAME,
  ),
  spelling(
    "spelling-arabic-tatweel",
    (name) => name.replace("بر", "بـر"),
    ARABIC_NAME.replace("النخيل", "الواحة"),
  ),
  spelling(
    "spelling-arabic-marks",
    (name) => name.replace("ج", "جَ"),
    ARABIC_NAME.replace("النخيل", "البحر"),
  ),
  outage("insights-outage", ["tracking-outage", "missing-days"], "insights", [1, 2, 4]),
  outage("leads-outage", ["lead-outage", "tracking-outage"], "leads", [3, 5, 9]),
  {
    // A failed export: on some days nothing of an account is there, though its ad sets run on.
    id: "missing-days",
    rules: ["missing-days", "tracking-outage"],
    pack: "missing",
    plant(ground, strength) {
      const runs = new Map<string, number>();
      const length = by(strength, 1, 2, 2);
      const insights = ground.insightsOf();
      const accounts = ground.campaignsOf();
      for (const [account, campaigns] of accounts) {
        for (const campaign of campaigns) {
          for (const series of ground.seriesOf(
            insights.get(ground.get("campaigns", campaign, "id")) ?? [],
          )) {
            const days = series.map((row) => ground.day(row));
            for (const day of days.filter(
              (one) => days.includes(one - 1) && days.includes(one + length),
            ))
              runs.set(`${account} ${day}`, (runs.get(`${account} ${day}`) ?? 0) + 1);
          }
        }
      }
      const fit = [...runs].filter(([, n]) => n >= by(strength, 6, 6, 8));
      const [place] = ground.shuffled(fit)[0] ?? [];
      if (place === undefined) return null;
      const [account = "", from = ""] = place.split(" ");
      const gone = new Set(
        (accounts.get(account) ?? [])
          .flatMap((row) => insights.get(ground.get("campaigns", row, "id")) ?? [])
          .filter((row) => {
            const day = ground.day(row) - Number(from);
            return day >= 0 && day < length;
          }),
      );
      ground.tables.insights.rows = ground.tables.insights.rows.filter((row) => !gone.has(row));
      return { names: [dayText(Number(from))], accounts: [account] };
    },
  },
  {
    id: "backfilled-days",
    rules: ["missing-days", "late-days", "tracking-outage", "over-budget"],
    pack: "backfill",
    plant(ground, strength) {
      const campaigns = ground.takeCampaigns(by(strength, 3, 5, 8), (_, rows) => {
        const days = ground.daysOf(rows);
        return days.length >= 6 && (days.at(-1) ?? 0) - (days[0] ?? 0) + 1 === days.length;
      });
      const insights = ground.insightsOf();
      const gone = new Set<Row>();
      for (const campaign of campaigns) {
        for (const series of ground.seriesOf(insights.get(campaign) ?? [])) {
          const from = 1;
          const until = Math.min(series.length - 1, from + by(strength, 1, 2, 3));
          const sink = series[until];
          if (!sink || until <= from) continue;
          for (const row of series.slice(from, until)) {
            gone.add(row);
            for (const column of ["spend", "impressions", "clicks", "reach"]) {
              const sum = ground.number(sink, column) + ground.number(row, column);
              ground.set("insights", sink, column, column === "spend" ? money(sum * 100) : sum);
            }
          }
        }
      }
      ground.tables.insights.rows = ground.tables.insights.rows.filter((row) => !gone.has(row));
      return campaigns.length > 0 ? { campaigns } : null;
    },
  },
  {
    id: "broken-form",
    rules: ["spend-no-lead"],
    pack: "campaigns",
    plant(ground, strength) {
      const leads = ground.leadsOf();
      const campaigns = ground.takeCampaigns(
        2,
        (id) => (leads.get(id) ?? []).length >= by(strength, 10, 16, 25),
      );
      const gone = new Set(campaigns.flatMap((id) => leads.get(id) ?? []));
      const ids = new Set([...gone].map((row) => ground.get("leads", row, "id")));
      ground.tables.leads.rows = ground.tables.leads.rows.filter((row) => !gone.has(row));
      ground.tables.log.rows = ground.tables.log.rows.filter(
        (row) => !ids.has(ground.get("log", row, "lead_id")),
      );
      return campaigns.length > 0 ? { campaigns } : null;
    },
  },
];
