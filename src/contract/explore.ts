/** What the data look like, what is wrong with them, what it costs, and what to ask. */
import { z } from "zod";
import { TREATMENT_KINDS } from "../domain/treatments.ts";
import { Day, Estimate, Instant, SelectionQuery } from "./common.ts";

/** The same words in both languages of the product, numbers already written into them. */
export const Text = z.object({ en: z.string(), ar: z.string() });
export type Text = z.infer<typeof Text>;

const Count = z.int().min(0);
const Money = z.number().nullable();
const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Rows of a table as they are shown. */
export const Listing = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(Cell)),
});
export type Listing = z.infer<typeof Listing>;

/** A small chart beside a sentence; every series has one value per entry of `x`, null = a gap. */
export const Picture = z.object({
  kind: z.enum(["bars", "line"]),
  /** What `x` is: days and months are `YYYY-MM-DD` and `YYYY-MM`, labels are shown as they stand. */
  over: z.enum(["day", "month", "label"]),
  unit: z.enum(["money", "count", "share", "hours"]),
  x: z.array(z.string()),
  /** Words for `x` where they are the product's own; absent where `x` are names of the data. */
  names: z.array(Text).optional(),
  series: z.array(z.object({ name: Text, values: z.array(z.number().nullable()) })).min(1),
});
export type Picture = z.infer<typeof Picture>;

export const SEVERITIES = ["critical", "warning", "info"] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

/** A treatment in force, as a person reads it. */
export const TreatmentNote = z.object({
  id: z.string(),
  finding: z.string(),
  rule: z.string(),
  kind: z.enum(TREATMENT_KINDS),
  /** How many items of the finding it covers; null = the finding as a whole. */
  items: Count.nullable(),
  by: z.string(),
  at: Instant,
  /** False where nothing of what it names is there any more: it changes nothing. */
  applies: z.boolean(),
});
export type TreatmentNote = z.infer<typeof TreatmentNote>;

/** One thing a finding is about: a campaign, an account, a project name, a minute. */
export const FindingItem = z.object({
  /** Stable within the finding. */
  id: z.string(),
  label: z.string(),
  account: z.string().nullable(),
  rows: Count,
  moneyMinor: Money,
  leads: Count.nullable(),
  detail: Text.nullable(),
  /** Treatment in force that covers this item. */
  treatment: z.string().nullable(),
});
export type FindingItem = z.infer<typeof FindingItem>;

/** What can be done, and what it would change on the corrected basis if done for all items. */
export const Proposal = z.object({
  kind: z.enum(TREATMENT_KINDS),
  label: Text,
  recommended: z.boolean(),
  spendMinor: Money,
  leads: z.int().nullable(),
});
export type Proposal = z.infer<typeof Proposal>;

export const Finding = z.object({
  /** Stable from run to run: the rule, and its subject where a rule has several. */
  key: z.string(),
  rule: z.string(),
  severity: Severity,
  title: Text,
  /** What was found, with its numbers. */
  sentence: Text,
  /** Why it matters, in one sentence. */
  why: Text,
  tables: z.array(z.string()),
  /** What `rows` and `of` count. */
  unit: Text,
  rows: Count,
  of: Count,
  /** Money the faulty rows carry or misstate, in minor units; null where money has no part in it. */
  moneyMinor: Money,
  leads: Count.nullable(),
  /** The thresholds that fired: setting, value in force, what was seen. */
  thresholds: z.array(z.object({ name: z.string(), value: z.number(), seen: z.number() })),
  /** The largest first, at most 50. */
  items: z.array(FindingItem),
  itemsTotal: Count,
  /** First rows, with file and line. */
  examples: Listing,
  /** Lists every row; runs on the warehouse as it stands. */
  sql: z.string(),
  proposals: z.array(Proposal),
  /** Id of the question to the stakeholder, and its text. */
  question: z.object({ id: z.string(), text: Text }).nullable(),
  picture: Picture.nullable(),
  /** Treatments in force, newest first. */
  treatments: z.array(TreatmentNote),
});
export type Finding = z.infer<typeof Finding>;

/** From the raw total to the corrected one; the steps add up exactly. */
export const Waterfall = z.object({
  currency: z.string().nullable(),
  currencyDecimals: z.int(),
  spend: z.object({ raw: Money, corrected: Money }),
  leads: z.object({ raw: z.int().nullable(), corrected: z.int().nullable() }),
  steps: z.array(
    z.object({
      /** "deduplication", or the rule whose treatment was accepted. */
      id: z.string(),
      label: Text,
      spendMinor: Money,
      leads: z.int().nullable(),
      /** False for what is proposed but not accepted; such steps come last and do not count in `corrected`. */
      accepted: z.boolean(),
    }),
  ),
  /** Corrected totals if every recommended treatment were accepted. */
  proposed: z.object({ spendMinor: Money, leads: z.int().nullable() }),
});
export type Waterfall = z.infer<typeof Waterfall>;

export const COLUMN_KINDS = [
  "id",
  "integer",
  "number",
  "money",
  "boolean",
  "date",
  "timestamp",
  "category",
  "text",
  "phone",
  "email",
  "empty",
] as const;

const Share = z.object({ key: z.string(), n: Count, missing: Count, share: z.number() });

export const ColumnProfile = z.object({
  name: z.string(),
  kind: z.enum(COLUMN_KINDS),
  missing: Count,
  missingShare: z.number(),
  /** Where missing values gather: parts whose share differs from the column's own; empty where it is even. */
  missingBy: z.object({
    month: z.array(Share),
    account: z.array(Share),
    source: z.array(Share),
  }),
  distinct: z.object({ value: Count, exact: z.boolean() }),
  /** Of numbers, money (minor units) and, as days since 1970-01-01, dates. */
  numbers: z
    .object({
      min: z.number(),
      max: z.number(),
      mean: z.number(),
      deviation: z.number().nullable(),
      skew: z.number().nullable(),
      /** 1, 5, 25, 50, 75, 95, 99 %. */
      quantiles: z.array(z.number()).length(7),
      /** False above 5 million rows: quantiles are then "about". */
      exact: z.boolean(),
      zeros: Count,
      negatives: Count,
      /** Beyond three interquartile ranges (Tukey's outer fences). */
      outliers: Count,
      histogram: z.object({ edges: z.array(z.number()), counts: z.array(Count) }),
    })
    .nullable(),
  top: z.array(z.object({ value: z.string(), n: Count, share: z.number() })),
  /** Characters of texts. */
  length: z.object({ min: Count, median: Count, max: Count }).nullable(),
  /** Shapes of texts, letters as a/A, digits as 9: most frequent first. */
  patterns: z.array(z.object({ pattern: z.string(), n: Count, example: z.string() })),
  /** Of dates and timestamps. */
  time: z
    .object({
      first: z.string(),
      last: z.string(),
      /** Stretches without any row between first and last, longest first. */
      gaps: z.array(z.object({ from: Day, to: Day, days: Count })),
      gapDays: Count,
      /** Days on which the daily number of rows left its usual band. */
      jumps: z.array(z.object({ day: Day, n: Count, usual: z.number() })),
      /** Sunday first. */
      weekday: z.array(Count).length(7),
      /** Null where no time of day is written. */
      hour: z.array(Count).length(24).nullable(),
      /** Rows by month. */
      months: z.array(z.object({ month: z.string(), n: Count })),
    })
    .nullable(),
});
export type ColumnProfile = z.infer<typeof ColumnProfile>;

export const TableProfile = z.object({
  table: z.string(),
  /** Files it came from. */
  sources: z.array(z.string()),
  rows: Count,
  columns: z.array(ColumnProfile),
  /** Sets of columns that name a row, checked. */
  keys: z.array(z.object({ columns: z.array(z.string()), unique: z.boolean(), repeated: Count })),
  /** Spearman's rank correlation of measures, strongest first. */
  correlations: z.array(
    z.object({ left: z.string(), right: z.string(), rho: z.number(), n: Count }),
  ),
});
export type TableProfile = z.infer<typeof TableProfile>;

/** A column of one table that names rows of another. */
export const Relation = z.object({
  from: z.object({ table: z.string(), column: z.string() }),
  to: z.object({ table: z.string(), column: z.string() }),
  cardinality: z.enum(["one-to-one", "one-to-many", "many-to-many"]),
  /** Rows of `from`, and those whose value names no row of `to`. */
  rows: Count,
  orphans: Count,
  orphanExamples: z.array(z.string()),
  /** Rows of `to`, and those that nothing names. */
  parents: Count,
  childless: Count,
  /** Rows of `from` per named row of `to`: min, 25, 50, 75, 99 %, max. */
  perParent: z.array(z.number()).length(6).nullable(),
});
export type Relation = z.infer<typeof Relation>;

/** A computed sentence about the business the data describe. */
export const Insight = z.object({
  /** The rule that made it. */
  id: z.string(),
  title: Text,
  sentence: Text,
  /** What it suggests to do or to ask. */
  advice: Text.nullable(),
  /** Money it is about, for ranking; null where money has no part in it. */
  moneyMinor: Money,
  /** The figure it stands on, with its interval where it is an estimate. */
  estimate: Estimate.nullable(),
  picture: Picture.nullable(),
  sql: z.string(),
});
export type Insight = z.infer<typeof Insight>;

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** A value of a setting: one, a list, or values by name. */
const SettingValue = z.union([Scalar, z.array(Scalar), z.record(z.string(), Scalar)]);

/** What only a person can say, with what the data say about it and what holds until someone answers. */
export const Question = z.object({
  id: z.string(),
  text: Text,
  why: Text,
  /** Sentences with the numbers that raise it; empty when the data do not raise it. */
  evidence: z.array(Text),
  /** Keys of findings that raise it. */
  findings: z.array(z.string()),
  /** The setting of the definitions that an answer changes; null where it decides on a finding's treatment instead. */
  setting: z.string().nullable(),
  /** The finding on whose treatment an answer decides; its options are then kinds of treatment. */
  finding: z.string().nullable(),
  options: z.array(z.object({ value: SettingValue, label: Text })),
  /** Whether any other value of the setting's own kind may be given: a number, a text, a date. */
  free: z.enum(["none", "number", "text", "date", "zone", "currency"]),
  inForce: z.object({ value: SettingValue, label: Text }),
  answered: z.object({ by: z.string(), at: Instant }).nullable(),
  moneyMinor: Money,
});
export type Question = z.infer<typeof Question>;

/** Cost per qualified lead = cost per lead × 1 / share judged × 1 / share qualified of the judged. */
export const CostSplit = z.object({
  /** Null where currencies are mixed. */
  spendMinor: Money,
  leads: Count,
  judged: Count,
  qualified: Count,
  cplMinor: Estimate,
  judgedShare: Estimate,
  qualifiedOfJudged: Estimate,
  cpqlMinor: Estimate,
});
export type CostSplit = z.infer<typeof CostSplit>;

export const AdsOrFollowUpItem = CostSplit.extend({
  id: z.string(),
  name: z.string(),
  account: z.string(),
  /** What it is held against. */
  norm: CostSplit.nullable(),
  /**
   * How much each part adds to the cost per qualified lead above the norm's, minor units per qualified lead; they add up
   * to the difference exactly. Null where either cost is unknown.
   */
  gap: z
    .object({ cplMinor: z.number(), judgedMinor: z.number(), qualifiedMinor: z.number() })
    .nullable(),
  /** Whom it speaks to: the ads cost more, leads are not followed up, leads are judged worse, nothing stands out. */
  verdict: z.enum(["ads", "follow_up", "lead_quality", "in_line", "too_little"]),
});
export type AdsOrFollowUpItem = z.infer<typeof AdsOrFollowUpItem>;

export const AdsOrFollowUpQuery = SelectionQuery.extend({
  by: z.enum(["account", "project", "campaign"]).default("campaign"),
  limit: z.coerce.number().int().min(1).max(500).default(20),
});

export const AdsOrFollowUpAnswer = z.object({
  by: z.enum(["account", "project", "campaign"]),
  currency: z.string().nullable(),
  currencyDecimals: z.int(),
  total: CostSplit,
  items: z.array(AdsOrFollowUpItem),
  /** How many there are beyond `items`. */
  more: Count,
  /** Spend on campaigns with leads and no qualified one, by whether their leads were judged. */
  noQualified: z.object({
    campaigns: Count,
    leads: Count,
    spendMinor: Money,
    undecidedShare: z.number().nullable(),
    /** At least one lead judged, none qualified. */
    judgedBad: z.object({ campaigns: Count, leads: Count, spendMinor: Money }),
    /** Not one lead judged. */
    neverJudged: z.object({ campaigns: Count, leads: Count, spendMinor: Money }),
  }),
});
export type AdsOrFollowUpAnswer = z.infer<typeof AdsOrFollowUpAnswer>;

/** What changed between two states of the data. */
export const Comparison = z.object({
  left: z.object({ label: z.string() }),
  right: z.object({ label: z.string() }),
  tables: z.array(
    z.object({
      table: z.string(),
      rows: z.object({ left: Count, right: Count }),
      /** By natural key. */
      added: Count,
      removed: Count,
      changed: Count,
      /** First changed, added or removed keys with what changed. */
      examples: Listing,
      columns: z.array(
        z.object({
          name: z.string(),
          missingShare: z.object({ left: z.number(), right: z.number() }),
          /** Population stability index over the left's ten quantiles or top values; its cut-offs are folklore. */
          psi: z.number().nullable(),
          newValues: z.array(z.string()),
          goneValues: z.array(z.string()),
        }),
      ),
    }),
  ),
  totals: z.array(
    z.object({
      kpi: z.string(),
      unit: z.string(),
      left: z.number().nullable(),
      right: z.number().nullable(),
    }),
  ),
  findings: z.object({ appeared: z.array(z.string()), gone: z.array(z.string()) }),
  sentences: z.array(Text),
});
export type Comparison = z.infer<typeof Comparison>;

/** Two imports, or two days: an import's id, or a day, whose end is meant. */
export const CompareQuery = z.object({
  left: z.string().min(1).max(200),
  right: z.string().min(1).max(200),
});

/** The whole of `leadsmart explore`. */
export const ExploreReport = z.object({
  madeAt: Instant,
  firstDay: Day.nullable(),
  /** Last day that had come in the data; everything "ahead" lies beyond it. */
  lastDay: Day.nullable(),
  currency: z.string().nullable(),
  currencyDecimals: z.int(),
  definitionsVersion: z.string(),
  sample: z.boolean(),
  tables: z.array(TableProfile),
  relations: z.array(Relation),
  findings: z.array(Finding),
  /** Rules that ran, by whether they found something, and those that could not run with the reason. */
  checked: z.object({
    rules: Count,
    quiet: z.array(z.string()),
    skipped: z.array(z.object({ rule: z.string(), why: Text })),
    /** What each of them looks for, by its id. */
    titles: z.record(z.string(), Text).optional(),
  }),
  waterfall: Waterfall.nullable(),
  insights: z.array(Insight),
  questions: z.array(Question),
  adsOrFollowUp: AdsOrFollowUpAnswer.nullable(),
});
export type ExploreReport = z.infer<typeof ExploreReport>;

/** A treatment with what it changes, and who took it back. */
export const TreatmentRow = TreatmentNote.extend({
  title: Text,
  /** What it changes on the corrected basis, after those accepted before it; null where it is withdrawn. */
  spendMinor: Money,
  leads: z.int().nullable(),
  withdrawn: z.object({ by: z.string(), at: Instant }).nullable(),
});
export type TreatmentRow = z.infer<typeof TreatmentRow>;

/** The newest first. */
export const TreatmentsAnswer = z.object({
  currency: z.string().nullable(),
  currencyDecimals: z.int(),
  items: z.array(TreatmentRow),
});
export type TreatmentsAnswer = z.infer<typeof TreatmentsAnswer>;

export const TreatmentRequest = z.strictObject({
  /** Key of the finding. */
  finding: z.string().min(1).max(300),
  kind: z.enum(TREATMENT_KINDS),
  /** Ids of the finding's items; absent = all of them. */
  items: z.array(z.string().min(1)).min(1).max(1000).nullable().default(null),
});
export type TreatmentRequest = z.infer<typeof TreatmentRequest>;

export const AnswerRequest = z.strictObject({ value: SettingValue });
/** The question as it stands then; null where nothing is left to ask. */
export const QuestionAnswered = z.object({ question: Question.nullable() });

/** Everything of the look, or one part of it. */
export const ExploreQuery = z.object({ asOf: Day.optional() });
/** The report as a file. */
export const ReportQuery = ExploreQuery.extend({
  format: z.enum(["html", "markdown", "json"]).default("html"),
  language: z.enum(["en", "ar"]).default("en"),
});
export const FindingsAnswer = ExploreReport.pick({ findings: true, checked: true });
export const ProfileAnswer = ExploreReport.pick({ tables: true, relations: true });
export const WaterfallAnswer = ExploreReport.pick({ waterfall: true });
export const InsightsAnswer = ExploreReport.pick({ insights: true });
export const QuestionsAnswer = ExploreReport.pick({ questions: true });
/** Whether the data can be trusted, in one line. */
export const ExploreSummary = z.object({
  /** Findings that nobody has decided about, by severity. */
  open: z.object({ critical: Count, warning: Count, info: Count }),
  /** The first of the insights; null where there is none. */
  insight: Insight.nullable(),
  /** Questions that matter and nobody has answered. */
  questions: Count,
  /** Corrections that are recommended and nobody has decided about, and how much spend they would change. */
  corrections: z.object({ findings: Count, spendMinor: Money }),
});
export type ExploreSummary = z.infer<typeof ExploreSummary>;

export const FindingRowsQuery = ExploreQuery.extend({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
/** One page of all rows of a finding, in the order of their files. */
export const FindingRowsAnswer = Listing.extend({ next: z.string().nullable(), total: Count });
export type FindingRowsAnswer = z.infer<typeof FindingRowsAnswer>;
