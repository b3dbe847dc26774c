/**
 * The search for splits of a two-class target without row weights, by Gini's impurity. A bin's rows and its rows of
 * the second class lie packed in one double, rows + 2²⁶ × second class: exact as long as there are fewer than 2²⁶ draws.
 */
import {
  type BestSplit,
  binBetween,
  FEW_WORDS,
  type GrowData,
  orderByKey,
  ROW_SHIFT,
  type RowData,
  type SplitSearch,
  splitLevels,
  takeMarked,
} from "./grow-split.ts";

const UNIT = 2 ** 26;
const LOW_BITS = (1 << ROW_SHIFT) - 1;
/** Bins of one feature in the histogram. */
const STRIDE = 256;
/** Nodes of at most this many words are put in order by insertion. */
const TINY = 12;

/** Draws that the packed sums can hold. */
export const MOST_DRAWS = UNIT - 1;

/**
 * @param words rows drawn, kept in order by whoever grows the tree
 * @param classWeights of the first and the second class
 * @param leastRows rows that each side must have
 */
export function binarySearch(
  data: GrowData,
  at: RowData,
  words: Int32Array,
  classWeights: readonly [number, number],
  leastRows: number,
): SplitSearch {
  const { stride: width, binCounts, categorical } = data;
  const [weight0, weight1] = classWeights;
  const weightStep = weight1 - weight0;
  /** What a word adds to its bin, by its lowest bits. */
  const worth = Float64Array.from({ length: LOW_BITS + 1 }, (_, low) =>
    low & 1 ? (low >> 1) * (1 + UNIT) : low >> 1,
  );
  const sums = new Float64Array(4 * STRIDE);
  const marks = new Int32Array(8);
  const places = new Uint8Array(STRIDE);
  const found = new Float64Array(STRIDE);
  const keys = new Float64Array(STRIDE);
  const order = new Uint8Array(STRIDE);
  let start = 0;
  let end = 0;
  let rows = 0;
  let seconds = 0;

  /** Σ (weight of the second class)² ÷ weight over both sides (its maximum is that of Gini's gain); −1 where a side is too small. */
  const scoreOf = (left: number) => {
    const secondsLeft = Math.floor(left / UNIT);
    const rowsLeft = left - secondsLeft * UNIT;
    const rowsRight = rows - rowsLeft;
    const secondsRight = seconds - secondsLeft;
    if (rowsLeft < leastRows || rowsRight < leastRows) return -1;
    const weightLeft = weight1 * secondsLeft;
    const weightRight = weight1 * secondsRight;
    return (
      (weightLeft * weightLeft) / (weight0 * rowsLeft + weightStep * secondsLeft) +
      (weightRight * weightRight) / (weight0 * rowsRight + weightStep * secondsRight)
    );
  };
  const rowsIn = (packed: number) => packed - Math.floor(packed / UNIT) * UNIT;

  // Loops read what they use from constants of their own: a variable around the function is read anew each time.
  const addOne = (f: number) => {
    const [bins, rowWords, values, into, last] = [at.bins, words, worth, sums, end];
    const stride = width;
    for (let i = start; i < last; i++) {
      const word = rowWords[i]!;
      into[bins[(word >>> ROW_SHIFT) * stride + f]!]! += values[word & LOW_BITS]!;
    }
  };
  const addTwo = (f: number, g: number) => {
    const [bins, rowWords, values, into, last] = [at.bins, words, worth, sums, end];
    const stride = width;
    for (let i = start; i < last; i++) {
      const word = rowWords[i]!;
      const row = (word >>> ROW_SHIFT) * stride;
      const value = values[word & LOW_BITS]!;
      into[bins[row + f]!]! += value;
      into[STRIDE + bins[row + g]!]! += value;
    }
  };
  const addThree = (f: number, g: number, h: number) => {
    const [bins, rowWords, values, into, last] = [at.bins, words, worth, sums, end];
    const stride = width;
    for (let i = start; i < last; i++) {
      const word = rowWords[i]!;
      const row = (word >>> ROW_SHIFT) * stride;
      const value = values[word & LOW_BITS]!;
      into[bins[row + f]!]! += value;
      into[STRIDE + bins[row + g]!]! += value;
      into[2 * STRIDE + bins[row + h]!]! += value;
    }
  };
  const addFour = (f: number, g: number, h: number, k: number) => {
    const [bins, rowWords, values, into, last] = [at.bins, words, worth, sums, end];
    const stride = width;
    for (let i = start; i < last; i++) {
      const word = rowWords[i]!;
      const row = (word >>> ROW_SHIFT) * stride;
      const value = values[word & LOW_BITS]!;
      into[bins[row + f]!]! += value;
      into[STRIDE + bins[row + g]!]! += value;
      into[2 * STRIDE + bins[row + h]!]! += value;
      into[3 * STRIDE + bins[row + k]!]! += value;
    }
  };

  /** Lists the occupied bins of a histogram with their sums, and clears it. */
  const takeAll = (feature: number, first: number) => {
    let count = 0;
    const last = binCounts[feature]!;
    for (let bin = 0; bin <= last; bin++) {
      const value = sums[first + bin]!;
      if (value === 0) continue;
      sums[first + bin] = 0;
      places[count] = bin;
      found[count++] = value;
    }
    return count;
  };
  const takeFew = (feature: number) => {
    const { bins } = at;
    for (let i = start; i < end; i++) {
      const word = words[i]!;
      const bin = bins[(word >>> ROW_SHIFT) * width + feature]!;
      sums[bin]! += worth[word & LOW_BITS]!;
      marks[bin >> 5]! |= 1 << (bin & 31);
    }
    const count = takeMarked(marks, places);
    for (let i = 0; i < count; i++) {
      found[i] = sums[places[i]!]!;
      sums[places[i]!] = 0;
    }
    return count;
  };
  const takeTiny = (feature: number) => {
    const { bins } = at;
    let count = 0;
    for (let i = start; i < end; i++) {
      const word = words[i]!;
      const bin = bins[(word >>> ROW_SHIFT) * width + feature]!;
      const value = worth[word & LOW_BITS]!;
      let place = count;
      while (place > 0 && places[place - 1]! > bin) place--;
      if (place > 0 && places[place - 1] === bin) {
        found[place - 1]! += value;
        continue;
      }
      for (let k = count; k > place; k--) {
        places[k] = places[k - 1]!;
        found[k] = found[k - 1]!;
      }
      places[place] = bin;
      found[place] = value;
      count++;
    }
    return count;
  };

  const tryNumeric = (feature: number, count: number, best: BestSplit) => {
    const missing = binCounts[feature]!;
    const missingSum = places[count - 1] === missing ? found[count - 1]! : 0;
    const known = missingSum === 0 ? count : count - 1;
    let { score } = best;
    let cut = -1;
    let cutLeft = 0;
    let missingLeft = false;
    let left = found[0]!;
    for (let i = 1; i < known; i++) {
      const here = scoreOf(left);
      if (here > score) {
        score = here;
        cut = i;
        cutLeft = left;
      }
      left += found[i]!;
    }
    if (missingSum !== 0 && known > 0) {
      // A cut behind the last number has the missing alone on its right.
      const apart = scoreOf(left);
      if (apart > score) {
        score = apart;
        cut = known;
        cutLeft = left;
      }
      left = missingSum;
      for (let i = 1; i < known; i++) {
        left += found[i - 1]!;
        const here = scoreOf(left);
        if (here > score) {
          score = here;
          cut = i;
          cutLeft = left;
          missingLeft = true;
        }
      }
    }
    if (cut < 0) return;
    best.score = score;
    best.feature = feature;
    best.leftTotal = cutLeft;
    best.bin = cut === known ? missing - 1 : binBetween(places[cut - 1]!, places[cut]!);
    best.missingMet = missingSum !== 0;
    best.missingLeft = missingSum === 0 ? 2 * rowsIn(cutLeft) >= rows : missingLeft;
  };

  const tryLevels = (feature: number, count: number, best: BestSplit) => {
    for (let i = 0; i < count; i++) {
      const second = Math.floor(found[i]! / UNIT);
      keys[i] = (weight1 * second) / (weight0 * (found[i]! - second * UNIT) + weightStep * second);
    }
    orderByKey(order, keys, count);
    let { score } = best;
    let cut = -1;
    let cutLeft = 0;
    let left = 0;
    for (let i = 1; i < count; i++) {
      left += found[order[i - 1]!]!;
      const here = scoreOf(left);
      if (here > score) {
        score = here;
        cut = i;
        cutLeft = left;
      }
    }
    if (cut < 0) return;
    best.score = score;
    best.feature = feature;
    best.leftTotal = cutLeft;
    splitLevels(best, places, order, count, cut, 2 * rowsIn(cutLeft) >= rows, binCounts[feature]!);
  };

  const tryFound = (feature: number, count: number, best: BestSplit) => {
    if (count < 2) return;
    if (categorical[feature] === 1) tryLevels(feature, count, best);
    else tryNumeric(feature, count, best);
  };

  return {
    enter(from, to, known) {
      start = from;
      end = to;
      let total = known;
      if (Number.isNaN(total)) {
        const [rowWords, values] = [words, worth];
        total = 0;
        for (let i = from; i < to; i++) total += values[rowWords[i]! & LOW_BITS]!;
      }
      seconds = Math.floor(total / UNIT);
      rows = total - seconds * UNIT;
      return seconds > 0 && seconds < rows;
    },
    total: () => rows + seconds * UNIT,
    rows: () => rows,
    cover: () => weight0 * rows + weightStep * seconds,
    score: () => (weight1 * seconds) ** 2 / (weight0 * rows + weightStep * seconds),
    search(features, from, to, best) {
      let next = from;
      if (end - start <= FEW_WORDS) {
        const take = end - start <= TINY ? takeTiny : takeFew;
        for (; next < to; next++) tryFound(features[next]!, take(features[next]!), best);
        return;
      }
      while (next < to) {
        const together = Math.min(4, to - next);
        const feature = features[next]!;
        if (together === 1) addOne(feature);
        else if (together === 2) addTwo(feature, features[next + 1]!);
        else if (together === 3) addThree(feature, features[next + 1]!, features[next + 2]!);
        else addFour(feature, features[next + 1]!, features[next + 2]!, features[next + 3]!);
        for (let i = 0; i < together; i++, next++) {
          tryFound(features[next]!, takeAll(features[next]!, i * STRIDE), best);
        }
      }
    },
    leaf(out, place) {
      out[place] = (weight1 * seconds) / (weight0 * rows + weightStep * seconds);
    },
  };
}
