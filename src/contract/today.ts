/** Today: what changed and through which campaigns, what waits for whom, insights of a selection, the first hour. */
import { z } from "zod";
import { Day, Estimate, Instant, Period, SelectionQuery, WallTime } from "./common.ts";
import { Insight } from "./explore.ts";
import { Frame } from "./overview.ts";

const Count = z.int().min(0);
const Money = z.number().nullable();

/**
 * What is held against what: the last day of the period and the one before, its last seven and the seven before, or the
 * period and the one before it.
 */
export const CHANGE_SPANS = ["day", "week", "period"] as const;
/** What the change is told of: sums, or costs. */
export const CHANGE_MEASURES = ["spend", "leads", "qualified", "cpl", "cpql"] as const;
export type ChangeMeasure = (typeof CHANGE_MEASURES)[number];

export const ChangesQuery = SelectionQuery.extend({
  span: z.enum(CHANGE_SPANS).default("period"),
  /**
   * Absent: the cost of a qualified lead where both spans have enough of them and they are old enough, else of a lead,
   * else spend.
   */
  by: z.enum(CHANGE_MEASURES).optional(),
  limit: z.coerce.number().int().min(1).max(10).default(10),
});
export type ChangesQuery = z.infer<typeof ChangesQuery>;

/**
 * Parts of a change; they add up to it exactly. Of sums in their own unit; of costs the money that the leads of the later
 * span cost more (below 0: less) than at the earlier price.
 */
export const ChangeEffects = z.object({
  total: z.number(),
  /** Of sums: more or less money at the same yield. */
  spend: z.number(),
  /** Of costs: money moved to dearer or cheaper campaigns. */
  mix: z.number(),
  /** More or fewer leads for the same money. */
  rate: z.number(),
  /** Campaigns without spend before, and without spend now. */
  started: z.number(),
  ended: z.number(),
});
export type ChangeEffects = z.infer<typeof ChangeEffects>;

const BeforeAfter = z.object({ before: z.number().nullable(), after: z.number().nullable() });

export const ChangeSums = z.object({
  spendMinor: BeforeAfter,
  leads: BeforeAfter,
  qualified: BeforeAfter,
  cplMinor: BeforeAfter,
  cpqlMinor: BeforeAfter,
});
export type ChangeSums = z.infer<typeof ChangeSums>;

export const ChangeMover = ChangeSums.extend({
  /** Null: leads that name no campaign. */
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  account: z.string(),
  project: z.string().nullable(),
  kind: z.enum(["continuing", "started", "ended", "unspent"]),
  effects: ChangeEffects,
});
export type ChangeMover = z.infer<typeof ChangeMover>;

export const ChangesAnswer = z.object({
  frame: Frame,
  span: z.enum(CHANGE_SPANS),
  /** The later and the earlier days; null where the data do not reach back so far. */
  after: Period.nullable(),
  before: Period.nullable(),
  /** What is told of; null where nothing of the kind is known in both spans. */
  by: z.enum(CHANGE_MEASURES).nullable(),
  /** Why `by` is null. */
  missing: z.enum(["no_previous", "mixed_currency", "not_recorded", "no_cost_before"]).nullable(),
  totals: ChangeSums,
  /** Of all campaigns together. */
  effects: ChangeEffects.nullable(),
  /**
   * Of costs: how many stand on each side, and the chance of a difference this large if the cost had stayed the same
   * (exact binomial test, given all of them and the spend of both spans); null for sums.
   */
  evidence: z.object({ before: Count, after: Count, p: z.number() }).nullable(),
  /** The largest by `effects.total`, at most ten. */
  movers: z.array(ChangeMover),
  /** All others as one line, so that the list ties out; null where there are none. */
  rest: ChangeSums.extend({ campaigns: Count, effects: ChangeEffects }).nullable(),
  /** The last day of the period where it is only partly there; it is left out of spans by day and week. */
  partialDay: z
    .object({
      day: Day,
      why: z.enum(["not_over", "stops_early"]),
      lastArrival: WallTime.nullable(),
      spendMinor: Money,
      leads: Count,
    })
    .nullable(),
  /** Where the later leads are too young to be judged like the earlier ones; null where all are old enough. */
  immature: z
    .object({
      /** Days from the end of the later span to the end of the data. */
      ageDays: z.int(),
      horizonDays: z.int(),
      /** Leads logged as qualified within the same age in both spans, which compares like with like; null without a log. */
      qualifiedAtSameAge: z.object({ before: Count, after: Count }).nullable(),
    })
    .nullable(),
});
export type ChangesAnswer = z.infer<typeof ChangesAnswer>;

/** What waits, fast enough for the first sight of Today. */
export const TodayAnswer = z.object({
  frame: Frame,
  /** The moment until which leads and their log tell, wall clock; null without leads. */
  at: WallTime.nullable(),
  /** Leads that came on the last day with leads. */
  newLeads: z
    .object({ day: Day, leads: Count, untouched: Count, inTime: Count, late: Count })
    .nullable(),
  /** Leads of the seven days up to `at`, held against the first contact that was promised, in working minutes. */
  firstContact: z
    .object({
      leads: Count,
      inTime: Count,
      late: Count,
      /** Untouched, and the promised time is over. */
      breached: Count,
      /** What they cost at the cost per lead of their own campaigns. */
      breachedMinor: Money,
      oldestBreach: WallTime.nullable(),
      /** Untouched, with time left. */
      due: Count,
      /** Null: accounts promise different times. */
      promisedMinutes: z.int().nullable(),
    })
    .nullable(),
  /** Every lead that stands at new and nobody touched. */
  neverContacted: z.object({ leads: Count, of: Count, moneyMinor: Money }).nullable(),
  unmapped: z.object({ statuses: Count, rows: Count }),
  /** Keys for programs that end within a fortnight; of others than who manages people, none. */
  keysEnding: z.array(z.object({ name: z.string(), expiresAt: Instant })),
});
export type TodayAnswer = z.infer<typeof TodayAnswer>;

/** Who does not want to be told something again, and until when. */
export const Silence = z.object({
  insight: z.string(),
  by: z.string(),
  at: Instant,
  /** Not before this day; null: never again, unless it gets worse. */
  until: Day.nullable(),
  /** Told again once its money is this share larger, 0.5 = half again as much; null: whatever it grows to. */
  worseBy: z.number().nullable(),
  /** Its money when it was silenced. */
  moneyMinor: Money,
});
export type Silence = z.infer<typeof Silence>;

export const SilenceRequest = z.strictObject({
  until: Day.nullable().default(null),
  worseBy: z.number().positive().max(100).nullable().default(null),
  /** Its money as it was read, against which worse is measured. */
  moneyMinor: z.number().nullable().default(null),
});
export type SilenceRequest = z.infer<typeof SilenceRequest>;

/** An insight of a selection: what it concerns, and who has silenced it. */
export const SelectionInsight = Insight.extend({
  /** Campaigns it is about, the most money first, at most 20. */
  campaigns: z.array(z.string()),
  silenced: Silence.nullable(),
});
export type SelectionInsight = z.infer<typeof SelectionInsight>;

export const SelectionInsightsAnswer = z.object({
  frame: Frame,
  /** The most money first; those silenced last. */
  items: z.array(SelectionInsight),
});
export type SelectionInsightsAnswer = z.infer<typeof SelectionInsightsAnswer>;

const ASSIGNMENTS = ["column", "round_robin", "by_load", "by_hand"] as const;

/** Questions of the first hour, in the order in which they are asked. */
export const FIRST_QUESTIONS = ["money", "target", "qualified", "hours", "callers"] as const;
export type FirstQuestion = (typeof FIRST_QUESTIONS)[number];

/** Each question of the first hour with what the tables say about it. */
export const FirstHourAnswer = z.object({
  /** True where somebody's own tables are here and nobody went through the questions yet. */
  due: z.boolean(),
  /** Who went through them last. */
  done: z
    .object({ by: z.string(), at: Instant, skipped: z.array(z.enum(FIRST_QUESTIONS)) })
    .nullable(),
  sample: z.boolean(),
  /** All of the data. */
  firstDay: Day.nullable(),
  lastDay: Day.nullable(),
  money: z.object({
    currency: z.string(),
    /** Named by the files themselves; empty where none does. */
    namedInFiles: z.array(z.string()),
    currencyDecimals: z.int(),
    taxRate: z.number(),
    feeRate: z.number(),
    spendMinor: Money,
    /** Spend of a mature qualified lead before tax and fee. */
    cpqlMinor: Money,
  }),
  target: z.object({
    /** Major units of the currency. */
    inForce: z.number().nullable(),
    /** All-in cost of a qualified lead so far, of leads old enough to be judged; null where none is known. */
    history: Estimate.extend({
      spendMinor: z.number(),
      leads: Count,
      from: Day,
      to: Day,
    }).nullable(),
    /** Proposed from it, in major units. */
    proposed: z.number().nullable(),
    accounts: z.array(
      z.object({
        account: z.string(),
        inForce: z.number().nullable(),
        history: Estimate,
        proposed: z.number().nullable(),
      }),
    ),
  }),
  qualified: z.object({
    statuses: z.array(z.object({ status: z.string(), stage: z.string().nullable(), leads: Count })),
    leads: Count,
    judged: Count,
    qualified: Count,
    horizonDays: z.int(),
  }),
  hours: z.object({
    workDays: z.array(z.int()),
    workHours: z.tuple([z.int(), z.int()]),
    firstContactMinutes: z.int(),
    /** Status changes that no bulk edit wrote, by day of the week (0 = Sunday) and hour of the wall clock. */
    byWeekday: z.array(Count),
    byHour: z.array(Count),
    changes: Count,
    /** Left out: rows of minutes in which ten or more got the same status. */
    bulk: Count,
    proposed: z
      .object({
        workDays: z.array(z.int()),
        workHours: z.tuple([z.int(), z.int()]),
        /** Share of the changes that lie within. */
        share: z.number(),
      })
      .nullable(),
    /** Share of leads that arrive outside the hours in force. */
    arriveOutside: z.number().nullable(),
  }),
  callers: z.object({
    assignment: z.enum(ASSIGNMENTS),
    /** Who the lead table names, most leads first, at most 20. */
    named: z.array(z.object({ name: z.string(), leads: Count })),
    namedLeads: Count,
    leads: Count,
    /** People who hold the role of a rep. */
    reps: Count,
  }),
});
export type FirstHourAnswer = z.infer<typeof FirstHourAnswer>;

export const FirstHourDone = z.strictObject({
  skipped: z.array(z.enum(FIRST_QUESTIONS)).max(FIRST_QUESTIONS.length).default([]),
});
export type FirstHourDone = z.infer<typeof FirstHourDone>;
