/**
 * Takes encoded columns (see `encoded` of features.ts) and gives each value a bin of 0 … 254, by which trees are grown:
 * numbers by quantiles of their count, levels one each, missing in a bin of its own behind the others.
 */
import type { Feature } from "./features.ts";
import { cutsBelow, HIGH_WORD, type Ladder, ladderOf } from "./ladder.ts";
import { sortNumbers } from "./sort-numbers.ts";
import { cutsBelowOn, type Stairs, stairsOf } from "./stairs.ts";

/** How one feature's values fall into bins. */
export interface FeatureBins {
  /**
   * Numeric: increasing cuts; bin b holds cuts[b − 1] < x ≤ cuts[b]. A cut lies midway between two neighbouring
   * values seen, so a split of bins is a split of numbers. Categorical: null.
   */
  readonly cuts: Float64Array | null;
  /** Categorical: the bin of each level; `bins` (that of missing) for a rare level beyond the room. Numeric: null. */
  readonly binOfLevel: Uint8Array | null;
  /** Bins without that of missing, 0 … 255 (0: nothing but missing). */
  readonly bins: number;
}

/** Most bins a feature can have; with the one for missing they fill a byte. */
export const MAX_BINS = 255;

/** Rows looked at for quantiles; of longer columns an even, fixed sample. Few distinct values are found in all rows. */
const SAMPLE_ROWS = 100_000;

/** Rows binned at once, so that what is written stays in the cache from column to column. */
const BLOCK_ROWS = 2048;

/**
 * Chooses the bins of each column.
 *
 * A column of at most `maxBins` distinct numbers gets one bin for each; another one bins of about equal count, with a
 * bin of its own for a number that fills one (as LightGBM does). A categorical column gets a bin for each level seen,
 * in the order of the levels; when there are more than `maxBins`, its most frequent ones (ties: the first) have bins and
 * the others are treated like missing. A level never seen is treated like missing.
 *
 * @param columns of equal length, in the order of the features
 * @param maxBins 2 … 255
 */
export function chooseBins(
  features: readonly Feature[],
  columns: readonly Float64Array[],
  maxBins: number = MAX_BINS,
): FeatureBins[] {
  const room = roomFor(columns[0]?.length ?? 0);
  return features.map((feature, f) =>
    feature.levels === null
      ? numericBins(columns[f]!, maxBins, room)
      : levelBins(columns[f]!, feature.levels.length, maxBins),
  );
}

/** Room for the sample of one column, its distinct values and their counts, used from column to column. */
type Room = Readonly<Record<"sample" | "values" | "counts", Float64Array>>;

function roomFor(rows: number): Room {
  const numbers = () => new Float64Array(Math.min(rows, SAMPLE_ROWS));
  return { sample: numbers(), values: numbers(), counts: numbers() };
}

/**
 * Writes the bin of each row and feature to place row × `rowStep` + feature × `featureStep`.
 * A level that the bins do not know and NaN fall into the bin of missing.
 */
export function binRows(
  columns: readonly Float64Array[],
  bins: readonly FeatureBins[],
  out: Uint8Array,
  rowStep: number,
  featureStep: number,
): void {
  const rows = columns[0]?.length ?? 0;
  const block = rowStep === 1 ? rows : BLOCK_ROWS;
  const writers = bins.map((of, f) => binWriter(columns[f]!, of));
  for (let start = 0; start < rows; start += block) {
    const end = Math.min(rows, start + block);
    writers.forEach((write, f) => {
      write(start, end, out, start * rowStep + f * featureStep, rowStep);
    });
  }
}

/**
 * The words of a categorical split as `Trees.categoryWords` wants them, (levels + 31) >>> 5 of 32 levels each.
 *
 * @param goesLeft per bin 1 = left; that of missing, at place `bins`, also says where levels without a bin go
 */
export function categoryWords(bins: FeatureBins, goesLeft: ArrayLike<number>): Uint32Array {
  const binOfLevel = bins.binOfLevel ?? new Uint8Array(0);
  const words = new Uint32Array((binOfLevel.length + 31) >>> 5);
  for (let level = 0; level < binOfLevel.length; level++) {
    if (goesLeft[binOfLevel[level]!]) words[level >>> 5]! |= 1 << (level & 31);
  }
  return words;
}

/** Writes the bins of rows `start` … `end` − 1, the first to place `at`. */
type BinWriter = (start: number, end: number, out: Uint8Array, at: number, step: number) => void;

function binWriter(
  column: Float64Array,
  { cuts, binOfLevel, bins: missing }: FeatureBins,
): BinWriter {
  if (cuts === null) return levelWriter(column, binOfLevel ?? new Uint8Array(0), missing);
  const stairs = stairsOf(cuts);
  return stairs === null
    ? ladderWriter(column, ladderOf(cuts), missing)
    : stairsWriter(column, stairs, missing);
}

function levelWriter(column: Float64Array, binOfLevel: Uint8Array, missing: number): BinWriter {
  return (start, end, out, at, step) => {
    for (let i = start, k = at; i < end; i++, k += step) {
      const level = column[i]!;
      out[k] = level >= 0 && level < binOfLevel.length ? binOfLevel[level]! : missing;
    }
  };
}

function stairsWriter(column: Float64Array, stairs: Stairs, missing: number): BinWriter {
  return (start, end, out, at, step) => {
    for (let i = start, k = at; i < end; i++, k += step) {
      const x = column[i]!;
      const bin = cutsBelowOn(stairs, x);
      out[k] = Number.isNaN(x) ? missing : bin;
    }
  };
}

function ladderWriter(column: Float64Array, ladder: Ladder, missing: number): BinWriter {
  const words = new Int32Array(column.buffer, column.byteOffset, column.length * 2);
  return (start, end, out, at, step) => {
    for (let i = start, k = at; i < end; i++, k += step) {
      const x = column[i]!;
      const bin = cutsBelow(ladder, x, words[2 * i + HIGH_WORD]!);
      out[k] = Number.isNaN(x) ? missing : bin;
    }
  };
}

function levelBins(column: Float64Array, levels: number, maxBins: number): FeatureBins {
  const count = new Float64Array(levels);
  for (const code of column) if (code >= 0) count[code]!++;
  let seen = Array.from(count.keys()).filter((level) => count[level]! > 0);
  if (seen.length > maxBins) {
    seen.sort((a, b) => count[b]! - count[a]! || a - b);
    seen = seen.slice(0, maxBins).sort((a, b) => a - b);
  }
  const binOfLevel = new Uint8Array(levels).fill(seen.length);
  for (const [bin, level] of seen.entries()) binOfLevel[level] = bin;
  return { cuts: null, binOfLevel, bins: seen.length };
}

function numericBins(column: Float64Array, maxBins: number, room: Room): FeatureBins {
  const sample = room.sample.subarray(0, readSample(column, room.sample));
  sortNumbers(sample, room.values);
  const found = countDistinct(sample, room.values, room.counts);
  const values = room.values.subarray(0, found);
  const few = found <= maxBins ? allDistinct(column, values, maxBins) : null;
  if (few !== null) {
    const cuts = new Float64Array(Math.max(0, few.length - 1));
    for (let i = 0; i < cuts.length; i++) cuts[i] = midway(few[i]!, few[i + 1]!);
    return { cuts, binOfLevel: null, bins: few.length };
  }
  const cuts = quantileCuts(values, room.counts, sample.length, maxBins);
  return { cuts, binOfLevel: null, bins: cuts.length + 1 };
}

/**
 * Fills `sample` with the numbers of a column without missing, of a long one with one from each of even stretches; gives
 * how many.
 */
function readSample(column: Float64Array, sample: Float64Array): number {
  const whole = sample.length === column.length;
  let kept = 0;
  let state = 1;
  for (let i = 0; i < sample.length; i++) {
    let at = i;
    if (!whole) {
      // A stretch is read at a place of its own, lest a period in the rows be read again and again.
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      at = Math.floor(((i + state / 4294967296) * column.length) / sample.length);
    }
    const x = column[at]!;
    if (!Number.isNaN(x)) sample[kept++] = x;
  }
  return kept;
}

/** Lists the distinct numbers of a sorted list and how often each comes; gives how many there are. */
function countDistinct(sorted: Float64Array, values: Float64Array, counts: Float64Array): number {
  let found = 0;
  let last = Number.NaN;
  for (let i = 0; i < sorted.length; i++) {
    const x = sorted[i]!;
    if (x !== last) {
      values[found] = x;
      counts[found++] = 0;
      last = x;
    }
    counts[found - 1]!++;
  }
  return found;
}

/** All distinct numbers of a column in order, when those of its sample are told; null when more than `most`. */
function allDistinct(column: Float64Array, known: Float64Array, most: number): Float64Array | null {
  if (column.length <= SAMPLE_ROWS) return known;
  const seen = new Set<number>(known);
  for (const x of column) {
    if (!Number.isNaN(x) && !seen.has(x)) {
      seen.add(x);
      if (seen.size > most) return null;
    }
  }
  return Float64Array.from(seen).sort();
}

/** Greedy cuts of about equal count; a value that would fill a bin by itself has one. */
function quantileCuts(
  values: Float64Array,
  counts: Float64Array,
  total: number,
  maxBins: number,
): Float64Array {
  const heavy = (i: number) => counts[i]! * maxBins >= total;
  let restRows = total;
  let restBins = maxBins;
  for (let i = 0; i < values.length; i++) {
    if (heavy(i)) {
      restRows -= counts[i]!;
      restBins--;
    }
  }
  let goal = restRows / Math.max(1, restBins);
  let filled = 0;
  const cuts: number[] = [];
  for (let i = 0; i + 1 < values.length && cuts.length + 1 < maxBins; i++) {
    if (!heavy(i)) restRows -= counts[i]!;
    filled += counts[i]!;
    if (heavy(i) || filled >= goal || (heavy(i + 1) && filled >= goal / 2)) {
      cuts.push(midway(values[i]!, values[i + 1]!));
      filled = 0;
      if (!heavy(i)) goal = restRows / Math.max(1, --restBins);
    }
  }
  return Float64Array.from(cuts);
}

/** A number m with a ≤ m < b, midway where the precision allows it. */
function midway(a: number, b: number): number {
  const middle = a / 2 + b / 2;
  return middle >= a && middle < b ? middle : a;
}
