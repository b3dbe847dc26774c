/** Campaigns as planned, and leads of them. */
import type { RawRow } from "../marts/raw-world.ts";
import { dailyDays, dayAfter, rowsOf } from "./delivery.ts";

export interface Plan {
  readonly id: string;
  readonly account?: string;
  readonly project?: string;
  readonly start?: number;
  readonly days?: number;
  readonly budget?: number;
  readonly changes?: RawRow;
}

/** A campaign as planned, delivering each day of its life at about half its budget. */
export function campaign({
  id,
  account = "a1",
  project = "Palm Court",
  start = 0,
  days = 10,
  budget = 100_000,
  changes = {},
}: Plan) {
  const delivery = dailyDays(Number(id.replace(/\D/g, "")) + 900, days, budget / 2).map(
    (day, n) => ({
      ...day,
      spend_minor: Math.min(day.spend_minor, budget),
      day: dayAfter(start + n),
    }),
  );
  return {
    row: {
      campaign_id: id,
      account_id: account,
      project_name: project,
      daily_budget_minor: budget,
      start_time: `${dayAfter(start)} 09:0${Number(id.replace(/\D/g, "")) % 10}:00`,
      stop_time: `${dayAfter(start + days - 1)} 23:59:59`,
      ...changes,
    },
    insights: rowsOf(id, `${id}s`, delivery),
  };
}

export const lead = (id: string, campaignId: string, status: string): RawRow => ({
  lead_id: id,
  campaign_id: campaignId,
  lead_status: status,
  added_at: `${dayAfter(2)} 12:00:00`,
});
