/** Campaigns: the table, one campaign in full, segments of all of them, and views that people keep. */
import { z } from "zod";
import { Day, Estimate, pageOf, SelectionQuery, WallTime } from "./common.ts";
import { CostSplit } from "./explore.ts";
import { CAMPAIGN_MARKS, CAMPAIGN_STATES, SEGMENT_SORTS, SEGMENTATIONS } from "./names.ts";
import { Frame, Tally } from "./overview.ts";

export const CAMPAIGN_SORTS = [
  "campaign",
  "project",
  "account",
  "start",
  "state",
  "budget",
  "days",
  "last",
  "spend",
  "allIn",
  "impressions",
  "clicks",
  "ctr",
  "cpc",
  "cpm",
  "cvr",
  "leads",
  "cpl",
  "undecided",
  "judged",
  "qualified",
  "qualifiedShare",
  "meetings",
  "deals",
  "cpql",
] as const;

export const CampaignsQuery = SelectionQuery.extend({
  search: z.string().max(200).optional(),
  state: z.enum(CAMPAIGN_STATES).optional(),
  mark: z.enum(CAMPAIGN_MARKS).optional(),
  sort: z.enum(CAMPAIGN_SORTS).default("spend"),
  order: z.enum(["asc", "desc"]).default("desc"),
  cursor: z.string().optional(),
  /** Rows to pass over before the first; instead of a cursor. */
  offset: z.coerce.number().int().min(0).max(100_000_000).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** A tally with what follows from it, for one campaign or all of a list. */
export const CampaignTally = Tally.extend({
  spendAllInMinor: z.number().nullable(),
  cpcMinor: z.number().nullable(),
  /** Cost of a thousand impressions. */
  cpmMinor: z.number().nullable(),
  /** Leads by clicks; above 1 where leads come without a click. */
  cvr: z.number().nullable(),
  /** Qualified by all leads, with Wilson's 95 % interval. */
  qualifiedShare: z.number().nullable(),
  qualifiedShareLow: z.number().nullable(),
  qualifiedShareHigh: z.number().nullable(),
  /** Days with delivery in the period; of several campaigns their sum. */
  days: z.int(),
});
export type CampaignTally = z.infer<typeof CampaignTally>;

export const CampaignRow = CampaignTally.extend({
  campaignId: z.string(),
  campaignName: z.string().nullable(),
  project: z.string().nullable(),
  account: z.string(),
  dailyBudgetMinor: z.number().nullable(),
  startTime: WallTime.nullable(),
  stopTime: WallTime.nullable(),
  /** Null where the account has no ad figures, so that nobody knows. */
  state: z.enum(CAMPAIGN_STATES).nullable(),
  /** Of its whole delivery, whatever the period. */
  firstDay: Day.nullable(),
  lastDay: Day.nullable(),
});
export type CampaignRow = z.infer<typeof CampaignRow>;

export const CampaignsAnswer = pageOf(CampaignRow).extend({ frame: Frame, totals: CampaignTally });
export type CampaignsAnswer = z.infer<typeof CampaignsAnswer>;

/** One campaign is looked at over its whole life: of a selection only the basis and the day of knowledge matter. */
export const CampaignQuery = SelectionQuery.pick({ basis: true, asOf: true });

/** What peers are held against each other by. */
export const PEER_MEASURES = ["ctr", "cpl", "cpql"] as const;

export const PeerMeasure = z.object({
  measure: z.enum(PEER_MEASURES),
  /** The campaign's own figure, with what it rests on and its interval. */
  own: Estimate,
  /** All peers together, the campaign itself among them. */
  pooled: z.number().nullable(),
  /**
   * The own figure drawn towards the peers' as far as it rests on little, with its 95 % interval; null where the peers
   * have too few events to tell. A cost has no upper bound where it may be more than a hundred times as much.
   */
  shrunken: z
    .object({ value: z.number(), low: z.number(), high: z.number().nullable() })
    .nullable(),
  /** Weight of the own figure in the shrunken one, in [0, 1). */
  ownWeight: z.number().nullable(),
  /** 1 = best of `of` by shrunken figures; null where they do not differ more than chance makes them. */
  place: z.int().nullable(),
  of: z.int(),
});
export type PeerMeasure = z.infer<typeof PeerMeasure>;

/**
 * How the rate of clicks changes from day to day: a binomial trend of clicks by impressions, its variance widened where
 * days scatter more than chance.
 */
export const CtrTrend = z.object({
  /** Days with impressions that it rests on. */
  days: z.int(),
  /** Fitted odds on the last day by those on the first; below 1 they fell. */
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
  /** p raised by Holm's method for all ad sets looked at. */
  pAdjusted: z.number(),
  /** Variance of days by that of chance; 1 = no more than chance. */
  scatter: z.number(),
});
export type CtrTrend = z.infer<typeof CtrTrend>;

export const AdSet = z.object({
  id: z.string(),
  name: z.string().nullable(),
  spendMinor: z.number().nullable(),
  impressions: z.number().nullable(),
  clicks: z.number().nullable(),
  ctr: Estimate,
  /** Of days whose reach is known: impressions by people reached that day. Reach of several days is never added. */
  frequency: z
    .object({ median: z.number(), first: z.number(), last: z.number(), days: z.int() })
    .nullable(),
  /** Null with fewer than three days of impressions, or without both clicks and impressions without one. */
  trend: CtrTrend.nullable(),
  firstDay: Day,
  lastDay: Day,
  /** Parallel columns, one entry per day with a row. */
  day: z.array(Day),
  dayImpressions: z.array(z.number().nullable()),
  dayClicks: z.array(z.number().nullable()),
  dayFrequency: z.array(z.number().nullable()),
});
export type AdSet = z.infer<typeof AdSet>;

export const CampaignAnswer = z.object({
  frame: Frame,
  campaign: CampaignRow,
  cost: CostSplit,
  peers: z
    .object({
      /** Campaigns of the same project and currency, or where those are few, of the same account. */
      group: z.enum(["project", "account"]),
      name: z.string(),
      campaigns: z.int(),
      measures: z.array(PeerMeasure),
    })
    .nullable(),
  adSets: z.object({
    /** False where the tables know the campaign only as a whole. */
    known: z.boolean(),
    items: z.array(AdSet),
    /** Ad sets whose trend was looked at. */
    tested: z.int(),
  }),
});
export type CampaignAnswer = z.infer<typeof CampaignAnswer>;

export type Segmentation = (typeof SEGMENTATIONS)[number];
export const SegmentsQuery = SelectionQuery.extend({
  by: z.enum(SEGMENTATIONS).default("project"),
  sort: z.enum(SEGMENT_SORTS).default("spend"),
  order: z.enum(["asc", "desc"]).default("desc"),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const SegmentTally = z.object({
  /** Null where spend cannot be told apart so: it is known by day, not by hour. */
  spendMinor: z.number().nullable(),
  leads: z.number().nullable(),
  judged: z.number().nullable(),
  undecided: z.number().nullable(),
  qualified: z.number().nullable(),
  /** Judged by all leads. */
  judgedShare: Estimate,
  /** Qualified by judged leads. */
  conversion: Estimate,
  cplMinor: Estimate,
  cpqlMinor: Estimate,
});
export type SegmentTally = z.infer<typeof SegmentTally>;

export const Segment = SegmentTally.extend({
  /** A name, an id, the low end of a band, `1` (Monday) to `7`, or weekday and hour as `1-14`; `∅` = none. */
  key: z.string(),
  /** With delivery or leads in it; a campaign may be in several. */
  campaigns: z.int(),
  /** Ends of a band: amounts in minor units, or days; null = open, or no band. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /**
   * Whether the share of qualified among judged leads differs from that of all other segments, by Benjamini and
   * Hochberg's method over all segments tested; null = too few judged leads to test.
   */
  differs: z.enum(["higher", "lower", "no"]).nullable(),
});
export type Segment = z.infer<typeof Segment>;

export const SegmentsAnswer = z.object({
  frame: Frame,
  by: z.enum(SEGMENTATIONS),
  items: z.array(Segment),
  /** Segments beyond `limit`, as one line; null when there are none. */
  rest: SegmentTally.extend({ segments: z.int() }).nullable(),
  total: SegmentTally,
  /** Segments whose conversion was held against the others, of `segments` in all. */
  tested: z.int(),
  segments: z.int(),
});
export type SegmentsAnswer = z.infer<typeof SegmentsAnswer>;

export const SegmentPairQuery = SelectionQuery.extend({
  by: z.enum(SEGMENTATIONS),
  left: z.string().min(1).max(300),
  right: z.string().min(1).max(300),
});

/** Left minus right, or left by right, with a 95 % interval and the chance of as much under no difference. */
export const Contrast = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number().nullable(),
  p: z.number(),
});
export type Contrast = z.infer<typeof Contrast>;

export const SegmentPairAnswer = z.object({
  frame: Frame,
  by: z.enum(SEGMENTATIONS),
  left: Segment,
  right: Segment,
  /** Differences of shares: z test, Newcombe's interval. Null where a side has nothing to take a share of. */
  judgedShare: Contrast.nullable(),
  conversion: Contrast.nullable(),
  /** Left by right: exact test of counts given both, on the spend of each. */
  cpl: Contrast.nullable(),
  cpql: Contrast.nullable(),
  /** Pairs that could have been chosen: one of many that looks striking may be so by chance. */
  pairs: z.int(),
});
export type SegmentPairAnswer = z.infer<typeof SegmentPairAnswer>;

const ViewName = z.string().trim().min(1).max(80);
/** Path and parameters of a page of the house. */
const ViewAddress = z
  .string()
  .regex(/^\/(?!\/)[^\s\\]*$/)
  .max(4000);

export const ViewRequest = z.object({
  name: ViewName,
  address: ViewAddress,
  /** For everybody who may see all accounts that it shows. */
  shared: z.boolean().default(false),
});
export type ViewRequest = z.infer<typeof ViewRequest>;

export const SavedView = z.object({
  id: z.string(),
  name: z.string(),
  address: z.string(),
  shared: z.boolean(),
  /** Id of who saved it. */
  by: z.string(),
  mine: z.boolean(),
  savedAt: z.string(),
});
export type SavedView = z.infer<typeof SavedView>;
export const ViewsAnswer = z.object({ items: z.array(SavedView) });
export type ViewsAnswer = z.infer<typeof ViewsAnswer>;
