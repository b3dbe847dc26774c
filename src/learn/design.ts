/**
 * Takes encoded columns (see `encoded` of features.ts) and gives the terms of a linear model: numbers standardised, one
 * term per level or stretch, one for missing. A row has at most one term of each kind, so rows are kept sparse whatever the
 * number of levels.
 */
import { checkOption } from "./checks.ts";
import type { Feature } from "./features.ts";
import {
  type JsonParts,
  readList,
  readNumber,
  readNumbers,
  readParts,
  readWhole,
  unreadable,
} from "./model-json.ts";
import { startsOf, stretchOf } from "./stretches.ts";

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

/** Rows as terms: of row r and the t-th of the design's `terms` the term `place[r × each + t]` (−1: none) has that value. */
export interface TermRows {
  readonly rows: number;
  /** Entries of each row: length of the design's `terms`. */
  readonly each: number;
  readonly place: Int32Array;
  readonly value: Float64Array;
}

/** Standardised numbers are kept within this, so that sums stay finite whatever a row holds. */
const FARTHEST = 1e9;

type Unplaced = Omit<FeatureTerms, "first">;

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

const PLAIN = { center: 0, scale: 1, levels: null, missing: false, starts: null };

function placed(unplaced: readonly Unplaced[]): Design {
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

/**
 * What each term adds per row: out[row] = start + Σ value × slope of its term, for one output.
 *
 * @param slopes length width
 */
export function forward(
  rows: TermRows,
  slopes: Float64Array,
  start: number,
  out: Float64Array,
): void {
  const { each, place, value } = rows;
  for (let row = 0, k = 0; row < rows.rows; row++) {
    let sum = start;
    for (let t = 0; t < each; t++, k++) if (place[k]! >= 0) sum += slopes[place[k]!]! * value[k]!;
    out[row] = sum;
  }
}

/** out[term] += Σ over rows of value × residual; gives the sum of the residuals. */
export function backward(rows: TermRows, residuals: Float64Array, out: Float64Array): number {
  const { each, place, value } = rows;
  let all = 0;
  for (let row = 0, k = 0; row < rows.rows; row++) {
    const residual = residuals[row]!;
    all += residual;
    for (let t = 0; t < each; t++, k++) if (place[k]! >= 0) out[place[k]!]! += value[k]! * residual;
  }
  return all;
}

/** Σ over rows of weight × value² for each term, plus l2; then, of the intercept, Σ of weights. */
export function squares(
  { rows, each, place, value }: TermRows,
  width: number,
  weights: Float64Array,
  l2: number,
): Float64Array {
  const out = new Float64Array(width + 1).fill(l2, 0, width);
  for (let row = 0, k = 0; row < rows; row++) {
    const weight = weights[row]!;
    out[width]! += weight;
    for (let t = 0; t < each; t++, k++)
      if (place[k]! >= 0) out[place[k]!]! += weight * value[k]! * value[k]!;
  }
  return out;
}

/** The lower triangle of X′WX + l2, row-major, the intercept last. */
export function normalMatrix(
  { rows, each, place, value }: TermRows,
  width: number,
  weights: Float64Array,
  l2: number,
): Float64Array {
  const size = width + 1;
  const out = new Float64Array(size * size);
  for (let row = 0; row < rows; row++) {
    const start = row * each;
    const weight = weights[row]!;
    if (weight === 0) continue;
    for (let i = start; i < start + each; i++) {
      const term = place[i]!;
      if (term < 0) continue;
      const pull = weight * value[i]!;
      // Later entries of a row have later places.
      for (let j = start; j <= i; j++)
        if (place[j]! >= 0) out[term * size + place[j]!]! += pull * value[j]!;
      out[width * size + term]! += pull;
    }
    out[width * size + width]! += weight;
  }
  for (let term = 0; term < width; term++) out[term * size + term]! += l2;
  return out;
}

/** The design as JSON. */
export function designJson(design: Design) {
  const own = design.terms.filter(({ starts }) => starts === null);
  return {
    terms: own.map(({ center, scale, levels, missing }) =>
      levels === null ? { center, scale, missing } : { levels, missing },
    ),
    stretches: design.terms.flatMap(({ feature, starts }) =>
      starts === null ? [] : [{ feature, starts }],
    ),
    means: Array.from(design.means),
  };
}

/** @throws Problem `MODEL_UNREADABLE` (not what `designJson` wrote for these features) */
export function readDesign(json: unknown, features: readonly Feature[]): Design {
  const parts = readParts(json, "design");
  const own = readList(parts.terms, "terms", features.length).map((one, f) =>
    readTerms(readParts(one, `terms, ${f}`), features[f]!, f),
  );
  const further = readList(parts.stretches, "stretches").map((one, i) =>
    readStretches(readParts(one, `stretches, ${i}`), features, `stretches, ${i}`),
  );
  if (new Set(further.map(({ feature }) => feature)).size !== further.length)
    unreadable("A feature comes twice", "stretches");
  const design = placed([...own, ...further]);
  return { ...design, means: readNumbers(parts.means, "means", design.width) };
}

function readStretches(parts: JsonParts, features: readonly Feature[], where: string): Unplaced {
  const feature = readWhole(parts.feature, `${where}, feature`, 0, features.length - 1);
  const { kind } = features[feature]!;
  if (kind !== "numeric" && kind !== "time") unreadable(`A ${kind} feature has none`, where);
  const starts = Array.from(readNumbers(parts.starts, `${where}, starts`));
  if (starts.some((start, i) => i > 0 && start <= starts[i - 1]!))
    unreadable("The stretches are not in order", `${where}, starts`);
  return { ...PLAIN, feature, starts };
}

function readTerms(parts: JsonParts, feature: Feature, f: number): Unplaced {
  const where = `terms, ${f}`;
  const { missing } = parts;
  if (typeof missing !== "boolean") unreadable("It is neither true nor false", `${where}, missing`);
  if (feature.levels === null) {
    const center = readNumber(parts.center, `${where}, center`);
    const scale = readNumber(parts.scale, `${where}, scale`, 0);
    return { ...PLAIN, feature: f, center, scale, missing };
  }
  const most = feature.levels.length - 1;
  const levels = readList(parts.levels, `${where}, levels`).map((level, i) =>
    readWhole(level, `${where}, levels, ${i}`, 0, most),
  );
  if (levels.some((level, i) => i > 0 && level <= levels[i - 1]!))
    unreadable("The levels are not in order", `${where}, levels`);
  return { ...PLAIN, feature: f, levels, missing };
}
