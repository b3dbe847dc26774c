/**
 * The one list of KPIs: what each counts, in which unit, which way is good.
 *
 * Additive measures are computed in SQL over the marts; ratios are ratios of those sums, here and in SQL alike
 * (a test makes both agree). Undefined is null, never 0.
 */

/** Sums that may be added over any partition of campaigns and days. */
export const MEASURES = [
  "spendMinor",
  "spendAllInMinor",
  "impressions",
  "clicks",
  "reach",
  "leads",
  "judged",
  "undecided",
  "qualified",
  "meetings",
  "deals",
  "qualifiedWithinHorizon",
  "qualifiedEverLogged",
  "logged",
  "revenueMinor",
] as const;

export type Measure = (typeof MEASURES)[number];

/**
 * Sides of a ratio: a measure summed over those rows (or accounts) alone that know the other side too, so that the
 * clicks of a file without impressions are not divided by the impressions of another, nor spend by the leads of
 * another account. Sums as well, over any partition.
 */
export const PARTS = [
  "clicksWithImpressions",
  "impressionsWithClicks",
  "spendMinorWithClicks",
  "clicksWithSpend",
  "spendMinorWithImpressions",
  "impressionsWithSpend",
  "spendMinorWithBoth",
  // The rest are of accounts: of whose leads (stages, log, deals, spend) a table speaks at all.
  "spendMinorWithLeads",
  "spendAllInMinorWithLeads",
  "leadsWithSpend",
  "spendMinorWithStages",
  "spendAllInMinorWithStages",
  "leadsWithStages",
  "qualifiedWithSpend",
  "spendMinorWithLog",
  "revenueMinorWithSpend",
] as const;

export type Part = (typeof PARTS)[number];

/** A sum, or null where the data cannot know it (no deals table: revenue is unknown, not zero). */
export type Measures = Readonly<Record<Measure | Part, number | null>>;

export type KpiUnit = "money" | "count" | "rate" | "ratio";

/** `up`: more is better; `down`: less is better; `neutral`: neither by itself. */
export type KpiDirection = "up" | "down" | "neutral";

interface AdditiveKpi {
  readonly kind: "sum";
  readonly measure: Measure;
}

interface RatioKpi {
  readonly kind: "ratio";
  /** What is divided by what, in words of the field. */
  readonly over: Measure;
  readonly under: Measure;
  /** The same two, over the rows that know both. */
  readonly overPart: Measure | Part;
  readonly underPart: Measure | Part;
  /** The quotient is multiplied by this (CPM: 1000). */
  readonly scale: number;
}

/** How much of a whole a KPI rests on. */
interface Cover {
  readonly part: Measure | Part;
  readonly whole: Measure;
}

export type Kpi = (AdditiveKpi | RatioKpi) & {
  readonly id: string;
  readonly unit: KpiUnit;
  readonly direction: KpiDirection;
  /** What tells how far the KPI reaches where the data know only part; empty where it always reaches all. */
  readonly covers: readonly Cover[];
};

/** The share of a whole that a KPI rests on, below 1. */
export interface Coverage {
  readonly of: Measure;
  readonly share: number;
}

const sum = (
  id: string,
  unit: KpiUnit,
  direction: KpiDirection,
  measure: Measure,
  ...covers: Cover[]
): Kpi => ({ id, unit, direction, kind: "sum", measure, covers });

const ratio = (
  id: string,
  unit: KpiUnit,
  direction: KpiDirection,
  over: Measure,
  under: Measure,
  parts: {
    readonly over?: Part;
    readonly under?: Part;
    readonly covers?: readonly Cover[];
    readonly scale?: number;
  } = {},
): Kpi => ({
  id,
  unit,
  direction,
  kind: "ratio",
  over,
  under,
  overPart: parts.over ?? over,
  underPart: parts.under ?? under,
  scale: parts.scale ?? 1,
  covers: parts.covers ?? [],
});

const ofSpend = (part: Part): Cover => ({ part, whole: "spendMinor" });
const ofLeads = (part: Part): Cover => ({ part, whole: "leads" });

/** The two sides of a cost per lead, and per qualified lead. */
const PER_LEAD = {
  under: "leadsWithSpend",
  covers: [ofSpend("spendMinorWithLeads"), ofLeads("leadsWithSpend")],
} as const;
const PER_QUALIFIED = {
  under: "qualifiedWithSpend",
  covers: [ofSpend("spendMinorWithStages"), { part: "qualifiedWithSpend", whole: "qualified" }],
} as const;

/** In the order in which cards are laid out. Money ratios are in minor units per unit of the denominator. */
export const KPIS = [
  sum("spend", "money", "neutral", "spendMinor"),
  sum("spendAllIn", "money", "neutral", "spendAllInMinor"),
  sum("impressions", "count", "neutral", "impressions", ofSpend("spendMinorWithImpressions")),
  sum("clicks", "count", "up", "clicks", ofSpend("spendMinorWithClicks")),
  // Daily reach of ad sets added up: the same person counts once per ad set and day.
  sum("reach", "count", "neutral", "reach"),
  sum("leads", "count", "up", "leads", ofSpend("spendMinorWithLeads")),
  sum("qualified", "count", "up", "qualified", ofSpend("spendMinorWithStages")),
  sum("meetings", "count", "up", "meetings", ofSpend("spendMinorWithStages")),
  sum("deals", "count", "up", "deals", ofSpend("spendMinorWithStages")),
  sum(
    "qualifiedWithinHorizon",
    "count",
    "up",
    "qualifiedWithinHorizon",
    ofSpend("spendMinorWithLog"),
  ),
  sum("qualifiedEverLogged", "count", "up", "qualifiedEverLogged", ofSpend("spendMinorWithLog")),
  sum("revenue", "money", "up", "revenueMinor"),
  ratio("ctr", "rate", "up", "clicks", "impressions", {
    over: "clicksWithImpressions",
    under: "impressionsWithClicks",
    covers: [ofSpend("spendMinorWithBoth")],
  }),
  ratio("cpc", "money", "down", "spendMinor", "clicks", {
    over: "spendMinorWithClicks",
    under: "clicksWithSpend",
    covers: [ofSpend("spendMinorWithClicks")],
  }),
  ratio("cpm", "money", "down", "spendMinor", "impressions", {
    over: "spendMinorWithImpressions",
    under: "impressionsWithSpend",
    covers: [ofSpend("spendMinorWithImpressions")],
    scale: 1000,
  }),
  ratio("cpl", "money", "down", "spendMinor", "leads", {
    over: "spendMinorWithLeads",
    ...PER_LEAD,
  }),
  ratio("cpql", "money", "down", "spendMinor", "qualified", {
    over: "spendMinorWithStages",
    ...PER_QUALIFIED,
  }),
  ratio("cplAllIn", "money", "down", "spendAllInMinor", "leads", {
    over: "spendAllInMinorWithLeads",
    ...PER_LEAD,
  }),
  ratio("cpqlAllIn", "money", "down", "spendAllInMinor", "qualified", {
    over: "spendAllInMinorWithStages",
    ...PER_QUALIFIED,
  }),
  ratio("conversionRate", "rate", "up", "qualified", "judged", {
    covers: [ofLeads("leadsWithStages")],
  }),
  ratio("qualifiedShare", "rate", "up", "qualified", "leads", {
    under: "leadsWithStages",
    covers: [ofLeads("leadsWithStages")],
  }),
  ratio("undecidedShare", "rate", "down", "undecided", "leads"),
  ratio("roas", "ratio", "up", "revenueMinor", "spendMinor", {
    over: "revenueMinorWithSpend",
    covers: [{ part: "revenueMinorWithSpend", whole: "revenueMinor" }],
  }),
] as const satisfies readonly Kpi[];

/** The value of a KPI from its measures; null where a part is unknown or the denominator is 0. */
export function kpiValue(kpi: Kpi, measures: Measures): number | null {
  if (kpi.kind === "sum") return measures[kpi.measure];
  const over = measures[kpi.overPart];
  const under = measures[kpi.underPart];
  if (over === null || under === null || under === 0) return null;
  return (over * kpi.scale) / under;
}

/** Of which wholes a KPI covers only a share, and which; a whole that is unknown or 0 says nothing. */
export function kpiCoverage(kpi: Kpi, measures: Measures): Coverage[] {
  return kpi.covers.flatMap(({ part, whole }) => {
    const all = measures[whole];
    const share = all === null || all === 0 ? 1 : (measures[part] ?? 0) / all;
    return share < 1 ? [{ of: whole, share }] : [];
  });
}
