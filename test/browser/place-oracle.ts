/** What the places show beyond Today, computed once more by SQL over the files. */
import type { Choice } from "./choices.ts";
import { addDays } from "./days.ts";
import type { Figures, Named, Oracle } from "./oracle.ts";

type Row = Awaited<ReturnType<Oracle["ask"]>>[number];

/** Each lead of a choice once, with what the log tells of its first contact. $k: last day known; $u: until when the data go. */
const CONTACTS = `
  WITH touches AS (
    SELECT lead_id, stage, status, changed, line FROM lined_log
    WHERE stage IS DISTINCT FROM 'new' AND changed::DATE <= $k
  ),
  many AS (
    SELECT c.account, t.status, date_trunc('minute', t.changed) AS minute
    FROM touches AS t JOIN (SELECT DISTINCT lead_id, account FROM leads) AS c USING (lead_id)
    GROUP BY ALL HAVING count(*) >= 10
  ),
  told AS (
    SELECT lead_id, min(changed) AS touched, arg_min(status, (changed, line)) AS status,
           count(*) FILTER (WHERE stage = 'attempting') AS attempts
    FROM touches GROUP BY lead_id
  ),
  placed AS (
    SELECT l.*, r.arrived, coalesce(t.attempts, 0) AS attempts, m.minute IS NOT NULL AS bulk,
           l.lead_id IN (SELECT lead_id FROM lined_log WHERE changed::DATE <= $k) AS logged,
           CASE WHEN t.touched IS NOT NULL THEN 'touched' WHEN l.stage = 'new' THEN 'never'
                WHEN l.stage = 'unknown' THEN 'unrecorded' ELSE 'untimed' END AS contact,
           coalesce(t.touched, greatest($u, r.arrived)) AS ends
    FROM arrivals($f, $t, $a, $p, $c, false) AS l
    JOIN (SELECT DISTINCT id AS lead_id, arrived FROM leads_received) AS r USING (lead_id)
    LEFT JOIN told AS t USING (lead_id)
    LEFT JOIN many AS m ON m.account = l.account AND m.status = t.status
                           AND m.minute = date_trunc('minute', t.touched)
  ),
  contacts AS (
    SELECT *, dayofweek(arrived) AS weekday, hour(arrived) AS hour,
           dayofweek(arrived) > 4 OR hour(arrived) < 9 OR hour(arrived) >= 18 AS after_hours,
           CASE WHEN contact NOT IN ('touched', 'never') THEN NULL
                WHEN minutes_worked(ends) - minutes_worked(arrived) <= 60 THEN false
                WHEN contact = 'touched' AND bulk THEN NULL ELSE true END AS late
    FROM placed
  )`;

const numbers = (row: Row | undefined): Figures =>
  Object.fromEntries(
    Object.entries(row ?? {}).flatMap(([name, value]) =>
      typeof value === "string" ? [] : [[name, value]],
    ),
  );
const named = (rows: readonly Row[]): readonly Named[] =>
  rows.map((row) => ({ id: String(row.id), figures: numbers(row) }));

/** Over ÷ under; null where there is nothing to divide by. */
function ratio(over: number | null | undefined, under: number | null | undefined, scale = 1) {
  return over == null || under == null || under === 0 ? null : (over / under) * scale;
}

function contacts(oracle: Oracle, choice: Choice, sql: string): Promise<readonly Row[]> {
  const known = choice.asOf ?? "9999-01-01";
  const until = addDays(choice.asOf ?? oracle.lastDay, 1);
  const text = `${CONTACTS} ${sql}`
    .replaceAll("$k", `'${known}'::DATE`)
    .replaceAll("$u", `'${until}'::TIMESTAMP`);
  return oracle.ask(text, choice, oracle.days(choice));
}

/** Filters of the list of leads, as its address names them. */
export type LeadFilters = Readonly<Record<string, string>>;

const FILTERS: Readonly<Record<string, (value: string) => string>> = {
  stage: (value) => `stage = '${value}'`,
  contact: (value) => `contact = '${value}'`,
  judged: (value) => `(stage IS NOT NULL AND NOT undecided) = ${value === "yes"}`,
  logged: (value) => `logged = ${value === "yes"}`,
  late: (value) => (value === "yes" ? "late" : "NOT late"),
  afterHours: (value) => `after_hours = ${value === "yes"}`,
  weekday: (value) => `weekday = ${value}`,
  hour: (value) => `hour = ${value}`,
  attempts: (value) => (value === "5" ? "attempts >= 5" : `attempts = ${value}`),
};

/** How many leads a list narrowed like that has. */
export async function countLeads(
  oracle: Oracle,
  choice: Choice,
  filters: LeadFilters,
): Promise<number> {
  const wanted = Object.entries(filters).map(([name, value]) => FILTERS[name]?.(value) ?? "false");
  const sql = `SELECT count(*) AS n FROM contacts WHERE ${["true", ...wanted].join(" AND ")}`;
  return Number((await contacts(oracle, choice, sql))[0]?.n);
}

/** Leads by what is known of their first contact, by the time allowed, by attempts; and the figures on cards. */
export async function speedOf(oracle: Oracle, choice: Choice) {
  const by = async (sql: string) =>
    Object.fromEntries(
      (await contacts(oracle, choice, sql)).map((row) => [String(row.id), Number(row.n)]),
    );
  const [sums] = await contacts(
    oracle,
    choice,
    `SELECT count(*) FILTER (contact = 'never') AS never, count(*) FILTER (late) AS late,
            count(*) FILTER (after_hours) AS after FROM contacts`,
  );
  return {
    contacts: await by("SELECT contact AS id, count(*) AS n FROM contacts GROUP BY 1"),
    sla: await by(`
      SELECT CASE WHEN late IS NULL THEN 'unknown'
                  WHEN contact = 'touched' THEN CASE WHEN late THEN 'lateTouched' ELSE 'inTime' END
                  WHEN late THEN 'lateWaiting' ELSE 'pending' END AS id, count(*) AS n
      FROM contacts GROUP BY 1`),
    attempts: await by(`
      SELECT least(attempts, 5) AS id, count(*) AS n FROM contacts WHERE contact = 'touched' GROUP BY 1`),
    cards: numbers(sums),
  };
}

export interface Cohort {
  readonly leads: number;
  /** Qualified by the log by the end of each week of age. */
  readonly byAge: readonly number[];
}

/** Weeks of arrival by their first day, a Sunday. */
export async function cohortsOf(
  oracle: Oracle,
  choice: Choice,
): Promise<Readonly<Record<string, Cohort>>> {
  const known = choice.asOf ?? "9999-01-01";
  const rows = await oracle.ask(
    `WITH first AS (
       SELECT lead_id, min(changed) AS at FROM lined_log
       WHERE stage IN ('qualified', 'meeting', 'won') AND changed::DATE <= '${known}' GROUP BY 1
     ),
     aged AS (
       SELECT l.day - dayofweek(l.day)::INTEGER AS week,
              CASE WHEN f.at IS NOT NULL
                   THEN greatest(0, floor((epoch(f.at) - epoch(r.arrived)) / 604800)) END AS age
       FROM arrivals($f, $t, $a, $p, $c, false) AS l
       JOIN (SELECT DISTINCT id AS lead_id, arrived FROM leads_received) AS r USING (lead_id)
       LEFT JOIN first AS f USING (lead_id)
     )
     SELECT week::VARCHAR AS id, count(*) AS leads,
            ${Array.from({ length: 60 }, (_, n) => `count(*) FILTER (age <= ${n}) AS w${n}`).join(", ")}
     FROM aged GROUP BY week`,
    choice,
    oracle.days(choice),
  );
  return Object.fromEntries(
    rows.map((row) => [
      String(row.id),
      {
        leads: Number(row.leads),
        byAge: Array.from({ length: 60 }, (_, n) => Number(row[`w${n}`])),
      },
    ]),
  );
}

const CAMPAIGN_DAYS = (fee: number) => `
  WITH per_day AS (
    SELECT campaign_id, account, project, day, sum(spend) AS net, sum(impressions) AS impressions,
           sum(clicks) AS clicks FROM delivery($f, $t, $a, $p, $c, $r) GROUP BY ALL
  ),
  spent AS (
    SELECT campaign_id, sum(net) AS spend, sum(round(net * coalesce(factor, ${fee.toFixed(6)}))) AS allIn,
           sum(impressions) AS impressions, sum(clicks) AS clicks, count(*) AS days
    FROM per_day LEFT JOIN fees USING (account) GROUP BY 1
  ),
  asked AS (
    SELECT campaign_id, count(*) AS leads, count(*) FILTER (undecided) AS undecided,
           count(*) FILTER (stage IS NOT NULL AND NOT undecided) AS judged,
           count(*) FILTER (qualified) AS qualified, count(*) FILTER (stage IN ('meeting', 'won')) AS meetings,
           count(*) FILTER (stage = 'won') AS deals
    FROM arrivals($f, $t, $a, $p, $c, $r) GROUP BY 1
  ),
  each AS (
    SELECT coalesce(s.campaign_id, a.campaign_id) AS id, coalesce(spend, 0) AS spend, coalesce(allIn, 0) AS allIn,
           coalesce(impressions, 0) AS impressions, coalesce(clicks, 0) AS clicks, coalesce(days, 0) AS days,
           coalesce(leads, 0) AS leads, coalesce(undecided, 0) AS undecided, coalesce(judged, 0) AS judged,
           coalesce(qualified, 0) AS qualified, coalesce(meetings, 0) AS meetings, coalesce(deals, 0) AS deals
    FROM spent AS s FULL JOIN asked AS a ON s.campaign_id = a.campaign_id
  )`;

const withRatios = (row: Figures): Figures => ({
  ...row,
  ctr: ratio(row.clicks, row.impressions),
  cpc: ratio(row.spend, row.clicks),
  cpm: ratio(row.spend, row.impressions, 1000),
  cvr: ratio(row.leads, row.clicks),
  cpl: ratio(row.spend, row.leads),
  qualifiedShare: ratio(row.qualified, row.leads),
  cpql: ratio(row.spend, row.qualified),
});

/** Campaigns with anything in the period, and all of them together under the id `total`. */
export async function campaignTable(oracle: Oracle, choice: Choice): Promise<readonly Named[]> {
  const days = oracle.days(choice);
  const head = CAMPAIGN_DAYS(oracle.defaultFee);
  const each = named(await oracle.ask(`${head} FROM each`, choice, days));
  const all = named(
    await oracle.ask(
      `${head} SELECT 'total' AS id, ${[
        ...["spend", "allIn", "impressions", "clicks", "days", "leads", "undecided", "judged"],
        ...["qualified", "meetings", "deals"],
      ]
        .map((sum) => `coalesce(sum(${sum}), 0) AS ${sum}`)
        .join(", ")} FROM each`,
      choice,
      days,
    ),
  );
  return [...each, ...all].map(({ id, figures }) => ({ id, figures: withRatios(figures) }));
}

const SEGMENTS = { project: "project", account: "account", weekday: "isodow(day)" } as const;
export type Segmentation = keyof typeof SEGMENTS;

/** Segments by their key, "∅" = none, and all together under `total`. */
export async function segmentsOf(
  oracle: Oracle,
  choice: Choice,
  by: Segmentation,
): Promise<readonly Named[]> {
  const rows = await oracle.ask(
    `WITH spent AS (
       SELECT ${SEGMENTS[by]}::VARCHAR AS id, sum(spend) AS spend FROM delivery($f, $t, $a, $p, $c, $r) GROUP BY 1
     ),
     asked AS (
       SELECT ${SEGMENTS[by]}::VARCHAR AS id, count(*) AS leads, count(*) FILTER (qualified) AS qualified,
              count(*) FILTER (stage IS NOT NULL AND NOT undecided) AS judged
       FROM arrivals($f, $t, $a, $p, $c, $r) GROUP BY 1
     ),
     each AS (
       SELECT coalesce(s.id, a.id, '∅') AS id, coalesce(spend, 0) AS spend, coalesce(leads, 0) AS leads,
              coalesce(judged, 0) AS judged, coalesce(qualified, 0) AS qualified
       FROM spent AS s FULL JOIN asked AS a ON s.id IS NOT DISTINCT FROM a.id
     )
     FROM each UNION ALL SELECT 'total', sum(spend), sum(leads), sum(judged), sum(qualified) FROM each`,
    choice,
    oracle.days(choice),
  );
  return named(rows).map(({ id, figures }) => ({
    id,
    figures: {
      ...figures,
      judgedShare: ratio(figures.judged, figures.leads),
      conversion: ratio(figures.qualified, figures.judged),
      cpl: ratio(figures.spend, figures.leads),
      cpql: ratio(figures.spend, figures.qualified),
    },
  }));
}
