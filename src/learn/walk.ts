/**
 * Takes trees and encoded rows and gives each row's sum over the trees. Many rows go by the kernel, few rows down the
 * nodes that the kernel has (walk-nodes.ts). What neither takes, small trees for few rows and many rows without
 * WebAssembly are walked here. Trees are prepared once: rows become small whole numbers (how many of a feature's
 * thresholds lie below), nodes two words each, siblings beside each other, and a step down is arithmetic without a branch
 * to foretell.
 */
import type { Feature } from "./features.ts";
import { cutsBelow, highWordOf, type Ladder, ladderOf } from "./ladder.ts";
import type { Trees } from "./trees.ts";
import { sumByKernel } from "./walk-blocks.ts";
import { walkKernel } from "./walk-kernel.ts";
import { sumByNodes } from "./walk-nodes.ts";
import { areOfMasks, type Plan, planOf } from "./walk-plan.ts";

/** Columns a row of places has per feature: one for nodes where missing goes right, one where it goes left. */
const SIDES = 2;
/** Missing among places: right of every threshold, or left of it; other places count from 1. */
const MISSING_RIGHT = 0xffff;
const MISSING_LEFT = 0;
/** Places that a number or level can have, and features that a node can name. */
const MOST_PLACES = 0xfffd;
const MOST_FEATURES = 0x7fff;
/** First word of a leaf: the place of every row is at most this, so the walk stays. */
const LEAF = 0xffff;
/** Steps between two looks whether all walks are at a leaf. */
const STEPS = 4;
/** Walks that go down together. */
const LANES = 4;

/** Rows walked together through one tree after another; more where trees are too large to stay in the cache. */
const BLOCK_ROWS = 256;
const MOST_BLOCK_ROWS = 4096;
/** Nodes of a tree that is large in this sense. */
const LARGE_TREE = 2048;

/** From so many rows on the kernel of walk-kernel.ts is worth its preparation. */
const MANY_ROWS = 256;

interface Prepared {
  readonly features: number;
  readonly outputs: number;
  /** Of each feature the thresholds asked for; null = none is, or the feature has levels. */
  readonly ladders: readonly (Ladder | null)[];
  /** 1 = the feature's value is a level's code. */
  readonly ofLevels: Uint8Array;
  /** Word at which each tree's root begins. */
  readonly roots: Int32Array;
  /** Splits on the longest way of each tree. */
  readonly depths: Uint32Array;
  /**
   * Two words per node. First: column of places << 16 | the last place that goes left. Second: the left child's first
   * word; the right child comes next.
   */
  readonly nodes: Int32Array;
  /** Per node its set's first word in `setWords`, −1 = numeric; null where no split is of levels. */
  readonly sets: Int32Array | null;
  readonly setWords: Uint32Array;
  /** nodes × outputs. */
  readonly values: Float64Array;
  readonly blockRows: number;
  /** blockRows × features × SIDES. */
  readonly places: Uint16Array;
  /** Of each walk the node's word where it begins and later ends, and where its row's places begin. */
  readonly at: Int32Array;
  readonly rowAt: Int32Array;
}

/** null = more different thresholds or levels than places: walked on the numbers themselves. */
const known = new WeakMap<Trees, Prepared | null>();
/** The same trees for the kernel; null = it does not take them. */
const plans = new WeakMap<Trees, Plan | null>();

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
  const sums = new Float64Array(rows * trees.outputs);
  const many = rows >= MANY_ROWS;
  const kernel = many ? walkKernel() : null;
  const byPlan = many ? kernel !== null : !areOfMasks(trees);
  const plan = byPlan ? planFor(trees, features) : null;
  if (plan !== null) {
    if (kernel === null) sumByNodes(plan, columns, rows, sums);
    else sumByKernel(plan, kernel, columns, rows, sums);
    return sums;
  }
  let prepared = known.get(trees);
  if (prepared === undefined) {
    prepared = prepare(trees, features);
    known.set(trees, prepared);
  }
  if (prepared === null) {
    walkByNumbers(trees, columns, sums);
    return sums;
  }
  const { blockRows } = prepared;
  for (let start = 0; start < rows; start += blockRows) {
    const count = Math.min(blockRows, rows - start);
    placeRows(prepared, columns, start, count);
    if (count < LANES) walkFewRows(prepared, start, count, sums);
    else walkRows(prepared, start, count, sums);
  }
  return sums;
}

/** The trees for the kernel, made once; null = it does not take them. */
export function planFor(trees: Trees, features: readonly Feature[]): Plan | null {
  let plan = plans.get(trees);
  if (plan === undefined) {
    plan = planOf(trees, features);
    plans.set(trees, plan);
  }
  return plan;
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
    asked[f]!.size >= MOST_PLACES || (features[f]!.levels?.length ?? 0) >= MOST_PLACES;
  if (features.length > MOST_FEATURES || features.some((_, f) => tooMany(f))) return null;
  const cutsOf = asked.map((cuts) => Float64Array.from(cuts).sort());
  const placeOf = cutsOf.map((cuts) => new Map(Array.from(cuts, (cut, place) => [cut, place])));
  const nodes = new Int32Array(2 * feature.length);
  const sets = ofLevels.includes(1) ? new Int32Array(feature.length).fill(-1) : null;
  const values = new Float64Array(feature.length * outputs);
  const order = new Uint32Array(feature.length);
  const treeCount = roots.length - 1;
  const depths = new Uint32Array(treeCount);
  for (let tree = 0; tree < treeCount; tree++) {
    // Breadth first: a node's children get the next two places.
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
        nodes[2 * at + 1] = 2 * at;
        continue;
      }
      const set = categorySet[node]!;
      if (set >= 0) sets![at] = set;
      const place = set < 0 ? placeOf[f]!.get(threshold[node]! + 0)! + 1 : 0;
      nodes[2 * at] = ((SIDES * f + missingLeft[node]!) << 16) | place;
      nodes[2 * at + 1] = 2 * next;
      order[next++] = trees.left[node]!;
      order[next++] = trees.right[node]!;
    }
  }
  const blockRows = feature.length > LARGE_TREE * treeCount ? MOST_BLOCK_ROWS : BLOCK_ROWS;
  const walks = Math.max(blockRows, treeCount) + LANES;
  return {
    features: features.length,
    outputs,
    ladders: cutsOf.map((cuts) => (cuts.length === 0 ? null : ladderOf(cuts))),
    ofLevels,
    roots: Int32Array.from(roots.subarray(0, treeCount), (root) => 2 * root),
    depths,
    nodes,
    sets,
    setWords: trees.categoryWords,
    values,
    blockRows,
    places: new Uint16Array((blockRows + LANES) * features.length * SIDES),
    at: new Int32Array(walks),
    rowAt: new Int32Array(walks),
  };
}

/** Writes the places of a block of rows. */
function placeRows(
  { features, ladders, ofLevels, places }: Prepared,
  columns: readonly Float64Array[],
  start: number,
  count: number,
): void {
  const width = SIDES * features;
  for (let f = 0; f < features; f++) {
    const column = columns[f]!;
    const ladder = ladders[f]!;
    if (ladder === null && ofLevels[f] === 0) continue;
    for (let i = 0, to = SIDES * f; i < count; i++, to += width) {
      const x = column[start + i]!;
      if (Number.isNaN(x)) {
        places[to] = MISSING_RIGHT;
        places[to + 1] = MISSING_LEFT;
        continue;
      }
      let place = x + 1;
      if (ladder !== null) {
        place = cutsBelow(ladder, x, highWordOf(x)) + 1;
      }
      places[to] = place;
      places[to + 1] = place;
    }
  }
}

/** Four rows at once through each tree. */
function walkRows(prepared: Prepared, start: number, count: number, sums: Float64Array): void {
  const { features, outputs, roots, depths, values, at, rowAt } = prepared;
  // Rows beyond the last fill the last lanes; what they come to is not read.
  const lanes = (count + LANES - 1) & -LANES;
  for (let i = 0; i < lanes; i++) rowAt[i] = i * SIDES * features;
  for (let tree = 0; tree < depths.length; tree++) {
    at.fill(roots[tree]!, 0, lanes);
    walk(prepared, lanes, depths[tree]!);
    if (outputs === 1) {
      for (let i = 0; i < count; i++) sums[start + i]! += values[at[i]! >>> 1]!;
      continue;
    }
    for (let i = 0; i < count; i++) {
      const from = (at[i]! >>> 1) * outputs;
      for (let k = 0; k < outputs; k++) sums[(start + i) * outputs + k]! += values[from + k]!;
    }
  }
}

/** Four trees at once for each row. */
function walkFewRows(prepared: Prepared, start: number, count: number, sums: Float64Array): void {
  const { features, outputs, roots, depths, values, at, rowAt } = prepared;
  const trees = roots.length;
  const lanes = (trees + LANES - 1) & -LANES;
  let depth = 0;
  for (let tree = 0; tree < trees; tree++) depth = Math.max(depth, depths[tree]!);
  for (let i = 0; i < count; i++) {
    at.set(roots);
    rowAt.fill(i * SIDES * features, 0, lanes);
    walk(prepared, lanes, depth);
    for (let tree = 0; tree < trees; tree++) {
      const from = (at[tree]! >>> 1) * outputs;
      for (let k = 0; k < outputs; k++) sums[(start + i) * outputs + k]! += values[from + k]!;
    }
  }
}

/** Leads the walks 0 … lanes − 1 from `at` down to their leaves. @param depth the longest way there */
function walk(prepared: Prepared, lanes: number, depth: number): void {
  const { nodes, places, sets, at, rowAt } = prepared;
  for (let i = 0; i < lanes; i += LANES) {
    let n0 = at[i]!;
    let n1 = at[i + 1]!;
    let n2 = at[i + 2]!;
    let n3 = at[i + 3]!;
    const r0 = rowAt[i]!;
    const r1 = rowAt[i + 1]!;
    const r2 = rowAt[i + 2]!;
    const r3 = rowAt[i + 3]!;
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
      if (nodes[n0] === LEAF && nodes[n1] === LEAF && nodes[n2] === LEAF && nodes[n3] === LEAF)
        break;
    }
    at[i] = n0;
    at[i + 1] = n1;
    at[i + 2] = n2;
    at[i + 3] = n3;
  }
}

/** The word of the node after that at `word`, for a row whose places begin at `row`. */
function next(nodes: Int32Array, places: Uint16Array, word: number, row: number): number {
  const asks = nodes[word]!;
  const place = places[row + (asks >>> 16)]!;
  return nodes[word + 1]! + ((((asks & 0xffff) - place) >>> 30) & 2);
}

/** As `next`, where splits may be of levels. */
function nextOfAny(
  { nodes, places, setWords }: Prepared,
  sets: Int32Array,
  word: number,
  row: number,
): number {
  const set = sets[word >>> 1]!;
  if (set < 0) return next(nodes, places, word, row);
  const place = places[row + (nodes[word]! >>> 16)]!;
  if (place === MISSING_LEFT) return nodes[word + 1]!;
  if (place === MISSING_RIGHT) return nodes[word + 1]! + 2;
  const level = place - 1;
  const left = (setWords[set + (level >>> 5)]! >>> (level & 31)) & 1;
  return nodes[word + 1]! + 2 - 2 * left;
}
