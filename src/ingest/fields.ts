/** The canonical fields of the six tables: what each means for typing, and which of them a file cannot do without. */
import type { TableName } from "../contract/imports.ts";

export type FieldKind =
  | "id"
  | "text"
  | "phone"
  | "count"
  | "money"
  | "day"
  | "moment"
  | "boolean"
  | "currency";

export interface Field {
  readonly field: string;
  readonly kind: FieldKind;
  /** Column of `raw.<table>`; null for a field that only helps to make others (first name, reporting period). */
  readonly column: string | null;
}

export interface TableFields {
  readonly fields: readonly Field[];
  /** Each entry names fields of which at least one must be there, e.g. "campaign_id|campaign_name". */
  readonly required: readonly string[];
}

const field = (name: string, kind: FieldKind, column: string | null = name): Field => ({
  field: name,
  kind,
  column,
});

export const TABLE_FIELDS: Readonly<Record<TableName, TableFields>> = {
  campaigns: {
    required: ["campaign_id|campaign_name"],
    fields: [
      field("campaign_id", "id"),
      field("account_id", "id"),
      field("campaign_name", "text"),
      field("project_name", "text"),
      field("daily_budget", "money", "daily_budget_minor"),
      field("start_time", "moment"),
      field("stop_time", "moment"),
      field("currency", "currency", null),
    ],
  },
  insights: {
    required: ["campaign_id|campaign_name", "day|period_start", "spend"],
    fields: [
      field("account_id", "id"),
      field("campaign_id", "id"),
      field("ad_set_id", "id"),
      field("ad_id", "id"),
      field("campaign_name", "text"),
      field("ad_set_name", "text"),
      field("ad_name", "text"),
      field("day", "day"),
      field("spend", "money", "spend_minor"),
      field("impressions", "count"),
      field("clicks", "count"),
      field("reach", "count"),
      field("period_start", "day", null),
      field("period_end", "day", null),
      field("currency", "currency", null),
    ],
  },
  campaign_leads: {
    required: ["lead_id|phone|email", "added_at"],
    fields: [
      field("lead_id", "id"),
      field("account_id", "id"),
      field("campaign_id", "id"),
      field("ad_set_id", "id"),
      field("ad_id", "id"),
      field("campaign_name", "text"),
      field("project_name", "text"),
      field("form_id", "id"),
      field("form_name", "text"),
      field("platform", "text"),
      field("is_organic", "boolean"),
      field("language", "text"),
      field("name", "text"),
      field("email", "text"),
      field("phone", "phone"),
      field("lead_status", "text"),
      field("added_at", "moment"),
      field("assigned_to", "text"),
      field("first_name", "text", null),
      field("last_name", "text", null),
    ],
  },
  lead_status_changes: {
    required: ["lead_id", "status", "changed_at"],
    fields: [field("lead_id", "id"), field("status", "text"), field("changed_at", "moment")],
  },
  people: {
    required: ["person_id", "name"],
    fields: [
      field("person_id", "id"),
      field("name", "text"),
      field("role", "text"),
      field("phone", "phone"),
    ],
  },
  deals: {
    required: ["lead_id", "stage|value"],
    fields: [
      field("lead_id", "id"),
      field("stage", "text"),
      field("value", "money", "value_minor"),
      field("currency", "currency"),
      field("deal_date", "day"),
      field("cancelled_at", "moment"),
    ],
  },
};

/** The field of a table by name; null when the table has none of that name. */
export function fieldOf(table: TableName, name: string): Field | null {
  return TABLE_FIELDS[table].fields.find((one) => one.field === name) ?? null;
}

/** Fields of a table for a person who maps by hand. */
export function fieldChoices(table: TableName): { field: string; required: boolean }[] {
  const needed = new Set(TABLE_FIELDS[table].required.map((entry) => entry.split("|")[0]));
  return TABLE_FIELDS[table].fields.map(({ field: name }) => ({
    field: name,
    required: needed.has(name),
  }));
}
