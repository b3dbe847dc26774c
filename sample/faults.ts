import { Draw } from "./draw.ts";

/**
 * What can be wrong in a world, with the number planted at scale 1 and strength 1. The number grows with scale and
 * strength; a class that is asked for is planted at least once wherever a world holds a place for it.
 */
export const FAULTS = {
  /** A campaign's daily rows are running totals, which freeze and go on after its end. Unit: campaigns. */
  cumulative_series: 6,
  /** The same line twice in a row. Unit: insight rows, and a tenth as many log rows. */
  duplicate_rows: 16,
  /** A second row of the same ad set and day with other figures. Unit: rows. */
  conflicting_keys: 4,
  /** More clicks than impressions. Unit: rows. */
  clicks_over_impressions: 6,
  /** Rows with spend on days after the campaign's stop. Unit: campaigns. */
  spend_after_stop: 434,
  /** One day whose spend is above the daily budget. Unit: campaigns. */
  over_budget: 120,
  /** A campaign without insights and leads. Unit: campaigns. */
  never_delivered: 543,
  /** The form was broken: the campaign spent and all of its at least eight leads were lost. Unit: campaigns. */
  spend_without_leads: 60,
  /** A negative spend. Unit: rows. */
  negative_values: 5,
  /** Two columns exchanged in all rows of a campaign. Unit: campaigns. */
  swapped_columns: 3,
  /** A block of insight lines appended a second time at the end of the file. Unit: lines. */
  repeated_block: 150,
  /** Days lost as a whole: no leads, or no insights. Unit: days; does not grow with scale. */
  tracking_outage: 3,
  /** From some day on an account's spend is in another currency (1/50). Unit: accounts; does not grow with scale. */
  unit_change: 1,
  /** Campaigns made to try something out, with leads to match. Unit: campaigns. */
  test_campaigns: 8,
  /** The same campaign created twice within minutes. Unit: campaigns. */
  duplicate_campaigns: 10,
  /** Names of one project written differently: spaces, invisible characters, case, Arabic letters. Unit: campaigns. */
  project_spelling: 265,
  /** Many statuses entered in one minute, long after they happened. Unit: percent of accounts, largest first. */
  bulk_edits: 12,
  /** No status log before a day in summer 2025. Unit: days of the world without log; does not grow with scale. */
  late_logging: 222,
  /** A status that is in no list. Unit: log rows. */
  unmapped_status: 25,
  /** A date years after the world's end. Unit: leads, and as many log rows. */
  future_dates: 6,
  /** A status entered before the lead arrived. Unit: log rows. */
  status_before_lead: 30,
  /** A phone that can be no phone. Unit: leads. */
  damaged_phones: 1100,
  /** An address of a throw-away mail service. Unit: leads. */
  disposable_emails: 280,
  /** A person who came before, in the same account. Unit: leads. */
  shared_person: 1500,
  /** One phone that asks about everything, in many accounts within days. Unit: leads, about twelve per broker. */
  broker_pattern: 60,
} as const;

export type FaultClass = keyof typeof FAULTS;
export const FAULT_CLASSES = Object.keys(FAULTS) as readonly FaultClass[];

/** Counts that belong to the calendar or to a share, not to the number of rows. */
const FIXED: ReadonlySet<FaultClass> = new Set([
  "tracking_outage",
  "unit_change",
  "bulk_edits",
  "late_logging",
]);

/** Strength of each class: 1 = as in `FAULTS`, 0 = none. */
export type FaultPlan = Readonly<Record<FaultClass, number>>;

/** The planned number per class; at least one of each class that is asked for. */
export function planFaults(
  scale: number,
  clean: boolean,
  strengths: Partial<Record<FaultClass, number>>,
): FaultPlan {
  const plan = {} as Record<FaultClass, number>;
  for (const name of FAULT_CLASSES) {
    const strength = strengths[name] ?? (clean ? 0 : 1);
    const wanted = FAULTS[name] * strength * (FIXED.has(name) ? 1 : scale);
    plan[name] = strength <= 0 ? 0 : Math.max(1, Math.round(wanted));
  }
  return plan;
}

/**
 * Spreads `count` places evenly over a run of `total` entities, one at a random place of each stretch. An anchor that
 * meets an unfit entity moves on to the next fit one, so places depend on nothing but the seed and fitness. One or two
 * places lie in the first half, so that even in a small world a fit entity follows them.
 */
export class Anchors {
  private readonly draw: Draw;
  private readonly count: number;
  private readonly total: number;
  private index = 0;
  private place: number;

  constructor(seed: number, name: string, count: number, total: number) {
    this.draw = new Draw(seed, `anchor ${name}`);
    this.count = Math.min(count, total);
    this.total = count < 3 ? total / 2 : total;
    this.place = this.placeOf(0);
  }

  private placeOf(index: number): number {
    if (index >= this.count) return Number.POSITIVE_INFINITY;
    return Math.floor(((index + this.draw.at(index).next()) * this.total) / this.count);
  }

  /** True when entity `position` has reached the next place; call `take` once it was used. */
  due(position: number): boolean {
    return position >= this.place;
  }

  take(): void {
    this.index++;
    this.place = this.placeOf(this.index);
  }
}
