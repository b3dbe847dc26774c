/** What the search for a node's split takes and gives; one search per kind of target stands in split-*.ts. */

/** The features that a tree grows from; what all trees of a forest share. */
export interface GrowData {
  /** Bytes from row to row in the bins: the number of features, up to a multiple of 4. */
  readonly stride: number;
  /** Bins per feature without that of missing, which lies behind them. */
  readonly binCounts: Uint16Array;
  /** 1 = a feature of levels, whose bins have no order. */
  readonly categorical: Uint8Array;
}

/**
 * One row drawn for a tree, as a word: row << 5 | times drawn << 1 | class of a two-class target (else 0).
 * A row drawn more than MOST_TIMES often has more than one word.
 */
export const ROW_SHIFT = 5;
export const MOST_TIMES = 15;
/** Rows that a word can name. */
export const MOST_ROWS = 2 ** 27;

/** What is known of each row: all rows, or copies of those of a branch that lie near each other (see grow-near.ts). */
export interface RowData {
  /** Row-major, rows × stride. */
  bins: Uint8Array;
  /** Class of each row, of more than two; null for another target. */
  codes: Uint16Array | null;
  /** Number of each row; null for another target. */
  values: Float64Array | null;
  /** Weight of each row; null = 1 each. */
  weights: Float64Array | null;
}

/** The best split of a node so far. */
export interface BestSplit {
  /** Sum over both sides of (what the search maximises); −1 = no split found. */
  score: number;
  feature: number;
  /** Of a numeric feature: the last bin that goes left. */
  bin: number;
  missingLeft: boolean;
  /** Numeric: whether any row of the node is missing there. */
  missingMet: boolean;
  /** Of a feature of levels: per bin 1 = left. */
  readonly goesLeft: Uint8Array;
  /** The left side's sums as a number that `enter` takes; NaN where the search has no such number. */
  leftTotal: number;
}

/** Looks at one node at a time. */
export interface SplitSearch {
  /**
   * Sums the words from `start` to before `end` up. False when their target is all the same.
   *
   * @param total the sums where they are known (see `leftTotal`), so that the words need not be read; else NaN
   */
  enter(start: number, end: number, total: number): boolean;
  /** The sums of the node entered, as `leftTotal`. */
  total(): number;
  /** Rows of the node entered, each as often as drawn. */
  rows(): number;
  /** Their weight. */
  cover(): number;
  /** What a split's score is compared with: that of the node as it is. */
  score(): number;
  /** Tries the features at places `from` … `to` − 1 of `features`, and writes into `best` what beats it. */
  search(features: Int32Array, from: number, to: number, best: BestSplit): void;
  /** Writes what a leaf of these rows says, `outputs` numbers. */
  leaf(out: Float64Array, at: number): void;
}

/** Nodes of fewer words than this mark the bins they touch, so that no empty bin is looked at. */
export const FEW_WORDS = 200;

/** Lists the places set in eight words of 32 bits in order and clears them. Gives their number. */
export function takeMarked(marks: Int32Array, places: Uint8Array): number {
  let count = 0;
  for (let word = 0; word < 8; word++) {
    let bits = marks[word]!;
    if (bits === 0) continue;
    marks[word] = 0;
    const first = word << 5;
    while (bits !== 0) {
      places[count++] = first + 31 - Math.clz32(bits & -bits);
      bits &= bits - 1;
    }
  }
  return count;
}

/** The last bin of the left side, midway between two neighbouring occupied bins. */
export function binBetween(below: number, above: number): number {
  return (below + above - 1) >> 1;
}

/** Puts places 0 … count − 1 in rising order of their key; equal keys stay in order. */
export function orderByKey(order: Uint8Array, keys: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const key = keys[i]!;
    let at = i;
    while (at > 0 && keys[order[at - 1]!]! > key) {
      order[at] = order[at - 1]!;
      at--;
    }
    order[at] = i;
  }
}

/** Writes a split of levels: the first `cut` of the order go left, bins not met where more rows go. */
export function splitLevels(
  best: BestSplit,
  places: Uint8Array,
  order: Uint8Array,
  count: number,
  cut: number,
  moreLeft: boolean,
  missing: number,
): void {
  best.goesLeft.fill(moreLeft ? 1 : 0);
  for (let i = 0; i < count; i++) best.goesLeft[places[order[i]!]!] = i < cut ? 1 : 0;
  best.missingLeft = best.goesLeft[missing] === 1;
}
