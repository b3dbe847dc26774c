/** Shapes that every HTTP answer shares. The page and the server know each other only through this room. */
import { z } from "zod";

/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date();
/** Wall-clock timestamp of the account's zone, `YYYY-MM-DD HH:MM:SS`. */
export const WallTime = z.string();
/** An instant, ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true });

export const BASES = ["corrected", "deduplicated", "raw"] as const;
export const Basis = z.enum(BASES);
export type Basis = z.infer<typeof Basis>;

export const COMPARISONS = ["week", "month", "year"] as const;

/** In a query string a list is a repeated parameter; names may hold commas. */
const List = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))
  .transform((values) => values.filter((value) => value !== ""));

/**
 * What is being looked at. Absent `from`/`to` mean the default period: the last active 30 days.
 * `from=all` means everything.
 */
export const SelectionQuery = z.object({
  from: z.union([Day, z.literal("all")]).optional(),
  to: Day.optional(),
  account: List,
  project: List,
  campaign: List,
  basis: Basis.default("corrected"),
  /** End of this day in the account's zone: only what was known by then. */
  asOf: Day.optional(),
  /**
   * What changes are told against, always as many days as the period has: those just before it (absent), the same a
   * week, month or year before, or those from a chosen day on.
   */
  compare: z.union([z.enum(COMPARISONS), Day]).optional(),
});
export type SelectionQuery = z.infer<typeof SelectionQuery>;

/** RFC 9457 problem details with a stable code. */
export const ProblemBody = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  where: z.string().nullable(),
  fix: z.string(),
  details: z.unknown(),
});
export type ProblemBody = z.infer<typeof ProblemBody>;

/** One page of a list; `next` is the cursor of the following page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: z.int() });
}

export const Period = z.object({ from: Day, to: Day, days: z.int() });
export type Period = z.infer<typeof Period>;

/** An estimate's value with the sample it rests on and its 95 % interval. */
export const Estimate = z.object({
  value: z.number().nullable(),
  /** Denominator of a rate, count behind a cost; null for plain sums. */
  n: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Estimate = z.infer<typeof Estimate>;
