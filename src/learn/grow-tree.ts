/** Grows one tree from the rows drawn for it, node by node, and gives its nodes in preorder. */
import type { Random } from "../base/random.ts";
import { nearRows } from "./grow-near.ts";
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

/**
 * @param words the rows drawn (see ROW_SHIFT); left in the order of the leaves
 * @param rows may be changed while the tree grows, and are as they were afterwards
 * @param search looks at these very rows and words
 * @param candidates features that are not the same in all rows
 */
export function growTree(
  data: GrowData,
  rows: RowData,
  words: Int32Array,
  search: SplitSearch,
  outputs: number,
  candidates: readonly number[],
  limits: GrowLimits,
  random: Random,
): GrownTree {
  const nodes = new NodeList(outputs);
  const look = splitLooker(search, candidates, limits, random);
  const partition = partitioner(data, rows, words);
  if (limits.maxLeaves === Number.POSITIVE_INFINITY)
    growWhole(data, rows, words, nodes, search, look, partition, limits.maxDepth);
  else growBest(data, words.length, nodes, search, look, partition, limits.maxLeaves);
  return nodes.grown();
}

function emptySplit(): BestSplit {
  return {
    score: -1,
    feature: -1,
    bin: 0,
    missingLeft: false,
    goesLeft: new Uint8Array(256),
    leftTotal: Number.NaN,
  };
}

type Look = (depth: number, mixed: boolean, best: BestSplit) => boolean;
type Partition = (start: number, end: number, best: BestSplit) => number;

/** Gives the function that finds the split of the node entered; false = it stays a leaf. */
function splitLooker(
  search: SplitSearch,
  candidates: readonly number[],
  limits: GrowLimits,
  random: Random,
): Look {
  const features = Int32Array.from(candidates);
  const wanted = Math.min(limits.featuresPerSplit, features.length);
  return (depth, mixed, best) => {
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
  const { stride: width, binCounts, categorical } = data;
  const keptAll = new Int32Array(words.length);
  return (start, end, best) => {
    const { bins } = rows;
    const kept = keptAll;
    const { feature, bin, goesLeft } = best;
    let left = start;
    let right = 0;
    if (categorical[feature] === 1 || best.missingLeft) {
      if (categorical[feature] !== 1) {
        goesLeft.fill(0);
        goesLeft.fill(1, 0, bin + 1);
        goesLeft[binCounts[feature]!] = 1;
      }
      for (let i = start; i < end; i++) {
        const word = words[i]!;
        const goes = goesLeft[bins[(word >>> ROW_SHIFT) * width + feature]!]!;
        words[left] = word;
        kept[right] = word;
        left += goes;
        right += 1 - goes;
      }
    } else {
      for (let i = start; i < end; i++) {
        const word = words[i]!;
        const goes = (bins[(word >>> ROW_SHIFT) * width + feature]! - bin - 1) >>> 31;
        words[left] = word;
        kept[right] = word;
        left += goes;
        right += 1 - goes;
      }
    }
    if (right > 32) words.set(kept.subarray(0, right), left);
    else for (let i = 0; i < right; i++) words[left + i] = kept[i]!;
    return left;
  };
}

/** Splits every node that can be split. */
function growWhole(
  data: GrowData,
  rows: RowData,
  words: Int32Array,
  nodes: NodeList,
  search: SplitSearch,
  look: Look,
  partition: Partition,
  maxDepth: number,
): void {
  const near = nearRows(rows, words, data.stride);
  const best = emptySplit();
  const open: Span[] = [{ start: 0, end: words.length, depth: 0, rightOf: -1, total: Number.NaN }];
  for (let span = open.pop(); span; span = open.pop()) {
    const { start, end, depth, rightOf, total } = span;
    near.visit(start, end);
    const mixed = search.enter(start, end, total);
    const node = nodes.addLeaf(search);
    if (rightOf >= 0) nodes.setRight(rightOf, node);
    if (!look(depth, mixed, best)) continue;
    nodes.split(node, best, data.categorical[best.feature] === 1);
    const { leftTotal } = best;
    // Of leaves whose sums are known the rows are not needed any more.
    const last = depth + 1 >= maxDepth && !Number.isNaN(leftTotal);
    const middle = last ? end : partition(start, end, best);
    const below = { depth: depth + 1, start, end };
    open.push({ ...below, start: middle, rightOf: node, total: search.total() - leftTotal });
    open.push({ ...below, end: middle, rightOf: -1, total: leftTotal });
  }
  near.leave();
}

/** Splits the node that gains most until there are enough leaves. */
function growBest(
  data: GrowData,
  length: number,
  nodes: NodeList,
  search: SplitSearch,
  look: Look,
  partition: Partition,
  maxLeaves: number,
): void {
  const branchAt = (start: number, end: number, depth: number): Branch => {
    const split = emptySplit();
    const splits = look(depth, search.enter(start, end, Number.NaN), split);
    const gain = split.score - search.score();
    return { start, end, depth, split: splits ? split : null, gain, children: null };
  };
  const root = branchAt(0, length, 0);
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
