/**
 * Takes trees and encoded rows and gives each row's sum over the trees. Trees are prepared once: rows become small
 * whole numbers (how many of a feature's thresholds lie below), nodes two words each, siblings beside each other, and a
 * step down is arithmetic without a branch to foretell.
 */

import type { Feature } from "./features.ts";
import { cutsBelow, HIGH_WORD, type Ladder, ladderOf } from "./ladder.ts";
import type { Trees } from "./trees.ts";

/** What stands for missing among the places of a row. */
const MISSING = 0xffff;
/** Rows walked together, so that their places stay in the cache with one tree after another. */
const BLOCK_ROWS = 256;
/** Steps between two looks whether all lanes are at a leaf. */
const STEPS = 5;

interface Prepared {
  readonly features: number;
  readonly outputs: number;
  /** Of each feature the thresholds asked for; null = none is, or the feature has levels. */
  readonly ladders: readonly (Ladder | null)[];
  /** 1 = the feature's value is a level's code and its own place. */
  readonly ofLevels: Uint8Array;
  readonly roots: Uint32Array;
  /**
   * Two words per node. First: feature << 16 | the last place that goes left (0xffff at a leaf). Second: left child
   * << 1 | 1 where missing goes left; with that, places count from one more, round to 0 for missing.
   */
  readonly nodes: Int32Array;
  /** Per node its set's first word in `categoryWords`, −1 = numeric; null where no split is of levels. */
  readonly sets: Int32Array | null;
  readonly setWords: Uint32Array;
  /** nodes × outputs. */
  readonly values: Float64Array;
  /** Places of a block, row-major. */
  readonly places: Uint16Array;
  /** Splits on the longest way of each tree. */
  readonly depths: Uint32Array;
  /** Where four walks ended. */
  readonly ends: Uint32Array;
}

const LEAF = 0xffff;
/** null = more different thresholds or levels than places: walked on the numbers themselves. */
const known = new WeakMap<Trees, Prepared | null>();

/**
 * The sum of what all trees say of each row, rows × outputs. Trees are added in their order whatever the number of
 * rows, so a row has the same sum alone and among others. What was prepared is kept as long as the trees live.
 *
 * @param columns encoded (see `encoded` of features.ts), in the order of the features
 */
export function treeSums(
  trees: Trees,
  features: readonly Feature[],
  columns: readonly Float64Array[],
  rows: number,
): Float64Array {
  let prepared = known.get(trees);
  if (prepared === undefined) {
    prepared = prepare(trees, features);
    known.set(trees, prepared);
  }
  const sums = new Float64Array(rows * trees.outputs);
  if (prepared === null) {
    walkByNumbers(trees, columns, sums);
    return sums;
  }
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - start);
    placeRows(prepared, columns, start, count);
    if (count < 4) walkFewRows(prepared, start, count, sums);
    else walkRows(prepared, start, count, sums);
  }
  return sums;
}

/** As `treeSums`, node by node on the numbers themselves. */
function walkByNumbers(trees: Trees, columns: readonly Float64Array[], sums: Float64Array): void {
  const { roots, feature, threshold, left, right, categorySet, categoryWords, outputs } = trees;
  for (let row = 0; row * outputs < sums.length; row++) {
    for (let tree = 0; tree + 1 < roots.length; tree++) {
      let node = roots[tree]!;
      for (let f = feature[node]!; f >= 0; f = feature[node]!) {
        const x = columns[f]![row]!;
        const set = categorySet[node]!;
        const goesLeft = Number.isNaN(x)
          ? trees.missingLeft[node] === 1
          : set < 0
            ? x <= threshold[node]!
            : ((categoryWords[set + (x >>> 5)]! >>> (x & 31)) & 1) === 1;
        node = goesLeft ? left[node]! : right[node]!;
      }
      for (let k = 0; k < outputs; k++)
        sums[row * outputs + k]! += trees.value[node * outputs + k]!;
    }
  }
}

function prepare(trees: Trees, features: readonly Feature[]): Prepared | null {
  const { roots, feature, threshold, missingLeft, categorySet, outputs } = trees;
  const asked = features.map(() => new Set<number>());
  const ofLevels = new Uint8Array(features.length);
  for (let node = 0; node < feature.length; node++) {
    const f = feature[node]!;
    if (f < 0) continue;
    if (categorySet[node]! >= 0) ofLevels[f] = 1;
    else asked[f]!.add(threshold[node]! + 0);
  }
  const tooMany = (f: number) =>
    asked[f]!.size >= LEAF - 1 || (features[f]!.levels?.length ?? 0) >= MISSING;
  if (features.length > MISSING || features.some((_, f) => tooMany(f))) return null;
  const cutsOf = asked.map((cuts) => Float64Array.from(cuts).sort());
  const placeOf = cutsOf.map((cuts) => new Map(Array.from(cuts, (cut, place) => [cut, place])));
  const nodes = new Int32Array(2 * feature.length);
  const sets = ofLevels.includes(1) ? new Int32Array(feature.length).fill(-1) : null;
  const values = new Float64Array(feature.length * outputs);
  const depths = new Uint32Array(roots.length - 1);
  const order = new Uint32Array(feature.length);
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    // Breadth first, level by level: a node's children get the next two places.
    let next = roots[tree]!;
    order[next++] = roots[tree]!;
    let levelEnd = next;
    for (let at = roots[tree]!; at < next; at++) {
      if (at === levelEnd) {
        depths[tree]!++;
        levelEnd = next;
      }
      const node = order[at]!;
      const f = feature[node]!;
      for (let k = 0; k < outputs; k++) values[at * outputs + k] = trees.value[node * outputs + k]!;
      if (f < 0) {
        nodes[2 * at] = LEAF;
        nodes[2 * at + 1] = at << 1;
        continue;
      }
      const along = missingLeft[node]!;
      const set = categorySet[node]!;
      if (set >= 0) sets![at] = set;
      const place = set < 0 ? placeOf[f]!.get(threshold[node]! + 0)! + along : 0;
      nodes[2 * at] = (f << 16) | place;
      nodes[2 * at + 1] = (next << 1) | along;
      order[next++] = trees.left[node]!;
      order[next++] = trees.right[node]!;
    }
  }
  return {
    features: features.length,
    outputs,
    ladders: cutsOf.map((cuts) => (cuts.length === 0 ? null : ladderOf(cuts))),
    ofLevels,
    roots,
    nodes,
    sets,
    setWords: trees.categoryWords,
    values,
    places: new Uint16Array(BLOCK_ROWS * features.length),
    depths,
    ends: new Uint32Array(4),
  };
}

/** One number and its two words, to read the high one. */
const cell = new Float64Array(1);
const cellWords = new Int32Array(cell.buffer);

/** Writes the places of a block of rows. */
function placeRows(
  { features, ladders, ofLevels, places }: Prepared,
  columns: readonly Float64Array[],
  start: number,
  count: number,
): void {
  for (let f = 0; f < features; f++) {
    const column = columns[f]!;
    const ladder = ladders[f]!;
    if (ladder === null && ofLevels[f] === 0) continue;
    for (let i = 0, to = f; i < count; i++, to += features) {
      const x = column[start + i]!;
      if (Number.isNaN(x)) places[to] = MISSING;
      else if (ladder === null) places[to] = x;
      else {
        cell[0] = x;
        places[to] = cutsBelow(ladder, x, cellWords[HIGH_WORD]!);
      }
    }
  }
}

/** The node after `node` for a row whose places begin at `row`. */
function next(nodes: Int32Array, places: Uint16Array, node: number, row: number): number {
  const asks = nodes[2 * node]!;
  const leads = nodes[2 * node + 1]!;
  const x = (places[row + (asks >>> 16)]! + (leads & 1)) & MISSING;
  return (leads >>> 1) + (((asks & 0xffff) - x) >>> 31);
}

/** As `next`, where splits may be of levels. */
function nextOfAny(
  { nodes, places, setWords }: Prepared,
  sets: Int32Array,
  node: number,
  row: number,
): number {
  const set = sets[node]!;
  if (set < 0) return next(nodes, places, node, row);
  const leads = nodes[2 * node + 1]!;
  const x = places[row + (nodes[2 * node]! >>> 16)]!;
  const left = x === MISSING ? leads & 1 : (setWords[set + (x >>> 5)]! >>> (x & 31)) & 1;
  return (leads >>> 1) + 1 - left;
}

/** Writes into `ends` where four walks through trees end: from `starts`, for the rows whose places begin at `rows`. */
function walkFour(
  prepared: Prepared,
  starts: readonly [number, number, number, number],
  rows: readonly [number, number, number, number],
  depth: number,
): void {
  const { nodes, places, sets, ends } = prepared;
  let [n0, n1, n2, n3] = starts;
  const [r0, r1, r2, r3] = rows;
  for (let rest = depth; rest > 0; ) {
    const steps = Math.min(rest, STEPS);
    rest -= steps;
    if (sets === null) {
      for (let step = 0; step < steps; step++) {
        n0 = next(nodes, places, n0, r0);
        n1 = next(nodes, places, n1, r1);
        n2 = next(nodes, places, n2, r2);
        n3 = next(nodes, places, n3, r3);
      }
    } else {
      for (let step = 0; step < steps; step++) {
        n0 = nextOfAny(prepared, sets, n0, r0);
        n1 = nextOfAny(prepared, sets, n1, r1);
        n2 = nextOfAny(prepared, sets, n2, r2);
        n3 = nextOfAny(prepared, sets, n3, r3);
      }
    }
    if (
      nodes[2 * n0] === LEAF &&
      nodes[2 * n1] === LEAF &&
      nodes[2 * n2] === LEAF &&
      nodes[2 * n3] === LEAF
    )
      break;
  }
  ends[0] = n0;
  ends[1] = n1;
  ends[2] = n2;
  ends[3] = n3;
}

/** Four rows at once through each tree. */
function walkRows(prepared: Prepared, start: number, count: number, sums: Float64Array): void {
  const { features, outputs, roots, depths, values, ends } = prepared;
  for (let tree = 0; tree < depths.length; tree++) {
    const root = roots[tree]!;
    const depth = depths[tree]!;
    for (let i = 0; i < count; i += 4) {
      // The last rows of a block may be walked twice; what they say is added once.
      const first = Math.min(i, count - 4);
      const row = first * features;
      walkFour(
        prepared,
        [root, root, root, root],
        [row, row + features, row + 2 * features, row + 3 * features],
        depth,
      );
      for (let lane = i - first; lane < 4; lane++) {
        const to = (start + first + lane) * outputs;
        const from = ends[lane]! * outputs;
        for (let k = 0; k < outputs; k++) sums[to + k]! += values[from + k]!;
      }
    }
  }
}

/** Four trees at once for each row. */
function walkFewRows(prepared: Prepared, start: number, count: number, sums: Float64Array): void {
  const { features, outputs, roots, depths, values, ends } = prepared;
  const last = depths.length - 1;
  for (let i = 0; i < count; i++) {
    const row = i * features;
    const to = (start + i) * outputs;
    for (let tree = 0; tree <= last; tree += 4) {
      const [t1, t2, t3] = [
        Math.min(tree + 1, last),
        Math.min(tree + 2, last),
        Math.min(tree + 3, last),
      ];
      const depth = Math.max(depths[tree]!, depths[t1]!, depths[t2]!, depths[t3]!);
      walkFour(
        prepared,
        [roots[tree]!, roots[t1]!, roots[t2]!, roots[t3]!],
        [row, row, row, row],
        depth,
      );
      for (let lane = 0; lane < 4 && tree + lane <= last; lane++) {
        const from = ends[lane]! * outputs;
        for (let k = 0; k < outputs; k++) sums[to + k]! += values[from + k]!;
      }
    }
  }
}
