/** The statements that type one file: a pass into a table of typed rows, and one over the rows that did not fit. */
import type { TableName } from "../contract/imports.ts";
import { blankSql, codesOf, faultSql, reasonOf, typedSql } from "./cell-sql.ts";
import { TABLE_FIELDS } from "./fields.ts";
import {
  acrossCells,
  CONTACTS,
  hasDelivery,
  leadIdSql,
  type RowRule,
  withoutLeadId,
} from "./row-rules.ts";
import { quoteName, quoteText } from "./sql-text.ts";
import { has, typedName } from "./typed-cells.ts";
import type { PlannedAttribute, PlannedField, TypingPlan } from "./typing-plan.ts";

/** Columns of `raw.<table>` after file_id and line, in the order of the schema. */
export const RAW_COLUMNS: Readonly<Record<TableName, readonly string[]>> = {
  campaigns: [
    "campaign_id",
    "account_id",
    "campaign_name",
    "project_name",
    "daily_budget_minor",
    "start_time",
    "stop_time",
    "attributes",
  ],
  insights: [
    "level",
    "account_id",
    "campaign_id",
    "ad_set_id",
    "ad_id",
    "campaign_name",
    "ad_set_name",
    "ad_name",
    "day",
    "spend_minor",
    "impressions",
    "clicks",
    "reach",
    "attributes",
  ],
  campaign_leads: [
    "lead_id",
    "account_id",
    "campaign_id",
    "ad_set_id",
    "ad_id",
    "campaign_name",
    "project_name",
    "form_id",
    "form_name",
    "platform",
    "is_organic",
    "language",
    "name",
    "email",
    "phone",
    "lead_status",
    "added_at",
    "assigned_to",
    "attributes",
  ],
  lead_status_changes: ["lead_id", "status", "changed_at", "attributes"],
  people: ["person_id", "name", "role", "phone", "attributes"],
  deals: ["lead_id", "stage", "value_minor", "currency", "deal_date", "cancelled_at", "attributes"],
};

const RAW_TYPES: Readonly<Record<string, string>> = {
  daily_budget_minor: "BIGINT",
  spend_minor: "BIGINT",
  value_minor: "BIGINT",
  impressions: "BIGINT",
  clicks: "BIGINT",
  reach: "BIGINT",
  start_time: "TIMESTAMP",
  stop_time: "TIMESTAMP",
  added_at: "TIMESTAMP",
  changed_at: "TIMESTAMP",
  cancelled_at: "TIMESTAMP",
  day: "DATE",
  deal_date: "DATE",
  is_organic: "BOOLEAN",
  attributes: "JSON",
};

/** SQL of an id: its own column, else derived from the normalised name, else null. */
function idOrName(plan: TypingPlan, id: string, name: string, within: string | null): string {
  if (has(plan, id)) return typedName(id);
  if (!has(plan, name)) return "NULL";
  const own = `ingest_name(${typedName(name)})`;
  const path =
    within === null ? own : `coalesce(replace(${within}, 'name:', ''), '') || '/' || ${own}`;
  return `CASE WHEN ${typedName(name)} IS NOT NULL THEN 'name:' || ${path} END`;
}

/** SQL for each column of the raw table from the typed cells. */
function columnSql(plan: TypingPlan, column: string, account: string | null): string {
  const { table } = plan.mapping;
  const campaign = idOrName(plan, "campaign_id", "campaign_name", null);
  switch (column) {
    case "attributes":
      return attributesSql(plan.attributes);
    case "lead_id":
      return withoutLeadId(plan) ? leadIdSql(plan) : typedName("lead_id");
    case "level":
      return quoteText(plan.level ?? "campaign");
    case "campaign_id":
      return campaign;
    case "ad_set_id":
      return idOrName(plan, "ad_set_id", "ad_set_name", campaign);
    case "ad_id":
      return idOrName(
        plan,
        "ad_id",
        "ad_name",
        idOrName(plan, "ad_set_id", "ad_set_name", campaign),
      );
    case "account_id": {
      const given =
        account === null ? (table === "campaigns" ? "'main'" : "NULL") : quoteText(account);
      return has(plan, "account_id") ? `coalesce(${typedName("account_id")}, ${given})` : given;
    }
    case "day":
      return typedName(has(plan, "day") ? "day" : "period_start");
    case "name": {
      const parts = ["first_name", "last_name"].filter((part) => has(plan, part)).map(typedName);
      const joined = `nullif(concat_ws(' ', ${parts.join(", ")}), '')`;
      if (parts.length === 0) return has(plan, "name") ? typedName("name") : "NULL";
      return has(plan, "name") ? `coalesce(${typedName("name")}, ${joined})` : joined;
    }
    default: {
      const field = TABLE_FIELDS[table].fields.find((one) => one.column === column);
      return field && has(plan, field.field) ? typedName(field.field) : "NULL";
    }
  }
}

function attributesSql(attributes: readonly PlannedAttribute[]): string {
  if (attributes.length === 0) return "NULL";
  const members = attributes.map(({ cell, name, kind }) => {
    const value =
      kind === "integer" || kind === "number" || kind === "boolean"
        ? `CAST(${cell} AS JSON)`
        : cell;
    return `${quoteText(name)}, ${value}`;
  });
  return `json_object(${members.join(", ")})`;
}

/** Fields without which a record says nothing, as this file maps them. */
function requiredFields(plan: TypingPlan): Set<string> {
  const needed = new Set(
    TABLE_FIELDS[plan.mapping.table].required.flatMap((entry) => {
      const present = entry.split("|").find((field) => has(plan, field));
      return present === undefined ? [] : [present];
    }),
  );
  if (plan.mapping.table === "deals") {
    needed.delete("stage");
    needed.delete("value");
  }
  // Any one of them will do: `contactSql` looks at them together.
  if (hasDelivery(plan)) needed.delete("spend");
  if (withoutLeadId(plan)) for (const contact of CONTACTS) needed.delete(contact);
  if (plan.level === "ad_set") needed.add(has(plan, "ad_set_id") ? "ad_set_id" : "ad_set_name");
  if (plan.level === "ad") needed.add(has(plan, "ad_id") ? "ad_id" : "ad_name");
  return needed;
}

function fits(one: PlannedField, required: boolean): string {
  const typed = typedName(one.field.field);
  if (required) return `${typed} IS NOT NULL`;
  if (one.field.kind === "text" || one.field.kind === "phone") return "true";
  return `CASE WHEN ${typed} IS NOT NULL THEN true ELSE ${blankSql(one)} END`;
}

function typedCells(plan: TypingPlan, from: string): string {
  const typed = plan.fields.map((one) => `${typedSql(plan, one)} AS ${typedName(one.field.field)}`);
  return `SELECT *, ${typed.join(",\n  ")} FROM ${from}`;
}

/** Columns that name what a row of insights is about. */
const ENTITIES = ["campaign_id", "campaign_name", "ad_set_id", "ad_set_name", "ad_id", "ad_name"];

function entityCells(plan: TypingPlan): string[] {
  return plan.fields.filter(({ field }) => ENTITIES.includes(field.field)).map(({ cell }) => cell);
}

/** SQL that is true for a line that calls itself a total and names nothing else; only insights have such lines. */
function namedTotal(plan: TypingPlan): string {
  if (plan.mapping.table !== "insights") return "false";
  const cells = entityCells(plan);
  const named = cells.map((cell) => `ingest_total(${cell})`).join(" OR ");
  const nothingElse = cells
    .map((cell) => `(ingest_blank(${cell}) OR ingest_total(${cell}))`)
    .join(" AND ");
  const day = plan.fields.find(({ field }) => field.field === "day");
  const noDay = day ? `(ingest_blank(${day.cell}) OR ingest_total(${day.cell}))` : "true";
  const dayNamed = day ? ` OR ingest_total(${day.cell})` : "";
  return `((${named}${dayNamed}) AND ${nothingElse} AND ${noDay})`;
}

interface RawColumn {
  readonly name: string;
  /** SQL of its value, cast to its type. */
  readonly sql: string;
  /** The same for every row of the file: it need not be kept with each. */
  readonly constant: boolean;
}

function rawColumns(plan: TypingPlan, account: string | null): RawColumn[] {
  return RAW_COLUMNS[plan.mapping.table].map((name) => {
    const value = columnSql(plan, name, account);
    const constant =
      value === "NULL" || name === "level" || (name === "account_id" && !has(plan, "account_id"));
    return { name, sql: `CAST(${value} AS ${RAW_TYPES[name] ?? "VARCHAR"})`, constant };
  });
}

/** Whether rows may cover several days; only then is it kept with each row. */
function hasPeriods(plan: TypingPlan): boolean {
  return has(plan, "period_end") && has(plan, "period_start") && !has(plan, "day");
}

/** The table behind the typed rows: what differs from row to row. */
export function cellsTable(rows: string): string {
  return `${rows}_cells`;
}

/**
 * The statement that types every record into `cellsTable(rows)`: `line`, the columns of `raw.<table>` that the file
 * fills, and `ok`, which is false for what must not be loaded.
 *
 * @param account of rows that name none themselves. It stands in the text like the file's column names: these may
 *   hold a "$", so the statement runs without parameters.
 */
export function typeStatement(
  plan: TypingPlan,
  from: string,
  rows: string,
  account: string | null,
): string {
  const required = requiredFields(plan);
  const fine = plan.fields.map((one) => fits(one, required.has(one.field.field)));
  // A total line without a day fails anyway; only where a reporting period stands for the day could it pass.
  const judgesTotals = plan.mapping.table === "insights" && !has(plan, "day");
  if (judgesTotals) fine.push(`NOT ${namedTotal(plan)}`);
  fine.push(...acrossCells(plan).map((rule) => rule.holds));
  // Most rows have a value in every cell: those need no closer look.
  const judged = judgesTotals ? "false" : "true";
  const whole = [
    judged,
    ...plan.fields.map((one) => `${typedName(one.field.field)} IS NOT NULL`),
  ].join(" AND ");
  const columns = rawColumns(plan, account)
    .filter(({ constant }) => !constant)
    .map(({ name, sql }) => `${sql} AS ${name}`);
  if (hasPeriods(plan)) {
    columns.push("coalesce(t_period_start <> t_period_end, false) AS period_differs");
  }
  return `CREATE TEMP TABLE ${cellsTable(rows)} AS
    SELECT _line AS line, ${columns.join(", ")},
      CASE WHEN ${whole} THEN true ELSE ${fine.join("\n  AND ")} END AS ok
    FROM (${typedCells(plan, from)})`;
}

/**
 * The statement that makes the typed rows whole: a view with every column of `raw.<table>`, `line`, `ok`, and
 * `period_differs`, which tells of rows that cover more than a day. Columns that the file does not have take no room.
 */
export function rowsStatement(plan: TypingPlan, rows: string, account: string | null): string {
  const columns = rawColumns(plan, account).map(({ name, sql, constant }) =>
    constant ? `${sql} AS ${name}` : name,
  );
  const longer = hasPeriods(plan) ? "period_differs" : "false AS period_differs";
  return `CREATE TEMP VIEW ${rows} AS
    SELECT line, ${columns.join(", ")}, ${longer}, ok FROM ${cellsTable(rows)}`;
}

/** The statement that gives the typed rows back. */
export function dropRowsStatement(rows: string): string {
  return `DROP VIEW IF EXISTS ${rows}; DROP TABLE IF EXISTS ${cellsTable(rows)}`;
}

function verdict(plan: TypingPlan, one: PlannedField, required: boolean): string {
  const missing = required ? "'MISSING_VALUE'" : "NULL";
  const typed = typedName(one.field.field);
  const optionalText = !required && (one.field.kind === "text" || one.field.kind === "phone");
  const code = optionalText
    ? "NULL"
    : `CASE WHEN ${blankSql(one)} THEN ${missing} WHEN ${typed} IS NULL THEN ${faultSql(one)} END`;
  const reasons = ["MISSING_VALUE", ...codesOf(one)].map(
    (each) => `WHEN '${each}' THEN ${quoteText(reasonOf(plan, one, each))}`,
  );
  return `list_transform([${code}], lambda code: {'column_name': ${quoteText(one.name)}, 'value': ${one.cell},
    'code': code, 'reason': CASE code ${reasons.join(" ")} END})[1]`;
}

function ruleVerdict(rule: RowRule): string {
  return `{'column_name': ${quoteText(rule.column)}, 'value': CAST(NULL AS VARCHAR),
    'code': CASE WHEN NOT (${rule.holds}) THEN 'MISSING_VALUE' END, 'reason': ${quoteText(rule.reason)}}`;
}

/**
 * The statement that looks again at the records that were not fine: total lines, and one row per reason for the rest.
 *
 * @param typed the rows that `typeStatement` and `rowsStatement` made
 * @param delimiter with which a record is shown
 */
export function rejectStatement(
  plan: TypingPlan,
  from: string,
  typed: string,
  into: string,
  delimiter: string,
): string {
  const required = requiredFields(plan);
  const verdicts = plan.fields.map((one) => verdict(plan, one, required.has(one.field.field)));
  verdicts.push(...acrossCells(plan).map(ruleVerdict));
  const entities = entityCells(plan);
  const day = plan.fields.find(
    ({ field }) => field.field === "day" || field.field === "period_start",
  );
  const noEntity = entities.map((cell) => `ingest_blank(${cell})`).join(" AND ");
  const dayless =
    plan.fields.some(({ field }) => field.field === "day") && day
      ? `ingest_blank(${day.cell})`
      : "true";
  const bareTotal =
    plan.mapping.table === "insights"
      ? `(${noEntity} AND ${dayless} AND NOT nothing AND _line IN (SELECT unnest([min(line), max(line)]) FROM ${typed}))`
      : "false";
  const cells = allCells(plan);
  return `CREATE TEMP TABLE ${into} AS
    WITH bad AS (
      SELECT *, ${cells.map((cell) => `${cell} IS NULL`).join(" AND ")} AS nothing
      FROM ${from} SEMI JOIN (SELECT line FROM ${typed} WHERE NOT ok) ON _line = line
    ),
    judged AS (
      SELECT _line AS line, (${namedTotal(plan)} OR ${bareTotal}) AS total,
        ingest_record([${cells.join(", ")}], ${quoteText(delimiter)}) AS record,
        list_filter([${verdicts.join(",\n  ")}], lambda v: v.code IS NOT NULL) AS reasons
      FROM (${typedCells(plan, "bad")})
    ),
    told AS (SELECT line, total, record, unnest(CASE WHEN total THEN [NULL] ELSE reasons END) AS r FROM judged)
    SELECT line, total, r.column_name AS column_name, r.value AS value, r.code AS code, r.reason AS reason, record
    FROM told`;
}

function allCells(plan: TypingPlan): string[] {
  return Array.from({ length: plan.columns }, (_, i) => `c${i}`);
}

/** The statement that copies typed rows into the raw layer. */
export function insertStatement(table: TableName, typed: string): string {
  const columns = RAW_COLUMNS[table].map(quoteName).join(", ");
  return `INSERT INTO raw.${table} (file_id, line, ${columns})
    SELECT CAST($file_id AS INTEGER), line, ${columns} FROM ${typed}`;
}
