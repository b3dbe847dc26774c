/** Treatments for tests, and what a house comes to with them. */
import type { Treatment, TreatmentAction } from "../../src/domain/treatments.ts";
import type { House } from "../marts/raw-world.ts";

/** One treatment per action, accepted in their order. */
export function treatmentsOf(...actions: readonly TreatmentAction[]): Treatment[] {
  return actions.map((action, i) => ({
    id: `t${i + 1}`,
    position: i + 1,
    finding: `finding-${i + 1}`,
    rule: `rule-${i + 1}`,
    kind: action.method === "accept" || action.method === "flag" ? action.method : "correct",
    items: null,
    action,
    by: "tester",
    at: new Date("2025-01-01T00:00:00Z"),
  }));
}

/** Daily spend of a basis by campaign, in the order of days. */
export async function spendByDay(
  house: House,
  basis: "raw" | "deduplicated" | "corrected",
  campaign = "c1",
): Promise<(number | null)[]> {
  const rows = await house.warehouse.all<{ spend: number | null }>(
    `SELECT d.spend_minor AS spend FROM marts.delivery_${basis} AS d JOIN marts.campaigns AS c USING (campaign_key)
     WHERE c.campaign_id = $campaign ORDER BY d.day`,
    { campaign },
  );
  return rows.map((row) => row.spend);
}

export interface Totals {
  readonly spend: number;
  readonly impressions: number;
  readonly clicks: number;
  readonly reach: number;
  readonly rows: number;
  readonly leads: number;
}

export async function totalsOf(
  house: House,
  basis: "raw" | "deduplicated" | "corrected",
): Promise<Totals> {
  const row = await house.warehouse.first<Totals>(
    `SELECT coalesce(sum(spend_minor), 0)::BIGINT AS spend, coalesce(sum(impressions), 0)::BIGINT AS impressions,
            coalesce(sum(clicks), 0)::BIGINT AS clicks, coalesce(sum(reach), 0)::BIGINT AS reach,
            coalesce(sum(rows), 0)::BIGINT AS rows,
            (SELECT coalesce(sum(weight), 0)::BIGINT FROM marts.leads_${basis}) AS leads
     FROM marts.delivery_${basis}`,
  );
  return row as Totals;
}
