/** Leads one by one, and what all of them together say: where they stall, how cohorts ripen, whether they are called in time. */
import { z } from "zod";
import { Day, Estimate, pageOf, SelectionQuery, WallTime } from "./common.ts";
import { Frame } from "./overview.ts";

/**
 * What is known of a first contact: `touched` at a known time; `untimed`, its status says so but no log row when;
 * `never`, it still stands at new; `unrecorded`, nothing was ever written of it, so nobody knows.
 */
export const CONTACTS = ["touched", "untimed", "never", "unrecorded"] as const;
const YesNo = z.enum(["yes", "no"]);
const Texts = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()).filter((one) => one !== ""));

export const LEAD_SORTS = ["arrival", "stage", "campaign", "wait", "attempts"] as const;

export const LeadsQuery = SelectionQuery.extend({
  /** An id, part of a name in any spelling, digits of a phone in any form, or part of an e-mail. */
  search: z.string().max(200).optional(),
  stage: z.string().optional(),
  /** Statuses as written. */
  status: Texts,
  contact: z.enum(CONTACTS).optional(),
  judged: YesNo.optional(),
  /** Whether the status log has a row of it. */
  logged: YesNo.optional(),
  phone: z.enum(["valid", "invalid", "none"]).optional(),
  /** Whether its first contact came, or has to come, later than `firstContactMinutes` allow. */
  late: YesNo.optional(),
  /** Whether it arrived outside working hours. */
  afterHours: YesNo.optional(),
  /** Of arrival, 0 = Sunday. */
  weekday: z.coerce.number().int().min(0).max(6).optional(),
  hour: z.coerce.number().int().min(0).max(23).optional(),
  /** Attempts to reach it, by the log; 5 = five or more. */
  attempts: z.coerce.number().int().min(0).max(5).optional(),
  /** At most so many days old at the end of the data. */
  youngerThan: z.coerce.number().int().min(1).max(3660).optional(),
  /** At least so many days old. */
  olderThan: z.coerce.number().int().min(0).max(3660).optional(),
  /** Who calls it, as the table of leads says. */
  rep: z.string().max(200).optional(),
  sort: z.enum(LEAD_SORTS).default("arrival"),
  order: z.enum(["asc", "desc"]).default("desc"),
  /** The `next` of the page before. */
  cursor: z.string().optional(),
  /** Rows to pass over, from the cursor or the beginning on. */
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const LeadRow = z.object({
  leadId: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  phoneCountry: z.string().nullable(),
  phoneValid: z.boolean().nullable(),
  email: z.string().nullable(),
  emailValid: z.boolean().nullable(),
  status: z.string().nullable(),
  stage: z.string().nullable(),
  arrivalAt: WallTime,
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  project: z.string().nullable(),
  account: z.string(),
  assignedTo: z.string().nullable(),
  logged: z.boolean(),
  firstTouchAt: WallTime.nullable(),
  /** Minutes from arrival to the first contact; null where none is known. */
  waitMinutes: z.int().nullable(),
});
export type LeadRow = z.infer<typeof LeadRow>;
export const LeadsAnswer = pageOf(LeadRow).extend({ frame: Frame });
export type LeadsAnswer = z.infer<typeof LeadsAnswer>;

export const LeadQuery = SelectionQuery.pick({ basis: true, asOf: true });

const Source = z.object({
  table: z.string(),
  file: z.string(),
  line: z.int(),
  importId: z.string(),
});

export const LeadAnswer = z.object({
  lead: LeadRow.extend({
    adSetId: z.string().nullable(),
    adId: z.string().nullable(),
    form: z.string().nullable(),
    platform: z.string().nullable(),
    language: z.string().nullable(),
  }),
  /** Minutes of working time until the first contact, or until now where there was none. */
  workingMinutes: z.int().nullable(),
  firstContactMinutes: z.int(),
  late: z.boolean().nullable(),
  afterHours: z.boolean(),
  attempts: z.int(),
  contact: z.enum(CONTACTS),
  /** What happened, in the order of time. */
  timeline: z.array(
    z.object({
      kind: z.enum(["arrival", "status"]),
      at: WallTime,
      status: z.string().nullable(),
      stage: z.string().nullable(),
      /** Entered together with many others: the time is that of typing. */
      bulk: z.boolean(),
      /** False where an accepted treatment leaves it out of the corrected basis. */
      counts: z.boolean(),
      source: Source.nullable(),
    }),
  ),
  /** Other leads with the same phone, newest first; at most 20. */
  repeats: z.array(
    LeadRow.pick({
      leadId: true,
      arrivalAt: true,
      status: true,
      stage: true,
      campaignId: true,
      campaignName: true,
      project: true,
      account: true,
    }),
  ),
});
export type LeadAnswer = z.infer<typeof LeadAnswer>;

/** Whether times entered in bulk count among the times; they say when somebody typed, not when somebody called. */
const Bulk = z.enum(["left_out", "counted"]).default("left_out");

export const FlowQuery = SelectionQuery.extend({ bulk: Bulk });

/** How long leads stood at a stage: of stays that ended, and how many have not. */
const Stay = z.object({
  n: z.int(),
  q1Minutes: z.number().nullable(),
  medianMinutes: z.number().nullable(),
  q3Minutes: z.number().nullable(),
  /** Stays that have not ended. */
  still: z.int(),
  /** Stays that begin or end with an entry made in bulk. */
  bulk: z.int(),
});

export const FlowAnswer = z.object({
  frame: Frame,
  bulk: z.enum(["left_out", "counted"]),
  /** Null where no lead table speaks of the selection. */
  leads: z.int().nullable(),
  logged: z.int(),
  stages: z.array(
    z.object({
      stage: z.string(),
      at: z.int(),
      /** Stand there or further along the funnel; null beside it. */
      reached: z.int().nullable(),
      shareOfLeads: z.number().nullable(),
      stay: Stay,
    }),
  ),
  /** Leads with a log, by their n-th stage in it; step 0 is the arrival. The same stage in a row counts once. */
  nodes: z.array(z.object({ step: z.int(), stage: z.string(), leads: z.int() })),
  links: z.array(z.object({ step: z.int(), from: z.string(), to: z.string(), leads: z.int() })),
  /** Leads that went on after the last step shown. */
  further: z.int(),
});
export type FlowAnswer = z.infer<typeof FlowAnswer>;

export const CohortsAnswer = z.object({
  frame: Frame,
  /** Until when the data go, wall clock. */
  until: WallTime.nullable(),
  horizonDays: z.int(),
  /** Ages, in weeks, that a cohort has cells for. */
  ages: z.int(),
  cohorts: z.array(
    z.object({
      /** First day of the week of arrival. */
      week: Day,
      leads: z.int(),
      judged: z.int(),
      logged: z.int(),
      /** Stand at qualified or beyond now. */
      qualified: z.int(),
      /** Every lead of it is older than the horizon. */
      mature: z.boolean(),
      /** Ages that all its leads have lived through, and that some have. */
      wholeAges: z.int(),
      someAges: z.int(),
      /** Qualified by the log by the end of each age. */
      byAge: z.array(z.int()),
    }),
  ),
  /** Older weeks that are not shown. */
  more: z.int(),
});
export type CohortsAnswer = z.infer<typeof CohortsAnswer>;

export const SpeedQuery = SelectionQuery.extend({ bulk: Bulk });

/** Time to the first contact, leads still waiting counted as waiting (Kaplan–Meier). */
export const Wait = z.object({
  /** Leads whose time counts, and how many of them were contacted. */
  n: z.int(),
  contacted: z.int(),
  /** Minutes by which half of them, and nine of ten, were contacted; null where that has not happened. */
  medianMinutes: z.number().nullable(),
  medianLow: z.number().nullable(),
  medianHigh: z.number().nullable(),
  p90Minutes: z.number().nullable(),
  /** Share contacted within a day, those still waiting counted; null where none was watched so long. */
  dayShare: z.number().nullable(),
  /** Median of those alone that were contacted: it says nothing of those still waiting. */
  contactedMedianMinutes: z.number().nullable(),
});
export type Wait = z.infer<typeof Wait>;

const Group = z.object({
  id: z.string().nullable(),
  leads: z.int(),
  never: z.int(),
  /** Leads for which it is known whether they were contacted in time, and those that were not. */
  judged: z.int(),
  late: z.int(),
  wait: Wait,
});

export const SpeedAnswer = z.object({
  frame: Frame,
  bulk: z.enum(["left_out", "counted"]),
  /** Until when the data go, wall clock. */
  until: WallTime.nullable(),
  firstContactMinutes: z.int(),
  workDays: z.array(z.int()),
  workHours: z.tuple([z.int(), z.int()]),
  /** Accounts of the selection do not all work at these times. */
  several: z.boolean(),
  leads: z.int().nullable(),
  /** All leads by what is known of their first contact, with the spend behind them at their campaigns' cost per lead. */
  contacts: z.array(
    z.object({ contact: z.enum(CONTACTS), leads: z.int(), spendMinor: z.number().nullable() }),
  ),
  wait: Wait,
  /** Share contacted by then, with bounds. */
  curve: z.array(
    z.object({ minutes: z.int(), share: z.number(), low: z.number(), high: z.number() }),
  ),
  /** First contacts whose time was entered in bulk. */
  bulkTouches: z.int(),
  sla: z.object({
    inTime: z.int(),
    /** Contacted too late; still waiting, and too late already. */
    lateTouched: z.int(),
    lateWaiting: z.int(),
    /** Waiting, and still in time. */
    pending: z.int(),
    unknown: z.int(),
    lateShare: Estimate,
  }),
  afterHours: z.object({
    leads: z.int(),
    share: Estimate,
    never: z.int(),
    wait: Wait,
    inHours: Wait,
    /** Contacted before working time began again. */
    beforeOpening: z.int(),
  }),
  /** Leads by attempts that the log tells (5 = five or more): how many got beyond attempting. */
  attempts: z.array(
    z.object({ attempts: z.int(), leads: z.int(), reached: z.int(), share: Estimate }),
  ),
  /** Leads still attempting after a single attempt, by their age in days. */
  oneAttempt: z.object({
    leads: z.int(),
    ages: z.array(z.object({ fromDays: z.int(), toDays: z.int().nullable(), leads: z.int() })),
  }),
  /** By weekday (0 = Sunday) and hour of arrival; only where leads arrived. */
  cells: z.array(
    z.object({
      weekday: z.int(),
      hour: z.int(),
      leads: z.int(),
      never: z.int(),
      n: z.int(),
      dayShare: z.number().nullable(),
    }),
  ),
  accounts: z.array(Group),
  reps: z.array(Group),
});
export type SpeedAnswer = z.infer<typeof SpeedAnswer>;
