/**
 * Takes encoded columns (see `encoded` of features.ts) and gives the terms of a linear model: numbers standardised, one
 * term per level or stretch, one for missing. A row has at most one term of each kind, so rows are kept sparse whatever the
 * number of levels.
 */
import { checkOption } from "./checks.ts";
import type { Feature } from "./features.ts";
import { startsOf, stretchOf } from "./stretches.ts";
import type { TermRows } from "./term-rows.ts";

/** Terms of one feature, of which a row has at most one. */
export interface FeatureTerms {
  /** Its place. */
  readonly feature: number;
  /** Numbers, times and truth values: z = (x − center) / scale. A column without variation has no term: scale 0. */
  readonly center: number;
  readonly scale: number;
  /** First place among the terms; the order is: the number's, or one per level seen; then that of missing. */
  readonly first: number;
  /** Of a categorical feature the levels that have a term, ascending codes; else null. */
  readonly levels: readonly number[] | null;
  /** Whether missing has a term: it had some, but not all, training rows. */
  readonly missing: boolean;
  /** A term for each stretch of a number instead of the above: where all but the first begin. Else null. */
  readonly starts: readonly number[] | null;
}

export interface Design {
  /** One for each feature, in their order; then those of stretches. */
  readonly terms: readonly FeatureTerms[];
  /** Number of terms in all. */
  readonly width: number;
  /** Length width: the mean of each term over the training rows. */
  readonly means: Float64Array;
}

/** Standardised numbers are kept within this, so that sums stay finite whatever a row holds. */
const FARTHEST = 1e9;

export type Unplaced = Omit<FeatureTerms, "first">;

const termsOf = ({ scale, levels, missing, starts }: Unplaced): number =>
  starts !== null
    ? starts.length + 1
    : (levels === null ? (scale > 0 ? 1 : 0) : levels.length) + (missing ? 1 : 0);

/**
 * The terms of columns. Rows of weight 0 do not count. A level has a term if it was seen; a level not seen, and missing
 * where nothing was missing, leave the feature without a term.
 *
 * @param stretches numbers and times have in addition a term for each of so many stretches of about equal count, so
 * that what they say need not be a straight line; 0 = none
 */
export function designOf(
  features: readonly Feature[],
  columns: readonly Float64Array[],
  weights: Float64Array | null,
  stretches = 0,
): Design {
  const own = features.map((feature, f): Unplaced => {
    const column = columns[f]!;
    const { present, missing } = presence(column, weights);
    const mixed = present && missing;
    if (feature.kind === "categorical")
      return { ...PLAIN, feature: f, levels: levelsSeen(column, weights), missing };
    const measure =
      feature.kind === "boolean"
        ? { center: 0, scale: varies(column, weights) ? 1 : 0 }
        : standard(column, weights);
    return { ...PLAIN, feature: f, ...measure, missing: mixed };
  });
  const further = features.flatMap(({ kind }, f): Unplaced[] => {
    if (stretches === 0 || (kind !== "numeric" && kind !== "time")) return [];
    const starts = startsOf(columns[f]!, weights, stretches);
    return starts.length === 0 ? [] : [{ ...PLAIN, feature: f, starts }];
  });
  const bare = placed([...own, ...further]);
  return { ...bare, means: meansOf(termRows(bare, columns), bare.width, weights) };
}

/** Terms of which nothing is told yet. */
export const PLAIN = { center: 0, scale: 1, levels: null, missing: false, starts: null };

/** The terms one after another. */
export function placed(unplaced: readonly Unplaced[]): Design {
  let width = 0;
  const terms = unplaced.map((own) => {
    const first = width;
    width += termsOf(own);
    return { ...own, first };
  });
  return { terms, width, means: new Float64Array(width) };
}

/** @throws Problem `LEARN_OPTION` */
export function checkStretches(stretches: number): void {
  const fine = Number.isInteger(stretches) && stretches !== 1 && stretches >= 0 && stretches <= 100;
  checkOption(fine, "stretches", stretches, "0, or a whole number from 2 to 100");
}

function presence(column: Float64Array, weights: Float64Array | null) {
  let present = false;
  let missing = false;
  for (let row = 0; row < column.length; row++) {
    if (weights !== null && weights[row] === 0) continue;
    if (Number.isNaN(column[row])) missing = true;
    else present = true;
  }
  return { present, missing };
}

function varies(column: Float64Array, weights: Float64Array | null): boolean {
  const { least, most } = rangeOf(column, weights);
  return least < most;
}

function rangeOf(column: Float64Array, weights: Float64Array | null) {
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < column.length; row++) {
    if (weights !== null && weights[row] === 0) continue;
    const x = column[row]!;
    if (x < least) least = x;
    if (x > most) most = x;
  }
  return { least, most };
}

/** Mean and standard deviation of the numbers that are there; scale 0 where they are all the same. */
function standard(column: Float64Array, weights: Float64Array | null) {
  const { least, most } = rangeOf(column, weights);
  const none = { center: 0, scale: 0 };
  if (!(least < most)) return none;
  // Divided by the farthest number, lest squares overflow.
  const unit = Math.max(Math.abs(least), Math.abs(most));
  const mean = meanOf(column, weights, (x) => x / unit);
  const variance = meanOf(column, weights, (x) => (x / unit - mean) * (x / unit - mean));
  const scale = Math.sqrt(variance) * unit;
  const center = mean * unit;
  return scale > 0 && scale < Infinity ? { center, scale } : none;
}

function meanOf(
  column: Float64Array,
  weights: Float64Array | null,
  of: (x: number) => number,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < column.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    const x = column[row]!;
    if (weight === 0 || Number.isNaN(x)) continue;
    sum += weight * of(x);
    total += weight;
  }
  return sum / total;
}

function levelsSeen(column: Float64Array, weights: Float64Array | null): number[] {
  const seen = new Set<number>();
  for (let row = 0; row < column.length; row++) {
    if (weights !== null && weights[row] === 0) continue;
    if (!Number.isNaN(column[row])) seen.add(column[row]!);
  }
  return [...seen].sort((one, other) => one - other);
}

function meansOf(
  { rows, each, place, value }: TermRows,
  width: number,
  weights: Float64Array | null,
): Float64Array {
  const sums = new Float64Array(width);
  let total = 0;
  for (let row = 0, k = 0; row < rows; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    for (let t = 0; t < each; t++, k++) if (place[k]! >= 0) sums[place[k]!]! += weight * value[k]!;
  }
  return sums.map((sum) => sum / total);
}

/** The terms of each row. @param columns encoded, in the order of the design's features */
export function termRows(design: Design, columns: readonly Float64Array[]): TermRows {
  const each = design.terms.length;
  const rows = columns[0]?.length ?? 0;
  const place = new Int32Array(rows * each);
  const value = new Float64Array(rows * each).fill(1);
  design.terms.forEach(({ feature, center, scale, first, levels, missing, starts }, t) => {
    const column = columns[feature]!;
    const ofLevel = new Map(levels?.map((level, i) => [level, first + i]));
    const ofMissing = missing
      ? first + (levels === null ? (scale > 0 ? 1 : 0) : levels.length)
      : -1;
    for (let row = 0, k = t; row < rows; row++, k += each) {
      const x = column[row]!;
      if (Number.isNaN(x)) place[k] = ofMissing;
      else if (starts !== null) place[k] = first + stretchOf(starts, x);
      else if (levels !== null) place[k] = ofLevel.get(x) ?? -1;
      else {
        place[k] = scale > 0 ? first : -1;
        const z = (x - center) / scale;
        value[k] = Math.max(-FARTHEST, Math.min(FARTHEST, z));
      }
    }
  });
  return { rows, each, place, value };
}
