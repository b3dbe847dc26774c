/** A column of numbers: moments, exact quantiles, Tukey's fences and a histogram that one wild value cannot flatten. */
import type { ColumnProfile } from "../../contract/explore.ts";
import type { Session } from "../../warehouse/warehouse.ts";
import { VALUES } from "./values.ts";

export type NumberProfile = NonNullable<ColumnProfile["numbers"]>;

const SHARES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;
const MOST_BARS = 24;

interface Facts {
  total: number | null;
  min: number;
  max: number;
  mean: number;
  zeros: number;
  negatives: number;
  /** Sums of squared and cubed distances from the mean. */
  square: number;
  cube: number;
  lower: number[];
  upper: number[];
}

/** The k-th smallest of `share · (total − 1)`, from below and from above: what lies between is interpolated. */
const orderStatistics = (rounding: "floor" | "ceil") =>
  SHARES.map((share) => `min(v) FILTER (upto > ${rounding}(${share} * (total - 1)))`).join(", ");

/**
 * Edges of at most 24 bars over the bulk of the values, between Tukey's outer fences; the first and last bar take what
 * lies beyond. Few whole numbers get a bar each.
 */
export function histogramEdges(
  { min, max, quantiles }: Pick<NumberProfile, "min" | "max" | "quantiles">,
  whole: boolean,
): number[] {
  if (min === max) return [min, max];
  const [p1 = min, , q25 = min, , q75 = max, , p99 = max] = quantiles;
  const range = q75 - q25;
  let low = range > 0 ? Math.max(min, q25 - 3 * range) : Math.max(min, p1);
  let high = range > 0 ? Math.min(max, q75 + 3 * range) : Math.min(max, p99);
  if (low >= high) [low, high] = [min, max];
  if (whole) [low, high] = [Math.floor(low) - 0.5, Math.ceil(high) + 0.5];
  const width = whole ? Math.ceil((high - low) / MOST_BARS) : (high - low) / MOST_BARS;
  const bars = Math.max(1, Math.ceil((high - low) / width - 1e-9));
  const edges = Array.from({ length: bars + 1 }, (_, i) => low + i * width);
  edges[0] = Math.min(min, low);
  edges[bars] = Math.max(max, edges[bars] ?? high);
  return edges;
}

/**
 * The numbers of `profile_values`, put in order into a temporary table `(v, n, upto)`.
 *
 * Quantiles interpolate between neighbours (R's type 7, as pandas does). Deviation and skew are those of the sample
 * (n − 1; Fisher–Pearson, adjusted); null below two, three values or where all are the same.
 *
 * @param value SQL over `v` for the number
 * @param ordered name of the table to make
 * @param thinned where `profile_values` holds only some values: what to ask directly, for quantiles that are "about"
 * @returns null where there is no number
 */
export async function numbersOf(
  session: Session,
  value: string,
  whole: boolean,
  ordered: string,
  thinned: { readonly from: string; readonly value: string } | null,
): Promise<NumberProfile | null> {
  const summed = `sum(n)::BIGINT AS total, min(v) AS min, max(v) AS max, sum(v * n) / sum(n) AS mean,
    coalesce(sum(n) FILTER (v = 0), 0)::BIGINT AS zeros, coalesce(sum(n) FILTER (v < 0), 0)::BIGINT AS negatives`;
  const moments = "sum(n * (v - mean) ** 2) AS square, sum(n * (v - mean) ** 3) AS cube";
  let source: string;
  let asked: string;
  if (thinned === null) {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE ${ordered} AS
       SELECT v, n, sum(n) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS upto
       FROM (SELECT CAST(${value} AS DOUBLE) AS v, n FROM ${VALUES} WHERE v IS NOT NULL)`,
    );
    source = ordered;
    asked = `[${orderStatistics("floor")}] AS lower, [${orderStatistics("ceil")}] AS upper
      FROM ${ordered}, (SELECT ${summed} FROM ${ordered}) AS facts`;
  } else {
    source = `(SELECT CAST(value AS DOUBLE) AS v, 1 AS n FROM (SELECT ${thinned.value} AS value FROM ${thinned.from}) WHERE value IS NOT NULL)`;
    asked = `any_value(about) AS lower, any_value(about) AS upper
      FROM ${source} AS each, (SELECT ${summed}, approx_quantile(v, [${SHARES.join(", ")}]) AS about FROM ${source}) AS facts`;
  }
  const facts = await session.first<Facts>(
    `SELECT any_value(total) AS total, any_value(min) AS min, any_value(max) AS max, any_value(mean) AS mean,
            any_value(zeros) AS zeros, any_value(negatives) AS negatives, ${moments}, ${asked}`,
  );
  if (facts === null || facts.total === null) return null;
  const { total, min, max, mean, zeros, negatives, square, cube } = facts;
  const quantiles = SHARES.map((share, i) => {
    const below = facts.lower[i] ?? min;
    const above = facts.upper[i] ?? max;
    const at = share * (total - 1);
    return below + (above - below) * (at - Math.floor(at));
  });
  const skew =
    max > min && total > 2
      ? ((Math.sqrt(total * (total - 1)) / (total - 2)) * (cube / total)) / (square / total) ** 1.5
      : null;
  const edges = histogramEdges({ min, max, quantiles }, whole);
  const range = (quantiles[4] ?? max) - (quantiles[2] ?? min);
  const fences = [(quantiles[2] ?? min) - 3 * range, (quantiles[4] ?? max) + 3 * range];
  const bars = await session.all<{ bar: number; n: number; outliers: number }>(
    `SELECT ${barSql(edges)} AS bar, sum(n)::BIGINT AS n,
            coalesce(sum(n) FILTER (v < ${fences[0]} OR v > ${fences[1]}), 0)::BIGINT AS outliers
     FROM ${source} GROUP BY bar`,
  );
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const { bar, n } of bars) counts[bar] = n;
  return {
    min,
    max,
    mean,
    deviation: total > 1 ? finite(Math.sqrt(square / (total - 1))) : null,
    skew: skew === null ? null : finite(skew),
    quantiles,
    exact: thinned === null,
    zeros,
    negatives,
    // Where half of all values are one value the fences fall together, and everything else would lie outside.
    outliers: range > 0 ? bars.reduce((sum, { outliers }) => sum + outliers, 0) : 0,
    histogram: { edges, counts },
  };
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);

/** Which bar a value falls in; bars between the first and last inner edge are of one width. */
function barSql(edges: readonly number[]): string {
  const bars = edges.length - 1;
  if (bars < 2) return "0";
  const first = edges[1] as number;
  const last = edges[bars - 1] as number;
  if (bars === 2) return `CASE WHEN v < ${first} THEN 0 ELSE 1 END`;
  const width = (last - first) / (bars - 2);
  return `CASE WHEN v < ${first} THEN 0 WHEN v >= ${last} THEN ${bars - 1}
    ELSE least(${bars - 2}, 1 + floor((v - ${first}) / ${width})::INTEGER) END`;
}
