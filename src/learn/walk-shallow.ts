/** Takes trees of small depth and many rows, and adds up what the trees say by the kernel of walk-kernel.ts. */
import { cutsBelow, HIGH_WORD, type Ladder } from "./ladder.ts";
import type { Trees } from "./trees.ts";
import { kernelRows, LEAST_DEPTH, MOST_DEPTH, type WalkKernel } from "./walk-kernel.ts";

/** Trees as heaps of one depth. */
export interface ShallowTrees {
  readonly depth: number;
  readonly outputs: number;
  /** Per feature; null = no split asks for it. */
  readonly ladders: readonly (Ladder | null)[];
  /** Rows walked at once. */
  readonly blockRows: number;
  /** trees × 2^depth nodes, see WalkKernel. */
  readonly nodes: Int32Array;
  /** trees × 2^depth leaves × outputs. */
  readonly values: Float64Array;
}

/** A heap may have so many times the nodes of the trees that it holds. */
const MOST_FILLING = 4;
/** Places are bytes: 1 + the number of thresholds below; 0 and 255 for missing that goes left and right. */
const MOST_CUTS = 254;
const MISSING_RIGHT = 255;
const MISSING_LEFT = 0;
/** A node that all rows leave to the left. */
const PASS = 255;

/**
 * The trees as heaps; null where they are too deep, too uneven, or ask for levels or too many thresholds.
 *
 * @param depths of each tree
 * @param cutsOf the thresholds asked for of each feature, rising
 */
export function shallowTrees(
  trees: Trees,
  depths: Uint32Array,
  cutsOf: readonly Float64Array[],
  ladders: readonly (Ladder | null)[],
): ShallowTrees | null {
  const { roots, feature, threshold, left, right, missingLeft, value, outputs } = trees;
  const depth = Math.max(
    LEAST_DEPTH,
    depths.reduce((most, one) => Math.max(most, one), 0),
  );
  const count = roots.length - 1;
  const blockRows = kernelRows(2 * cutsOf.length);
  if (depth > MOST_DEPTH || blockRows === 0 || trees.categoryWords.length > 0) return null;
  const size = 2 ** depth;
  if (
    count * size > MOST_FILLING * feature.length ||
    cutsOf.some((cuts) => cuts.length > MOST_CUTS)
  )
    return null;
  const placeOf = cutsOf.map((cuts) => new Map(Array.from(cuts, (cut, i) => [cut, i + 1])));
  const nodes = new Int32Array(count * size);
  const values = new Float64Array(count * size * outputs);
  for (let tree = 0; tree < count; tree++) {
    const from = tree * size;
    /** Per node of the heap the tree's node that stands there. */
    const at = new Uint32Array(2 * size);
    at[1] = roots[tree]!;
    for (let place = 1; place < size; place++) {
      const node = at[place]!;
      const f = feature[node]!;
      at[2 * place] = left[node]!; // a leaf is its own child
      at[2 * place + 1] = right[node]!;
      const column = f < 0 ? 0 : 2 * f + missingLeft[node]!;
      const last = f < 0 ? PASS : placeOf[f]!.get(threshold[node]! + 0)!;
      nodes[from + place] = ((column * blockRows) << 8) | last;
    }
    for (let leaf = 0; leaf < size; leaf++)
      for (let k = 0; k < outputs; k++)
        values[(from + leaf) * outputs + k] = value[at[size + leaf]! * outputs + k]!;
  }
  return { depth, outputs, ladders, blockRows, nodes, values };
}

/** Adds what each tree says of each row to `sums`, tree after tree. */
export function addShallow(
  trees: ShallowTrees,
  kernel: WalkKernel,
  columns: readonly Float64Array[],
  rows: number,
  sums: Float64Array,
): void {
  const { depth, outputs, blockRows, nodes, values } = trees;
  const { leaves } = kernel;
  const size = 2 ** depth;
  for (let start = 0; start < rows; start += blockRows) {
    const count = Math.min(blockRows, rows - start);
    placeBlock(trees, kernel.places, columns, start, count);
    for (let from = 0; from < nodes.length; from += size) {
      kernel.tree.set(nodes.subarray(from, from + size));
      kernel.walk(depth, (count + 15) & ~15);
      if (outputs === 1) addOne(sums, start, count, values, leaves, from - size);
      else addMany(sums, start, count, values, leaves, from - size, outputs);
    }
  }
}

function addOne(
  sums: Float64Array,
  start: number,
  count: number,
  values: Float64Array,
  leaves: Int32Array,
  from: number,
): void {
  for (let i = 0; i < count; i++) sums[start + i]! += values[from + leaves[i]!]!;
}

function addMany(
  sums: Float64Array,
  start: number,
  count: number,
  values: Float64Array,
  leaves: Int32Array,
  from: number,
  outputs: number,
): void {
  for (let i = 0; i < count; i++) {
    const leaf = (from + leaves[i]!) * outputs;
    for (let k = 0; k < outputs; k++) sums[(start + i) * outputs + k]! += values[leaf + k]!;
  }
}

const cell = new Float64Array(1);
const cellWords = new Int32Array(cell.buffer);

/** Writes the places of a block of rows, two columns per feature. */
function placeBlock(
  { ladders, blockRows }: ShallowTrees,
  places: Uint8Array,
  columns: readonly Float64Array[],
  start: number,
  count: number,
): void {
  for (let f = 0; f < ladders.length; f++) {
    const ladder = ladders[f]!;
    if (ladder === null) continue;
    const column = columns[f]!;
    const right = 2 * f * blockRows;
    const left = right + blockRows;
    for (let i = 0; i < count; i++) {
      const x = column[start + i]!;
      cell[0] = x;
      const place = cutsBelow(ladder, x, cellWords[HIGH_WORD]!) + 1;
      const missing = Number.isNaN(x);
      places[right + i] = missing ? MISSING_RIGHT : place;
      places[left + i] = missing ? MISSING_LEFT : place;
    }
  }
}
