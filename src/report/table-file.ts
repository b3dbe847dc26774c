/** A table as a file: what its columns are, whatever the format. Rows come a page at a time. */
import type { Language } from "../contract/formats.ts";

/**
 * What a column holds. `id`: text that looks like a number. `money`: minor units. `rate`: a fraction. `day` and `time`:
 * `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS` of the wall clock, or an instant.
 */
export type CellKind =
  | "text"
  | "id"
  | "phone"
  | "count"
  | "number"
  | "money"
  | "rate"
  | "day"
  | "time"
  | "yesNo";

export type Cell = string | number | boolean | null;

export interface FileColumn<Row> {
  readonly head: string;
  readonly kind: CellKind;
  readonly value: (row: Row) => Cell;
}

export interface TableFile<Row> {
  readonly title: string;
  readonly language: Language;
  readonly columns: readonly FileColumn<Row>[];
  /** ISO 4217; null where the rows mix currencies or hold no money. */
  readonly currency: string | null;
  readonly currencyDecimals: number;
  /** Label and value of each thing that has to be known about the rows. */
  readonly about: readonly (readonly [string, string])[];
  readonly madeAt: Date;
  readonly pages: AsyncIterable<readonly Row[]>;
}

/** Head of a column; of money with its currency. */
export function headOf<Row>(file: TableFile<Row>, { head, kind }: FileColumn<Row>): string {
  return kind === "money" && file.currency !== null ? `${head} (${file.currency})` : head;
}

/** A whole number of minor units as an exact decimal of major ones. */
export function majorText(minor: number, decimals: number): string {
  if (!Number.isInteger(minor)) return String(minor / 10 ** decimals);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  const sign = minor < 0 ? "-" : "";
  if (decimals === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const YES_NO = { en: ["yes", "no"], ar: ["نعم", "لا"] } as const;

export function yesNo(value: boolean, language: Language): string {
  return YES_NO[language][value ? 0 : 1];
}
