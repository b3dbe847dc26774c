/**
 * Takes trees and encoded rows and gives what each feature adds to each row's sum over the trees: exact Shapley values
 * of the game in which an unknown feature goes both ways by cover (path-dependent TreeSHAP).
 *
 * A leaf of value v, reached through features j with satisfied oⱼ ∈ {0, 1} and covered shares zⱼ, gives feature i
 * v (oᵢ − zᵢ) ∫₀¹ Πⱼ≠ᵢ (oⱼ t + zⱼ (1 − t)) dt: the Shapley weights are the integrals of tˢ(1 − t)ᵐ. The integrand is a
 * polynomial, so a few Gauss–Legendre points integrate it exactly, and the products at these points are carried down
 * a tree and their sums up again: O(nodes × points) per row instead of O(leaves × depth²), all terms of one sign.
 *
 * @see Lundberg et al. (2020), Nature Machine Intelligence 2; Yu et al. (2022), Linear TreeShap, NeurIPS
 */
import { gaussLegendre } from "./gauss-legendre.ts";
import type { Trees } from "./trees.ts";

/** Base + Σ over features = the trees' sum for the row, both times the factor asked for. */
export interface TreeShap {
  /** Length outputs: the mean over the training rows. */
  readonly base: Float64Array;
  /** rows × features × outputs, row-major. */
  readonly values: Float64Array;
}

/** What is the same for every row. An edge is known by the node it leads to. */
interface Prepared {
  /** Part of the parent's cover that went this way. */
  readonly share: Float64Array;
  /** Product of `share` over this edge and those above it that ask about the same feature. */
  readonly merged: Float64Array;
  /** The nearest edge above that asks about the same feature; −1 = none. */
  readonly above: Int32Array;
  /** Points needed by each tree; 0 = it has no split. */
  readonly points: Uint32Array;
  readonly base: Float64Array;
  /** Of each tree its edges' factors, where all of them are small enough to keep. */
  readonly kept: readonly Factors[] | null;
}

/** Of a tree's edges two lines of `points` numbers each: of one that the row does not take, and of one that it does. */
interface Factors {
  /** By what the product grows from parent to child. */
  readonly down: Float64Array;
  /** By what the sum of the leaves below is weighed for the edge's feature. */
  readonly up: Float64Array;
}

/** Factors of more numbers than these are made anew for every call, tree by tree (64 MB). */
const KEPT_NUMBERS = 8_000_000;

const UNTAKEN = 0;
const TAKEN = 1;
/** Not taken, and an edge above about the same feature neither: only its share matters. */
const UNTAKEN_BEFORE = 2;

const known = new WeakMap<Trees, Prepared>();

/**
 * Shapley values of rows, path-dependent: the cover stands for the distribution of what is not known.
 *
 * Base + Σ values equals the sum of the trees' leaves times `factor` up to rounding (about 1e-15 of the largest term).
 * A row's values do not depend on the other rows. What can be computed ahead is kept for as long as the trees live.
 *
 * @param columns encoded (see `encoded` of features.ts), in the order of the features
 * @param factor on every tree, e.g. 1 / trees for the mean of a forest; default 1
 */
export function shapValues(
  trees: Trees,
  columns: readonly Float64Array[],
  rows: number,
  factor: number = 1,
): TreeShap {
  const prepared = preparedOf(trees);
  const { outputs } = trees;
  const width = columns.length * outputs;
  const values = new Float64Array(rows * width);
  for (let tree = 0; tree + 1 < trees.roots.length; tree++) {
    if (prepared.points[tree] === 0) continue;
    const walk = walkOf(trees, prepared, tree);
    for (let row = 0; row < rows; row++) {
      carryDown(walk, columns, row);
      carryUp(walk, values, row * width);
    }
  }
  if (factor !== 1) for (let i = 0; i < values.length; i++) values[i]! *= factor;
  return { base: prepared.base.map((mean) => mean * factor), values };
}

function preparedOf(trees: Trees): Prepared {
  const before = known.get(trees);
  if (before) return before;
  const bare = sharesOf(trees);
  let numbers = 0;
  for (const [tree, points] of bare.points.entries())
    numbers += 4 * points * (trees.roots[tree + 1]! - trees.roots[tree]!);
  const kept =
    numbers <= KEPT_NUMBERS
      ? Array.from(bare.points, (_, tree) => factorsOf(trees, bare, tree))
      : null;
  const prepared = { ...bare, kept };
  known.set(trees, prepared);
  return prepared;
}

function sharesOf(trees: Trees): Prepared {
  const { roots, feature, left, right, cover, value, outputs } = trees;
  const nodes = feature.length;
  const share = new Float64Array(nodes).fill(1);
  const merged = new Float64Array(nodes).fill(1);
  const reach = new Float64Array(nodes).fill(1);
  const above = new Int32Array(nodes).fill(-1);
  const parent = new Int32Array(nodes).fill(-1);
  const different = new Uint32Array(nodes);
  const points = new Uint32Array(roots.length - 1);
  const base = new Float64Array(outputs);
  for (let tree = 0; tree < points.length; tree++) {
    let most = 0;
    for (let node = roots[tree]!; node < roots[tree + 1]!; node++) {
      if (feature[node]! < 0) {
        most = Math.max(most, different[node]!);
        for (let k = 0; k < outputs; k++) base[k]! += reach[node]! * value[node * outputs + k]!;
        continue;
      }
      let same = node;
      while (parent[same]! >= 0 && feature[parent[same]!] !== feature[node]) same = parent[same]!;
      if (parent[same]! < 0) same = -1;
      const both = cover[left[node]!]! + cover[right[node]!]!;
      for (const child of [left[node]!, right[node]!]) {
        parent[child] = node;
        above[child] = same;
        // Where no weight came by, nothing is known of the ways: half each.
        share[child] = both > 0 ? cover[child]! / both : 0.5;
        merged[child] = share[child]! * (same < 0 ? 1 : merged[same]!);
        reach[child] = reach[node]! * share[child]!;
        different[child] = different[node]! + (same < 0 ? 1 : 0);
      }
    }
    points[tree] = (most + 1) >>> 1;
  }
  return { share, merged, above, points, base, kept: null };
}

/**
 * With t and 1 − t at a point of weight w, an edge's feature has the factor o t + z (1 − t) and weighs the leaves below
 * by w (o − z) / factor; an edge above about the same feature is replaced in the product, and what it will take for
 * these leaves is taken from the weight.
 */
function factorsOf(trees: Trees, { merged, above, points }: Prepared, tree: number): Factors {
  const many = points[tree]!;
  const first = trees.roots[tree]!;
  const nodes = trees.roots[tree + 1]! - first;
  const down = new Float64Array(2 * many * nodes);
  const up = new Float64Array(2 * many * nodes);
  if (many === 0) return { down, up };
  const { points: at, rest, weights } = gaussLegendre(many);
  for (let node = 1; node < nodes; node++) {
    const z = merged[first + node]!;
    const same = above[first + node]!;
    const zAbove = same < 0 ? 1 : merged[same]!;
    for (let q = 0; q < many; q++) {
      const t = at[q]!;
      const u = rest[q]!;
      const w = weights[q]!;
      const before = same < 0 ? 1 : t + zAbove * u;
      const taken = t + z * u;
      const untakenAt = 2 * many * node + q;
      const takenAt = untakenAt + many;
      const back = same < 0 ? 0 : (1 - zAbove) / before;
      down[untakenAt] = (z * u) / before;
      down[takenAt] = taken / before;
      up[untakenAt] = w * (-1 / u - back);
      up[takenAt] = w * ((1 - z) / taken - back);
    }
  }
  return { down, up };
}

/** One tree as it is walked for row after row. */
interface Walk {
  readonly trees: Trees;
  readonly prepared: Prepared;
  readonly factors: Factors;
  readonly first: number;
  readonly end: number;
  /** Points. */
  readonly many: number;
  /** Of each edge: UNTAKEN, TAKEN or UNTAKEN_BEFORE. */
  readonly state: Uint8Array;
  /** nodes × points: the product over the edges above. */
  readonly products: Float64Array;
  /** nodes × outputs × points: the sum over the leaves below; of one output it takes the products' place. */
  readonly sums: Float64Array;
}

function walkOf(trees: Trees, prepared: Prepared, tree: number): Walk {
  const first = trees.roots[tree]!;
  const end = trees.roots[tree + 1]!;
  const many = prepared.points[tree]!;
  const products = new Float64Array((end - first) * many).fill(1, 0, many);
  return {
    trees,
    prepared,
    factors: prepared.kept?.[tree] ?? factorsOf(trees, prepared, tree),
    first,
    end,
    many,
    state: new Uint8Array(end - first).fill(TAKEN),
    products,
    sums: trees.outputs === 1 ? products : new Float64Array(products.length * trees.outputs),
  };
}

function goesLeft(trees: Trees, node: number, x: number): boolean {
  if (Number.isNaN(x)) return trees.missingLeft[node] === 1;
  const set = trees.categorySet[node]!;
  if (set < 0) return x <= trees.threshold[node]!;
  return ((trees.categoryWords[set + (x >>> 5)]! >>> (x & 31)) & 1) === 1;
}

function enter(walk: Walk, node: number, child: number, goes: boolean): void {
  const { prepared, first, many, state, products } = walk;
  const same = prepared.above[child]!;
  const from = (node - first) * many;
  const to = (child - first) * many;
  if (same >= 0 && state[same - first] !== TAKEN) {
    state[child - first] = UNTAKEN_BEFORE;
    const z = prepared.share[child]!;
    for (let q = 0; q < many; q++) products[to + q] = products[from + q]! * z;
    return;
  }
  const taken = goes ? TAKEN : UNTAKEN;
  state[child - first] = taken;
  const { down } = walk.factors;
  const line = 2 * to + taken * many;
  for (let q = 0; q < many; q++) products[to + q] = products[from + q]! * down[line + q]!;
}

function carryDown(walk: Walk, columns: readonly Float64Array[], row: number): void {
  const { trees, first, end, many, products } = walk;
  const { feature, left, right } = trees;
  products.fill(1, 0, many); // of one output the root's sum stands here
  for (let node = first; node < end; node++) {
    const asked = feature[node]!;
    if (asked < 0) continue;
    const goes = goesLeft(trees, node, columns[asked]![row]!);
    enter(walk, node, left[node]!, goes);
    enter(walk, node, right[node]!, !goes);
  }
}

/** What an edge's feature gets for an output from the leaves below it. */
function gained(walk: Walk, child: number, at: number): number {
  const { factors, first, many, state, sums } = walk;
  const taken = state[child - first]!;
  if (taken === UNTAKEN_BEFORE) return 0;
  const { up } = factors;
  const line = (2 * (child - first) + taken) * many;
  let gain = 0;
  for (let q = 0; q < many; q++) gain += sums[at + q]! * up[line + q]!;
  return gain;
}

/** @param values of the row; features × outputs */
function carryUp(walk: Walk, values: Float64Array, start: number): void {
  const { trees, first, end, many, products, sums } = walk;
  const { feature, left, right, value, outputs } = trees;
  const width = outputs * many;
  for (let node = end - 1; node >= first; node--) {
    const asked = feature[node]!;
    const to = (node - first) * width;
    if (asked < 0) {
      const from = (node - first) * many;
      for (let k = 0; k < outputs; k++) {
        const said = value[node * outputs + k]!;
        for (let q = 0; q < many; q++) sums[to + k * many + q] = products[from + q]! * said;
      }
      continue;
    }
    const a = (left[node]! - first) * width;
    const b = (right[node]! - first) * width;
    for (let k = 0; k < outputs; k++) {
      values[start + asked * outputs + k]! +=
        gained(walk, left[node]!, a + k * many) + gained(walk, right[node]!, b + k * many);
    }
    for (let i = 0; i < width; i++) sums[to + i] = sums[a + i]! + sums[b + i]!;
  }
}
