/** Grows one tree from the rows drawn for it, node by node, and gives its nodes in preorder. */
import type { Random } from "../base/random.ts";
import { type NearRows, nearRows } from "./grow-near.ts";
import { type GrownTree, NodeList } from "./grow-nodes.ts";
import {
  type BestSplit,
  type GrowData,
  ROW_SHIFT,
  type RowData,
  type SplitSearch,
} from "./grow-split.ts";

/** When a tree stops to grow. */
export interface GrowLimits {
  /** Splits on the longest way; Infinity = no limit. */
  readonly maxDepth: number;
  /** Rows a node must have to be split. */
  readonly minSplitRows: number;
  /** Leaves at most, those whose splits gain most; Infinity = no limit. */
  readonly maxLeaves: number;
  /** Features tried at each split. */
  readonly featuresPerSplit: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** The node whose right child this is; −1 = another one. */
  readonly rightOf: number;
  /** Its sums as the search knows them, or NaN. */
  readonly total: number;
}

interface Branch {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Its best split; null = stays a leaf. */
  split: BestSplit | null;
  /** What the split gains. */
  readonly gain: number;
  children: readonly [Branch, Branch] | null;
}

/** Grows a tree from the first `count` words, which are left in the order of its leaves. */
export type TreeGrower = (count: number, random: Random) => GrownTree;

/**
 * Gives the function that grows trees, one after another from other words.
 *
 * @param rows may be changed while a tree grows, and are as they were afterwards
 * @param words the rows drawn (see ROW_SHIFT)
 * @param search looks at these very rows and words
 * @param candidates features that are not the same in all rows
 */
export function treeGrower(
  data: GrowData,
  rows: RowData,
  words: Int32Array,
  search: SplitSearch,
  outputs: number,
  candidates: readonly number[],
  limits: GrowLimits,
): TreeGrower {
  const features = new Int32Array(candidates.length);
  const look = splitLooker(search, features, limits);
  const partition = partitioner(data, rows, words);
  const near = nearRows(rows, words, data.stride);
  const tools: Tools = { data, search, look, partition, near };
  const nodes = new NodeList(outputs);
  return (count, random) => {
    features.set(candidates);
    if (limits.maxLeaves === Number.POSITIVE_INFINITY)
      growWhole(tools, count, nodes, random, limits.maxDepth);
    else growBest(tools, count, nodes, random, limits.maxLeaves);
    return nodes.grown();
  };
}

interface Tools {
  readonly data: GrowData;
  readonly search: SplitSearch;
  readonly look: Look;
  readonly partition: Partition;
  readonly near: NearRows;
}

function emptySplit(): BestSplit {
  return {
    score: -1,
    feature: -1,
    bin: 0,
    missingLeft: false,
    missingMet: false,
    goesLeft: new Uint8Array(256),
    leftTotal: Number.NaN,
  };
}

type Look = (depth: number, mixed: boolean, best: BestSplit, random: Random) => boolean;
type Partition = (start: number, end: number, best: BestSplit) => number;

/** Gives the function that finds the split of the node entered; false = it stays a leaf. */
function splitLooker(search: SplitSearch, features: Int32Array, limits: GrowLimits): Look {
  const wanted = Math.min(limits.featuresPerSplit, features.length);
  return (depth, mixed, best, random) => {
    best.score = -1;
    if (!mixed || depth >= limits.maxDepth || search.rows() < limits.minSplitRows) return false;
    let drawn = 0;
    // As long as no split is possible further features are tried, one by one.
    while (drawn < features.length && (drawn < wanted || best.score < 0)) {
      const upTo = drawn < wanted ? wanted : drawn + 1;
      for (let place = drawn; place < upTo; place++) {
        const other = place + random.int(features.length - place);
        const feature = features[other]!;
        features[other] = features[place]!;
        features[place] = feature;
      }
      search.search(features, drawn, upTo, best);
      drawn = upTo;
    }
    return best.score >= 0;
  };
}

/** Gives the function that brings the words that go left before the others, both in their order. */
function partitioner(data: GrowData, rows: RowData, words: Int32Array): Partition {
  const { stride, binCounts, categorical } = data;
  const kept = new Int32Array(words.length);
  return (start, end, best) => {
    const { feature, bin, goesLeft } = best;
    const levels = categorical[feature] === 1;
    if (!levels && best.missingMet && best.missingLeft) {
      goesLeft.fill(0);
      goesLeft.fill(1, 0, bin + 1);
      goesLeft[binCounts[feature]!] = 1;
    }
    const middle =
      levels || (best.missingMet && best.missingLeft)
        ? partBySet(words, kept, rows.bins, stride, feature, goesLeft, start, end)
        : partByCut(words, kept, rows.bins, stride, feature, bin, start, end);
    const right = end - middle;
    if (right > 32) words.set(kept.subarray(0, right), middle);
    else copyFew(kept, words, middle, right);
    return middle;
  };
}

function copyFew(from: Int32Array, to: Int32Array, place: number, count: number): void {
  for (let i = 0; i < count; i++) to[place + i] = from[i]!;
}

/** Writes words that go left to the front and others to `kept`, each into both places: no branch to foretell. */
function partByCut(
  words: Int32Array,
  kept: Int32Array,
  bins: Uint8Array,
  stride: number,
  feature: number,
  lastLeft: number,
  start: number,
  end: number,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const word = words[i]!;
    const goes = (bins[(word >>> ROW_SHIFT) * stride + feature]! - lastLeft - 1) >>> 31;
    words[left] = word;
    kept[right] = word;
    left += goes;
    right += 1 - goes;
  }
  return left;
}

/** As `partByCut`, with a byte per bin that is 1 where it goes left. */
function partBySet(
  words: Int32Array,
  kept: Int32Array,
  bins: Uint8Array,
  stride: number,
  feature: number,
  goesLeft: Uint8Array,
  start: number,
  end: number,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const word = words[i]!;
    const goes = goesLeft[bins[(word >>> ROW_SHIFT) * stride + feature]!]!;
    words[left] = word;
    kept[right] = word;
    left += goes;
    right += 1 - goes;
  }
  return left;
}

/** Splits every node that can be split. */
function growWhole(
  { data, search, look, partition, near }: Tools,
  count: number,
  nodes: NodeList,
  random: Random,
  maxDepth: number,
): void {
  const best = emptySplit();
  const open: Span[] = [{ start: 0, end: count, depth: 0, rightOf: -1, total: Number.NaN }];
  for (let span = open.pop(); span; span = open.pop()) {
    const { start, end, depth, rightOf, total } = span;
    near.visit(start, end);
    const mixed = search.enter(start, end, total);
    const node = nodes.addLeaf(search);
    if (rightOf >= 0) nodes.setRight(rightOf, node);
    if (!look(depth, mixed, best, random)) continue;
    nodes.split(node, best, data.categorical[best.feature] === 1);
    const { leftTotal } = best;
    const rightTotal = search.total() - leftTotal;
    const below = depth + 1;
    // Of leaves whose sums are known the rows are not needed any more.
    const last = below >= maxDepth && !Number.isNaN(leftTotal);
    const middle = last ? end : partition(start, end, best);
    open.push({ start: middle, end, depth: below, rightOf: node, total: rightTotal });
    open.push({ start, end: middle, depth: below, rightOf: -1, total: leftTotal });
  }
  near.leave();
}

/** Splits the node that gains most until there are enough leaves. */
function growBest(
  { data, search, look, partition }: Tools,
  count: number,
  nodes: NodeList,
  random: Random,
  maxLeaves: number,
): void {
  const branchAt = (start: number, end: number, depth: number): Branch => {
    const split = emptySplit();
    const splits = look(depth, search.enter(start, end, Number.NaN), split, random);
    const gain = split.score - search.score();
    return { start, end, depth, split: splits ? split : null, gain, children: null };
  };
  const root = branchAt(0, count, 0);
  const open = [root];
  for (let leaves = 1; leaves < maxLeaves; leaves++) {
    let first = -1;
    for (let i = 0; i < open.length; i++) {
      if (open[i]!.split !== null && (first < 0 || open[i]!.gain > open[first]!.gain)) first = i;
    }
    const branch = open[first];
    if (!branch?.split) break;
    const { start, end, depth } = branch;
    const middle = partition(start, end, branch.split);
    const left = branchAt(start, middle, depth + 1);
    const right = branchAt(middle, end, depth + 1);
    branch.children = [left, right];
    open[first] = left;
    open.push(right);
  }
  const rest: { branch: Branch; rightOf: number }[] = [{ branch: root, rightOf: -1 }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { branch, rightOf } = next;
    search.enter(branch.start, branch.end, Number.NaN);
    const node = nodes.addLeaf(search);
    if (rightOf >= 0) nodes.setRight(rightOf, node);
    if (branch.children === null || branch.split === null) continue;
    nodes.split(node, branch.split, data.categorical[branch.split.feature] === 1);
    rest.push({ branch: branch.children[1], rightOf: node });
    rest.push({ branch: branch.children[0], rightOf: -1 });
  }
}
