import { timeText } from "./calendar.ts";
import type { Truth } from "./truth.ts";

/** Remembers the faults that span many leads, and records them when the world ends. */
export class SpanBook {
  private readonly brokers = new Map<string, number[]>();
  private readonly sittings = new Map<string, number>();

  broker(phone: string, leadId: number): void {
    const known = this.brokers.get(phone);
    if (known === undefined) this.brokers.set(phone, [leadId]);
    else known.push(leadId);
  }

  /** Counts one log row that was entered in a sitting. @param second seconds since day 0 */
  sitting(account: number, second: number): void {
    const key = `${account}|${Math.floor(second / 60)}`;
    this.sittings.set(key, (this.sittings.get(key) ?? 0) + 1);
  }

  record(truth: Truth): void {
    for (const [phone, ids] of this.brokers) {
      truth.fault(
        {
          rule: "broker_pattern",
          table: "campaign_leads",
          ids: { phone, lead_ids: ids },
          magnitude: { leads: ids.length },
        },
        ids.length,
      );
    }
    for (const [key, rows] of this.sittings) {
      const [account, minute] = key.split("|");
      truth.fault({
        rule: "bulk_edits",
        table: "lead_status_changes",
        ids: { user_id: Number(account), minute: timeText(Number(minute) * 60) },
        magnitude: { rows },
      });
    }
  }
}
