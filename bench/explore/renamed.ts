/** The same tables under other names: other ids, days, money and projects, and nothing else changed. */
import { dayNumber, dayText } from "./ground.ts";
import { copyTables, type Row, type TableName, type Tables } from "./tables.ts";

export interface Renaming {
  /** Added to every date; 10,227 days are 28 years, after which weekdays and months are the same. */
  readonly days: number;
  /** Whole number that multiplies all money. */
  readonly times: number;
  /** Added to ids after they were multiplied by three. */
  readonly ids: number;
}

const IDS: Readonly<Record<TableName, readonly string[]>> = {
  campaigns: ["id", "user_id"],
  insights: ["ad_set_id", "campaign_id"],
  leads: ["id", "campaign_id"],
  log: ["lead_id"],
};
const DATES: Readonly<Record<TableName, readonly string[]>> = {
  campaigns: ["start_time", "stop_time"],
  insights: ["created_at"],
  leads: ["added_date"],
  log: ["created_at"],
};
const MONEY: Partial<Record<TableName, readonly string[]>> = {
  campaigns: ["daily_budget"],
  insights: ["spend"],
};
/** Names that say something by their very letters stay. */
const TELLING = /test|tst|demo|dummy|تجرب|اختبار/i;

/** Latin letters turned by some places, the case kept: other names with the same spaces, marks and differences. */
const turned = (name: string) =>
  TELLING.test(name)
    ? name
    : name.replace(/[a-z]/gi, (letter) => {
        const base = letter <= "Z" ? 65 : 97;
        return String.fromCharCode(base + ((letter.charCodeAt(0) - base + 11) % 26));
      });

function times(text: string, factor: number): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const decimals = text.split(".")[1]?.length ?? 0;
  return (Math.round(Number(text) * 10 ** decimals * factor) / 10 ** decimals).toFixed(decimals);
}

/** @returns new tables; rows stay in their places */
export function renamed(tables: Tables, { days, times: factor, ids }: Renaming): Tables {
  const copy = copyTables(tables);
  const change = (table: TableName, names: readonly string[], how: (text: string) => string) => {
    const at = names.map((name) => copy[table].header.indexOf(name)).filter((one) => one >= 0);
    for (const row of copy[table].rows as Row[])
      for (const i of at) row[i] = row[i] === undefined || row[i] === "" ? "" : how(row[i]);
  };
  for (const table of Object.keys(IDS) as TableName[]) {
    change(table, IDS[table], (id) => (/^\d+$/.test(id) ? String(Number(id) * 3 + ids) : id));
    change(table, DATES[table], (text) => dayText(dayNumber(text) + days) + text.slice(10));
    change(table, MONEY[table] ?? [], (text) => times(text, factor));
  }
  change("campaigns", ["project_name"], turned);
  return copy;
}
