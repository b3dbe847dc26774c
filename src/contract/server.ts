/** What the server says about itself: who is signed in, whether it is alive, what its numbers rest on. */
import { z } from "zod";
import { DefinitionsInput, INSIGHT_LEVELS } from "../domain/definitions.ts";
import { MEASURES } from "../domain/kpis.ts";
import { STAGES } from "../domain/stages.ts";
import { Instant } from "./common.ts";

export const HealthAnswer = z.object({ status: z.literal("ok"), version: z.string() });
export type HealthAnswer = z.infer<typeof HealthAnswer>;

/** Given with status 200 only; while the server is not ready the answer is a problem `NOT_READY`. */
export const ReadyAnswer = z.object({ status: z.literal("ready") });
export type ReadyAnswer = z.infer<typeof ReadyAnswer>;

/**
 * First event of every live stream (`event: hello`). A client whose last known version differs has missed
 * a change and refetches; the version grows with the store, also across restarts.
 */
export const StreamHello = z.object({ type: z.literal("hello"), version: z.int() });
export type StreamHello = z.infer<typeof StreamHello>;

const AccountSettings = z.object({
  currency: z.string(),
  timeZone: z.string(),
  defaultCountry: z.string(),
  /** 0 = Sunday. */
  weekStart: z.int(),
  /** Raw status, exactly as written → stage. */
  statusMap: z.record(z.string(), z.enum(STAGES)),
  undecidedStages: z.array(z.enum(STAGES)),
  conversionHorizonDays: z.int(),
  insightLagHours: z.number(),
  taxRate: z.number(),
  feeRate: z.number(),
  insightLevel: z.enum(INSIGHT_LEVELS).nullable(),
  budgetMeaning: z.enum(["unknown", "gross", "net"]),
  spendAfterStop: z.enum(["unknown", "billed", "not_billed"]),
  statusTimes: z.enum(["unknown", "as_happened", "entered_later"]),
  statusLogSince: z.iso.date().nullable(),
  repeatedPerson: z.enum(["each_lead", "one_person"]),
  targetCostPerQualified: z.number().nullable(),
  workDays: z.array(z.int()),
  workHours: z.tuple([z.int(), z.int()]),
  firstContactMinutes: z.int(),
  assignment: z.enum(["column", "round_robin", "by_load", "by_hand"]),
  thresholds: z.record(z.string(), z.number()),
});

/** Who set a value last: the product itself, the home's config file, or a person in the product. */
export const Origin = z.object({
  from: z.enum(["default", "file", "change"]),
  by: z.string().nullable(),
  at: Instant.nullable(),
});
export type Origin = z.infer<typeof Origin>;

/** Settings to set, for the workspace and for accounts; status maps are merged status by status. */
export const DefinitionsChange = DefinitionsInput;
export type DefinitionsChange = DefinitionsInput;

/** The meanings in force, where they come from, and how every KPI is made of sums. */
export const DefinitionsAnswer = z.object({
  version: z.string(),
  default: AccountSettings,
  /** Setting of `default` → who set it last. */
  origins: z.record(z.string(), Origin),
  /** Every status that rows carry, most rows first, then those that only the status map names. */
  statuses: z.array(
    z.object({
      status: z.string(),
      /** Null: the status map of the workspace does not know it. */
      stage: z.enum(STAGES).nullable(),
      rows: z.int(),
      /** Rows among them that count at no stage; an account may map a status that the workspace does not. */
      leftOut: z.int(),
      origin: Origin,
    }),
  ),
  /** Account → what it sets otherwise; only accounts that the caller may see. */
  accounts: z.record(z.string(), AccountSettings.partial()),
  kpis: z.array(
    z.object({
      id: z.string(),
      unit: z.enum(["money", "count", "rate", "ratio"]),
      direction: z.enum(["up", "down", "neutral"]),
      /** The sum itself, or the numerator of a ratio. */
      over: z.enum(MEASURES),
      /** Denominator; null for a sum. */
      under: z.enum(MEASURES).nullable(),
      /** The quotient is multiplied by this. */
      scale: z.number(),
    }),
  ),
});
export type DefinitionsAnswer = z.infer<typeof DefinitionsAnswer>;
