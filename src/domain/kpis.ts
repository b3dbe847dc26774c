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

/** A sum, or null where the data cannot know it (no deals table: revenue is unknown, not zero). */
export type Measures = Readonly<Record<Measure, number | null>>;

export type KpiUnit = "money" | "count" | "rate" | "ratio";

/** `up`: more is better; `down`: less is better; `neutral`: neither by itself. */
export type KpiDirection = "up" | "down" | "neutral";

interface AdditiveKpi {
  readonly kind: "sum";
  readonly measure: Measure;
}

interface RatioKpi {
  readonly kind: "ratio";
  readonly over: Measure;
  readonly under: Measure;
  /** The quotient is multiplied by this (CPM: 1000). */
  readonly scale: number;
}

export type Kpi = (AdditiveKpi | RatioKpi) & {
  readonly id: string;
  readonly unit: KpiUnit;
  readonly direction: KpiDirection;
};

const sum = (id: string, unit: KpiUnit, direction: KpiDirection, measure: Measure): Kpi => ({
  id,
  unit,
  direction,
  kind: "sum",
  measure,
});

const ratio = (
  id: string,
  unit: KpiUnit,
  direction: KpiDirection,
  over: Measure,
  under: Measure,
  scale = 1,
): Kpi => ({ id, unit, direction, kind: "ratio", over, under, scale });

/** In the order in which cards are laid out. Money ratios are in minor units per unit of the denominator. */
export const KPIS = [
  sum("spend", "money", "neutral", "spendMinor"),
  sum("spendAllIn", "money", "neutral", "spendAllInMinor"),
  sum("impressions", "count", "neutral", "impressions"),
  sum("clicks", "count", "up", "clicks"),
  // Daily reach of ad sets added up: the same person counts once per ad set and day.
  sum("reach", "count", "neutral", "reach"),
  sum("leads", "count", "up", "leads"),
  sum("qualified", "count", "up", "qualified"),
  sum("meetings", "count", "up", "meetings"),
  sum("deals", "count", "up", "deals"),
  sum("qualifiedWithinHorizon", "count", "up", "qualifiedWithinHorizon"),
  sum("qualifiedEverLogged", "count", "up", "qualifiedEverLogged"),
  sum("revenue", "money", "up", "revenueMinor"),
  ratio("ctr", "rate", "up", "clicks", "impressions"),
  ratio("cpc", "money", "down", "spendMinor", "clicks"),
  ratio("cpm", "money", "down", "spendMinor", "impressions", 1000),
  ratio("cpl", "money", "down", "spendMinor", "leads"),
  ratio("cpql", "money", "down", "spendMinor", "qualified"),
  ratio("cplAllIn", "money", "down", "spendAllInMinor", "leads"),
  ratio("cpqlAllIn", "money", "down", "spendAllInMinor", "qualified"),
  ratio("conversionRate", "rate", "up", "qualified", "judged"),
  ratio("qualifiedShare", "rate", "up", "qualified", "leads"),
  ratio("undecidedShare", "rate", "down", "undecided", "leads"),
  ratio("roas", "ratio", "up", "revenueMinor", "spendMinor"),
] as const satisfies readonly Kpi[];

/** The value of a KPI from its measures; null where a part is unknown or the denominator is 0. */
export function kpiValue(kpi: Kpi, measures: Measures): number | null {
  if (kpi.kind === "sum") return measures[kpi.measure];
  const over = measures[kpi.over];
  const under = measures[kpi.under];
  if (over === null || under === null || under === 0) return null;
  return (over * kpi.scale) / under;
}
