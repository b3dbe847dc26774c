/** What can be offered against a fault of campaigns or of their delivery. */
import type { Text } from "../contract/explore.ts";
import type { CampaignRef } from "../domain/treatments.ts";
import { lineRanges } from "./evidence.ts";
import type { Listed } from "./remedies.ts";
import type { Remedy } from "./rule.ts";

/** The effect of a remedy on the corrected basis, when it is done for all items. */
export interface Effect {
  readonly spendMinor: number | null;
  readonly leads: number | null;
  readonly recommended: boolean;
}

/** Leaves listed insight rows out of the corrected basis. */
export function leaveOutDelivery(
  { look, sql, params = {} }: Listed,
  label: Text,
  effect: Effect,
): Remedy {
  return {
    kind: "exclude",
    label,
    ...effect,
    action: async (items) => ({
      method: "exclude_rows",
      rows: await lineRanges(look, "insights", sql, params, items),
    }),
  };
}

/** The campaigns that a listing names. */
async function campaignsOf(
  { look, sql, params = {} }: Listed,
  items: readonly string[] | null,
): Promise<CampaignRef[]> {
  const rows = await look.session.all<{ account: string; campaignId: string }>(
    `SELECT DISTINCT account_id AS account, campaign_id AS "campaignId" FROM (${sql})
     ${items === null ? "" : "WHERE list_contains($chosen_items::VARCHAR[], item::VARCHAR)"}
     ORDER BY 1, 2`,
    items === null ? params : { ...params, chosen_items: [...items] },
  );
  return rows.map(({ account, campaignId }) => ({ account, campaignId }));
}

/** Leaves all delivery and leads of the listed campaigns out of the corrected basis. */
export function leaveOutCampaigns(listed: Listed, label: Text, effect: Effect): Remedy {
  return {
    kind: "exclude",
    label,
    ...effect,
    action: async (items) => ({
      method: "exclude_campaigns",
      campaigns: await campaignsOf(listed, items),
    }),
  };
}

/** Marks the listed campaigns; they go on counting. */
export function markCampaigns(listed: Listed, recommended: boolean): Remedy {
  return {
    kind: "flag",
    label: {
      en: "Mark these campaigns, keep counting them",
      ar: "وسم هذه الحملات مع بقائها محسوبة",
    },
    recommended,
    spendMinor: null,
    leads: null,
    action: async (items) => ({
      method: "flag",
      campaigns: await campaignsOf(listed, items),
    }),
  };
}
