import { dayText } from "./calendar.ts";
import type { Truth } from "./truth.ts";

/** Records the days that are missing as a whole. */
export function writeOutages(
  truth: Truth,
  lost: { leads: ReadonlySet<number>; insights: ReadonlySet<number> },
  lostLeads: ReadonlyMap<number, number>,
): void {
  for (const day of [...lost.leads].sort((a, b) => a - b)) {
    truth.fault({
      rule: "tracking_outage",
      table: "campaign_leads",
      ids: { day: dayText(day) },
      magnitude: { lostLeads: lostLeads.get(day) ?? 0 },
    });
  }
  for (const day of [...lost.insights].sort((a, b) => a - b)) {
    truth.fault({
      rule: "tracking_outage",
      table: "insights",
      ids: { day: dayText(day) },
      magnitude: {},
    });
  }
}
