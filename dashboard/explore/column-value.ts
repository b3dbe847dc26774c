/** Values of columns as a reader sees them. */
import type { ColumnProfile } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";

const DAY_MS = 86_400_000;

/** A number of a column: money in minor units and days since 1970 are written as what they are. */
export function useColumnValue(
  column: ColumnProfile,
  money: Currency,
): (value: number | null) => string {
  const { formats } = useSpeech();
  return (value) => {
    if (column.kind === "money") return formats.amount(value, money);
    if (value !== null && (column.kind === "date" || column.kind === "timestamp"))
      return formats.day(new Date(value * DAY_MS).toISOString().slice(0, 10));
    return formats.number(value === null ? null : Math.round(value * 100) / 100);
  };
}
