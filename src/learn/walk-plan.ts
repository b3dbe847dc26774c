/** Takes trees and gives them as the bytes that the kernel of walk-kernel.ts walks; plain data, shared with threads. */
import type { Feature } from "./features.ts";
import { type Ladder, ladderOf } from "./ladder.ts";
import type { Trees } from "./trees.ts";
import { cutsOf, KINDS, LEVEL } from "./walk-cuts.ts";
import { FIRST_PLACE, type Form, LANES, mostRows, PLACES, TREES } from "./walk-kernel.ts";
import { masksWriter } from "./walk-masks.ts";
import { stepsWriter } from "./walk-steps.ts";

/** Where the places of a feature go: the numbers of columns; null = no split asks for such. */
export interface PlacedFeature {
  readonly feature: number;
  /** Of its number, missing right or left of every threshold. */
  readonly right: number | null;
  readonly left: number | null;
  /** Of its level: 1 + the code, 0 where missing. */
  readonly level: number | null;
}

/** Trees for the kernel. Everything in it can be sent to a thread, and `image` is shared where memory can be. */
export interface Plan {
  readonly form: Form;
  readonly outputs: number;
  readonly placed: readonly PlacedFeature[];
  /** Per feature its thresholds. */
  readonly ladders: readonly Ladder[];
  readonly blockRows: number;
  /** All trees, one after the other. */
  readonly image: Uint8Array;
  /** Trees that are loaded together: the first of each lot, and one more. */
  readonly lots: Uint32Array;
  /** Per tree where in the image it begins, its splits end and its leaves' values begin; and one more beginning. */
  readonly begins: Float64Array;
  readonly ends: Float64Array;
  readonly values: Float64Array;
  readonly depths: Uint32Array;
}

/** What a form's writer needs to know of the trees' splits. */
export interface Splits {
  readonly trees: Trees;
  /** At `askAt` of a split: address of its places << 8, and in the low byte the last place that goes left. */
  readonly asks: Int32Array;
  /** Per node the number of its threshold among those of the feature. */
  readonly found: Uint8Array;
  /** Per feature the address of its levels' places. */
  readonly levelColumns: Int32Array;
  /** Of a split of levels: bit p says that place p goes left. @param into 32 bytes */
  setOf(node: number, into: Uint8Array): void;
}

/** Where the bytes of all trees are, as numbers of each kind. */
export interface Image {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly numbers: Float64Array;
}

/** Writes trees in a form. */
export interface Writer {
  /** What the tree takes at most, a multiple of 8. */
  bytesOf(tree: number): number;
  /**
   * @param at where in the image, a multiple of 8
   * @param address where that will lie for the kernel
   * @returns where in the image its splits end and its leaves' values begin, its longest way, and where the next may begin
   */
  write(
    tree: number,
    image: Image,
    at: number,
    address: number,
  ): { end: number; values: number; depth: number; next: number };
}

/** Where `asks` has a numeric split. @param found the number of its threshold */
export function askAt(feature: number, missingLeft: number, found: number): number {
  return ((2 * feature + missingLeft) << 8) | found;
}

/** Levels whose places fit a byte. */
const MOST_LEVELS = 255;
/** Leaves whose values can be numbered in three bytes with the sign to spare. */
const MOST_LEAVES = 2 ** 23;
/** Leaves up to which asking every split is faster than stepping. */
const MOST_LEAVES_OF_MASKS = 64;
/** Bytes of trees that are loaded together: half of a core's own cache. */
const LOT_BYTES = 2 ** 19;
/** Rows of a block when trees are small; rows stay in the fastest cache, and loading a tree costs little beside. */
const MASKS_ROWS = 1024;
/** No power of two, so that a row's places in all columns are in different sets of the cache. */
const STEPS_ROWS = 4096 - LANES;
/** Trees of so many bytes are walked by more rows each time they are loaded. */
const LARGE_TREE = 2 ** 16;
/** Bytes whose places are 32-bit integers. */
const MOST_BYTES = 2 ** 31 - 1;
/** Ways whose lengths are not looked at. */
const EVEN_DEPTH = 12;

/** Whether trees are walked by masks, as all have few leaves. */
export function areOfMasks({ roots }: Trees): boolean {
  return mostLeavesOf(roots) <= MOST_LEAVES_OF_MASKS;
}

function mostLeavesOf(roots: Uint32Array): number {
  let most = 1;
  for (let tree = 0; tree + 1 < roots.length; tree++)
    most = Math.max(most, (roots[tree + 1]! - roots[tree]! + 1) / 2);
  return most;
}

/** null = there are too many thresholds, levels, columns, outputs or nodes. */
export function planOf(trees: Trees, features: readonly Feature[]): Plan | null {
  const { feature, missingLeft, categorySet, categoryWords, roots, outputs } = trees;
  if (features.some(({ levels }) => (levels?.length ?? 0) > MOST_LEVELS)) return null;
  const cuts = cutsOf(trees, features.length);
  if (cuts === null) return null;
  let columns = 0;
  const columnAt = Array.from(cuts.asked, (one) => (one === 0 ? null : columns++));
  const count = roots.length - 1;
  if (mostLeavesOf(roots) > MOST_LEAVES) return null;
  const masks = areOfMasks(trees);
  const large = feature.length * 8 > LARGE_TREE * count;
  const rows = mostRows(columns, outputs);
  if (rows === 0) return null;
  const blockRows = Math.min(rows, masks ? MASKS_ROWS : large ? 4 * STEPS_ROWS : STEPS_ROWS);
  const bytes = new Uint8Array(32);
  const words = new Uint32Array(bytes.buffer);
  const addressOf = (f: number, kind: number) =>
    PLACES + blockRows * (columnAt[KINDS * f + kind] ?? 0);
  const asks = new Int32Array(2 * 256 * features.length);
  for (const [f, ranks] of cuts.ranks.entries())
    for (const kind of [0, 1])
      for (const [i, rank] of ranks.entries())
        asks[askAt(f, kind, i)] = (addressOf(f, kind) << 8) | ((FIRST_PLACE + rank) & 255);
  const splits: Splits = {
    trees,
    asks,
    found: cuts.found,
    levelColumns: Int32Array.from(features, (_, f) => addressOf(f, LEVEL)),
    setOf(node, into) {
      const from = categorySet[node]!;
      const many = (features[feature[node]!]!.levels!.length + 31) >>> 5;
      words.fill(0);
      for (let i = 0; i < many; i++) {
        const word = categoryWords[from + i]!;
        words[i]! |= word << 1;
        if (i + 1 < words.length) words[i + 1] = word >>> 31;
      }
      bytes[0] = (bytes[0]! & ~1) | missingLeft[node]!;
      into.set(bytes);
    },
  };
  const writer = masks ? masksWriter(splits) : stepsWriter(splits);
  let most = 0;
  for (let tree = 0; tree < count; tree++) most += writer.bytesOf(tree);
  if (most > MOST_BYTES) return null;
  // What is not written to takes no memory.
  const image = room(most);
  const begins = new Float64Array(count + 1);
  const ends = new Float64Array(count);
  const values = new Float64Array(count);
  const depths = new Uint32Array(count);
  const lots = [0];
  for (let tree = 0; tree < count; tree++) {
    const at = begins[tree]!;
    const first = lots.at(-1)!;
    if (tree > first && at + writer.bytesOf(tree) - begins[first]! > LOT_BYTES) lots.push(tree);
    const written = writer.write(tree, image, at, TREES + at - begins[lots.at(-1)!]!);
    ends[tree] = written.end;
    values[tree] = written.values;
    depths[tree] = written.depth;
    begins[tree + 1] = written.next;
  }
  lots.push(count);
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0);
  const stepping = categoryWords.length > 0 ? "steps of levels" : "steps";
  return {
    form: masks ? "masks" : stepping === "steps" && deepest <= EVEN_DEPTH ? "even steps" : stepping,
    outputs,
    placed: features.flatMap((_, f) => {
      const [right = null, left = null, level = null] = columnAt.slice(KINDS * f, KINDS * (f + 1));
      const none = right === null && left === null && level === null;
      return none ? [] : [{ feature: f, right, left, level }];
    }),
    ladders: cuts.ofFeature.map(ladderOf),
    blockRows,
    image: image.bytes.subarray(0, begins[count]!),
    lots: Uint32Array.from(lots),
    begins,
    ends,
    values,
    depths,
  };
}

/** In shared memory, so that threads need no copy; in a browser there may be none. */
function room(bytes: number): Image {
  const buffer =
    typeof SharedArrayBuffer === "undefined"
      ? new ArrayBuffer(bytes)
      : new SharedArrayBuffer(bytes);
  return {
    bytes: new Uint8Array(buffer),
    words: new Int32Array(buffer),
    numbers: new Float64Array(buffer),
  };
}
