/**
 * What can be done about a fault in the data: a treatment. It changes the corrected basis alone, never a raw row; it
 * is an event with who and when, and can be withdrawn. Targets are natural keys and lines of files, so a rebuild of
 * the warehouse finds the same rows again.
 */
import { z } from "zod";

/** `accept`: known and left as it is; `flag`: counted, but marked. */
export const TREATMENT_KINDS = ["accept", "exclude", "correct", "merge", "flag"] as const;
export type TreatmentKind = (typeof TREATMENT_KINDS)[number];

export const TREATED_TABLES = [
  "campaigns",
  "insights",
  "campaign_leads",
  "lead_status_changes",
] as const;

/** Measures of an insights row that a correction may change. */
export const TREATED_MEASURES = ["spend_minor", "impressions", "clicks", "reach"] as const;
export type TreatedMeasure = (typeof TREATED_MEASURES)[number];

const Account = z.string().min(1);
const Day = z.iso.date();

/** Lines of one file, as inclusive ranges in ascending order. */
export const LineRanges = z.object({
  table: z.enum(TREATED_TABLES),
  fileId: z.int(),
  lines: z.array(z.tuple([z.int(), z.int()])).min(1),
});
export type LineRanges = z.infer<typeof LineRanges>;

export const CampaignRef = z.object({ account: Account, campaignId: z.string() });
export type CampaignRef = z.infer<typeof CampaignRef>;
export const LeadRef = z.object({ account: Account, leadId: z.string() });
export type LeadRef = z.infer<typeof LeadRef>;

/** Insight rows of one entity (ad set, or what the level counts) over days, both inclusive; null = open. */
export const SeriesSpan = CampaignRef.extend({
  /** As `staging.insights.entity`; null = every entity of the campaign. */
  entity: z.string().nullable(),
  measures: z.array(z.enum(TREATED_MEASURES)).min(1),
  from: Day.nullable(),
  until: Day.nullable(),
});
export type SeriesSpan = z.infer<typeof SeriesSpan>;

/** What is done, in full: enough to do it again on a rebuilt warehouse. */
export const TreatmentAction = z.discriminatedUnion("method", [
  /** Known and left as it is. */
  z.object({ method: z.literal("accept") }),
  /** Marked, still counted. */
  z.object({ method: z.literal("flag"), campaigns: z.array(CampaignRef).min(1) }),
  z.object({ method: z.literal("exclude_rows"), rows: z.array(LineRanges).min(1) }),
  /** All delivery and leads of these campaigns. */
  z.object({ method: z.literal("exclude_campaigns"), campaigns: z.array(CampaignRef).min(1) }),
  z.object({ method: z.literal("exclude_leads"), leads: z.array(LeadRef).min(1) }),
  /**
   * Running totals become daily amounts: each value less the entity's one before within the span, the first as it is;
   * a fall of at most 2 % corrects the total, a deeper one begins a new count and stands as it is. Where the span begins amid the entity's life
   * and its first value carries on from the daily amounts before (it lies nearer to their sum and an average day than
   * to an average day alone), that sum comes off it.
   */
  z.object({ method: z.literal("difference"), series: z.array(SeriesSpan).min(1) }),
  /**
   * Totals of the last `days` rows of an entity become daily amounts: each value less the own amounts of the rows before
   * it in its window. Where the span begins amid the entity's life and its first value holds the daily amounts before it,
   * the window goes on over them; else it begins there.
   */
  z.object({
    method: z.literal("difference_window"),
    series: z.array(SeriesSpan.extend({ days: z.int().min(2) })).min(1),
  }),
  /** Values times a factor: another unit or currency. */
  z.object({
    method: z.literal("scale"),
    series: z.array(SeriesSpan).min(1),
    factor: z.number().positive(),
  }),
  /** Two columns were exchanged. */
  z.object({
    method: z.literal("swap"),
    series: z.array(SeriesSpan).min(1),
    columns: z.tuple([z.enum(TREATED_MEASURES), z.enum(TREATED_MEASURES)]),
  }),
  /** Spellings of one project, within an account (null = everywhere), become one name. */
  z.object({
    method: z.literal("merge_projects"),
    merges: z
      .array(
        z.object({
          account: Account.nullable(),
          from: z.array(z.string()).min(1),
          into: z.string().min(1),
        }),
      )
      .min(1),
  }),
]);
export type TreatmentAction = z.infer<typeof TreatmentAction>;

/** A treatment in force. */
export interface Treatment {
  /** Key of its event. */
  readonly id: string;
  /** Position of its event: later ones are applied after earlier ones. */
  readonly position: number;
  /** Key of the finding it answers, e.g. "cumulative-series". */
  readonly finding: string;
  readonly rule: string;
  readonly kind: TreatmentKind;
  /** Items of the finding that it was accepted for; null = the finding as a whole. */
  readonly items: readonly string[] | null;
  readonly action: TreatmentAction;
  readonly by: string;
  readonly at: Date;
}
