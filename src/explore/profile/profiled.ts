/** What is profiled: a relation, its columns, and by what its missing values may gather. */
import type { ColumnProfile } from "../../contract/explore.ts";
import type { Session } from "../../warehouse/warehouse.ts";

export type ColumnKind = ColumnProfile["kind"];

export interface ProfiledColumn {
  /** As shown. */
  readonly name: string;
  /** Expression over the relation; its SQL type fits the kind. */
  readonly sql: string;
  /** `undecided`: a text of which the values decide whether it is an id, a category, a phone, an e-mail or free text. */
  readonly kind: ColumnKind | "undecided";
  /** Values name or reach a person: they are masked wherever they are shown. */
  readonly personal?: boolean;
}

export interface Profiled {
  readonly table: string;
  /** FROM-able SQL: a table's name, or a query in parentheses. */
  readonly from: string;
  readonly columns: readonly ProfiledColumn[];
  /** Names of the files the rows came from. */
  readonly sources: readonly string[];
  /** Expressions by which missing values are told apart: a `YYYY-MM` text, an account, a source. */
  readonly parts: { readonly month?: string; readonly account?: string; readonly source?: string };
  /** Sets of columns (by name) that ought to name a row; without them the profile looks for some. */
  readonly keys?: readonly (readonly string[])[];
}

export const isMeasure = (kind: ProfiledColumn["kind"]): boolean =>
  kind === "integer" || kind === "number" || kind === "money";

export const isTime = (kind: ProfiledColumn["kind"]): boolean =>
  kind === "date" || kind === "timestamp";

/** A column's name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const ID_NAME =
  /(^|[\s_-])(id|uuid|guid)$|^(user|lead|campaign|customer|client|account|ad|adset|order|session|device|visitor|player|member|contact|prospect|ticket|invoice)[\s_-]?(id|number|no|nr|code)$|معرف|^رقم/i;

/** Whether a column's name says that it names things rather than measures them. */
export function namesAnId(name: string): boolean {
  return ID_NAME.test(name.replace(/([a-z])([A-Z])/g, "$1_$2"));
}

function kindOf(name: string, type: string): ColumnKind | "undecided" {
  if (type === "BOOLEAN") return "boolean";
  if (type === "DATE") return "date";
  if (type.startsWith("TIMESTAMP")) return "timestamp";
  if (/INT$|INTEGER$/.test(type)) {
    if (namesAnId(name)) return "id";
    return name.endsWith("_minor") ? "money" : "integer";
  }
  if (/^(DOUBLE|FLOAT|DECIMAL)/.test(type)) return "number";
  return "undecided";
}

/** The columns of any relation, with kinds from their SQL types; texts stay undecided. */
export async function columnsOf(session: Session, from: string): Promise<ProfiledColumn[]> {
  const described = await session.all<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${from}`,
  );
  return described.map(({ column_name: name, column_type: type }) => ({
    name,
    sql: identifier(name),
    kind: kindOf(name, type),
  }));
}
