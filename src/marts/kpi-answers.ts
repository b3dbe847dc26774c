/** KPI cards: from the measures of two periods to values with sample, interval, change and reason when missing. */
import type { KpiAnswer } from "../contract/overview.ts";
import { KPIS, type Kpi, kpiCoverage, MEASURES, type Measures, PARTS } from "../domain/kpis.ts";
import { costInterval, wilsonInterval } from "../stats/intervals.ts";

/** One row of sql/kpis.sql: measures and ratios in snake case. */
export type KpiRow = Readonly<Record<string, number | null>>;

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The measures in a row of sql/kpis.sql. */
export function measuresOf(row: KpiRow): Measures {
  const entries = [...MEASURES, ...PARTS].map((name) => [name, row[snake(name)] ?? null]);
  return Object.fromEntries(entries) as Measures;
}

/** A KPI's value as SQL computed it. */
export function valueIn(kpi: Kpi, row: KpiRow): number | null {
  return row[snake(kpi.kind === "sum" ? kpi.measure : kpi.id)] ?? null;
}

/** Money, and ratios with money on one side only in part comparable, are void when currencies mix. */
export function isMoney(kpi: Kpi): boolean {
  return kpi.unit === "money" || (kpi.kind === "ratio" && kpi.over.endsWith("Minor"));
}

function sampleAndInterval(kpi: Kpi, measures: Measures): Pick<KpiAnswer, "n" | "low" | "high"> {
  const none = { n: null, low: null, high: null };
  if (kpi.kind === "sum") return none;
  const over = measures[kpi.overPart];
  const under = measures[kpi.underPart];
  if (under === null) return none;
  const interval =
    over === null || kpi.unit === "ratio"
      ? null
      : kpi.unit === "rate"
        ? wilsonInterval(over, under)
        : costOver(over * kpi.scale, under);
  return {
    n: kpi.unit === "ratio" ? null : under,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

/** Nothing spent says nothing about a cost. */
function costOver(spend: number, count: number): { low: number; high: number | null } | null {
  return spend > 0 ? costInterval(spend, count) : null;
}

function missingReason(kpi: Kpi, measures: Measures, mixed: boolean): KpiAnswer["missing"] {
  if (mixed && isMoney(kpi)) return "mixed_currency";
  if (kpi.kind === "sum") return measures[kpi.measure] === null ? "not_recorded" : null;
  const [over, under] = [measures[kpi.overPart], measures[kpi.underPart]];
  if (over === null || under === null) return "not_recorded";
  if (under !== 0) return null;
  // Nothing is left to divide by because no row knows both sides, or because there is nothing.
  return measures[kpi.under] === 0 ? "no_denominator" : "not_recorded";
}

/** Shares of money say nothing where it is of several currencies. */
function coverageOf(kpi: Kpi, measures: Measures, mixed: boolean): KpiAnswer["coverage"] {
  return kpiCoverage(kpi, measures).filter(({ of }) => !(mixed && of.endsWith("Minor")));
}

/**
 * The cards of every KPI in the order of `KPIS`.
 *
 * Rates carry Wilson's interval over their denominator; costs Garwood's over the count that the money bought (its
 * value null and its low bound spend / 3.69 where nothing was bought); sums none.
 *
 * @param previous null where there is no period to compare with
 * @param raw the same period on the raw basis
 */
export function kpiAnswers(
  current: KpiRow,
  previous: KpiRow | null,
  raw: KpiRow,
  mixedCurrency: boolean,
): KpiAnswer[] {
  const measures = measuresOf(current);
  return KPIS.map((kpi: Kpi) => {
    const voided = mixedCurrency && isMoney(kpi);
    const value = voided ? null : valueIn(kpi, current);
    const before = voided || previous === null ? null : valueIn(kpi, previous);
    const sample = voided ? { n: null, low: null, high: null } : sampleAndInterval(kpi, measures);
    return {
      id: kpi.id,
      unit: kpi.unit,
      direction: kpi.direction,
      value,
      ...sample,
      raw: voided ? null : valueIn(kpi, raw),
      previous: before,
      change: value === null || before === null || before === 0 ? null : value / before - 1,
      missing: missingReason(kpi, measures, mixedCurrency),
      parts:
        voided || kpi.kind === "sum"
          ? null
          : { over: measures[kpi.overPart], under: measures[kpi.underPart] },
      coverage: value === null ? [] : coverageOf(kpi, measures, mixedCurrency),
    };
  });
}
