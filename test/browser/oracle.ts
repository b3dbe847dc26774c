/** The numbers of the page computed once more: SQL over the CSV files themselves, sharing nothing with the product. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import type { Choice } from "./choices.ts";
import { type Days, daysOf } from "./days.ts";

/** A line of a table or a card: measures by name, null where there is none. */
export type Figures = Readonly<Record<string, number | null>>;
export interface Named {
  readonly id: string;
  readonly figures: Figures;
}

const SUMS = `
  SELECT coalesce(sum(spend), 0) AS spend, coalesce(sum(impressions), 0) AS impressions,
         coalesce(sum(clicks), 0) AS clicks, coalesce(sum(reach), 0) AS reach FROM delivery($f, $t, $a, $p, $c, $r)`;
const COUNTS = `
  SELECT count(*) AS leads, count(*) FILTER (stage IS NOT NULL AND NOT undecided) AS judged,
         count(*) FILTER (undecided) AS undecided, count(*) FILTER (qualified) AS qualified,
         count(*) FILTER (stage IN ('meeting', 'won')) AS meetings, count(*) FILTER (stage = 'won') AS deals,
         count(*) FILTER (in_time) AS qualifiedWithinHorizon, count(*) FILTER (ever) AS qualifiedEverLogged
  FROM arrivals($f, $t, $a, $p, $c, $r)`;
const ALL_IN = `
  SELECT coalesce(sum(round(net * coalesce(factor, 1.125))), 0) AS spendAllIn FROM (
    SELECT campaign_id, account, day, sum(spend) AS net FROM delivery($f, $t, $a, $p, $c, $r) GROUP BY ALL)
  LEFT JOIN fees USING (account)`;

/** Over ÷ under; null where there is nothing to divide by. */
function ratio(over: number | null, under: number | null, scale = 1): number | null {
  return over === null || under === null || under === 0 ? null : (over / under) * scale;
}

function tally(row: Figures): Figures {
  return {
    ...row,
    ctr: ratio(row.clicks ?? null, row.impressions ?? null),
    cpl: ratio(row.spend ?? null, row.leads ?? null),
    cpql: ratio(row.spend ?? null, row.qualified ?? null),
  };
}

type Cell = string | number | null;
type Row = Readonly<Record<string, Cell>>;

function plain(value: DuckDBValue): Cell {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" || typeof value === "string" || value === null
    ? value
    : String(value);
}

function figures(row: Row | undefined): Figures {
  const entries = Object.entries(row ?? {}).filter(([, value]) => typeof value !== "string");
  return Object.fromEntries(entries) as Figures;
}

export interface Oracle {
  readonly firstDay: string;
  /** The last day that has come. */
  readonly lastDay: string;
  readonly accounts: readonly string[];
  readonly projects: readonly string[];
  readonly campaigns: readonly string[];
  /** The days that a choice means, and those it is compared with. */
  days(choice: Choice): Days;
  /** Every KPI over some days. */
  kpis(choice: Choice, days: { readonly from: string; readonly to: string }): Promise<Figures>;
  /** One line per bucket of the trend, `start` as its id; null = no row at all. */
  trend(choice: Choice): Promise<readonly Named[]>;
  /** Every project or account with rows in the period, "" = none, largest spend first. */
  groups(choice: Choice, by: "project" | "account"): Promise<readonly Named[]>;
  /** Leads standing at each stage; "unmapped" where the status has none. */
  stages(choice: Choice): Promise<Readonly<Record<string, number>>>;
  /** Every campaign of the period in the order of its id. */
  campaignsOf(choice: Choice): Promise<readonly CampaignFigures[]>;
  query(sql: string): Promise<readonly Row[]>;
  /** SQL that may call `delivery(…)`, `arrivals(…)` and `one_of(…)` with the parameters of a choice. */
  ask(
    sql: string,
    choice: Choice,
    days: { readonly from: string; readonly to: string },
  ): Promise<readonly Row[]>;
  /** What an account that names no fee of its own multiplies net spend by. */
  readonly defaultFee: number;
  close(): void;
}

export interface CampaignFigures extends Named {
  readonly project: string | null;
  readonly account: string;
  readonly start: string | null;
}

const listOf = (names: readonly string[]) =>
  `[${names.map((name) => `'${name.replaceAll("'", "''")}'`).join(", ")}]::VARCHAR[]`;

/** The same question at the end of a day: only what had happened by then. */
const knownBy = (sql: string, day: string) =>
  sql.replace(
    /\b(delivery|arrivals)\(([^()]*)\)/g,
    (_, name: string, args: string) => `${name}_by('${day}'::DATE, ${args})`,
  );

const sqlOf = (name: string, folder: string) =>
  readFileSync(new URL(`sql/${name}.sql`, import.meta.url), "utf8").replaceAll(
    "$folder",
    folder.replaceAll("'", "''"),
  );

/**
 * Reads a folder of the four tables (and deals, where there are some).
 *
 * @param fees account → what net spend is multiplied by; others pay `defaultFee`
 */
export async function openOracle(
  folder: string,
  settings: { readonly defaultFee: number; readonly fees: Readonly<Record<string, number>> },
): Promise<Oracle> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run(sqlOf("tables", folder));
  await connection.run(sqlOf("known", folder));
  await connection.run(sqlOf("working-time", folder));
  if (existsSync(path.join(folder, "deals.csv"))) await connection.run(sqlOf("deals", folder));
  for (const [account, factor] of Object.entries(settings.fees))
    await connection.run("INSERT INTO fees VALUES ($account, $factor)", { account, factor });

  const query = async (sql: string, params?: Record<string, DuckDBValue>): Promise<Row[]> => {
    const reader = await connection.runAndReadAll(sql, params);
    return reader
      .getRowObjects()
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      );
  };
  const ask = (
    sql: string,
    choice: Choice,
    days: { readonly from: string; readonly to: string },
  ): Promise<Row[]> => {
    const values = {
      f: `'${days.from}'::DATE`,
      t: `'${days.to}'::DATE`,
      a: listOf(choice.account),
      p: listOf(choice.project),
      c: listOf(choice.campaign),
      r: String(choice.basis === "raw"),
    };
    const known = choice.asOf === undefined ? sql : knownBy(sql, choice.asOf);
    return query(known.replace(/\$([ftapcr])\b/g, (_, name: keyof typeof values) => values[name]));
  };
  const names = async (sql: string) => (await query(sql)).map((row) => String(row.name));
  // A day that has not come yet is a slip of the pen: it counts, but does not say until when the data go.
  const today = new Intl.DateTimeFormat("sv", { timeZone: "Africa/Cairo" }).format();
  const [extent] = await query(`
    SELECT min(day)::VARCHAR AS first, max(day)::VARCHAR AS "end",
           coalesce(max(day) FILTER (day <= '${today}'), max(day))::VARCHAR AS last
    FROM (SELECT day FROM insights UNION ALL SELECT day FROM leads)`);
  const firstDay = String(extent?.first);
  const lastDay = String(extent?.last);
  const endDay = String(extent?.end);

  const days = (choice: Choice) => daysOf(choice, { firstDay, lastDay, endDay });
  /** Whether the choice means any account at all, and whether all of them know their deals. */
  const knownOf = async (choice: Choice): Promise<{ any: boolean; revenue: boolean }> => {
    const [row] = await ask(
      `SELECT count(*) > 0 AS "any",
              bool_and(account IN (SELECT l.account FROM deals JOIN leads AS l USING (lead_id))) AS revenue
       FROM campaigns
       WHERE one_of($a, account) AND (len($p) = 0 OR coalesce(list_contains($p, project), false))
             AND one_of($c, campaign_id)`,
      choice,
      { from: firstDay, to: lastDay },
    );
    return { any: row?.any === "true", revenue: row?.revenue === "true" };
  };
  return {
    firstDay,
    lastDay,
    accounts: await names("SELECT DISTINCT account AS name FROM campaigns ORDER BY 1"),
    projects: await names(
      "SELECT DISTINCT project AS name FROM campaigns WHERE project IS NOT NULL ORDER BY 1",
    ),
    campaigns: await names("SELECT campaign_id AS name FROM campaigns ORDER BY 1"),
    days,
    async kpis(choice, period) {
      const sums = {
        ...figures((await ask(SUMS, choice, period))[0]),
        ...figures((await ask(COUNTS, choice, period))[0]),
        ...figures(
          (await ask(ALL_IN.replace("1.125", settings.defaultFee.toFixed(6)), choice, period))[0],
        ),
      };
      const [money] = await ask(
        `SELECT coalesce(sum(d.value), 0) AS revenue
         FROM arrivals($f, $t, $a, $p, $c, false) JOIN deals AS d USING (lead_id)
         WHERE d.stage = 'contract' AND NOT d.cancelled`,
        choice,
        period,
      );
      const known = await knownOf(choice);
      // Of nobody nothing is known: that is not 0.
      const told: Figures = known.any
        ? sums
        : Object.fromEntries(Object.keys(sums).map((name) => [name, null]));
      const of = (name: string) => told[name] ?? null;
      const revenue = known.revenue ? Number(money?.revenue ?? 0) : null;
      return {
        ...told,
        revenue,
        ctr: ratio(of("clicks"), of("impressions")),
        cpc: ratio(of("spend"), of("clicks")),
        cpm: ratio(of("spend"), of("impressions"), 1000),
        cpl: ratio(of("spend"), of("leads")),
        cpql: ratio(of("spend"), of("qualified")),
        cplAllIn: ratio(of("spendAllIn"), of("leads")),
        cpqlAllIn: ratio(of("spendAllIn"), of("qualified")),
        conversionRate: ratio(of("qualified"), of("judged")),
        qualifiedShare: ratio(of("qualified"), of("leads")),
        undecidedShare: ratio(of("undecided"), of("leads")),
        roas: ratio(revenue, of("spend")),
      };
    },
    async trend(choice) {
      const period = days(choice);
      // Weeks begin on Sunday; a first bucket that begins before the period begins with it.
      const bucket = {
        day: "day",
        week: "day - dayofweek(day)::INTEGER",
        month: "date_trunc('month', day)::DATE",
      }[choice.grain];
      const rows = await ask(
        `WITH found AS (
           SELECT day, sum(spend) AS spend, sum(impressions) AS impressions, sum(clicks) AS clicks,
                  0 AS leads, 0 AS qualified, 0 AS undecided
           FROM delivery($f, $t, $a, $p, $c, $r) GROUP BY day
           UNION ALL
           SELECT day, NULL, NULL, NULL, count(*), count(*) FILTER (qualified), count(*) FILTER (undecided)
           FROM arrivals($f, $t, $a, $p, $c, $r) GROUP BY day
         ),
         calendar AS (
           SELECT day::DATE AS day FROM generate_series($f::TIMESTAMP, $t::TIMESTAMP, INTERVAL 1 DAY) AS s(day)
         )
         SELECT greatest(${bucket}, $f)::VARCHAR AS start, sum(spend) AS spend, sum(leads) AS leads,
                sum(qualified) AS qualified, sum(undecided) AS undecided, sum(impressions) AS impressions,
                sum(clicks) AS clicks
         FROM calendar LEFT JOIN found USING (day) GROUP BY start ORDER BY start`,
        choice,
        period,
      );
      return rows.map((row) => ({ id: String(row.start), figures: figures(row) }));
    },
    async groups(choice, by) {
      const rows = await ask(
        `WITH spent AS (
           SELECT ${by} AS id, sum(spend) AS spend, sum(impressions) AS impressions, sum(clicks) AS clicks
           FROM delivery($f, $t, $a, $p, $c, $r) GROUP BY 1
         ),
         asked AS (
           SELECT ${by} AS id, count(*) AS leads, count(*) FILTER (undecided) AS undecided,
                  count(*) FILTER (qualified) AS qualified
           FROM arrivals($f, $t, $a, $p, $c, $r) GROUP BY 1
         )
         SELECT coalesce(s.id, a.id, '') AS id, coalesce(spend, 0) AS spend,
                coalesce(impressions, 0) AS impressions, coalesce(clicks, 0) AS clicks,
                coalesce(leads, 0) AS leads, coalesce(undecided, 0) AS undecided,
                coalesce(qualified, 0) AS qualified
         FROM spent AS s FULL JOIN asked AS a ON s.id IS NOT DISTINCT FROM a.id
         ORDER BY spend DESC, id`,
        choice,
        days(choice),
      );
      return rows.map((row) => ({ id: String(row.id), figures: tally(figures(row)) }));
    },
    async stages(choice) {
      const rows = await ask(
        `SELECT coalesce(stage, 'unmapped') AS stage, count(*) AS n
         FROM arrivals($f, $t, $a, $p, $c, $r) GROUP BY 1`,
        choice,
        days(choice),
      );
      return Object.fromEntries(rows.map((row) => [String(row.stage), Number(row.n)]));
    },
    async campaignsOf(choice) {
      const everything = String(choice.from === "all");
      const rows = await ask(
        `WITH spent AS (
           SELECT campaign_id, sum(spend) AS spend, sum(impressions) AS impressions, sum(clicks) AS clicks
           FROM delivery($f, $t, $a, $p, $c, $r) GROUP BY 1
         ),
         asked AS (
           SELECT campaign_id, count(*) AS leads, count(*) FILTER (undecided) AS undecided,
                  count(*) FILTER (qualified) AS qualified
           FROM arrivals($f, $t, $a, $p, $c, $r) GROUP BY 1
         )
         SELECT campaign_id AS id, account, project, start_time::VARCHAR AS start,
                coalesce(spend, 0) AS spend, coalesce(impressions, 0) AS impressions,
                coalesce(clicks, 0) AS clicks, coalesce(leads, 0) AS leads,
                coalesce(undecided, 0) AS undecided, coalesce(qualified, 0) AS qualified
         FROM campaigns LEFT JOIN spent USING (campaign_id) LEFT JOIN asked USING (campaign_id)
         WHERE one_of($a, account) AND one_of($c, campaign_id)
               AND (len($p) = 0 OR coalesce(list_contains($p, project), false))
               AND (${everything} OR spend IS NOT NULL OR leads IS NOT NULL
                    OR (start_time::DATE <= $t AND coalesce(stop_time::DATE, $t) >= $f))
         ORDER BY campaign_id`,
        choice,
        days(choice),
      );
      return rows.map((row) => ({
        id: String(row.id),
        account: String(row.account),
        project: row.project === null ? null : String(row.project),
        start: row.start === null ? null : String(row.start),
        figures: tally(
          figures(
            Object.fromEntries(
              Object.entries(row).filter(([name]) => !["project", "start"].includes(name)),
            ),
          ),
        ),
      }));
    },
    query: (sql) => query(sql),
    ask,
    defaultFee: settings.defaultFee,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
