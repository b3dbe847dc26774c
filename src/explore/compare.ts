/**
 * What changed between two states of the data: two imports (looks at files), or two days (looks as of a day). Rows are
 * compared by their natural keys, so an export that comes in another order, or with other rows beside, changes nothing.
 */
import type { Comparison, Text } from "../contract/explore.ts";
import { driftOf } from "./compare-drift.ts";
import { type Backfill, compareSentences, type TableChange } from "./compare-sentences.ts";
import { COMPARED, type ComparedTable, sideSql } from "./compare-tables.ts";
import { findAll } from "./find.ts";
import type { Look } from "./look.ts";

export interface CompareOptions {
  /** What each side is called, e.g. the names of its files. */
  readonly labels?: { readonly left: string; readonly right: string };
  /** Whether to run the checks on both sides; takes about a second each. Default: true. */
  readonly findings?: boolean;
}

const SHOWN_EXAMPLES = 20;

type Table = Comparison["tables"][number];

/** Values that may change: columns that are not part of the key. */
const values = (compared: ComparedTable) =>
  compared.columns.filter(({ name }) => !compared.keys.includes(name));

const sidesOf = ({ table }: ComparedTable): [string, string] => [
  `compare_left_${table}`,
  `compare_right_${table}`,
];

const differs = (compared: ComparedTable) =>
  values(compared)
    .map(({ name }) => `l.${name} IS DISTINCT FROM r.${name}`)
    .join(" OR ") || "false";

const onKeys = ({ keys }: ComparedTable) =>
  keys.map((key) => `l.${key} IS NOT DISTINCT FROM r.${key}`).join(" AND ");

/** First rows that changed, came or went: the key as one text, what changed, before and after. Persons stay unnamed. */
async function examplesOf(look: Look, compared: ComparedTable): Promise<Table["examples"]> {
  const [left, right] = sidesOf(compared);
  const shown = compared.keys.filter((key) => key !== "level");
  const keyText = (side: string) =>
    `concat_ws(' · ', ${shown.map((key) => `${side}.${key}::VARCHAR`).join(", ")})`;
  const changes = values(compared).map(({ name, kind }) => {
    const text = (side: string) =>
      kind === "personal"
        ? `CASE WHEN ${side}.${name} IS NOT NULL THEN '•••' END`
        : `${side}.${name}::VARCHAR`;
    const weight = kind === "money" ? `abs(coalesce(r.${name}, 0) - coalesce(l.${name}, 0))` : "0";
    return `SELECT 'changed' AS what, ${keyText("l")} AS key, '${name}' AS "column", ${text("l")} AS before, ${text("r")} AS after, ${weight} AS weight
            FROM ${left} AS l JOIN ${right} AS r ON ${onKeys(compared)} WHERE l.${name} IS DISTINCT FROM r.${name}`;
  });
  const alone = (what: string, side: string, other: string) =>
    `SELECT '${what}' AS what, ${keyText("l")} AS key, NULL AS "column", NULL AS before, NULL AS after, 0 AS weight
     FROM ${side} AS l ANTI JOIN ${other} AS r ON ${onKeys(compared)}`;
  const all = [...changes, alone("removed", left, right), alone("added", right, left)];
  const rows = await look.session.all<Record<string, string | null>>(
    `SELECT what, key, "column", before, after FROM (${all.join(" UNION ALL ")})
     ORDER BY CASE what WHEN 'changed' THEN 0 WHEN 'removed' THEN 1 ELSE 2 END, weight DESC, key, "column" LIMIT ${SHOWN_EXAMPLES}`,
  );
  const columns = ["what", "key", "column", "before", "after"];
  return { columns, rows: rows.map((row) => columns.map((name) => row[name] ?? null)) };
}

async function compareTable(look: Look, compared: ComparedTable): Promise<Table | null> {
  const [left, right] = sidesOf(compared);
  const counted = await look.session.first<{
    left: number;
    right: number;
    added: number;
    removed: number;
    changed: number;
  }>(
    `SELECT (SELECT count(*) FROM ${left}) AS "left", (SELECT count(*) FROM ${right}) AS "right",
            (SELECT count(*) FROM ${right} AS l ANTI JOIN ${left} AS r ON ${onKeys(compared)}) AS added,
            (SELECT count(*) FROM ${left} AS l ANTI JOIN ${right} AS r ON ${onKeys(compared)}) AS removed,
            (SELECT count(*) FROM ${left} AS l JOIN ${right} AS r ON ${onKeys(compared)} WHERE ${differs(compared)}) AS changed`,
  );
  if (!counted || counted.left + counted.right === 0) return null;
  const { left: before, right: after, ...moved } = counted;
  const any = moved.added + moved.removed + moved.changed > 0;
  return {
    table: compared.table,
    rows: { left: before, right: after },
    ...moved,
    examples: any ? await examplesOf(look, compared) : { columns: [], rows: [] },
    columns:
      before > 0 && after > 0 ? await driftOf(look.session, [left, right], compared.columns) : [],
  };
}

const TOTALS: readonly { kpi: string; unit: string; table: string; sql: string }[] = [
  { kpi: "campaigns", unit: "count", table: "campaigns", sql: "count(*)" },
  { kpi: "spendMinor", unit: "money", table: "insights", sql: "sum(spend)::BIGINT" },
  { kpi: "impressions", unit: "count", table: "insights", sql: "sum(impressions)::BIGINT" },
  { kpi: "clicks", unit: "count", table: "insights", sql: "sum(clicks)::BIGINT" },
  { kpi: "leads", unit: "count", table: "campaign_leads", sql: "count(*)" },
  { kpi: "statusChanges", unit: "count", table: "lead_status_changes", sql: "count(*)" },
];

async function totalsOf(look: Look): Promise<Comparison["totals"]> {
  const totals: Comparison["totals"] = [];
  for (const { kpi, unit, table, sql } of TOTALS) {
    const row = await look.session.first<{ left: number | null; right: number | null }>(
      `SELECT (SELECT ${sql} FROM compare_left_${table}) AS "left", (SELECT ${sql} FROM compare_right_${table}) AS "right"`,
    );
    totals.push({ kpi, unit, left: row?.left ?? null, right: row?.right ?? null });
  }
  return totals;
}

/**
 * Spend of days that the left state already told of, by month, where the right one tells another: rows that changed,
 * came late or went.
 */
async function backfillsOf(look: Look): Promise<Backfill[]> {
  return look.session.all<Backfill>(
    `WITH told AS (SELECT min(day) AS first, max(day) AS last FROM compare_left_insights),
     met AS (
       SELECT coalesce(l.day, r.day) AS day, coalesce(l.account, r.account) AS account,
              coalesce(l.campaign_id, r.campaign_id) AS campaign_id, l.spend AS before, r.spend AS after,
              l.day IS NULL AS late
       FROM compare_left_insights AS l FULL JOIN compare_right_insights AS r
         ON l.campaign_id = r.campaign_id AND l.day = r.day AND l.entity = r.entity AND l.level = r.level
            AND l.account IS NOT DISTINCT FROM r.account)
     SELECT strftime(day, '%Y-%m') AS month,
            count(DISTINCT (account, campaign_id)) FILTER (before IS DISTINCT FROM after) AS campaigns,
            count(DISTINCT day) FILTER (before IS DISTINCT FROM after) AS days,
            count(*) FILTER (late) AS "lateRows",
            coalesce(sum(before), 0)::BIGINT AS before, coalesce(sum(after), 0)::BIGINT AS after,
            coalesce(sum(before) FILTER (before IS DISTINCT FROM after), 0)::BIGINT AS "touchedBefore",
            coalesce(sum(after) FILTER (before IS DISTINCT FROM after), 0)::BIGINT AS "touchedAfter"
     FROM met, told WHERE day BETWEEN told.first AND told.last
     GROUP BY month HAVING campaigns > 0 ORDER BY month`,
  );
}

/** Leads in both states with another status, and how many of them moved to which. */
async function statusMoves(look: Look): Promise<TableChange["statusMoves"]> {
  return look.session.all(
    `SELECT r.lead_status AS "to", count(*) AS leads
     FROM compare_left_campaign_leads AS l JOIN compare_right_campaign_leads AS r
       ON l.lead_id = r.lead_id AND l.account IS NOT DISTINCT FROM r.account
     WHERE l.lead_status IS DISTINCT FROM r.lead_status AND r.lead_status IS NOT NULL
     GROUP BY ALL ORDER BY leads DESC, "to" LIMIT 3`,
  );
}

function labelOf(look: Look, names: ReadonlyMap<number, string>): string {
  if (look.files !== null) return look.files.map((id) => names.get(id) ?? String(id)).join(", ");
  return look.asOf ?? look.lastDay ?? "";
}

/**
 * Compares two looks at one warehouse. Reads both through the left look's connection; changes nothing.
 *
 * Of looks at files the files' own rows are compared, also where a newer file has replaced them since.
 */
export async function compareLooks(
  left: Look,
  right: Look,
  options: CompareOptions = {},
): Promise<Comparison> {
  const { session } = left;
  const names = new Map(
    (
      await session.all<{ file_id: number; name: string }>("SELECT file_id, name FROM raw.files")
    ).map(({ file_id, name }) => [file_id, name]),
  );
  try {
    for (const compared of COMPARED) {
      const [before, after] = sidesOf(compared);
      await session.run(`CREATE OR REPLACE TEMP TABLE ${before} AS ${sideSql(compared, left)}`);
      await session.run(`CREATE OR REPLACE TEMP TABLE ${after} AS ${sideSql(compared, right)}`);
    }
    const tables: Table[] = [];
    for (const compared of COMPARED) {
      const table = await compareTable(left, compared);
      if (table) tables.push(table);
    }
    const totals = await totalsOf(left);
    const sentences: Text[] = compareSentences(right.speak, {
      tables,
      totals,
      backfills: await backfillsOf(left),
      statusMoves: await statusMoves(left),
    });
    const keys = async (look: Look) =>
      options.findings === false ? [] : (await findAll(look)).live.map(({ found }) => found.key);
    const [before, after] = [await keys(left), await keys(right)];
    return {
      left: { label: options.labels?.left ?? labelOf(left, names) },
      right: { label: options.labels?.right ?? labelOf(right, names) },
      tables,
      totals,
      findings: {
        appeared: after.filter((key) => !before.includes(key)),
        gone: before.filter((key) => !after.includes(key)),
      },
      sentences,
    };
  } finally {
    for (const compared of COMPARED) {
      for (const side of sidesOf(compared)) await session.run(`DROP TABLE IF EXISTS ${side}`);
    }
  }
}
