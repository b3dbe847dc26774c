/** The portfolio: every account of a selection in one line, and those that need somebody first. */
import { z } from "zod";
import { Day, Estimate, SelectionQuery } from "./common.ts";
import { Frame } from "./overview.ts";

export const PortfolioQuery = SelectionQuery;

/** How an account's cost per qualified lead stands to its own target. */
export const TargetStanding = z.object({
  targetMinor: z.number(),
  /** Unsure: the interval holds the target, so that chance alone may explain either side. */
  verdict: z.enum(["within", "above", "unsure"]),
  /** Value / target − 1; null without a qualified lead. */
  apart: z.number().nullable(),
  /** All-in spend beyond what the qualified leads may cost; 0 where it is less. */
  overMinor: z.number(),
});
export type TargetStanding = z.infer<typeof TargetStanding>;

/** Sums and costs of one account, or of all; null where the account does not know, or currencies are mixed. */
export const PortfolioTally = z.object({
  spendMinor: z.number().nullable(),
  spendAllInMinor: z.number().nullable(),
  leads: z.number().nullable(),
  judged: z.number().nullable(),
  qualified: z.number().nullable(),
  /** Leads that stand at new and nobody touched, and what they cost at their campaigns' cost per lead. */
  neverContacted: z.number().nullable(),
  neverContactedMinor: z.number().nullable(),
  judgedShare: Estimate,
  cplMinor: Estimate,
  /** All-in, as the target is. */
  cpqlAllInMinor: Estimate,
});
export type PortfolioTally = z.infer<typeof PortfolioTally>;

export const PortfolioRow = PortfolioTally.extend({
  account: z.string(),
  /** ISO 4217; null where its campaigns have several. */
  currency: z.string().nullable(),
  currencyDecimals: z.int(),
  campaigns: z.int(),
  /** What a qualified lead may cost, all-in; null where nobody said. */
  targetMinor: z.number().nullable(),
  /** Null without a target, or where the cost is not known. */
  target: TargetStanding.nullable(),
  /** Against the compared period, as a fraction; null where the account had no data from its first day on, or none. */
  change: z.object({
    spend: z.number().nullable(),
    leads: z.number().nullable(),
    qualified: z.number().nullable(),
    cpql: z.number().nullable(),
  }),
  /** The last day of its data. */
  lastDay: Day.nullable(),
  /** Days by which its data end before the last day on which any account of the selection was active. */
  behindDays: z.int().nullable(),
  /** Behind by so much that its figures of the last days are missing; an account silent for a month is over. */
  stale: z.boolean(),
  /** Per bucket of the period; null = no row at all. */
  spendTrend: z.array(z.number().nullable()),
  qualifiedTrend: z.array(z.number().nullable()),
});
export type PortfolioRow = z.infer<typeof PortfolioRow>;

/** An account that needs somebody, and why. */
export const PortfolioNeed = z.object({
  account: z.string(),
  currency: z.string().nullable(),
  currencyDecimals: z.int(),
  reasons: z.array(
    z.object({
      why: z.enum(["over_target", "never_contacted", "stale"]),
      /** At stake; null where the reason has no price. */
      moneyMinor: z.number().nullable(),
      /** The same as a share of the account's spend. */
      share: z.number().nullable(),
      /** Qualified leads, leads never contacted, days behind. */
      n: z.int(),
    }),
  ),
});
export type PortfolioNeed = z.infer<typeof PortfolioNeed>;

export const PortfolioAnswer = z.object({
  frame: Frame,
  /** Most spend first. */
  items: z.array(PortfolioRow),
  totals: PortfolioTally,
  /** Days of one bucket of the trends. */
  bucketDays: z.int(),
  /** Most at stake first: by money, or where currencies differ by share of the account's own spend. */
  needs: z.array(PortfolioNeed),
  needsRankedBy: z.enum(["money", "share"]),
});
export type PortfolioAnswer = z.infer<typeof PortfolioAnswer>;
