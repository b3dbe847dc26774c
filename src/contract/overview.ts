/** The numbers of the Overview: KPIs, trend, breakdowns, funnel, and what can be filtered by. */
import { z } from "zod";
import { Basis, Day, Estimate, Period, pageOf, SelectionQuery } from "./common.ts";

/** The period asked for, the one it is compared with, and what the answer rests on. */
export const Frame = z.object({
  period: Period,
  /** As many days that changes are told against; null where nothing is known that early. */
  previous: Period.nullable(),
  basis: Basis,
  asOf: Day.nullable(),
  /** ISO 4217; null when the selection mixes currencies (money is then null). */
  currency: z.string().nullable(),
  /** Minor units per major unit, as a power of ten. */
  currencyDecimals: z.int(),
  /** Version of the definitions that the numbers rest on. */
  definitionsVersion: z.string(),
  /** True while the numbers are being brought to changed definitions: these still rest on the former ones. */
  recomputing: z.boolean(),
});
export type Frame = z.infer<typeof Frame>;

export const KpiAnswer = Estimate.extend({
  id: z.string(),
  unit: z.enum(["money", "count", "rate", "ratio"]),
  direction: z.enum(["up", "down", "neutral"]),
  /** The same KPI on the raw basis. */
  raw: z.number().nullable(),
  /** The same KPI in the previous period. */
  previous: z.number().nullable(),
  /** value / previous − 1; null where either is unknown or previous is 0. */
  change: z.number().nullable(),
  /** Why `value` is null: no_denominator | not_recorded | mixed_currency; null when there is a value. */
  missing: z.enum(["no_denominator", "not_recorded", "mixed_currency"]).nullable(),
  /** What is divided by what to give `value`, from rows that know both; null for sums and where money is void. */
  parts: z.object({ over: z.number().nullable(), under: z.number().nullable() }).nullable(),
  /** Measures of which `value` rests on a share below 1 only, as the rest of the data does not know all its parts. */
  coverage: z.array(z.object({ of: z.string(), share: z.number() })),
});
export type KpiAnswer = z.infer<typeof KpiAnswer>;

export const KpisAnswer = z.object({
  frame: Frame,
  kpis: z.array(KpiAnswer),
  /** Rows that count nowhere yet, because their campaign belongs to no known account. */
  unresolved: z.object({ insights: z.int(), leads: z.int(), statusChanges: z.int() }),
  /** Status texts that the status map does not know, and the rows that carry them. */
  unmappedStatuses: z.array(z.object({ status: z.string(), rows: z.int() })),
  /**
   * Campaigns of the selection: in all, with delivery, without any, with spend and no lead; null where no account of
   * the selection has ad figures, or leads.
   */
  campaigns: z.object({
    total: z.int(),
    delivered: z.int(),
    neverDelivered: z.int().nullable(),
    spendNoLead: z.int().nullable(),
    spendNoLeadMinor: z.number().nullable(),
  }),
});
export type KpisAnswer = z.infer<typeof KpisAnswer>;

export const TrendQuery = SelectionQuery.extend({
  grain: z.enum(["day", "week", "month"]).default("day"),
});

/** Parallel columns, one entry per bucket of the period; null = no row at all that day (a gap, not 0). */
export const TrendAnswer = z.object({
  frame: Frame,
  grain: z.enum(["day", "week", "month"]),
  /** First day of each bucket. */
  start: z.array(Day),
  spendMinor: z.array(z.number().nullable()),
  impressions: z.array(z.number().nullable()),
  clicks: z.array(z.number().nullable()),
  leads: z.array(z.number().nullable()),
  qualified: z.array(z.number().nullable()),
  undecided: z.array(z.number().nullable()),
  /** True where leads of the bucket are younger than the conversion horizon at the data's end (or asOf). */
  immature: z.array(z.boolean()),
});
export type TrendAnswer = z.infer<typeof TrendAnswer>;

/** Additive measures and their ratios for one project, account or campaign. */
export const Tally = z.object({
  spendMinor: z.number().nullable(),
  impressions: z.number().nullable(),
  clicks: z.number().nullable(),
  leads: z.number().nullable(),
  judged: z.number().nullable(),
  undecided: z.number().nullable(),
  qualified: z.number().nullable(),
  meetings: z.number().nullable(),
  deals: z.number().nullable(),
  ctr: z.number().nullable(),
  cplMinor: z.number().nullable(),
  cpqlMinor: z.number().nullable(),
  /** 95 % interval of cpqlMinor (Poisson counts of qualified leads); high is null for 0 qualified. */
  cpqlLowMinor: z.number().nullable(),
  cpqlHighMinor: z.number().nullable(),
});
export type Tally = z.infer<typeof Tally>;

export const BreakdownQuery = SelectionQuery.extend({
  by: z.enum(["project", "account"]),
  sort: z.enum(["spend", "leads", "qualified", "cpql"]).default("spend"),
  limit: z.coerce.number().int().min(1).max(100).default(10),
});

export const BreakdownAnswer = z.object({
  frame: Frame,
  by: z.enum(["project", "account"]),
  items: z.array(Tally.extend({ id: z.string(), name: z.string(), campaigns: z.int() })),
  /** Everything beyond `limit`, as one line, so that the table ties out; null when there is nothing beyond. */
  rest: Tally.extend({ groups: z.int() }).nullable(),
  total: Tally,
});
export type BreakdownAnswer = z.infer<typeof BreakdownAnswer>;

export const FunnelAnswer = z.object({
  frame: Frame,
  /** Null where no lead table speaks of the selection: then every count below is 0 and says nothing. */
  leads: z.int().nullable(),
  /** Funnel stages in order: leads standing exactly there, and there or further. */
  stages: z.array(
    z.object({
      stage: z.string(),
      at: z.int(),
      reached: z.int(),
      shareOfLeads: z.number().nullable(),
    }),
  ),
  /** Stages beside the funnel: lost, invalid, unknown, and leads whose status is not mapped. */
  beside: z.array(z.object({ stage: z.string(), at: z.int() })),
  undecided: z.int().nullable(),
  undecidedShare: z.number().nullable(),
});
export type FunnelAnswer = z.infer<typeof FunnelAnswer>;

/** Cursor lists: `cursor` is the `next` of the page before; `limit` at most 500. */
const Paging = {
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

/** Tables whose rows stand behind numbers. */
export const ROW_TABLES = ["insights", "campaign_leads", "deals"] as const;

/** The rows of files behind a number: for a KPI over a selection, what was counted (or, on request, what was not). */
export const RowsQuery = SelectionQuery.extend({
  kpi: z.string(),
  stage: z.string().optional(),
  /** Rows that do not count, with the reason, instead of those that do. */
  dropped: z.union([z.boolean(), z.stringbool()]).default(false),
  /** Only rows of this table; a quotient may rest on two. */
  table: z.enum(ROW_TABLES).optional(),
  ...Paging,
});

export const SourceRow = z.object({
  table: z.string(),
  file: z.string(),
  line: z.int(),
  importId: z.string(),
  /** Why the row does not count; null when it counts. */
  dropped: z.string().nullable(),
  /** Column name → value as typed, in table order. */
  cells: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type SourceRow = z.infer<typeof SourceRow>;
export const RowsAnswer = pageOf(SourceRow).extend({
  frame: Frame,
  kpi: z.string(),
  /** How the number is computed, in words of the field: numerator, denominator, basis. */
  formula: z.object({ over: z.string(), under: z.string().nullable(), scale: z.number() }),
  value: z.number().nullable(),
  /** Every table behind the number with its rows, whichever of them is asked for. */
  tables: z.array(z.object({ table: z.enum(ROW_TABLES), total: z.int() })),
});
export type RowsAnswer = z.infer<typeof RowsAnswer>;

/** What the filter bar offers, and where the data begins and ends. */
export const FacetsAnswer = z.object({
  accounts: z.array(z.object({ id: z.string(), campaigns: z.int() })),
  projects: z.array(z.object({ name: z.string(), campaigns: z.int() })),
  firstDay: Day.nullable(),
  /** The last day that had come when its file was imported. */
  lastDay: Day.nullable(),
  /** The last day of any row, also one dated in the future by mistake. */
  endDay: Day.nullable(),
  defaultPeriod: Period.nullable(),
  empty: z.boolean(),
});
export type FacetsAnswer = z.infer<typeof FacetsAnswer>;
