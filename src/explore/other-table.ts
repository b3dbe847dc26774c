/** A table that no format claims, as its checks see it, and how a check says what it found. */
import type { Finding, Listing, TableProfile, Text } from "../contract/explore.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { identifier, type ProfiledColumn } from "./profile/profiled.ts";
import type { Speak } from "./say.ts";

/** A table of typed columns with `_line`, the line of each row in its file. */
export interface OtherTable {
  /** As shown, and as it is called in the SQL of a finding. */
  readonly name: string;
  /** Its name on the session. */
  readonly relation: string;
  readonly sources: readonly string[];
  /** Records of its file that are in no row: how many, and the relation (line, code, reason, record) that holds them. */
  readonly unreadable: { readonly rows: number; readonly relation: string } | null;
}

export type OtherColumn = TableProfile["columns"][number];

export interface OtherCase {
  readonly session: Session;
  readonly speak: Speak;
  readonly table: OtherTable;
  readonly profile: TableProfile;
  /** Columns with the kinds that the profile decided on. */
  readonly columns: readonly ProfiledColumn[];
  /** Column of the outcome; null where none is known. */
  readonly outcome: Outcome | null;
  readonly threshold: (name: string) => number;
}

/** What a person would want to foretell. */
export interface Outcome {
  readonly column: string;
  /** Named by the person, or guessed from names. */
  readonly given: boolean;
  /** 1, 0 or null over the table. */
  readonly sql: string;
  /** Rows that know it, and those in which it came true. */
  readonly rows: number;
  readonly hits: number;
}

export interface OtherRule {
  readonly id: string;
  readonly title: Text;
  readonly thresholds: Readonly<Record<string, number>>;
  find(one: OtherCase): Promise<Finding | null>;
}

type Told = Pick<Finding, "severity" | "sentence" | "why" | "rows"> &
  Partial<
    Pick<Finding, "unit" | "of" | "items" | "itemsTotal" | "question" | "thresholds" | "picture">
  > & {
    /** Lists the rows; the table goes in by name. */
    readonly sql: (from: string) => string;
  };

const SHOWN_ROWS = 10;
const SHOWN_ITEMS = 50;

/** The first rows of a statement. */
export async function firstRows(session: Session, sql: string): Promise<Listing> {
  const rows = await session.all<Record<string, unknown>>(
    `SELECT * FROM (${sql}) LIMIT ${SHOWN_ROWS}`,
  );
  const columns = Object.keys(rows[0] ?? {});
  return {
    columns: columns.map((name) => (name === "_line" ? "line" : name)),
    rows: rows.map((row) =>
      columns.map((name) => {
        const value = row[name] ?? null;
        if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
        const text = String(value);
        return text.length > 80 ? `${text.slice(0, 80)}…` : text;
      }),
    ),
  };
}

/** A finding about one table, complete with its first rows. */
export async function found(rule: OtherRule, one: OtherCase, told: Told): Promise<Finding> {
  const { sql, ...rest } = told;
  const items = told.items ?? [];
  return {
    key: `${rule.id}:${one.table.name}`,
    rule: rule.id,
    title: rule.title,
    tables: [one.table.name],
    unit: { en: "rows", ar: "صفوف" },
    of: one.profile.rows,
    moneyMinor: null,
    leads: null,
    thresholds: [],
    question: null,
    picture: null,
    ...rest,
    items: items.slice(0, SHOWN_ITEMS),
    itemsTotal: told.itemsTotal ?? items.length,
    examples: await firstRows(one.session, sql(one.table.relation)),
    sql: sql(identifier(one.table.name)),
    proposals: [],
    treatments: [],
  };
}

/** An item of a finding that is a column or a value. */
export function item(id: string, rows: number, detail: Text | null): Finding["items"][number] {
  return {
    id,
    label: id,
    account: null,
    rows,
    moneyMinor: null,
    leads: null,
    detail,
    treatment: null,
  };
}

export const COLUMNS_UNIT: Text = { en: "columns", ar: "أعمدة" };
