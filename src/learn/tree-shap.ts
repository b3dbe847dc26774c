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

/** How the training rows went. An edge is known by the node it leads to. */
interface Shares {
  /** Part of the parent's cover that went this way. */
  readonly share: Float64Array;
  /** Product of `share` over this edge and those above it that ask about the same feature. */
  readonly merged: Float64Array;
  /** The nearest edge above that asks about the same feature; −1 = none. */
  readonly above: Int32Array;
  /** Points needed by each tree; 0 = it has no split. */
  readonly points: Uint32Array;
  readonly base: Float64Array;
}

/** What is the same for every row. */
interface Prepared extends Shares {
  /** Of each tree the outputs of which its leaves say something. */
  readonly said: readonly (readonly number[])[];
  readonly scratch: Scratch;
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

/** What is written anew for every row, with room for any of the trees. */
interface Scratch {
  /** Of each node's edge 1 = the row takes it, and those above about the same feature. */
  readonly taken: Uint8Array;
  /** Of each inner node the lines of both edges; −1 = an edge above about the same feature is not taken. */
  readonly lines: Int32Array;
  /** nodes × points: the product over the edges above. */
  readonly products: Float64Array;
  /** nodes × points: the sum over the leaves below. */
  readonly sums: Float64Array;
}

/** Factors of more numbers than these are made anew for every call, tree by tree (64 MB). */
const KEPT_NUMBERS = 8_000_000;

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
    const walk = walkOf(trees, prepared, prepared.scratch, tree);
    for (let row = 0; row < rows; row++) {
      carryDown(walk, columns, row);
      for (const k of prepared.said[tree]!) carryUp(walk, k, values, row * width + k);
    }
  }
  if (factor !== 1) for (let i = 0; i < values.length; i++) values[i]! *= factor;
  return { base: prepared.base.map((mean) => mean * factor), values };
}

function preparedOf(trees: Trees): Prepared {
  const before = known.get(trees);
  if (before) return before;
  const shares = sharesOf(trees);
  let numbers = 0;
  let nodes = 0;
  let wide = 0;
  for (const [tree, points] of shares.points.entries()) {
    const size = trees.roots[tree + 1]! - trees.roots[tree]!;
    numbers += 4 * points * size;
    nodes = Math.max(nodes, size);
    wide = Math.max(wide, points * size);
  }
  const prepared = {
    ...shares,
    said: Array.from(shares.points, (_, tree) => outputsSaid(trees, tree)),
    scratch: {
      taken: new Uint8Array(nodes),
      lines: new Int32Array(2 * nodes),
      products: new Float64Array(wide),
      sums: new Float64Array(wide),
    },
    kept:
      numbers <= KEPT_NUMBERS
        ? Array.from(shares.points, (_, tree) => factorsOf(trees, shares, tree))
        : null,
  };
  known.set(trees, prepared);
  return prepared;
}

function outputsSaid({ roots, value, outputs }: Trees, tree: number): number[] {
  const leaves = value.subarray(roots[tree]! * outputs, roots[tree + 1]! * outputs);
  return Array.from({ length: outputs }, (_, k) => k).filter((k) =>
    leaves.some((said, at) => said !== 0 && at % outputs === k),
  );
}

function sharesOf(trees: Trees): Shares {
  const { roots, feature, left, right, cover, outputs } = trees;
  const nodes = feature.length;
  const share = new Float64Array(nodes).fill(1);
  const merged = new Float64Array(nodes).fill(1);
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
        different[child] = different[node]! + (same < 0 ? 1 : 0);
      }
    }
    points[tree] = (most + 1) >>> 1;
    for (let k = 0; k < outputs; k++) base[k]! += meanOf(trees, share, tree, k);
  }
  return { share, merged, above, points, base };
}

/** The mean of a tree's leaves, from the leaves up: a sum over thousands of leaves in a row would lose three digits. */
function meanOf(trees: Trees, share: Float64Array, tree: number, output: number): number {
  const { roots, feature, left, right, value, outputs } = trees;
  const first = roots[tree]!;
  const means = new Float64Array(roots[tree + 1]! - first);
  for (let at = means.length - 1; at >= 0; at--) {
    const node = first + at;
    const [l, r] = [left[node]!, right[node]!];
    means[at] =
      feature[node]! < 0
        ? value[node * outputs + output]!
        : share[l]! * means[l - first]! + share[r]! * means[r - first]!;
  }
  return means[0]!;
}

/**
 * With t and 1 − t at a point of weight w, an edge's feature has the factor o t + z (1 − t) and weighs the leaves below
 * by w (o − z) / factor; an edge above about the same feature is replaced in the product, and what it will take for
 * these leaves is taken from the weight.
 */
function factorsOf(trees: Trees, { merged, above, points }: Shares, tree: number): Factors {
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
interface Walk extends Scratch {
  readonly trees: Trees;
  readonly prepared: Prepared;
  readonly factors: Factors;
  readonly first: number;
  readonly end: number;
  /** Points. */
  readonly many: number;
}

function walkOf(trees: Trees, prepared: Prepared, scratch: Scratch, tree: number): Walk {
  const many = prepared.points[tree]!;
  scratch.products.fill(1, 0, many);
  scratch.taken[0] = 1;
  return {
    trees,
    prepared,
    factors: prepared.kept?.[tree] ?? factorsOf(trees, prepared, tree),
    first: trees.roots[tree]!,
    end: trees.roots[tree + 1]!,
    many,
    ...scratch,
  };
}

function goesLeft(trees: Trees, node: number, x: number): boolean {
  if (Number.isNaN(x)) return trees.missingLeft[node] === 1;
  const set = trees.categorySet[node]!;
  if (set < 0) return x <= trees.threshold[node]!;
  return ((trees.categoryWords[set + (x >>> 5)]! >>> (x & 31)) & 1) === 1;
}

/** Fills products, lines and taken for a row. */
function carryDown(walk: Walk, columns: readonly Float64Array[], row: number): void {
  const { trees, prepared, factors, first, end, many, taken, lines, products } = walk;
  const { feature, left, right } = trees;
  const { above, share } = prepared;
  const { down } = factors;
  for (let node = first; node < end; node++) {
    const asked = feature[node]!;
    if (asked < 0) continue;
    const at = node - first;
    const l = left[node]! - first;
    const r = right[node]! - first;
    const from = at * many;
    const toLeft = l * many;
    const toRight = r * many;
    const same = above[left[node]!]!;
    if (same >= 0 && taken[same - first] === 0) {
      taken[l] = 0;
      taken[r] = 0;
      lines[2 * at] = -1;
      const ofLeft = share[left[node]!]!;
      const ofRight = share[right[node]!]!;
      for (let q = 0; q < many; q++) {
        const product = products[from + q]!;
        products[toLeft + q] = product * ofLeft;
        products[toRight + q] = product * ofRight;
      }
      continue;
    }
    const goes = goesLeft(trees, node, columns[asked]![row]!) ? 1 : 0;
    taken[l] = goes;
    taken[r] = 1 - goes;
    const lineLeft = 2 * toLeft + goes * many;
    const lineRight = 2 * toRight + (1 - goes) * many;
    lines[2 * at] = lineLeft;
    lines[2 * at + 1] = lineRight;
    for (let q = 0; q < many; q++) {
      const product = products[from + q]!;
      products[toLeft + q] = product * down[lineLeft + q]!;
      products[toRight + q] = product * down[lineRight + q]!;
    }
  }
}

/** Adds what one output's leaves give to the values of the row. @param start of the row's values of the output */
function carryUp(walk: Walk, output: number, values: Float64Array, start: number): void {
  const { trees, factors, first, end, many, lines, products, sums } = walk;
  const { feature, left, right, value, outputs } = trees;
  const { up } = factors;
  for (let node = end - 1; node >= first; node--) {
    const asked = feature[node]!;
    const at = node - first;
    const to = at * many;
    if (asked < 0) {
      const said = value[node * outputs + output]!;
      for (let q = 0; q < many; q++) sums[to + q] = products[to + q]! * said;
      continue;
    }
    const fromLeft = (left[node]! - first) * many;
    const fromRight = (right[node]! - first) * many;
    const lineLeft = lines[2 * at]!;
    if (lineLeft < 0) {
      for (let q = 0; q < many; q++) sums[to + q] = sums[fromLeft + q]! + sums[fromRight + q]!;
      continue;
    }
    const lineRight = lines[2 * at + 1]!;
    let gained = 0;
    for (let q = 0; q < many; q++) {
      const ofLeft = sums[fromLeft + q]!;
      const ofRight = sums[fromRight + q]!;
      gained += ofLeft * up[lineLeft + q]! + ofRight * up[lineRight + q]!;
      sums[to + q] = ofLeft + ofRight;
    }
    values[start + asked * outputs]! += gained;
  }
}
