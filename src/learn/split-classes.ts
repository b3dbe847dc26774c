/** The search for splits of more than two classes, by Gini's impurity. */
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

/**
 * Levels are tried in as many orders as there are classes, each by the share of one class.
 *
 * @param at with the rows' classes, and their weights
 * @param words rows drawn, kept in order by whoever grows the tree
 * @param leastRows rows that each side must have
 */
export function classSearch(
  data: GrowData,
  at: RowData,
  words: Int32Array,
  classes: number,
  leastRows: number,
): SplitSearch {
  const { stride, binCounts } = data;
  /** Per bin its rows, then the weight of each class. */
  const width = classes + 1;
  const sums = new Float64Array(256 * width);
  const marks = new Int32Array(8);
  const places = new Uint8Array(256);
  const left = new Float64Array(width);
  const node = new Float64Array(width);
  let start = 0;
  let end = 0;

  const coverOf = (part: Float64Array, from: number) => {
    let cover = 0;
    for (let k = from + 1; k < from + width; k++) cover += part[k]!;
    return cover;
  };
  const sides: Sides = {
    orders: classes,
    clear: () => void left.fill(0),
    add(place) {
      const from = places[place]! * width;
      for (let k = 0; k < width; k++) left[k]! += sums[from + k]!;
    },
    score() {
      const rowsLeft = left[0]!;
      if (rowsLeft < leastRows || node[0]! - rowsLeft < leastRows) return -1;
      let coverLeft = 0;
      let coverRight = 0;
      let squaresLeft = 0;
      let squaresRight = 0;
      for (let k = 1; k < width; k++) {
        const here = left[k]!;
        const there = node[k]! - here;
        coverLeft += here;
        coverRight += there;
        squaresLeft += here * here;
        squaresRight += there * there;
      }
      return squaresLeft / coverLeft + squaresRight / coverRight;
    },
    rowsLeft: () => left[0]!,
    key(place, order) {
      const from = places[place]! * width;
      return sums[from + 1 + order]! / coverOf(sums, from);
    },
  };
  const sweep = sweepOver(data, places, sides);

  const addUp = (feature: number, mark: boolean) => {
    const { bins, codes, weights } = at;
    const [into, rowWords, touched, last, size, step] = [sums, words, marks, end, width, stride];
    if (codes === null) return;
    for (let i = start; i < last; i++) {
      const word = rowWords[i]!;
      const row = word >>> ROW_SHIFT;
      const bin = bins[row * step + feature]!;
      const times = (word & LOW_BITS) >> 1;
      const slot = bin * size;
      into[slot]! += times;
      into[slot + 1 + codes[row]!]! += weights === null ? times : times * weights[row]!;
      if (mark) touched[bin >> 5]! |= 1 << (bin & 31);
    }
  };

  return {
    enter(from, to) {
      start = from;
      end = to;
      const { codes, weights } = at;
      node.fill(0);
      if (codes === null) return false;
      for (let i = from; i < to; i++) {
        const word = words[i]!;
        const row = word >>> ROW_SHIFT;
        const times = (word & LOW_BITS) >> 1;
        node[0]! += times;
        node[1 + codes[row]!]! += weights === null ? times : times * weights[row]!;
      }
      let seen = 0;
      for (let k = 1; k < width; k++) if (node[k]! > 0) seen++;
      return seen > 1;
    },
    total: () => Number.NaN,
    rows: () => node[0]!,
    cover: () => coverOf(node, 0),
    score() {
      let squares = 0;
      for (let k = 1; k < width; k++) squares += node[k]! * node[k]!;
      return squares / coverOf(node, 0);
    },
    search(features, from, to, best) {
      const few = end - start <= FEW_WORDS;
      for (let next = from; next < to; next++) {
        const feature = features[next]!;
        addUp(feature, few);
        let count = 0;
        if (few) count = takeMarked(marks, places);
        else {
          for (let bin = 0; bin <= binCounts[feature]!; bin++)
            if (sums[bin * width]! > 0) places[count++] = bin;
        }
        sweep.try(feature, count, node[0]!, best);
        for (let i = 0; i < count; i++) sums.fill(0, places[i]! * width, (places[i]! + 1) * width);
      }
    },
    leaf(out, place) {
      const cover = coverOf(node, 0);
      for (let k = 0; k < classes; k++) out[place + k] = node[k + 1]! / cover;
    },
  };
}
