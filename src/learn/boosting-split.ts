/**
 * The best way to part a node by one feature: takes the node's histogram of integer sums and gives the split that
 * lowers the loss most.
 */
import { ENTRY_BYTES, type HistogramKernel } from "./histogram-kernel.ts";
import { SEARCH } from "./search-kernel.ts";

/** Numbers of a split as threads pass them to each other. */
export const SPLIT_NUMBERS = 16;
/** Their places. The sums are those of the left child, as integers. From SET on, 32 bins a word, 1 = left. */
export const GAIN = 0;
export const FEATURE = 1;
/** Numeric: the last bin that goes left. −1 = categorical, see SET. */
export const BIN = 2;
export const MISSING_LEFT = 3;
export const GRADIENT = 4;
export const HESSIAN = 5;
export const ROWS = 6;
export const SET = 7;
const SET_WORDS = 8;

/** Sums of a node, as integers, and between which its answers must lie. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
  readonly lowest: number;
  readonly highest: number;
}

export interface SplitRules {
  readonly l2: number;
  readonly minGain: number;
  readonly minLeafRows: number;
  readonly minChildWeight: number;
  readonly categorySmoothing: number;
  readonly minCategoryRows: number;
  readonly categoryL2: number;
  readonly minGroupRows: number;
  /** What an integer gradient or hessian stands for. */
  readonly gradientUnit: number;
  readonly hessianUnit: number;
  /** Bits of the counts in a histogram's entries. */
  readonly shift: number;
  /** Whether any feature is monotone. */
  readonly monotone: boolean;
}

/** What a node says that has these sums: the Newton step, within its bounds. */
export function answerOf(
  gradient: number,
  hessian: number,
  rules: SplitRules,
  lowest: number,
  highest: number,
): number {
  const weight = hessian * rules.hessianUnit + rules.l2;
  const step = weight > 0 ? (-gradient * rules.gradientUnit) / weight : 0;
  return Math.min(highest, Math.max(lowest, step));
}

/** How much a node of these sums lowers twice the loss by its answer. */
function worth(g: number, weight: number, lowest: number, highest: number): number {
  if (weight <= 0) return 0;
  const step = Math.min(highest, Math.max(lowest, -g / weight));
  return -step * (2 * g + weight * step);
}

/** The sums of some entries of a histogram. */
export function sumEntries(
  words: Int32Array,
  first: number,
  entries: number,
  shift: number,
): { readonly gradient: number; readonly hessian: number; readonly rows: number } {
  const upper = 2 ** (32 - shift);
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  for (let i = 4 * first; i < 4 * (first + entries); i += 4) {
    gradient += words[i + 1]! * upper + (words[i]! >>> shift);
    hessian += words[i + 3]! * upper + (words[i + 2]! >>> shift);
    rows += words[i + 2]! & (2 ** shift - 1);
  }
  return { gradient, hessian, rows };
}

/** What keeps a split from being made of noise. */
type Caution = Pick<SplitRules, "l2" | "minLeafRows">;

/** Columns with more levels can be parted in so many ways that some part noise well. */
const FEW_LEVELS = 4;

export interface SplitFinder {
  /** Writes the best split by a feature into `best` if it gains more than what is there. */
  consider(feature: number, histogram: number, node: NodeSums, best: Float64Array): void;
}

/** The kernel's search, and the address of the room where it is told what to look for. */
export interface CutSearch {
  readonly search: HistogramKernel["search"];
  readonly room: number;
}

/**
 * @param buffer the memory of the histograms and of the room
 * @param bins bins of each feature without that of missing, which comes behind them
 * @param categorical 1 = the feature's bins are levels
 * @param directions −1, 0, 1 of each feature
 */
export function splitFinder(
  buffer: SharedArrayBuffer,
  bins: Uint8Array,
  categorical: Uint8Array,
  directions: Int8Array,
  rules: SplitRules,
  cuts: CutSearch,
): SplitFinder {
  const words = new Int32Array(buffer);
  const numbers = new Float64Array(buffer);
  const { l2, minLeafRows, minChildWeight, gradientUnit, hessianUnit, shift, monotone } = rules;
  const upper = 2 ** (32 - shift);
  const mask = 2 ** shift - 1;

  const gradientAt = (i: number) => words[i + 1]! * upper + (words[i]! >>> shift);
  const hessianAt = (i: number) => words[i + 3]! * upper + (words[i + 2]! >>> shift);
  const rowsAt = (i: number) => words[i + 2]! & mask;

  const worthOf = (node: NodeSums) =>
    worth(node.gradient * gradientUnit, node.hessian * hessianUnit + l2, node.lowest, node.highest);

  /** Gain of a split with these left sums, −∞ where it is not allowed. */
  const gainOf = (
    gradient: number,
    hessian: number,
    rows: number,
    node: NodeSums,
    before: number,
    direction: number,
    { l2, minLeafRows }: Caution = rules,
  ): number => {
    if (rows < minLeafRows || node.rows - rows < minLeafRows) return -Infinity;
    const hessianLeft = hessian * hessianUnit;
    const hessianRight = (node.hessian - hessian) * hessianUnit;
    if (hessianLeft < minChildWeight || hessianRight < minChildWeight) return -Infinity;
    const left = gradient * gradientUnit;
    const right = (node.gradient - gradient) * gradientUnit;
    const weightLeft = hessianLeft + l2;
    const weightRight = hessianRight + l2;
    if (!monotone) {
      if (weightLeft <= 0 || weightRight <= 0) return -Infinity;
      return (left * left) / weightLeft + (right * right) / weightRight - before;
    }
    const { lowest, highest } = node;
    if (direction !== 0) {
      const toLeft = answerOf(gradient, hessian, rules, lowest, highest);
      const rest = node.hessian - hessian;
      const toRight = answerOf(node.gradient - gradient, rest, rules, lowest, highest);
      if ((toRight - toLeft) * direction < 0) return -Infinity;
    }
    return (
      worth(left, weightLeft, lowest, highest) + worth(right, weightRight, lowest, highest) - before
    );
  };

  const keep = (
    best: Float64Array,
    gain: number,
    feature: number,
    bin: number,
    missingLeft: number,
    gradient: number,
    hessian: number,
    rows: number,
  ) => {
    best[GAIN] = gain;
    best[FEATURE] = feature;
    best[BIN] = bin;
    best[MISSING_LEFT] = missingLeft;
    best[GRADIENT] = gradient;
    best[HESSIAN] = hessian;
    best[ROWS] = rows;
  };

  const considerNumeric = (feature: number, first: number, node: NodeSums, best: Float64Array) => {
    const last = bins[feature]!;
    const missing = first + 4 * last;
    const missingRows = rowsAt(missing);
    const missingGradient = gradientAt(missing);
    const missingHessian = hessianAt(missing);
    const direction = directions[feature]!;
    const before = worthOf(node);
    const nodeRows = node.rows;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let bin = 0, i = first; bin < last; bin++, i += 4) {
      const low = words[i + 2]!;
      const here = low & mask;
      if (here === 0) continue;
      gradient += words[i + 1]! * upper + (words[i]! >>> shift);
      hessian += words[i + 3]! * upper + (low >>> shift);
      rows += here;
      if (nodeRows - rows < minLeafRows) break;
      let gain = gainOf(gradient, hessian, rows, node, before, direction);
      if (gain > best[GAIN]!) {
        const larger = missingRows === 0 && 2 * rows > nodeRows ? 1 : 0;
        keep(best, gain, feature, bin, larger, gradient, hessian, rows);
      }
      if (missingRows === 0) continue;
      const g = gradient + missingGradient;
      const h = hessian + missingHessian;
      gain = gainOf(g, h, rows + missingRows, node, before, direction);
      if (gain > best[GAIN]!) keep(best, gain, feature, bin, 1, g, h, rows + missingRows);
    }
  };

  const { room, search } = cuts;
  const numberAt = (place: number) => (room + place) / Float64Array.BYTES_PER_ELEMENT;
  const wordAt = (place: number) => (room + place) / Int32Array.BYTES_PER_ELEMENT;
  numbers[numberAt(SEARCH.least)] = minChildWeight;
  numbers[numberAt(SEARCH.l2)] = l2;
  numbers.set([gradientUnit, hessianUnit], numberAt(SEARCH.units));
  words[wordAt(SEARCH.leastRows)] = minLeafRows;

  /** As `considerNumeric` where nothing is missing and no feature is monotone: the usual case. */
  const considerWhole = (feature: number, first: number, node: NodeSums, best: Float64Array) => {
    const before = worthOf(node);
    const whole = node.hessian * hessianUnit;
    numbers[numberAt(SEARCH.goal)] = best[GAIN]! + before;
    numbers[numberAt(SEARCH.most)] = whole - minChildWeight;
    numbers[numberAt(SEARCH.node)] = node.gradient * gradientUnit;
    numbers[numberAt(SEARCH.node) + 1] = whole;
    words[wordAt(SEARCH.mostRows)] = node.rows - minLeafRows;
    const histogram = first * Int32Array.BYTES_PER_ELEMENT;
    const found = search(histogram, bins[feature]!, room);
    if (found === 0) return;
    const left = wordAt(SEARCH.left);
    const rows = rowsAt(left);
    const gain = numbers[numberAt(SEARCH.goal)]! - before;
    const bin = (found - histogram) / ENTRY_BYTES;
    const larger = 2 * rows > node.rows ? 1 : 0;
    keep(best, gain, feature, bin, larger, gradientAt(left), hessianAt(left), rows);
  };

  const order = new Int32Array(256);
  const slopes = new Float64Array(256);

  /** Bins with rows enough, by what they ask for, lowest first; gives how many. */
  const orderBins = (first: number, last: number): number => {
    let many = 0;
    for (let bin = 0, i = first; bin < last; bin++, i += 4) {
      if (rowsAt(i) < rules.minCategoryRows) continue;
      const weight = hessianAt(i) * hessianUnit + rules.categorySmoothing;
      const slope = weight > 0 ? (gradientAt(i) * gradientUnit) / weight : 0;
      let at = many++;
      for (; at > 0 && slopes[at - 1]! > slope; at--) {
        slopes[at] = slopes[at - 1]!;
        order[at] = order[at - 1]!;
      }
      slopes[at] = slope;
      order[at] = bin;
    }
    return many;
  };

  // LightGBM's cat_l2 and min_data_per_group, beyond its max_cat_to_onehot levels
  const careful: Caution = {
    l2: l2 + rules.categoryL2,
    minLeafRows: Math.max(minLeafRows, rules.minGroupRows),
  };

  const considerLevels = (feature: number, first: number, node: NodeSums, best: Float64Array) => {
    const last = bins[feature]!;
    const caution = last > FEW_LEVELS ? careful : rules;
    const step = last > FEW_LEVELS ? rules.minGroupRows : 1;
    const many = orderBins(first, last);
    const before = worthOf(node);
    // What is missing or rare goes left or right as a whole.
    let restGradient = node.gradient;
    let restHessian = node.hessian;
    let restRows = node.rows;
    for (let at = 0; at < many; at++) {
      const i = first + 4 * order[at]!;
      restGradient -= gradientAt(i);
      restHessian -= hessianAt(i);
      restRows -= rowsAt(i);
    }
    let found = -1;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    let tried = 0;
    for (let at = 0; at < many; at++) {
      const i = first + 4 * order[at]!;
      gradient += gradientAt(i);
      hessian += hessianAt(i);
      rows += rowsAt(i);
      // Behind the last one only what is missing or rare is left.
      if (rows - tried < step && at < many - 1) continue;
      tried = rows;
      let gain = gainOf(gradient, hessian, rows, node, before, 0, caution);
      if (gain > best[GAIN]!) {
        const larger = restRows === 0 && 2 * rows > node.rows ? 1 : 0;
        keep(best, gain, feature, -1, larger, gradient, hessian, rows);
        found = at;
      }
      if (restRows === 0) continue;
      const g = gradient + restGradient;
      const h = hessian + restHessian;
      gain = gainOf(g, h, rows + restRows, node, before, 0, caution);
      if (gain > best[GAIN]!) {
        keep(best, gain, feature, -1, 1, g, h, rows + restRows);
        found = at;
      }
    }
    if (found >= 0) writeSet(best, many, found);
  };

  /** Ordered bins up to `found` go left, those behind it right, all others where missing goes. */
  const writeSet = (best: Float64Array, many: number, found: number) => {
    const rest = best[MISSING_LEFT] === 1 ? -1 : 0;
    const set = new Int32Array(SET_WORDS).fill(rest);
    for (let at = 0; at < many; at++) {
      const bin = order[at]!;
      if (at <= found) set[bin >>> 5]! |= 1 << (bin & 31);
      else set[bin >>> 5]! &= ~(1 << (bin & 31));
    }
    best.set(set, SET);
  };

  return {
    consider(feature, histogram, node, best) {
      const first = (histogram / ENTRY_BYTES) * 4;
      if (categorical[feature] === 1) considerLevels(feature, first, node, best);
      else if (!monotone && rowsAt(first + 4 * bins[feature]!) === 0)
        considerWhole(feature, first, node, best);
      else considerNumeric(feature, first, node, best);
    },
  };
}

/** Fills a byte per bin, 1 = left, for a split; that of missing lies at place `bins`. */
export function fillGoesLeft(split: Float64Array, bins: number, goesLeft: Uint8Array): void {
  const bin = split[BIN]!;
  for (let b = 0; b <= bins; b++)
    goesLeft[b] = bin >= 0 ? (b <= bin ? 1 : 0) : (split[SET + (b >>> 5)]! >>> (b & 31)) & 1;
  goesLeft[bins] = split[MISSING_LEFT]!;
}
