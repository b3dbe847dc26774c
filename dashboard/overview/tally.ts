/** The columns of a tally, as tables and lists of projects, accounts and campaigns show them. */

import type { Formats } from "../../src/contract/formats.ts";
import type { Frame, Tally } from "../../src/contract/overview.ts";
import type { Speech } from "../i18n/speech.ts";

export type TallyColumn =
  | "spend"
  | "impressions"
  | "clicks"
  | "ctr"
  | "leads"
  | "cpl"
  | "undecided"
  | "qualified"
  | "cpql";

const MONEY: ReadonlySet<TallyColumn> = new Set(["spend", "cpl", "cpql"]);

/** The exact value of a column, as served. */
export function tallyValue(tally: Tally, column: TallyColumn): number | null {
  if (column === "spend") return tally.spendMinor;
  if (column === "cpl") return tally.cplMinor;
  if (column === "cpql") return tally.cpqlMinor;
  return tally[column];
}

/** The text of a column; money without its currency, which the head names. */
export function tallyText(
  formats: Formats,
  tally: Tally,
  column: TallyColumn,
  frame: Frame,
): string {
  const value = tallyValue(tally, column);
  if (MONEY.has(column)) return formats.amount(value, frame);
  return column === "ctr" ? formats.rate(value) : formats.count(value);
}

/** What a cell says when asked: the 95 % interval of a cost per qualified lead. */
export function tallyTitle(
  speech: Speech,
  tally: Tally,
  column: TallyColumn,
  frame: Frame,
): string | undefined {
  if (column !== "cpql" || tally.cpqlLowMinor === null) return undefined;
  const low = speech.formats.money(tally.cpqlLowMinor, frame);
  return tally.cpqlHighMinor === null
    ? speech.t("kpi.intervalFrom", { low })
    : speech.t("kpi.interval", { low, high: speech.formats.money(tally.cpqlHighMinor, frame) });
}

/** Head of a column, with the currency where it is money. */
export function columnName(
  speech: Speech,
  column: TallyColumn | "name" | "campaign" | "project" | "account" | "start",
  frame: Frame,
): string {
  const name = speech.t(`column.${column}`);
  return MONEY.has(column as TallyColumn) && frame.currency !== null
    ? speech.t("column.inCurrency", { name, currency: speech.formats.currencySign(frame.currency) })
    : name;
}
