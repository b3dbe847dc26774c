/** What can be offered against a fault of leads or of their log. */
import type { Text } from "../contract/explore.ts";
import type { LineRanges } from "../domain/treatments.ts";
import type { Params } from "../warehouse/values.ts";
import { lineRanges } from "./evidence.ts";
import type { Look } from "./look.ts";
import type { Remedy } from "./rule.ts";

/** Known, and left as it is. */
export function leaveAsIs(
  label: Text = { en: "Known: leave it as it is", ar: "معروف: يبقى كما هو" },
): Remedy {
  return {
    kind: "accept",
    recommended: false,
    label,
    spendMinor: null,
    leads: null,
    action: async () => ({ method: "accept" }),
  };
}

/** A listing whose rows a remedy is about. */
export interface Listed {
  readonly look: Look;
  readonly sql: string;
  readonly params?: Params;
}

/** Leaves listed rows of a table out of the corrected basis; leads and spend stay. */
export function leaveOutRows(
  { look, sql, params = {} }: Listed,
  table: LineRanges["table"],
  label: Text,
  recommended: boolean,
): Remedy {
  return {
    kind: "exclude",
    recommended,
    label,
    spendMinor: null,
    leads: null,
    action: async (items) => ({
      method: "exclude_rows",
      rows: await lineRanges(look, table, sql, params, items),
    }),
  };
}

/**
 * Leaves listed leads out of the corrected basis. A listing row with `leads` = 0 is shown but stays, such as the first
 * lead of a person.
 *
 * @param leads how many go when it is done for all items
 */
export function leaveOutLeads(
  { look, sql, params = {} }: Listed,
  leads: number,
  label: Text,
  recommended: boolean,
): Remedy {
  return {
    kind: "exclude",
    recommended,
    label,
    spendMinor: null,
    leads: -leads,
    async action(items) {
      const rows = await look.session.all<{ account: string; lead: string }>(
        `SELECT DISTINCT account_id AS account, lead_id AS lead FROM (${sql})
         WHERE leads > 0 ${items === null ? "" : "AND list_contains($chosen_items::VARCHAR[], item::VARCHAR)"}
         ORDER BY 1, 2`,
        items === null ? params : { ...params, chosen_items: [...items] },
      );
      return {
        method: "exclude_leads",
        leads: rows.map(({ account, lead }) => ({ account, leadId: lead })),
      };
    },
  };
}
