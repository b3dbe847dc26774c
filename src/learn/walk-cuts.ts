/** Takes trees and gives the thresholds asked for of each feature, and which of them each split asks for. */
import type { Trees } from "./trees.ts";
import { MOST_CUTS } from "./walk-kernel.ts";

/** Kinds of questions to a feature: its number with missing right or left as `missingLeft` says, and its level. */
export const KINDS = 3;
export const LEVEL = 2;

export interface Cuts {
  /** KINDS per feature: 1 = a split asks so. */
  readonly asked: Uint8Array;
  /** Per feature its thresholds, rising. */
  readonly ofFeature: readonly Float64Array[];
  /** Per node of the trees the number of its threshold in the order of finding; 0 at leaves and splits of levels. */
  readonly found: Uint8Array;
  /** Per feature the place in `ofFeature` of what was found as the first, second, … */
  readonly ranks: readonly Uint8Array[];
}

/** Slots of a table of numbers; twice the cuts, so that a search is short. */
const SLOT_BITS = 9;
const SLOTS = 2 ** SLOT_BITS;
const EMPTY = -1;

/** One number and its two words. */
const cell = new Float64Array(1);
const halves = new Int32Array(cell.buffer);

/** The slot of a number in a table of 2^bits, by its bits: 0 and −0 have different ones. */
export function slotOf(x: number, bits: number): number {
  cell[0] = x;
  return Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x85ebca6b), 0x9e3779b1) >>> (32 - bits);
}

/** null = a feature has more thresholds than a byte can count, or one that is no number. */
export function cutsOf(trees: Trees, features: number): Cuts | null {
  const { feature, threshold, missingLeft, categorySet } = trees;
  const tables = Array.from({ length: features }, () => ({
    values: new Float64Array(MOST_CUTS),
    slots: new Int16Array(SLOTS).fill(EMPTY),
    count: 0,
  }));
  const asked = new Uint8Array(KINDS * features);
  const found = new Uint8Array(feature.length);
  for (let node = 0; node < feature.length; node++) {
    const f = feature[node]!;
    if (f < 0) continue;
    if (categorySet[node]! >= 0) {
      asked[KINDS * f + LEVEL] = 1;
      continue;
    }
    asked[KINDS * f + missingLeft[node]!] = 1;
    const cut = threshold[node]! + 0; // −0 and 0 are one threshold
    if (Number.isNaN(cut)) return null;
    const table = tables[f]!;
    const { values, slots } = table;
    let slot = slotOf(cut, SLOT_BITS);
    let at = slots[slot]!;
    while (at !== EMPTY && values[at] !== cut) {
      slot = (slot + 1) % SLOTS;
      at = slots[slot]!;
    }
    if (at === EMPTY) {
      if (table.count === MOST_CUTS) return null;
      at = table.count++;
      slots[slot] = at;
      values[at] = cut;
    }
    found[node] = at;
  }
  const rising = tables.map(({ values, count }) => {
    const order = Uint8Array.from({ length: count }, (_, i) => i).sort(
      (a, b) => values[a]! - values[b]! || 0,
    );
    const rank = new Uint8Array(count);
    for (let i = 0; i < count; i++) rank[order[i]!] = i;
    return { cuts: Float64Array.from(order, (i) => values[i]!), rank };
  });
  return {
    asked,
    ofFeature: rising.map(({ cuts }) => cuts),
    found,
    ranks: rising.map(({ rank }) => rank),
  };
}
