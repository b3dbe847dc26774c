/** What a loaded file would bring, measured against what is there. */
import type { FilePreview, TableName } from "../contract/imports.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { fieldChoices } from "./fields.ts";
import type { LoadedFile } from "./load.ts";
import { NO_SHARED_IDS, type SharedIds } from "./shared-ids.ts";
import { RAW_COLUMNS } from "./typing-sql.ts";

/** Natural key of each table: a newer row with the same key supersedes the older one. */
const KEYS: Readonly<Record<TableName, readonly string[]>> = {
  campaigns: ["campaign_id"],
  insights: ["level", "campaign_id", "ad_set_id", "ad_id", "day"],
  campaign_leads: ["lead_id"],
  lead_status_changes: ["lead_id", "status", "changed_at"],
  people: ["person_id"],
  deals: ["lead_id", "stage", "deal_date"],
};

const DAYS: Readonly<Record<TableName, string>> = {
  campaigns: "start_time",
  insights: "day",
  campaign_leads: "added_at",
  lead_status_changes: "changed_at",
  people: "NULL::DATE",
  deals: "deal_date",
};

/** Name shown → SQL of the sum; reach is not additive and never summed. */
const SUMS: Readonly<Record<TableName, Readonly<Record<string, string>>>> = {
  campaigns: { campaigns: "count(*)", dailyBudgetMinor: "sum(daily_budget_minor)" },
  insights: {
    spendMinor: "sum(spend_minor)",
    impressions: "sum(impressions)",
    clicks: "sum(clicks)",
  },
  campaign_leads: { leads: "count(*)" },
  lead_status_changes: { statusChanges: "count(*)" },
  people: { people: "count(*)" },
  deals: { deals: "count(*)", valueMinor: "sum(value_minor)" },
};

/** Sums of columns that a file may lack, with the field they come from. */
const NEEDS: Readonly<Record<string, string>> = {
  dailyBudgetMinor: "daily_budget",
  impressions: "impressions",
  clicks: "clicks",
  valueMinor: "value",
};

/** Accounts named in a preview at most. */
const MOST_ACCOUNTS = 200;

async function overlapOf(session: Session, loaded: LoadedFile): Promise<FilePreview["overlap"]> {
  const { table, rowsTable } = loaded;
  const keys = KEYS[table];
  const anything = await session.first(`SELECT 1 FROM raw.${table} LIMIT 1`);
  if (!anything) return { same: 0, supersedes: 0 };
  const alike = (columns: readonly string[]) =>
    columns
      .map((column) =>
        column === "attributes"
          ? "CAST(n.attributes AS VARCHAR) IS NOT DISTINCT FROM CAST(o.attributes AS VARCHAR)"
          : `n.${column} IS NOT DISTINCT FROM o.${column}`,
      )
      .join(" AND ");
  const counts = await session.first<{ same: number; known: number }>(`
    WITH newest AS (
      SELECT ${keys.map((key) => `o.${key}`).join(", ")}, max(o.file_id) AS file_id FROM raw.${table} o
      WHERE o.${keys[0] === "level" ? "campaign_id" : keys[0]} IN (SELECT ${keys[0] === "level" ? "campaign_id" : keys[0]} FROM ${rowsTable})
      GROUP BY ALL
    ),
    present AS (
      SELECT r.* FROM raw.${table} r JOIN newest o ON r.file_id = o.file_id
        AND ${keys.map((key) => `r.${key} IS NOT DISTINCT FROM o.${key}`).join(" AND ")}
    )
    SELECT count(*) FILTER (EXISTS (SELECT 1 FROM present o WHERE ${alike(RAW_COLUMNS[table])})) AS same,
           count(*) FILTER (EXISTS (SELECT 1 FROM newest o WHERE ${alike(keys)})) AS known
    FROM ${rowsTable} n`);
  const same = counts?.same ?? 0;
  return { same, supersedes: (counts?.known ?? 0) - same };
}

/**
 * The preview of a loaded file.
 *
 * @param rejectsShown how many rejected records to show
 */
export async function previewOf(
  session: Session,
  loaded: LoadedFile,
  rejectsShown = 20,
): Promise<FilePreview> {
  const { table, rowsTable } = loaded;
  // A column that the file does not have sums up to nothing, which is not 0.
  const sums = Object.entries(SUMS[table])
    .filter(([name]) => !(name in NEEDS) || (NEEDS[name] ?? "") in loaded.mapping.fields)
    .map(([name, sql]) => {
      const scale = name.endsWith("Minor") ? loaded.moneyScale : 1;
      return `CAST(coalesce(${sql}, 0) AS DOUBLE) / ${scale} AS "${name}"`;
    });
  const { first_day, last_day, ...totals } = (await session.first<
    Record<string, number> & { first_day: string | null; last_day: string | null }
  >(`SELECT CAST(min(${DAYS[table]}) AS DATE) AS first_day, CAST(max(${DAYS[table]}) AS DATE) AS last_day,
       ${sums.join(", ")} FROM ${rowsTable}`)) ?? { first_day: null, last_day: null };
  const accounts = RAW_COLUMNS[table].includes("account_id")
    ? await session.all<{ account_id: string }>(
        `SELECT DISTINCT account_id FROM ${rowsTable} WHERE account_id IS NOT NULL ORDER BY 1`,
      )
    : [];
  const rejects = await session.all<FilePreview["rejects"][number]>(
    `SELECT NULL AS "importId", $file AS file, line, column_name AS "column", value, code, reason, record
     FROM ${loaded.rejectsTable} ORDER BY line, column_name, code LIMIT CAST($shown AS BIGINT)`,
    { file: loaded.name, shown: rejectsShown },
  );
  return {
    name: loaded.name,
    table,
    format: loaded.format,
    level: loaded.level,
    encoding: loaded.encoding,
    delimiter: loaded.delimiter,
    header: [...loaded.header],
    mapping: loaded.mapping,
    fields: fieldChoices(table),
    sample: loaded.sample.map((row) => [...row]),
    bytes: loaded.bytes,
    rowsRead: loaded.rowsRead,
    rowsAccepted: loaded.rowsAccepted,
    rowsRejected: loaded.rowsRejected,
    totalRows: loaded.totalRows,
    firstDay: first_day,
    lastDay: last_day,
    accounts: accounts.slice(0, MOST_ACCOUNTS).map((row) => row.account_id),
    accountCount: accounts.length,
    sums: totals,
    currency: loaded.currency,
    overlap: await overlapOf(session, loaded),
    sharedIds: NO_SHARED_IDS,
    alreadyImported: null,
    rejects,
    problem: null,
  };
}

/** A preview with what is known of shared ids; rows of another account's id replace nothing. */
export function withSharedIds(preview: FilePreview, sharedIds: SharedIds): FilePreview {
  const { same, supersedes } = preview.overlap;
  const apart = Math.max(0, sharedIds.elsewhere - supersedes);
  return {
    ...preview,
    sharedIds,
    overlap: {
      same: Math.max(0, same - apart),
      supersedes: Math.max(0, supersedes - sharedIds.elsewhere),
    },
  };
}
