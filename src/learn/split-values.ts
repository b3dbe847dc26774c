/**
 * The search for splits of numbers, by the squares that a split saves. With 0 and 1 for two classes that is Gini's
 * impurity, so it also serves two classes with row weights.
 */
import {
  FEW_WORDS,
  type GrowData,
  ROW_SHIFT,
  type RowData,
  type SplitSearch,
  takeMarked,
} from "./grow-split.ts";
import { type Sides, sweepOver } from "./split-sweep.ts";

const LOW_BITS = (1 << ROW_SHIFT) - 1;
/** Rows, weight and weighted sum of a bin. */
const SUMS = 3;

/**
 * @param at with the rows' values, and their weights
 * @param words rows drawn, kept in order by whoever grows the tree
 * @param centred sums are taken of the distances from the node's mean, lest digits are lost where the values are large
 * beside their differences; 0 and 1 are better summed as they are
 * @param leastRows rows that each side must have
 */
export function valueSearch(
  data: GrowData,
  at: RowData,
  words: Int32Array,
  centred: boolean,
  leastRows: number,
): SplitSearch {
  const { stride, binCounts } = data;
  const sums = new Float64Array(256 * SUMS);
  const marks = new Int32Array(8);
  const places = new Uint8Array(256);
  const found = new Float64Array(256 * SUMS);
  const left = new Float64Array(SUMS);
  const node = new Float64Array(SUMS);
  let start = 0;
  let end = 0;
  let centre = 0;
  let mean = 0;

  const sides: Sides = {
    orders: 1,
    clear: () => void left.fill(0),
    add(place) {
      for (let k = 0; k < SUMS; k++) left[k]! += found[place * SUMS + k]!;
    },
    score() {
      const rowsLeft = left[0]!;
      if (rowsLeft < leastRows || node[0]! - rowsLeft < leastRows) return -1;
      const right = node[2]! - left[2]!;
      return (left[2]! * left[2]!) / left[1]! + (right * right) / (node[1]! - left[1]!);
    },
    rowsLeft: () => left[0]!,
    key: (place) => found[place * SUMS + 2]! / found[place * SUMS + 1]!,
  };
  const sweep = sweepOver(data, places, sides);

  const addUp = (feature: number, mark: boolean) => {
    const { bins, values, weights } = at;
    const [into, rowWords, touched, last, middle, width] = [
      sums,
      words,
      marks,
      end,
      centre,
      stride,
    ];
    if (values === null) return;
    for (let i = start; i < last; i++) {
      const word = rowWords[i]!;
      const row = word >>> ROW_SHIFT;
      const bin = bins[row * width + feature]!;
      const times = (word & LOW_BITS) >> 1;
      const weight = weights === null ? times : times * weights[row]!;
      const slot = bin * SUMS;
      into[slot]! += times;
      into[slot + 1]! += weight;
      into[slot + 2]! += weight * (values[row]! - middle);
      if (mark) touched[bin >> 5]! |= 1 << (bin & 31);
    }
  };
  /** Lists the occupied bins in `places` and their sums in `found`, and clears the histogram. */
  const take = (feature: number) => {
    const few = end - start <= FEW_WORDS;
    addUp(feature, few);
    let count = 0;
    if (few) count = takeMarked(marks, places);
    else {
      for (let bin = 0; bin <= binCounts[feature]!; bin++)
        if (sums[bin * SUMS]! > 0) places[count++] = bin;
    }
    for (let i = 0; i < count; i++) {
      const slot = places[i]! * SUMS;
      for (let k = 0; k < SUMS; k++) {
        found[i * SUMS + k] = sums[slot + k]!;
        sums[slot + k] = 0;
      }
    }
    return count;
  };

  return {
    enter(from, to) {
      start = from;
      end = to;
      const { values, weights } = at;
      const rowWords = words;
      let rows = 0;
      let cover = 0;
      let sum = 0;
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      if (values === null) return false;
      for (let i = from; i < to; i++) {
        const word = rowWords[i]!;
        const row = word >>> ROW_SHIFT;
        const times = (word & LOW_BITS) >> 1;
        const weight = weights === null ? times : times * weights[row]!;
        const value = values[row]!;
        rows += times;
        cover += weight;
        sum += weight * value;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      mean = Math.min(most, Math.max(least, sum / cover));
      centre = centred ? mean : 0;
      node[0] = rows;
      node[1] = cover;
      node[2] = sum - cover * centre;
      return least < most;
    },
    total: () => Number.NaN,
    rows: () => node[0]!,
    cover: () => node[1]!,
    score: () => (node[2]! * node[2]!) / node[1]!,
    search(features, from, to, best) {
      for (let next = from; next < to; next++) {
        const feature = features[next]!;
        sweep.try(feature, take(feature), node[0]!, best);
      }
    },
    leaf(out, place) {
      out[place] = mean;
    },
  };
}
