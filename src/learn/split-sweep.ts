/** Finds the best cut through the occupied bins of a feature, whatever is summed up on both sides of it. */
import {
  type BestSplit,
  binBetween,
  type GrowData,
  orderByKey,
  splitLevels,
} from "./grow-split.ts";

/** The left side of a cut while occupied bins are added to it one after another; the rest is the right side. */
export interface Sides {
  clear(): void;
  /** Adds the occupied bin at a place. */
  add(place: number): void;
  /** The cut's score; −1 where a side has too few rows. */
  score(): number;
  rowsLeft(): number;
  /** In how many orders levels are tried, and the key of an occupied bin in one of them. */
  readonly orders: number;
  key(place: number, order: number): number;
}

export interface Sweep {
  /** Tries the cuts of a feature whose first `count` places are occupied, and writes into `best` what beats it. */
  try(feature: number, count: number, rows: number, best: BestSplit): void;
}

/** @param places the occupied bins in rising order, that of missing last */
export function sweepOver(data: GrowData, places: Uint8Array, sides: Sides): Sweep {
  const order = new Uint8Array(256);
  const keys = new Float64Array(256);

  const tryNumeric = (feature: number, count: number, rows: number, best: BestSplit) => {
    const missing = data.binCounts[feature]!;
    const known = places[count - 1] === missing ? count - 1 : count;
    let cut = -1;
    let missingLeft = false;
    sides.clear();
    // Where some are missing, a cut behind the last number has these alone on its right.
    for (let i = 1; i < known || (i === known && known < count); i++) {
      sides.add(i - 1);
      const score = sides.score();
      if (!(score > best.score)) continue; // also not a number
      best.score = score;
      cut = i;
      missingLeft = known === count && 2 * sides.rowsLeft() >= rows;
    }
    if (known < count) {
      sides.clear();
      sides.add(known);
      for (let i = 1; i < known; i++) {
        sides.add(i - 1);
        const score = sides.score();
        if (!(score > best.score)) continue; // also not a number
        best.score = score;
        cut = i;
        missingLeft = true;
      }
    }
    if (cut < 0) return;
    best.feature = feature;
    best.bin = cut === known ? missing - 1 : binBetween(places[cut - 1]!, places[cut]!);
    best.missingLeft = missingLeft;
    best.missingMet = known < count;
  };

  const tryLevels = (feature: number, count: number, rows: number, best: BestSplit) => {
    for (let way = 0; way < sides.orders; way++) {
      for (let i = 0; i < count; i++) keys[i] = sides.key(i, way);
      orderByKey(order, keys, count);
      let cut = -1;
      let moreLeft = false;
      sides.clear();
      for (let i = 1; i < count; i++) {
        sides.add(order[i - 1]!);
        const score = sides.score();
        if (!(score > best.score)) continue; // also not a number
        best.score = score;
        cut = i;
        moreLeft = 2 * sides.rowsLeft() >= rows;
      }
      if (cut < 0) continue;
      best.feature = feature;
      splitLevels(best, places, order, count, cut, moreLeft, data.binCounts[feature]!);
    }
  };

  return {
    try(feature, count, rows, best) {
      if (count < 2) return;
      if (data.categorical[feature] === 1) tryLevels(feature, count, rows, best);
      else tryNumeric(feature, count, rows, best);
    },
  };
}
