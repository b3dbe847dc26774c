/** The tables of two states of the data side by side: what names a row, what may change, and where the rows lie. */

import type { Look } from "./look.ts";
import { quoted } from "./quoted.ts";

export interface ComparedColumn {
  readonly name: string;
  readonly kind: "money" | "number" | "category" | "time" | "personal";
}

export interface ComparedTable {
  readonly table: string;
  /** Together they name a row. */
  readonly keys: readonly string[];
  readonly columns: readonly ComparedColumn[];
  /** A day by which rows belong to a period; null where there is none. */
  readonly day: string | null;
  /** Over a look, with the columns above under their names. */
  readonly looked: string;
  /** Over raw rows `r` of some files, with their account `account`. */
  readonly raw: string;
}

/** The account of a raw row: its own, its file's, else its campaign's or lead's. */
const withAccount = (table: string, own: string, via: string) =>
  `(SELECT r.*, coalesce(${own}, f.account, v.account_id) AS account FROM raw.${table} AS r
    JOIN raw.files AS f ON f.file_id = r.file_id LEFT JOIN ${via})`;
const BY_CAMPAIGN =
  "(SELECT campaign_id, min(account_id) AS account_id FROM staging.campaigns GROUP BY campaign_id) AS v ON v.campaign_id = r.campaign_id";
const BY_LEAD =
  "(SELECT lead_id, min(account_id) AS account_id FROM staging.campaign_leads GROUP BY lead_id) AS v ON v.lead_id = r.lead_id";

export const COMPARED: readonly ComparedTable[] = [
  {
    table: "campaigns",
    keys: ["account", "campaign_id"],
    columns: [
      { name: "campaign_name", kind: "category" },
      { name: "project_name", kind: "category" },
      { name: "daily_budget", kind: "money" },
      { name: "start_time", kind: "time" },
      { name: "stop_time", kind: "time" },
    ],
    day: null,
    looked: `SELECT account_id AS account, campaign_id, campaign_name, project_written AS project_name,
      daily_budget_minor AS daily_budget, start_time, stop_time FROM campaigns WHERE file_id IS NOT NULL`,
    raw: `SELECT account, campaign_id, campaign_name, project_name, daily_budget_minor AS daily_budget, start_time, stop_time,
      file_id, line FROM ${withAccount("campaigns", "r.account_id", BY_CAMPAIGN)}`,
  },
  {
    table: "insights",
    keys: ["account", "campaign_id", "level", "entity", "day"],
    columns: [
      { name: "spend", kind: "money" },
      { name: "impressions", kind: "number" },
      { name: "clicks", kind: "number" },
      { name: "reach", kind: "number" },
    ],
    day: "day",
    looked:
      "SELECT account_id AS account, campaign_id, level, entity, day, spend_minor AS spend, impressions, clicks, reach FROM insights",
    raw: `SELECT account, campaign_id, level, staging.entity(level, campaign_id, ad_set_id, ad_set_name, ad_id, ad_name) AS entity,
      day, spend_minor AS spend, impressions, clicks, reach, file_id, line FROM ${withAccount("insights", "r.account_id", BY_CAMPAIGN)}`,
  },
  {
    table: "campaign_leads",
    keys: ["account", "lead_id"],
    columns: [
      { name: "campaign_id", kind: "category" },
      { name: "lead_status", kind: "category" },
      { name: "added_at", kind: "time" },
      { name: "platform", kind: "category" },
      { name: "assigned_to", kind: "category" },
      { name: "name", kind: "personal" },
      { name: "email", kind: "personal" },
      { name: "phone", kind: "personal" },
    ],
    day: "day",
    looked: `SELECT account_id AS account, lead_id, campaign_id, status AS lead_status, added_at, platform, assigned_to,
      name, email, phone, day FROM leads`,
    raw: `SELECT account, lead_id, campaign_id, lead_status, added_at, platform, assigned_to, name, email, phone,
      added_at::DATE AS day, file_id, line FROM ${withAccount("campaign_leads", "r.account_id", BY_CAMPAIGN)}`,
  },
  {
    table: "lead_status_changes",
    keys: ["account", "lead_id", "status", "changed_at"],
    columns: [{ name: "status", kind: "category" }],
    day: "day",
    looked: "SELECT account_id AS account, lead_id, status, changed_at, day FROM log",
    raw: `SELECT account, lead_id, status, changed_at, changed_at::DATE AS day, file_id, line
      FROM ${withAccount("lead_status_changes", "NULL", BY_LEAD)}`,
  },
];

/**
 * One side of a table, one row per key: of a look at files the files' own rows, also those that newer files have
 * replaced since; else what the look shows. Measures of rows with the same key are added up, of others the last counts.
 */
export function sideSql(compared: ComparedTable, look: Look): string {
  const { files, scope } = look;
  let rows: string;
  let order = "NULL";
  if (files === null) rows = look.listing(compared.looked);
  else {
    const within =
      scope.accounts === "all"
        ? ""
        : ` AND list_contains([${scope.accounts.map(quoted).join(", ")}]::VARCHAR[], account)`;
    const list = files.length === 0 ? "NULL" : files.map(Number).join(", ");
    // An exact copy within a file is one row, as everywhere else.
    rows = `SELECT DISTINCT ON (COLUMNS(* EXCLUDE (line))) * FROM (${compared.raw}) WHERE file_id IN (${list})${within} ORDER BY line`;
    order = "file_id, line";
  }
  const values = compared.columns
    .filter(({ name }) => !compared.keys.includes(name))
    .map(({ name, kind }) =>
      compared.table === "insights" && kind !== "time"
        ? `sum(${name})::BIGINT AS ${name}`
        : order === "NULL"
          ? `any_value(${name}) AS ${name}`
          : `arg_max(${name}, (${order})) AS ${name}`,
    );
  const day =
    compared.day !== null && !compared.keys.includes(compared.day) ? ["min(day) AS day"] : [];
  return `SELECT ${[...compared.keys, ...values, ...day].join(", ")} FROM (${rows}) GROUP BY ${compared.keys.join(", ")}`;
}
