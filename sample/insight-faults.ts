import { WORLD_DAYS } from "./calendar.ts";
import type { Campaign, Delivery } from "./campaigns.ts";
import { Draw } from "./draw.ts";
import { Anchors, type FaultClass, type FaultPlan } from "./faults.ts";

/** How a campaign will stand in the tables. */
export interface Told {
  readonly rows: Delivery[];
  /** The fault of the campaign as a whole, if any. */
  readonly fault: FaultClass | null;
  readonly magnitude: Readonly<Record<string, unknown>>;
  readonly losesLeads: boolean;
}

const CAMPAIGN_FAULTS = [
  "never_delivered",
  "spend_without_leads",
  "cumulative_series",
  "swapped_columns",
  "over_budget",
  "spend_after_stop",
] as const;
const ROW_FAULTS = [
  "clicks_over_impressions",
  "negative_values",
  "conflicting_keys",
  "duplicate_rows",
] as const;

/** A campaign whose form was broken had at least this many leads to lose. */
const LEADS_TO_LOSE = 8;
const DAYS_TO_ACCUMULATE = 8;

function sum(rows: readonly Delivery[]): number {
  return rows.reduce((total, row) => total + row.spendMinor, 0);
}

/** Decides what goes wrong with the delivery of each campaign: at most one thing per campaign, or one per row. */
export class InsightFaults {
  private readonly draw: Draw;
  private readonly anchors: Map<FaultClass, Anchors>;
  private readonly lostDays: ReadonlySet<number>;

  /** @param lostDays days whose insights are missing as a whole */
  constructor(seed: number, plan: FaultPlan, campaigns: number, lostDays: ReadonlySet<number>) {
    this.draw = new Draw(seed, "insight fault");
    this.lostDays = lostDays;
    this.anchors = new Map(
      [...CAMPAIGN_FAULTS, ...ROW_FAULTS].map((name) => [
        name,
        new Anchors(seed, name, plan[name], campaigns * 0.95),
      ]),
    );
  }

  /** The rows of the campaign as they will be told. */
  tell(campaign: Campaign): Told {
    const rows: Delivery[] = [];
    for (const row of campaign.delivery) {
      if (!this.lostDays.has(row.day)) rows.push(row);
    }
    const told = (
      fault: FaultClass,
      magnitude: Told["magnitude"],
      kept = rows,
      losesLeads = false,
    ) => {
      this.anchors.get(fault)?.take();
      return { rows: kept, fault, magnitude, losesLeads };
    };
    const leads = campaign.leadsPerDay.reduce((total, n) => total + n, 0);
    this.draw.at(campaign.index);
    if (this.due("never_delivered", campaign)) {
      return told(
        "never_delivered",
        { lostSpendMinor: campaign.trueSpendMinor, lostLeads: leads },
        [],
        true,
      );
    }
    if (leads >= LEADS_TO_LOSE && rows.length > 0 && this.due("spend_without_leads", campaign)) {
      return told("spend_without_leads", { spendMinor: sum(rows), lostLeads: leads }, rows, true);
    }
    const plain = campaign.account.unitChange === null && rows.length > 0;
    const life = campaign.stopDay - campaign.startDay + 1;
    if (plain && life >= DAYS_TO_ACCUMULATE && this.due("cumulative_series", campaign)) {
      const running = this.accumulate(campaign);
      return told(
        "cumulative_series",
        { trueSpendMinor: campaign.trueSpendMinor, reportedSpendMinor: sum(running) },
        running,
      );
    }
    if (plain && rows.length >= 4 && this.due("swapped_columns", campaign)) {
      const columns = this.draw.chance(0.5) ? ["reach", "impressions"] : ["clicks", "impressions"];
      for (const row of rows) {
        const impressions = row.impressions;
        if (columns[0] === "reach") {
          row.impressions = row.reach;
          row.reach = impressions;
        } else {
          row.impressions = row.clicks;
          row.clicks = impressions;
        }
      }
      return told("swapped_columns", { columns });
    }
    if (plain && this.due("over_budget", campaign)) {
      return told("over_budget", this.overspend(campaign, rows));
    }
    if (plain && this.due("spend_after_stop", campaign)) {
      const late = this.lateRows(campaign, rows);
      if (late.length > 0) {
        const all = [...rows, ...late].sort((a, b) => a.adSet - b.adSet || a.day - b.day);
        return told("spend_after_stop", { spendMinor: sum(late), rows: late.length }, all);
      }
    }
    if (plain) this.spoilRows(campaign, rows);
    const change = campaign.account.unitChange;
    if (change !== null) {
      for (const row of rows) {
        if (row.day < change.fromDay) continue;
        row.spendMinor = Math.max(1, Math.round(row.spendMinor * change.factor));
      }
    }
    return { rows, fault: null, magnitude: {}, losesLeads: false };
  }

  private due(name: FaultClass, campaign: Campaign): boolean {
    return this.anchors.get(name)?.due(campaign.index) === true;
  }

  /** Every row becomes the ad set's total so far; after the last day the totals are repeated for some days. */
  private accumulate(campaign: Campaign): Delivery[] {
    const running: Delivery[] = [];
    const frozenDays = 5 + this.draw.int(10);
    let total: Delivery | null = null;
    const freeze = (last: Delivery | null) => {
      if (last === null) return;
      for (let n = 1; n <= frozenDays; n++) {
        const day = campaign.stopDay + n;
        if (day < WORLD_DAYS && !this.lostDays.has(day)) running.push({ ...last, day });
      }
    };
    for (const row of campaign.delivery) {
      if (total !== null && total.adSet !== row.adSet) {
        freeze(total);
        total = null;
      }
      const sums: Delivery = {
        adSet: row.adSet,
        day: row.day,
        spendMinor: row.spendMinor + (total?.spendMinor ?? 0),
        impressions: row.impressions + (total?.impressions ?? 0),
        clicks: row.clicks + (total?.clicks ?? 0),
        reach: row.reach + (total?.reach ?? 0),
        fault: null,
      };
      if (!this.lostDays.has(row.day)) running.push(sums);
      total = sums;
    }
    freeze(total);
    return running;
  }

  /** Raises the spend of one day above the budget, by 10 to 80 percent of it. */
  private overspend(campaign: Campaign, rows: readonly Delivery[]): Told["magnitude"] {
    const day = (rows[this.draw.int(rows.length)] as Delivery).day;
    const ofDay = rows.filter((row) => row.day === day);
    const budgetMinor = campaign.dailyBudget * 100;
    const factor = (budgetMinor * (1.1 + 0.7 * this.draw.next())) / sum(ofDay);
    for (const row of ofDay) row.spendMinor = Math.ceil(row.spendMinor * factor);
    return { day, overMinor: sum(ofDay) - budgetMinor };
  }

  /** One to five more days of delivery after the stop, at a third of an earlier row. */
  private lateRows(campaign: Campaign, rows: readonly Delivery[]): Delivery[] {
    const late: Delivery[] = [];
    const days = 1 + this.draw.int(5);
    const model = rows[this.draw.int(rows.length)] as Delivery;
    for (let n = 1; n <= days; n++) {
      const day = campaign.stopDay + n;
      if (day >= WORLD_DAYS || this.lostDays.has(day)) continue;
      const part = 0.2 + 0.4 * this.draw.next();
      const impressions = Math.max(1, Math.floor(model.impressions * part));
      late.push({
        adSet: model.adSet,
        day,
        spendMinor: Math.max(1, Math.floor(model.spendMinor * part)),
        impressions,
        clicks: Math.min(impressions, Math.floor(model.clicks * part)),
        reach: Math.max(1, Math.floor(Math.min(model.reach, impressions) * 0.95)),
        fault: { rule: "spend_after_stop", magnitude: {} },
      });
    }
    return late;
  }

  /** Row faults: each due class takes a row of its own, if there is one left. */
  private spoilRows(campaign: Campaign, rows: Delivery[]): void {
    for (const rule of ROW_FAULTS) {
      const anchor = this.anchors.get(rule);
      if (anchor?.due(campaign.index) !== true) continue;
      const at = this.draw.int(rows.length);
      const row = rows[at] as Delivery;
      if (row.fault !== null || (rows[at - 1]?.fault !== undefined && rows[at - 1]?.fault !== null))
        continue;
      if (rule === "clicks_over_impressions") {
        const clicks = row.impressions + 1 + this.draw.int(5);
        row.fault = { rule, magnitude: { clicksOver: clicks - row.impressions } };
        row.clicks = clicks;
      } else if (rule === "negative_values") {
        row.fault = { rule, magnitude: { spendMinor: -row.spendMinor } };
        row.spendMinor = -row.spendMinor;
      } else if (rule === "conflicting_keys") {
        const spendMinor = 1 + Math.floor(row.spendMinor * (0.3 + 0.5 * this.draw.next()));
        const other = { ...row, spendMinor, clicks: row.clicks >> 1 };
        other.fault = { rule, magnitude: { spendMinor } };
        if (spendMinor === row.spendMinor) continue;
        rows.splice(at + 1, 0, other);
      } else {
        rows.splice(at + 1, 0, {
          ...row,
          fault: { rule, magnitude: { spendMinor: row.spendMinor } },
        });
      }
      anchor.take();
    }
  }
}
