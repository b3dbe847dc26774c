/** The nodes of one tree while it grows, in bins; see `Trees` for what they become. */
import type { BestSplit, SplitSearch } from "./grow-split.ts";

/** A tree in preorder: an inner node's left child is the next node. Plain arrays, to cross threads. */
export interface GrownTree {
  /** −1 at a leaf. */
  readonly feature: Int16Array | Int32Array;
  /** Numeric splits: the last bin that goes left. */
  readonly bin: Uint8Array;
  readonly missingLeft: Uint8Array;
  /** Splits of levels: place of the split's eight words in `sets`; −1 elsewhere. Null where no split is of levels. */
  readonly set: Int32Array | null;
  /** A bit per bin, 1 = left. */
  readonly sets: Uint32Array;
  /** The right child; at a leaf its place among the leaves. */
  readonly right: Uint32Array;
  /** Of the leaves: the weight of their rows, and leaves × outputs what they say. */
  readonly cover: Float32Array | Float64Array;
  readonly value: Float32Array | Float64Array;
}

/** Words of a set of bins. */
export const SET_WORDS = 8;

/** Takes the nodes of one tree after the other; the room is used again. */
export class NodeList {
  readonly #outputs: number;
  #count = 0;
  #setWords: number[] = [];
  #feature = new Int32Array(256);
  #bin = new Uint8Array(256);
  #missingLeft = new Uint8Array(256);
  #set = new Int32Array(256);
  #right = new Uint32Array(256);
  #cover = new Float64Array(256);
  #value: Float64Array;

  constructor(outputs: number) {
    this.#outputs = outputs;
    this.#value = new Float64Array(256 * outputs);
  }

  /** Adds the node that the search has entered, as a leaf. Gives its place. */
  addLeaf(search: SplitSearch): number {
    const node = this.#count++;
    if (node === this.#feature.length) this.#grow();
    this.#feature[node] = -1;
    this.#set[node] = -1;
    this.#bin[node] = 0;
    this.#missingLeft[node] = 0;
    this.#cover[node] = search.cover();
    search.leaf(this.#value, node * this.#outputs);
    return node;
  }

  /** Makes a leaf an inner node. */
  split(node: number, best: BestSplit, ofLevels: boolean): void {
    this.#feature[node] = best.feature;
    this.#missingLeft[node] = best.missingLeft ? 1 : 0;
    if (!ofLevels) {
      this.#bin[node] = best.bin;
      return;
    }
    this.#set[node] = this.#setWords.length;
    for (let word = 0; word < SET_WORDS; word++) {
      let bits = 0;
      for (let i = 0; i < 32; i++) if (best.goesLeft[word * 32 + i] === 1) bits |= 1 << i;
      this.#setWords.push(bits >>> 0);
    }
  }

  setRight(node: number, right: number): void {
    this.#right[node] = right;
  }

  /** The tree; what comes next is another one. */
  grown(): GrownTree {
    const count = this.#count;
    const leaves = (count + 1) / 2;
    const cover = new Float64Array(leaves);
    const value = new Float64Array(leaves * this.#outputs);
    for (let node = 0, leaf = 0; node < count; node++) {
      if (this.#feature[node]! >= 0) continue;
      cover[leaf] = this.#cover[node]!;
      for (let k = 0; k < this.#outputs; k++)
        value[leaf * this.#outputs + k] = this.#value[node * this.#outputs + k]!;
      this.#right[node] = leaf++;
    }
    const setWords = this.#setWords;
    this.#count = 0;
    this.#setWords = [];
    return {
      feature: shortWhole(this.#feature.subarray(0, count)),
      bin: this.#bin.slice(0, count),
      missingLeft: this.#missingLeft.slice(0, count),
      set: setWords.length === 0 ? null : this.#set.slice(0, count),
      sets: Uint32Array.from(setWords),
      right: this.#right.slice(0, count),
      cover: shortNumbers(cover),
      value: shortNumbers(value),
    };
  }

  #grow(): void {
    this.#feature = larger(this.#feature);
    this.#bin = larger(this.#bin);
    this.#missingLeft = larger(this.#missingLeft);
    this.#set = larger(this.#set);
    this.#right = larger(this.#right);
    this.#cover = larger(this.#cover);
    this.#value = larger(this.#value);
  }
}

/** The same numbers in half the bytes where all are small: all trees wait together to become the model's. */
function shortWhole(values: Int32Array): Int16Array | Int32Array {
  return values.every((value) => value < 2 ** 15) ? new Int16Array(values) : values.slice();
}

/** The same numbers, to the bit, in half the bytes where that can be. */
function shortNumbers(values: Float64Array): Float32Array | Float64Array {
  return values.every((value) => Math.fround(value) === value) ? new Float32Array(values) : values;
}

function larger<T extends Int32Array | Uint8Array | Uint32Array | Float64Array>(values: T): T {
  const out = new (values.constructor as new (length: number) => T)(values.length * 2);
  out.set(values as never);
  return out;
}
