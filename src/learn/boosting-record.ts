/** Grown trees as plain arrays: what the thread that grew them gives back, and the model's trees made of them. */
import { categoryWords, type FeatureBins } from "./bins.ts";
import type { GrownNode } from "./boosting-grow.ts";
import { BIN, FEATURE, fillGoesLeft, MISSING_LEFT, SPLIT_NUMBERS } from "./boosting-split.ts";
import { fillInnerNodes } from "./inner-nodes.ts";
import type { Trees } from "./trees.ts";

/** Trees of one output each, in the order in which they were grown: all outputs of a round, then the next round. */
export interface GrownTrees {
  /** Nodes of each tree. */
  readonly sizes: Uint32Array;
  /** SPLIT_NUMBERS per inner node, in the order of the nodes. */
  readonly splits: Float64Array;
  /** Per node: the children by their place in their tree; 0 at a leaf. */
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  /** Per leaf. */
  readonly answers: Float64Array;
  readonly covers: Float64Array;
}

/** Writes tree after tree down. */
export function treeRecorder() {
  const sizes: number[] = [];
  const splits: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const answers: number[] = [];
  const covers: number[] = [];
  return {
    add(nodes: readonly GrownNode[], ofLeaves: readonly number[], weights: readonly number[]) {
      sizes.push(nodes.length);
      for (const node of nodes) {
        left.push(node.split === null ? 0 : node.left);
        right.push(node.split === null ? 0 : node.right);
        if (node.split !== null) splits.push(...node.split);
      }
      answers.push(...ofLeaves);
      covers.push(...weights);
    },
    /** The first `many` trees. */
    trees(many: number): GrownTrees {
      const kept = Uint32Array.from(sizes.slice(0, many));
      const nodes = kept.reduce((sum, size) => sum + size, 0);
      const leaves = (nodes + many) / 2;
      return {
        sizes: kept,
        splits: Float64Array.from(splits.slice(0, (nodes - leaves) * SPLIT_NUMBERS)),
        left: Uint32Array.from(left.slice(0, nodes)),
        right: Uint32Array.from(right.slice(0, nodes)),
        answers: Float64Array.from(answers.slice(0, leaves)),
        covers: Float64Array.from(covers.slice(0, leaves)),
      };
    },
  };
}

/**
 * Grown trees with thresholds and levels instead of bins. Without any tree there is one that says 0.
 *
 * @param weight of all training rows, for the tree that stands for none
 */
export function treesOf(
  grown: GrownTrees,
  bins: readonly FeatureBins[],
  outputs: number,
  weight: number,
): Trees {
  const none = grown.sizes.length === 0;
  const sizes = none ? Uint32Array.of(1) : grown.sizes;
  const nodes = sizes.reduce((sum, size) => sum + size, 0);
  const roots = new Uint32Array(sizes.length + 1);
  const trees = {
    roots,
    feature: new Int32Array(nodes).fill(-1),
    threshold: new Float64Array(nodes),
    left: Uint32Array.from({ length: nodes }, (_, node) => node),
    right: Uint32Array.from({ length: nodes }, (_, node) => node),
    missingLeft: new Uint8Array(nodes),
    categorySet: new Int32Array(nodes).fill(-1),
    outputs,
    value: new Float64Array(nodes * outputs),
    cover: new Float64Array(nodes),
  };
  const words: number[] = [];
  const goesLeft = new Uint8Array(256);
  let leaf = 0;
  let inner = 0;
  let first = 0;
  sizes.forEach((size, tree) => {
    roots[tree + 1] = roots[tree]! + size;
    // Of the grown nodes, in their order, the places of splits and leaves; then the nodes anew in preorder.
    const placeOf = Array.from({ length: size }, (_, i) =>
      grown.left[first + i] === 0 ? leaf++ : inner++,
    );
    const open = [0];
    /** Inner nodes whose right child comes when it is its turn. */
    const rightOf = new Map<number, number>();
    for (let node = roots[tree]!; node < roots[tree + 1]!; node++) {
      const from = open.pop()!;
      const place = placeOf[from]!;
      const parent = rightOf.get(from);
      if (parent !== undefined) trees.right[parent] = node;
      if (none || grown.left[first + from] === 0) {
        trees.cover[node] = none ? weight : grown.covers[place]!;
        trees.value[node * outputs + (tree % outputs)] = none ? 0 : grown.answers[place]!;
        continue;
      }
      const [left, right] = [grown.left[first + from]!, grown.right[first + from]!];
      open.push(right, left);
      rightOf.set(right, node);
      trees.left[node] = node + 1;
      const split = grown.splits.subarray(SPLIT_NUMBERS * place, SPLIT_NUMBERS * (place + 1));
      const feature = split[FEATURE]!;
      const ofFeature = bins[feature]!;
      trees.feature[node] = feature;
      trees.missingLeft[node] = split[MISSING_LEFT]!;
      if (ofFeature.cuts === null) {
        fillGoesLeft(split, ofFeature.bins, goesLeft);
        trees.categorySet[node] = words.length;
        words.push(...categoryWords(ofFeature, goesLeft));
      } else {
        // Behind the last cut: every number goes left, only missing right.
        trees.threshold[node] = ofFeature.cuts[split[BIN]!] ?? Number.MAX_VALUE;
      }
    }
    first += size;
  });
  const whole: Trees = { ...trees, categoryWords: Uint32Array.from(words) };
  fillInnerNodes(whole);
  return whole;
}
