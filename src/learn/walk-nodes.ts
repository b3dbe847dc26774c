/**
 * Takes rows one by one through a plan's trees without the kernel: down the nodes of walk-steps.ts, four trees side by
 * side, without a branch to foretell.
 */
import { cutsBelow, highWordOf } from "./ladder.ts";
import { FIRST_PLACE, LAST_PLACE, LEAF_BYTE, NODES, PLACES_BYTES, TREES } from "./walk-kernel.ts";
import type { Plan } from "./walk-plan.ts";

/** Walks that go down together, and steps between two looks whether all are at a leaf. */
const LANES = 4;
const STEPS = 4;
/** What a leaf has for a column is led into the places by this; what is read there says nothing. */
const INSIDE = PLACES_BYTES - 1;

/** What is read of a plan again and again. */
interface Reader {
  readonly plan: Plan;
  readonly words: Int32Array;
  readonly numbers: Float64Array;
  readonly places: Int8Array;
  /** Per tree the word of its root, and what a child's address is more than its place in the image. */
  readonly roots: Int32Array;
  readonly bases: Int32Array;
  readonly depth: number;
  /** Per tree the word of the node that the row has come to. */
  readonly at: Int32Array;
}

const readers = new WeakMap<Plan, Reader>();

/**
 * Writes the sum of what all trees say of each row, tree after tree.
 *
 * @param plan in a form of steps
 * @param columns encoded, in the order of the features
 * @param into rows × outputs, zeros
 */
export function sumByNodes(
  plan: Plan,
  columns: readonly Float64Array[],
  rows: number,
  into: Float64Array,
): void {
  let reader = readers.get(plan);
  if (reader === undefined) {
    reader = readerOf(plan);
    readers.set(plan, reader);
  }
  const { outputs, values, depths } = plan;
  const { words, numbers, roots, at } = reader;
  for (let row = 0; row < rows; row++) {
    placeRow(reader, columns, row);
    at.set(roots);
    descend(reader);
    for (let tree = 0; tree < depths.length; tree++) {
      const from = values[tree]! / 8 + (words[at[tree]!]! >>> 8) * outputs;
      for (let k = 0; k < outputs; k++) into[row * outputs + k]! += numbers[from + k]!;
    }
  }
}

function readerOf(plan: Plan): Reader {
  const { image, lots, begins, depths } = plan;
  const { buffer, byteOffset, length } = image;
  const trees = depths.length;
  // The last lanes are filled up with the last tree; what they come to is not read.
  const lanes = Math.ceil(trees / LANES) * LANES;
  const treeOf = (lane: number) => Math.min(lane, trees - 1);
  const bases = new Int32Array(lanes);
  for (let lot = 0; lot + 1 < lots.length; lot++)
    bases.fill(TREES - begins[lots[lot]!]!, lots[lot]!);
  return {
    plan,
    words: new Int32Array(buffer, byteOffset, length / 4),
    numbers: new Float64Array(buffer, byteOffset, length / 8),
    places: new Int8Array(PLACES_BYTES),
    roots: Int32Array.from({ length: lanes }, (_, lane) => (begins[treeOf(lane)]! + NODES) / 4),
    bases,
    depth: depths.reduce((most, depth) => Math.max(most, depth), 0),
    at: new Int32Array(lanes),
  };
}

/** Writes the places of a row, at the heads of the kernel's columns. */
function placeRow({ plan, places }: Reader, columns: readonly Float64Array[], row: number): void {
  const { placed, ladders, blockRows } = plan;
  for (const { feature, right, left, level } of placed) {
    const x = columns[feature]![row]!;
    const isMissing = Number.isNaN(x);
    if (right !== null || left !== null) {
      const below = isMissing ? 0 : cutsBelow(ladders[feature]!, x, highWordOf(x));
      const place = FIRST_PLACE + below;
      if (right !== null) places[right * blockRows] = isMissing ? LAST_PLACE : place;
      if (left !== null) places[left * blockRows] = place;
    }
    if (level !== null) places[level * blockRows] = isMissing ? 0 : x + 1;
  }
}

/** Leads the row down all trees, from `at` to a leaf of each. */
function descend({ plan, words, places, bases, depth, at }: Reader): void {
  const ofLevels = plan.form === "steps of levels";
  for (let i = 0; i < at.length; i += LANES) {
    let n0 = at[i]!;
    let n1 = at[i + 1]!;
    let n2 = at[i + 2]!;
    let n3 = at[i + 3]!;
    const b0 = bases[i]!;
    const b1 = bases[i + 1]!;
    const b2 = bases[i + 2]!;
    const b3 = bases[i + 3]!;
    for (let rest = depth; rest > 0; rest -= STEPS) {
      if (ofLevels) {
        for (let step = 0; step < STEPS; step++) {
          n0 = nextOfAny(words, places, n0, b0);
          n1 = nextOfAny(words, places, n1, b1);
          n2 = nextOfAny(words, places, n2, b2);
          n3 = nextOfAny(words, places, n3, b3);
        }
      } else {
        for (let step = 0; step < STEPS; step++) {
          n0 = next(words, places, n0, b0);
          n1 = next(words, places, n1, b1);
          n2 = next(words, places, n2, b2);
          n3 = next(words, places, n3, b3);
        }
      }
      if (isLeaf(words[n0]!) && isLeaf(words[n1]!) && isLeaf(words[n2]!) && isLeaf(words[n3]!))
        break;
    }
    at[i] = n0;
    at[i + 1] = n1;
    at[i + 2] = n2;
    at[i + 3] = n3;
  }
}

function isLeaf(word: number): boolean {
  return (word & 255) === LEAF_BYTE;
}

/** The word of the node after that at word `node`. */
function next(words: Int32Array, places: Int8Array, node: number, base: number): number {
  const asks = words[node]!;
  const place = places[(asks >>> 8) & INSIDE]!;
  return (words[node + 1]! + (((((asks << 24) >> 24) - place) >> 28) & 8) - base) >> 2;
}

/** As `next`, where splits may be of levels: their words are negative, beside the sign the address of the set. */
function nextOfAny(words: Int32Array, places: Int8Array, node: number, base: number): number {
  const asks = words[node]!;
  if (asks >= 0) return next(words, places, node, base);
  const set = ((asks & 0x7fffffff) - base) >> 2;
  const place = places[words[set]!]! & 255;
  const isInside = (words[set + 1 + (place >>> 5)]! >>> (place & 31)) & 1;
  return (words[node + 1]! + 8 - 8 * isInside - base) >> 2;
}
