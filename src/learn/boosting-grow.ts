/**
 * Grows one tree leaf by leaf, the one that gains most first. All members of a gang run this at the same time on the
 * same tree: each sums its own share of the rows, then the histograms of its own share of the features are put together
 * and searched, and all take the same best split.
 */
import type { Layout, Sizes } from "./boosting-memory.ts";
import {
  answerOf,
  FEATURE,
  fillGoesLeft,
  GAIN,
  GRADIENT,
  HESSIAN,
  type NodeSums,
  ROWS,
  SPLIT_NUMBERS,
  type SplitRules,
  splitFinder,
  sumEntries,
} from "./boosting-split.ts";
import { meet } from "./gang.ts";
import { ENTRY_BYTES, type HistogramKernel, MOST_FEATURES_AT_ONCE } from "./histogram-kernel.ts";
import { SEARCH } from "./search-kernel.ts";

/** The features as the threads know them. */
export interface FeaturePlan {
  /** Bins without that of missing. */
  readonly bins: Uint8Array;
  /** 1 = the bins are levels. */
  readonly categorical: Uint8Array;
  readonly directions: Int8Array;
  /** First entry in a histogram of all features, and one more: how many entries there are. */
  readonly entries: Uint32Array;
}

/** A node of a growing tree. */
export interface GrownNode extends NodeSums {
  readonly depth: number;
  /** Where this member's rows of the node lie in its list, and how many. */
  readonly start: number;
  readonly count: number;
  /** The children's places among the nodes; −1 at a leaf. */
  left: number;
  right: number;
  /** Numbers of the split; null at a leaf. */
  split: Float64Array | null;
}

export interface TreePlan {
  readonly rules: SplitRules;
  readonly maxLeaves: number;
  readonly maxDepth: number;
  /** Features that the tree may use, increasing. */
  readonly features: readonly number[];
  /** Of these, those that a node may use; asked once per node, in the order in which nodes are searched. */
  readonly featuresOfNode: () => readonly number[];
  /** Which output's gradients. */
  readonly output: number;
  /** How many rows this member's list has. */
  readonly count: number;
}

/** Where and among whom a member grows trees. */
export interface Place {
  readonly memory: WebAssembly.Memory;
  readonly layout: Layout;
  readonly sizes: Sizes;
  readonly plan: FeaturePlan;
  readonly gang: Int32Array;
  readonly member: number;
  /** First row of this member's share. */
  readonly from: number;
  /** Bits of the counts in a histogram's entries. */
  readonly shift: number;
  readonly kernel: HistogramKernel;
}

/** Rows summed before the next features are, so that what they touch stays in the cache. */
const TILE_ROWS = 4096;

/** A leaf that can be split. */
interface Open {
  readonly node: GrownNode;
  /** Address of its histogram. */
  readonly slot: number;
  readonly split: Float64Array;
}

/**
 * Ready to grow tree after tree over the same rows.
 *
 * @returns the nodes of a tree, a child after its parent, the same for every member but for its own rows
 */
export function treeGrower(place: Place): (tree: TreePlan) => GrownNode[] {
  const { memory, layout, sizes, plan, gang, member } = place;
  const { members } = sizes;
  const words = new Int32Array(memory.buffer);
  const { kernel } = place;
  const histogramBytes = sizes.entries * ENTRY_BYTES;
  const list = layout.rows + 4 * place.from;
  const spare = layout.spare + 4 * place.from;
  const table = layout.goesLeft + 256 * member;
  const goesLeft = new Uint8Array(memory.buffer, table, 256);
  const cuts = { search: kernel.search, room: layout.search + SEARCH.bytes * member };
  const told = splitViews(memory.buffer, layout, members);

  return (tree) => {
    const { rules, features, maxLeaves } = tree;
    const { bins, categorical, directions } = plan;
    const finder = splitFinder(memory.buffer, bins, categorical, directions, rules, cuts);
    const gradients = layout.gradients + 8 * sizes.rows * tree.output;
    const firstMine = features[Math.floor((features.length * member) / members)] ?? Infinity;
    const endMine = features[Math.floor((features.length * (member + 1)) / members)] ?? Infinity;
    const isMine = (feature: number) => feature >= firstMine && feature < endMine;
    const all = features.length === sizes.features;
    const groups = all ? [] : groupsOf(features);
    const ranges = rangesOf(features, plan.entries);
    const myRanges = rangesOf(features.filter(isMine), plan.entries);
    const free = Array.from({ length: maxLeaves + 1 }, (_, i) => layout.open + i * histogramBytes);
    const nodes: GrownNode[] = [];
    const open: Open[] = [];

    /** Sums the rows of a node over all members; of the slot each member has its own features afterwards. */
    const sumRows = (start: number, count: number, slot: number) => {
      const to = members === 1 ? slot : layout.own + member * histogramBytes;
      for (const [entry, entries] of ranges) kernel.clear(to + entry * ENTRY_BYTES, entries);
      const calls = groups.map((group) =>
        group.flatMap((feature) => [feature, to + plan.entries[feature]! * ENTRY_BYTES]),
      );
      for (let done = 0; done < count; done += TILE_ROWS) {
        const rows = list + 4 * (start + done);
        const tile = Math.min(TILE_ROWS, count - done);
        if (all) kernel.sumAll(layout.bins, rows, tile, gradients, to);
        else for (const call of calls) kernel.sum(layout.bins, rows, tile, gradients, call);
      }
      if (members === 1) return;
      meet(gang, members);
      for (const [entry, entries] of myRanges) {
        const first = layout.own + entry * ENTRY_BYTES;
        const at = slot + entry * ENTRY_BYTES;
        kernel.add(at, first, first + histogramBytes, entries);
        for (let of = 2; of < members; of++)
          kernel.add(at, at, first + of * histogramBytes, entries);
      }
    };

    const subtract = (slot: number, from: number) => {
      for (const [entry, entries] of myRanges) {
        const at = entry * ENTRY_BYTES;
        kernel.subtract(from + at, from + at, slot + at, entries);
      }
    };

    const rootSums = (slot: number) => {
      meet(gang, members);
      const [feature] = features as [number];
      const [from, to] = [plan.entries[feature]!, plan.entries[feature + 1]!];
      return sumEntries(words, slot / ENTRY_BYTES + from, to - from, place.shift);
    };

    const canSplit = ({ rows, hessian, depth }: GrownNode) =>
      depth < tree.maxDepth &&
      rows >= 2 * rules.minLeafRows &&
      hessian * rules.hessianUnit >= 2 * rules.minChildWeight;

    const search = (node: GrownNode, slot: number, which: number) => {
      const best = told[member]![which]!;
      best[GAIN] = rules.minGain + ROUNDING * worthOf(node, rules);
      best[FEATURE] = -1;
      for (const feature of tree.featuresOfNode())
        if (isMine(feature))
          finder.consider(feature, slot + plan.entries[feature]! * ENTRY_BYTES, node, best);
    };

    /** Searches nodes together and opens those that can be split; the others' slots are free again. */
    const searchAll = (found: readonly (readonly [GrownNode, number])[]) => {
      const able = found.map(([node]) => canSplit(node));
      found.forEach(([node, slot], which) => {
        if (able[which]) search(node, slot, which);
      });
      meet(gang, members);
      found.forEach(([node, slot], which) => {
        const split = able[which] ? bestOf(told, which) : null;
        if (split === null) free.push(slot);
        else open.push({ node, slot, split });
      });
    };

    const children = ({ node, split }: Open): readonly [GrownNode, GrownNode] => {
      const feature = split[FEATURE]!;
      fillGoesLeft(split, plan.bins[feature]!, goesLeft);
      const { start, count } = node;
      const bins = layout.columns + feature * sizes.rows;
      const wentLeft = kernel.split(bins, list + 4 * start, count, table, spare);
      const [left, right] = childrenOf(node, split, plan.directions[feature]!, rules, wentLeft);
      node.left = nodes.push(left) - 1;
      node.right = nodes.push(right) - 1;
      node.split = split;
      return [left, right];
    };

    const rootSlot = free.pop()!;
    sumRows(0, tree.count, rootSlot);
    const sums = rootSums(rootSlot);
    const root: GrownNode = {
      gradient: sums.gradient,
      hessian: sums.hessian,
      rows: sums.rows,
      lowest: -Infinity,
      highest: Infinity,
      depth: 0,
      start: 0,
      count: tree.count,
      left: -1,
      right: -1,
      split: null,
    };
    nodes.push(root);
    searchAll([[root, rootSlot]]);
    for (let leaves = 1; leaves < maxLeaves && open.length > 0; leaves++) {
      const next = open.splice(mostGain(open), 1)[0]!;
      const [left, right] = children(next);
      if (leaves + 1 === maxLeaves || !(canSplit(left) || canSplit(right))) {
        free.push(next.slot);
        continue;
      }
      const [small, large] = left.rows <= right.rows ? [left, right] : [right, left];
      const slot = free.pop()!;
      sumRows(small.start, small.count, slot);
      subtract(slot, next.slot);
      searchAll([
        [small, slot],
        [large, next.slot],
      ]);
    }
    return nodes;
  };
}

/** Gains below this part of what the node is worth come from rounding. */
const ROUNDING = 1e-12;

function worthOf({ gradient, hessian }: NodeSums, rules: SplitRules): number {
  const g = gradient * rules.gradientUnit;
  const weight = hessian * rules.hessianUnit + rules.l2;
  return weight > 0 ? (g * g) / weight : 0;
}

/** Two splits of each member. */
function splitViews(buffer: SharedArrayBuffer, layout: Layout, members: number): Float64Array[][] {
  const view = (of: number, which: number) =>
    new Float64Array(
      buffer,
      layout.splits + (2 * of + which) * SPLIT_NUMBERS * Float64Array.BYTES_PER_ELEMENT,
      SPLIT_NUMBERS,
    );
  return Array.from({ length: members }, (_, of) => [view(of, 0), view(of, 1)]);
}

/** The members' best split; of equal ones that of the first feature, which the first of them has. */
function bestOf(told: readonly (readonly Float64Array[])[], which: number): Float64Array | null {
  let best: Float64Array | null = null;
  for (const member of told) {
    const one = member[which]!;
    if (one[FEATURE]! >= 0 && (best === null || one[GAIN]! > best[GAIN]!)) best = one;
  }
  return best === null ? null : best.slice();
}

/** The leaf to split next; of equal ones the first found. */
function mostGain(open: readonly Open[]): number {
  let most = 0;
  for (let i = 1; i < open.length; i++)
    if (open[i]!.split[GAIN]! > open[most]!.split[GAIN]!) most = i;
  return most;
}

function childrenOf(
  node: GrownNode,
  split: Float64Array,
  direction: number,
  rules: SplitRules,
  wentLeft: number,
): readonly [GrownNode, GrownNode] {
  const { lowest, highest } = node;
  const gradient = split[GRADIENT]!;
  const hessian = split[HESSIAN]!;
  const rest = { gradient: node.gradient - gradient, hessian: node.hessian - hessian };
  // What lies left and right of a monotone split is parted by the middle of the children's answers.
  const middle =
    direction === 0
      ? 0
      : (answerOf(gradient, hessian, rules, lowest, highest) +
          answerOf(rest.gradient, rest.hessian, rules, lowest, highest)) /
        2;
  const depth = node.depth + 1;
  const left: GrownNode = {
    gradient,
    hessian,
    rows: split[ROWS]!,
    lowest: direction < 0 ? middle : lowest,
    highest: direction > 0 ? middle : highest,
    depth,
    start: node.start,
    count: wentLeft,
    left: -1,
    right: -1,
    split: null,
  };
  const right: GrownNode = {
    gradient: rest.gradient,
    hessian: rest.hessian,
    rows: node.rows - split[ROWS]!,
    lowest: direction > 0 ? middle : lowest,
    highest: direction < 0 ? middle : highest,
    depth,
    start: node.start + wentLeft,
    count: node.count - wentLeft,
    left: -1,
    right: -1,
    split: null,
  };
  return [left, right];
}

/** Features in lots that one call of the kernel can take. */
function groupsOf(features: readonly number[]): number[][] {
  const many = Math.ceil(features.length / MOST_FEATURES_AT_ONCE);
  return Array.from({ length: many }, (_, i) =>
    features.slice((i * features.length) / many, ((i + 1) * features.length) / many),
  );
}

/** Entries of features as stretches: the first, and how many. */
function rangesOf(
  features: readonly number[],
  entries: Uint32Array,
): (readonly [first: number, entries: number])[] {
  const ranges: [number, number][] = [];
  for (const feature of features) {
    const before = ranges.at(-1);
    const first = entries[feature]!;
    const many = entries[feature + 1]! - first;
    if (before && before[0] + before[1] === first) before[1] += many;
    else ranges.push([first, many]);
  }
  return ranges;
}
