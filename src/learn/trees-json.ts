/**
 * Trees as small JSON: nodes in preorder, so that no child needs to be named; what follows from the leaves is left out.
 * Reading checks every number: whatever is read walks to a leaf in finite steps.
 */
import type { Feature } from "./features.ts";
import { fillInnerNodes } from "./inner-nodes.ts";
import { readParts, readWhole, unreadable } from "./model-json.ts";
import { packNumbers, unpackNumbers } from "./packed.ts";
import type { Trees } from "./trees.ts";

/** Texts are written by `packNumbers`. */
export interface TreesJson {
  readonly trees: number;
  readonly outputs: number;
  /** Per node: 0 = leaf, else 1 + 2 × feature + (1 if missing goes left). */
  readonly nodes: string;
  /** Per numeric split. */
  readonly thresholds: string;
  /** Per split of levels its words. */
  readonly sets: string;
  /** Per leaf. */
  readonly covers: string;
  /** Leaves × outputs. */
  readonly values: string;
}

/** @param features of the model, in its order */
export function treesToJson(trees: Trees, features: readonly Feature[]): TreesJson {
  const { roots, feature, left, right, missingLeft, categorySet, outputs } = trees;
  const nodes: number[] = [];
  const thresholds: number[] = [];
  const sets: number[] = [];
  const covers: number[] = [];
  const values: number[] = [];
  const open: number[] = [];
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    open.push(roots[tree]!);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      const f = feature[node]!;
      nodes.push(f < 0 ? 0 : 1 + 2 * f + missingLeft[node]!);
      if (f < 0) {
        covers.push(trees.cover[node]!);
        for (let k = 0; k < outputs; k++) values.push(trees.value[node * outputs + k]!);
        continue;
      }
      open.push(right[node]!, left[node]!);
      const set = categorySet[node]!;
      if (set < 0) thresholds.push(trees.threshold[node]!);
      else
        for (let w = 0; w < setWords(features[f]!); w++) sets.push(trees.categoryWords[set + w]!);
    }
  }
  return {
    trees: roots.length - 1,
    outputs,
    nodes: packNumbers(nodes),
    thresholds: packNumbers(thresholds),
    sets: packNumbers(sets),
    covers: packNumbers(covers),
    values: packNumbers(values),
  };
}

function setWords(feature: Feature): number {
  return ((feature.levels?.length ?? 0) + 31) >>> 5;
}

/**
 * @param outputs numbers that a tree must give
 * @throws Problem `MODEL_UNREADABLE`
 */
export function treesFromJson(
  json: unknown,
  features: readonly Feature[],
  outputs: number,
  where: string = "trees",
): Trees {
  const parts = readParts(json, where);
  const count = readWhole(parts.trees, `${where}, trees`, 1, 2 ** 31);
  if (parts.outputs !== outputs)
    unreadable(
      `A tree gives ${String(parts.outputs)} numbers, not ${outputs}`,
      `${where}, outputs`,
    );
  const codes = unpackNumbers(parts.nodes, `${where}, nodes`, {
    least: 0,
    most: 2 * features.length,
    whole: true,
  });
  const shape = shapeOf(codes, count, `${where}, nodes`);
  const missingLeft = Uint8Array.from(codes, (code) => (code > 0 ? (code - 1) & 1 : 0));
  const thresholds = unpackNumbers(parts.thresholds, `${where}, thresholds`);
  const words = unpackNumbers(parts.sets, `${where}, sets`, {
    least: 0,
    most: 2 ** 32 - 1,
    whole: true,
  });
  const threshold = new Float64Array(codes.length);
  const categorySet = new Int32Array(codes.length).fill(-1);
  let numeric = 0;
  let set = 0;
  let leaves = 0;
  for (let node = 0; node < codes.length; node++) {
    const f = shape.feature[node]!;
    if (f < 0) leaves++;
    else if (features[f]!.levels === null) threshold[node] = thresholds[numeric++] ?? 0;
    else {
      categorySet[node] = set;
      set += setWords(features[f]!);
    }
  }
  if (thresholds.length !== numeric)
    unreadable(`There are ${thresholds.length} for ${numeric} splits`, `${where}, thresholds`);
  if (words.length !== set)
    unreadable(`There are ${words.length} words instead of ${set}`, `${where}, sets`);
  const covers = unpackNumbers(parts.covers, `${where}, covers`, { length: leaves, least: 0 });
  const values = unpackNumbers(parts.values, `${where}, values`, { length: leaves * outputs });
  const trees: Trees = {
    ...shape,
    threshold,
    missingLeft,
    categorySet,
    categoryWords: Uint32Array.from(words),
    outputs,
    value: new Float64Array(codes.length * outputs),
    cover: new Float64Array(codes.length),
  };
  for (let node = 0, leaf = 0; node < codes.length; node++) {
    if (shape.feature[node]! >= 0) continue;
    trees.cover[node] = covers[leaf]!;
    for (let k = 0; k < outputs; k++) trees.value[node * outputs + k] = values[leaf * outputs + k]!;
    leaf++;
  }
  fillInnerNodes(trees);
  return trees;
}

/** Children and roots of nodes in preorder. */
function shapeOf(
  codes: Float64Array,
  count: number,
  where: string,
): Pick<Trees, "roots" | "feature" | "left" | "right"> {
  const roots: number[] = [];
  const feature = new Int32Array(codes.length);
  const left = new Uint32Array(codes.length);
  const right = new Uint32Array(codes.length);
  /** Inner nodes whose right child is yet to come. */
  const open: number[] = [];
  let leftOf = false;
  for (let node = 0; node < codes.length; node++) {
    if (!leftOf) {
      const parent = open.pop();
      if (parent === undefined) roots.push(node);
      else right[parent] = node;
    }
    leftOf = codes[node]! > 0;
    feature[node] = leftOf ? (codes[node]! - 1) >> 1 : -1;
    left[node] = leftOf ? node + 1 : node;
    if (leftOf) open.push(node);
    else right[node] = node;
  }
  if (leftOf || open.length > 0) unreadable("The last tree is not whole", where);
  if (roots.length !== count) unreadable(`There are ${roots.length} trees, not ${count}`, where);
  return { roots: Uint32Array.from([...roots, codes.length]), feature, left, right };
}
