/** Names of tables and values of columns as a reader sees them. */
import type { ColumnProfile } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";

/** The same table under the name that the checks use. */
const ALIASES: Readonly<Record<string, string>> = {
  leads: "campaign_leads",
  log: "lead_status_changes",
};

export function useTableName(): (table: string) => string {
  const { t } = useSpeech();
  return (table) => {
    const key = `table.${ALIASES[table] ?? table}`;
    return isTextKey(key) ? t(key) : table;
  };
}

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
