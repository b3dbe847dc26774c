/** The tables of a home as they are profiled: their columns with kinds, and what ought to name a row. */
import type { ProfiledColumn } from "./profiled.ts";

/** A column of a home's table; `field` is how a file's mapping calls it. */
export type HomeColumn = ProfiledColumn & { readonly field: string };

export interface HomeTable {
  readonly table: string;
  /** FROM-able SQL over the tables of a look; those without an account are shown to whoever sees all. */
  readonly from: string;
  readonly everyAccount: boolean;
  readonly columns: readonly HomeColumn[];
  /** The day that missing values are told apart by. */
  readonly day: string | null;
  /** In order of preference: the first whose columns are all there is checked. */
  readonly keys: readonly (readonly string[])[];
  readonly attributes: boolean;
}

const column = (
  name: string,
  kind: ProfiledColumn["kind"],
  more: { sql?: string; personal?: boolean; field?: string } = {},
): HomeColumn => ({
  name,
  kind,
  sql: more.sql ?? name,
  field: more.field ?? name,
  ...(more.personal ? { personal: true } : {}),
});

export const HOME_TABLES: readonly HomeTable[] = [
  {
    table: "campaigns",
    // What insights or leads alone tell of is no row of a campaigns file.
    from: "(SELECT * FROM campaigns WHERE file_id IS NOT NULL)",
    everyAccount: false,
    columns: [
      column("account_id", "id"),
      column("campaign_id", "id"),
      column("campaign_name", "text"),
      column("project_name", "category", { sql: "project_written" }),
      column("daily_budget", "money", { sql: "daily_budget_minor" }),
      column("start_time", "timestamp"),
      column("stop_time", "timestamp"),
    ],
    day: "start_time",
    keys: [["campaign_id"]],
    attributes: true,
  },
  {
    table: "insights",
    from: "insights",
    everyAccount: false,
    columns: [
      column("campaign_id", "id"),
      column("ad_set_id", "id"),
      column("ad_id", "id"),
      column("level", "category"),
      column("day", "date"),
      column("spend", "money", { sql: "spend_minor" }),
      column("impressions", "integer"),
      column("clicks", "integer"),
      column("reach", "integer"),
    ],
    day: "day",
    keys: [
      ["ad_id", "day"],
      ["ad_set_id", "day"],
      ["campaign_id", "day"],
    ],
    attributes: true,
  },
  {
    table: "campaign_leads",
    from: "leads",
    everyAccount: false,
    columns: [
      column("lead_id", "id"),
      column("campaign_id", "id"),
      column("ad_set_id", "id"),
      column("form_id", "id"),
      column("platform", "category"),
      column("name", "text", { personal: true }),
      column("email", "email", { personal: true }),
      column("phone", "phone", { personal: true }),
      column("lead_status", "category", { sql: "status" }),
      column("added_at", "timestamp"),
      column("assigned_to", "category"),
    ],
    day: "day",
    keys: [["lead_id"]],
    attributes: true,
  },
  {
    table: "lead_status_changes",
    from: "log",
    everyAccount: false,
    columns: [
      column("lead_id", "id"),
      column("status", "category"),
      column("changed_at", "timestamp"),
    ],
    day: "day",
    keys: [["lead_id", "status", "changed_at"]],
    attributes: false,
  },
  {
    table: "people",
    from: "raw.people",
    everyAccount: true,
    columns: [
      column("person_id", "id"),
      column("name", "text", { personal: true }),
      column("role", "category"),
      column("phone", "phone", { personal: true }),
    ],
    day: null,
    keys: [["person_id"]],
    attributes: true,
  },
  {
    table: "deals",
    from: "staging.deals",
    everyAccount: false,
    columns: [
      column("lead_id", "id"),
      column("stage", "category"),
      column("value", "money", { sql: "value_minor" }),
      column("currency", "category"),
      column("deal_date", "date"),
      column("cancelled_at", "timestamp"),
    ],
    day: "deal_date",
    keys: [["lead_id", "stage", "deal_date"]],
    attributes: false,
  },
];
