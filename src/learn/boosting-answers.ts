/** What the leaves of a grown tree answer, and the scores of rows with these answers added. */
import type { FeaturePlan, GrownNode } from "./boosting-grow.ts";
import { FEATURE, fillGoesLeft } from "./boosting-split.ts";

/** A tree as binned rows walk it. */
export interface BinWalk {
  readonly feature: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 256 bytes per node, one per bin, 1 = left. */
  readonly goesLeft: Uint8Array;
}

export function binWalk(nodes: readonly GrownNode[], plan: FeaturePlan): BinWalk {
  const walk = {
    feature: new Int32Array(nodes.length).fill(-1),
    left: new Int32Array(nodes.length),
    right: new Int32Array(nodes.length),
    goesLeft: new Uint8Array(256 * nodes.length),
  };
  nodes.forEach(({ split, left, right }, node) => {
    if (split === null) return;
    const feature = split[FEATURE]!;
    walk.feature[node] = feature;
    walk.left[node] = left;
    walk.right[node] = right;
    fillGoesLeft(split, plan.bins[feature]!, walk.goesLeft.subarray(256 * node, 256 * (node + 1)));
  });
  return walk;
}

/** The leaf that a row comes to; `at` is the place of its first bin. */
export function leafOf(walk: BinWalk, bins: Uint8Array, at: number): number {
  const { feature, left, right, goesLeft } = walk;
  let node = 0;
  for (let f = feature[0]!; f >= 0; f = feature[node]!)
    node = goesLeft[256 * node + bins[at + f]!] === 1 ? left[node]! : right[node]!;
  return node;
}

/** The smallest of these whose weights, with those of all below it, reach `share` of all; not empty. */
export function quantileOf(
  values: Float64Array,
  weights: Float64Array | null,
  share: number,
): number {
  if (weights === null) {
    values.sort();
    return values[Math.max(0, Math.ceil(share * values.length) - 1)]!;
  }
  const order = Uint32Array.from(values.keys()).sort(
    (a, b) => values[a]! - values[b]! || weights[a]! - weights[b]!,
  );
  let total = 0;
  for (const at of order) total += weights[at]!;
  let reached = 0;
  for (const at of order) {
    reached += weights[at]!;
    if (reached >= share * total && reached > 0) return values[at]!;
  }
  return values[order.at(-1)!]!;
}
