/** Values and counts of one column as a reader sees them. */
import type { ColumnProfile } from "../../contract/explore.ts";
import type { Voice } from "./voice.ts";

const DAY_MS = 86_400_000;

/** A number of a column as its kind is read: money with its currency, dates as days. */
export function shownValue(column: ColumnProfile, value: number, voice: Voice): string {
  if (column.kind === "money") return voice.money(Math.round(value));
  if (column.kind === "date" || column.kind === "timestamp")
    return voice.formats.day(new Date(value * DAY_MS).toISOString().slice(0, 10));
  return voice.number(value);
}

/** The same where the currency stands near already. */
export function bareValue(column: ColumnProfile, value: number, voice: Voice): string {
  return column.kind === "money"
    ? voice.formats.amount(Math.round(value), voice.unit)
    : shownValue(column, value, voice);
}

/** Missing values by number and share. */
export function missingText({ missing, missingShare }: ColumnProfile, voice: Voice): string {
  return missing === 0 ? "0" : `${voice.count(missing)} (${voice.percent(missingShare)})`;
}

export function distinctText({ distinct }: ColumnProfile, voice: Voice): string {
  return `${distinct.exact ? "" : `${voice.t("about")} `}${voice.count(distinct.value)}`;
}
