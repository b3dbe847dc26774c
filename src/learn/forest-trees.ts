/** Puts grown trees together: from bins to the numbers and levels of the features. */
import { categoryWords, type FeatureBins } from "./bins.ts";
import type { Feature } from "./features.ts";
import { type GrownTree, SET_WORDS } from "./grow-nodes.ts";
import { fillInnerNodes } from "./inner-nodes.ts";
import type { Trees } from "./trees.ts";

/** @param parts in the order of the trees; emptied, as the trees need the room */
export function forestTrees(
  parts: GrownTree[][],
  features: readonly Feature[],
  bins: readonly FeatureBins[],
  outputs: number,
): Trees {
  let count = 0;
  let treeCount = 0;
  let setWords = 0;
  for (const tree of parts.flat()) {
    count += tree.feature.length;
    treeCount++;
    if (tree.set === null) continue;
    for (let node = 0; node < tree.set.length; node++)
      if (tree.set[node]! >= 0) setWords += wordsOf(features[tree.feature[node]!]!);
  }
  const trees: Trees = {
    roots: new Uint32Array(treeCount + 1),
    feature: new Int32Array(count),
    threshold: new Float64Array(count),
    left: new Uint32Array(count),
    right: new Uint32Array(count),
    missingLeft: new Uint8Array(count),
    categorySet: new Int32Array(count).fill(-1),
    categoryWords: new Uint32Array(setWords),
    outputs,
    value: new Float64Array(count * outputs),
    cover: new Float64Array(count),
  };
  let at = 0;
  let tree = 0;
  let words = 0;
  for (let part = 0; part < parts.length; part++) {
    for (const grown of parts[part]!) {
      trees.roots[tree++] = at;
      words = place(grown, trees, at, words, bins);
      at += grown.feature.length;
    }
    parts[part] = [];
  }
  trees.roots[tree] = at;
  fillInnerNodes(trees);
  return trees;
}

function wordsOf(feature: Feature): number {
  return ((feature.levels?.length ?? 0) + 31) >>> 5;
}

/** Writes a tree's nodes from place `at` on. Gives the next free place among the words of sets. */
function place(
  grown: GrownTree,
  trees: Trees,
  at: number,
  words: number,
  bins: readonly FeatureBins[],
): number {
  trees.feature.set(grown.feature, at);
  trees.missingLeft.set(grown.missingLeft, at);
  const { outputs } = trees;
  const goesLeft = new Uint8Array(SET_WORDS * 32);
  let next = words;
  for (let node = 0; node < grown.feature.length; node++) {
    const f = grown.feature[node]!;
    const to = at + node;
    trees.left[to] = f < 0 ? to : to + 1;
    trees.right[to] = f < 0 ? to : at + grown.right[node]!;
    if (f < 0) {
      const leaf = grown.right[node]!;
      trees.cover[to] = grown.cover[leaf]!;
      for (let k = 0; k < outputs; k++)
        trees.value[to * outputs + k] = grown.value[leaf * outputs + k]!;
      continue;
    }
    const { cuts } = bins[f]!;
    if (cuts !== null) {
      // Behind the last bin: every number goes left, missing right.
      trees.threshold[to] = cuts[grown.bin[node]!] ?? Number.MAX_VALUE;
      continue;
    }
    const from = grown.set![node]!;
    for (let bin = 0; bin < goesLeft.length; bin++)
      goesLeft[bin] = (grown.sets[from + (bin >>> 5)]! >>> (bin & 31)) & 1;
    const set = categoryWords(bins[f]!, goesLeft);
    trees.categoryWords.set(set, next);
    trees.categorySet[to] = next;
    next += set.length;
  }
  return next;
}
