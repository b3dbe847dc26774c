/**
 * Takes few rows through a plan's trees without the kernel: down the nodes of walk-steps.ts, four walks side by side,
 * without a branch to foretell.
 */
import { cutsBelow, HIGH_WORD, type Ladder, ladderOf } from "./ladder.ts";
import { FIRST_PLACE, LAST_PLACE, LEAF_BYTE, NODES, PLACES_BYTES, TREES } from "./walk-kernel.ts";
import type { Plan } from "./walk-plan.ts";

/** Walks that go down together, and steps between two looks whether all are at a leaf. */
const LANES = 4;
const STEPS = 4;
/** Rows whose places are kept. */
const BLOCK_ROWS = 256;
/** What a leaf has for a column is led into the places by this; what is read there says nothing. */
const INSIDE = PLACES_BYTES - 1;

/** What is read of a plan again and again. */
interface Reader {
  readonly plan: Plan;
  readonly words: Int32Array;
  readonly numbers: Float64Array;
  readonly places: Int8Array;
  readonly ladders: readonly Ladder[];
  readonly blockRows: number;
  /** Per tree the word of its root, and what a child's address is more than its place in the image. */
  readonly roots: Int32Array;
  readonly bases: Int32Array;
  readonly depth: number;
  /** Of each walk the word of its node, its row, and its tree's base. */
  readonly at: Int32Array;
  readonly rowAt: Int32Array;
  readonly base: Int32Array;
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
  for (let start = 0; start < rows; start += reader.blockRows) {
    const count = Math.min(reader.blockRows, rows - start);
    placeRows(reader, columns, start, count);
    if (count < LANES) walkTrees(reader, start, count, into);
    else walkRows(reader, start, count, into);
  }
}

function readerOf(plan: Plan): Reader {
  const { image, lots, begins, depths, ladders } = plan;
  const { buffer, byteOffset, length } = image;
  const trees = depths.length;
  const bases = new Int32Array(trees);
  for (let lot = 0; lot + 1 < lots.length; lot++)
    bases.fill(TREES - begins[lots[lot]!]!, lots[lot]!, lots[lot + 1]!);
  const blockRows = Math.min(BLOCK_ROWS, plan.blockRows);
  const walks = Math.max(trees, blockRows) + LANES;
  return {
    plan,
    words: new Int32Array(buffer, byteOffset, length / 4),
    numbers: new Float64Array(buffer, byteOffset, length / 8),
    places: new Int8Array(PLACES_BYTES),
    ladders: ladders.map((cuts) => ladderOf(cuts.filter((cut) => cut < Number.POSITIVE_INFINITY))),
    blockRows,
    roots: Int32Array.from({ length: trees }, (_, tree) => (begins[tree]! + NODES) / 4),
    bases,
    depth: depths.reduce((most, depth) => Math.max(most, depth), 0),
    at: new Int32Array(walks),
    rowAt: new Int32Array(walks),
    base: new Int32Array(walks),
  };
}

/** One number and its two words, to read the high one. */
const cell = new Float64Array(1);
const cellWords = new Int32Array(cell.buffer);

/** Writes the places of a block of rows, column after column, as the kernel does. */
function placeRows(
  { plan, ladders, places }: Reader,
  columns: readonly Float64Array[],
  start: number,
  count: number,
): void {
  const { placed, blockRows } = plan;
  for (const { feature, right, left, level } of placed) {
    const column = columns[feature]!;
    const ladder = ladders[feature]!;
    for (let i = 0; i < count; i++) {
      const x = column[start + i]!;
      const isMissing = Number.isNaN(x);
      if (right !== null || left !== null) {
        cell[0] = x;
        const below = isMissing ? 0 : cutsBelow(ladder, x, cellWords[HIGH_WORD]!);
        const place = FIRST_PLACE + below;
        if (right !== null) places[right * blockRows + i] = isMissing ? LAST_PLACE : place;
        if (left !== null) places[left * blockRows + i] = isMissing ? FIRST_PLACE : place;
      }
      if (level !== null) places[level * blockRows + i] = isMissing ? 0 : x + 1;
    }
  }
}

/** Four rows at once through each tree. */
function walkRows(reader: Reader, start: number, count: number, sums: Float64Array): void {
  const { plan, roots, bases, at, rowAt, base } = reader;
  // Rows beyond the last fill the last lanes; what they come to is not read.
  const lanes = (count + LANES - 1) & -LANES;
  for (let i = 0; i < lanes; i++) rowAt[i] = Math.min(i, count - 1);
  for (let tree = 0; tree < roots.length; tree++) {
    at.fill(roots[tree]!, 0, lanes);
    base.fill(bases[tree]!, 0, lanes);
    descend(reader, lanes, plan.depths[tree]!);
    for (let i = 0; i < count; i++) addLeaf(reader, tree, at[i]!, sums, start + i);
  }
}

/** Four trees at once for each row. */
function walkTrees(reader: Reader, start: number, count: number, sums: Float64Array): void {
  const { roots, bases, depth, at, rowAt, base } = reader;
  const trees = roots.length;
  const lanes = (trees + LANES - 1) & -LANES;
  for (let i = 0; i < count; i++) {
    at.set(roots);
    at.fill(roots[trees - 1]!, trees, lanes);
    base.set(bases);
    base.fill(bases[trees - 1]!, trees, lanes);
    rowAt.fill(i, 0, lanes);
    descend(reader, lanes, depth);
    for (let tree = 0; tree < trees; tree++) addLeaf(reader, tree, at[tree]!, sums, start + i);
  }
}

function addLeaf(
  { plan, words, numbers }: Reader,
  tree: number,
  leaf: number,
  sums: Float64Array,
  row: number,
): void {
  const { outputs, values } = plan;
  const from = values[tree]! / 8 + (words[leaf]! >>> 8) * outputs;
  for (let k = 0; k < outputs; k++) sums[row * outputs + k]! += numbers[from + k]!;
}

/** Leads the walks 0 … lanes − 1 from `at` down to their leaves. @param depth the longest way there */
function descend(reader: Reader, lanes: number, depth: number): void {
  const { plan, words, places, at, rowAt, base } = reader;
  const ofLevels = plan.form === "steps of levels";
  for (let i = 0; i < lanes; i += LANES) {
    let n0 = at[i]!;
    let n1 = at[i + 1]!;
    let n2 = at[i + 2]!;
    let n3 = at[i + 3]!;
    const r0 = rowAt[i]!;
    const r1 = rowAt[i + 1]!;
    const r2 = rowAt[i + 2]!;
    const r3 = rowAt[i + 3]!;
    const b0 = base[i]!;
    const b1 = base[i + 1]!;
    const b2 = base[i + 2]!;
    const b3 = base[i + 3]!;
    for (let rest = depth; rest > 0; rest -= STEPS) {
      const steps = Math.min(rest, STEPS);
      if (ofLevels) {
        for (let step = 0; step < steps; step++) {
          n0 = nextOfAny(words, places, n0, r0, b0);
          n1 = nextOfAny(words, places, n1, r1, b1);
          n2 = nextOfAny(words, places, n2, r2, b2);
          n3 = nextOfAny(words, places, n3, r3, b3);
        }
      } else {
        for (let step = 0; step < steps; step++) {
          n0 = next(words, places, n0, r0, b0);
          n1 = next(words, places, n1, r1, b1);
          n2 = next(words, places, n2, r2, b2);
          n3 = next(words, places, n3, r3, b3);
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
function next(
  words: Int32Array,
  places: Int8Array,
  node: number,
  row: number,
  base: number,
): number {
  const asks = words[node]!;
  const place = places[((asks >>> 8) + row) & INSIDE]!;
  return (words[node + 1]! + ((((asks << 24) >> 24) - place) >>> 31) * 8 - base) >> 2;
}

/** As `next`, where splits may be of levels: their words are negative, beside the sign the address of the set. */
function nextOfAny(
  words: Int32Array,
  places: Int8Array,
  node: number,
  row: number,
  base: number,
): number {
  const asks = words[node]!;
  if (asks >= 0) return next(words, places, node, row, base);
  const set = ((asks & 0x7fffffff) - base) >> 2;
  const place = places[words[set]! + row]! & 255;
  const isInside = (words[set + 1 + (place >>> 5)]! >>> (place & 31)) & 1;
  return (words[node + 1]! + 8 - 8 * isInside - base) >> 2;
}
