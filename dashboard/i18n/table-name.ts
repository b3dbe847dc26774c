/** Names of tables as a reader sees them. */
import { useSpeech } from "./language.tsx";
import { isTextKey } from "./messages.ts";

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
