import path from "node:path";
import type { Account } from "./accounts.ts";
import { dayText } from "./calendar.ts";
import { Draw } from "./draw.ts";
import { FAULT_CLASSES, type FaultClass, type FaultPlan } from "./faults.ts";
import { LEAD_LAW } from "./leads.ts";
import { TableFile } from "./table-file.ts";

export type FaultTable = "campaigns" | "insights" | "campaign_leads" | "lead_status_changes";

/** One planted fault: the rule it breaks, where it stands, and how much it moves. */
export interface FaultRecord {
  readonly rule: FaultClass;
  readonly table: FaultTable;
  /** Lines of the table's file, the header being line 1; absent where whole days or accounts are meant. */
  readonly lines?: readonly number[];
  readonly ids: Readonly<Record<string, unknown>>;
  /** Money in minor units of the account's currency, counts in rows, days and hours as named. */
  readonly magnitude: Readonly<Record<string, unknown>>;
}

/** The book of what is true: one JSON record per line, beside the tables in `truth/`. */
export class Truth {
  readonly faults: TableFile;
  readonly campaigns: TableFile;
  readonly leads: TableFile;
  readonly accounts: TableFile;
  readonly counts: Record<FaultClass, number>;

  private constructor(
    faults: TableFile,
    campaigns: TableFile,
    leads: TableFile,
    accounts: TableFile,
  ) {
    this.faults = faults;
    this.campaigns = campaigns;
    this.leads = leads;
    this.accounts = accounts;
    this.counts = Object.fromEntries(FAULT_CLASSES.map((name) => [name, 0])) as Record<
      FaultClass,
      number
    >;
  }

  static async create(folder: string): Promise<Truth> {
    const file = (name: string) => TableFile.create(path.join(folder, name), `truth/${name}`);
    return new Truth(
      await file("faults.json"),
      await file("campaigns.json"),
      await file("leads.json"),
      await file("accounts.json"),
    );
  }

  get files(): readonly TableFile[] {
    return [this.faults, this.campaigns, this.leads, this.accounts];
  }

  /** @param count how much of the class's unit this record stands for */
  fault(record: FaultRecord, count = 1): void {
    this.counts[record.rule] += count;
    this.faults.line(JSON.stringify(record));
  }

  /** Writes what is true of an account, and the faults that are its own. */
  account(account: Account, unitChangedRows: number): void {
    const { id, quality, costFactor, touchShare, touchHours, reps, loggedFrom } = account;
    if (account.unitChange !== null) {
      const from = dayText(account.unitChange.fromDay);
      const { factor } = account.unitChange;
      this.fault(
        {
          rule: "unit_change",
          table: "insights",
          ids: { user_id: id, from_day: from },
          magnitude: { factor, rows: unitChangedRows },
        },
        unitChangedRows > 0 ? 1 : 0,
      );
    }
    if (loggedFrom > 0) {
      this.fault({
        rule: "late_logging",
        table: "lead_status_changes",
        ids: { user_id: id, logged_from: dayText(loggedFrom) },
        magnitude: { days: loggedFrom },
      });
    }
    this.accounts.line(
      JSON.stringify({
        user_id: id,
        quality: rounded(quality, 4),
        costFactor: rounded(costFactor, 4),
        touchShare: rounded(touchShare, 4),
        medianTouchHours: rounded(touchHours, 2),
        reps,
        loggedFrom: dayText(loggedFrom),
        sitting: account.sitting,
      }),
    );
  }
}

/** Log-odds of qualification added in each month of the world: a steady fall with some noise. */
export function monthDrift(seed: number): Float64Array {
  const draw = new Draw(seed, "drift");
  return Float64Array.from({ length: 80 }, (_, month) => {
    return LEAD_LAW.qualifyDriftPerMonth * month + 0.1 * draw.at(month).normal();
  });
}

/** The laws of the world and what was planned, for `truth/world.json`. */
export function worldRecord(drift: Float64Array, plan: FaultPlan): Record<string, unknown> {
  return {
    leadLaw: LEAD_LAW,
    leadColumns: [
      "lead_id",
      "qualify_chance",
      "reach_logit",
      "first_call_hours",
      "reached",
      "would_qualify",
      "true_status",
      "true_phone",
    ],
    driftByMonth: Array.from(drift.subarray(0, 18), (value, month) => ({
      month: `${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`,
      logOdds: rounded(value, 4),
    })),
    response:
      "leads per day = saturation / firstLeadCost * (1 - exp(-spend / saturation)) * season * exp(-age / fatigueDays)",
    planned: plan,
  };
}

/** A number with at most `digits` decimals, so that truth files stay small and equal everywhere. */
export function rounded(value: number, digits: number): number {
  const scale = digits === 4 ? 10_000 : digits === 2 ? 100 : 1000;
  return Math.round(value * scale) / scale;
}
