/**
 * The inner loops of histogram boosting as WebAssembly: summing rows into histograms, adding, subtracting and searching
 * these, and what is done to lists of rows. A histogram entry is 16 bytes: the sum of gradients and the sum of hessians
 * as 64-bit integers, both shifted left by `shift` bits; the number of rows fills the bits below the hessians'.
 * docs/decisions/0011-boosting-kernel.md and 0012 have the numbers against the same loops in JavaScript.
 */
import { addFunction, listFunction, splitFunction } from "./row-kernel.ts";
import { searchFunction } from "./search-kernel.ts";
import { type Code, I32, op, V128, type WasmFunction, wasmModule } from "./wasm.ts";

/** Bytes of one entry of a histogram. */
export const ENTRY_BYTES = 16;
/** Features that one call of `sum` can take. */
export const MOST_FEATURES_AT_ONCE = 8;

export interface HistogramKernel {
  /**
   * Adds rows to the histograms of 1 … 8 features.
   *
   * @param bins address of the bins, row by row
   * @param rows address of `count` 32-bit places of rows
   * @param gradients address of two 32-bit integers per row: gradient, hessian
   * @param features place in the row, and address of the histogram, of one after the other
   */
  sum(
    bins: number,
    rows: number,
    count: number,
    gradients: number,
    features: readonly number[],
  ): void;
  /** The same for all features, into a histogram of all. */
  sumAll(bins: number, rows: number, count: number, gradients: number, histogram: number): void;
  /** to = a + b, entry by entry. */
  add(to: number, a: number, b: number, entries: number): void;
  /** to = a − b, entry by entry. */
  subtract(to: number, a: number, b: number, entries: number): void;
  /** Sets entries to 0. */
  clear(at: number, entries: number): void;
  /** The last entry of the best left child, by what `room` holds (see SEARCH); 0 = no split is worth more. */
  search(histogram: number, entries: number, room: number): number;
  /** Lists rows `from` … `to` − 1. */
  list(rows: number, from: number, to: number): void;
  /**
   * Adds the answer at an address to the scores of listed rows below `limit`.
   *
   * @param scores address of the score of row 0, `step` bytes from row to row
   * @returns how many got it
   */
  addAnswer(
    rows: number,
    count: number,
    limit: number,
    scores: number,
    step: number,
    answer: number,
  ): number;
  /**
   * Puts the rows that go left first, both sides in their order; `spare` has room for all rows.
   *
   * @param bins address of the feature's bins, one per row
   * @param goesLeft address of a byte per bin, 1 = left
   * @returns how many went left
   */
  split(bins: number, rows: number, count: number, goesLeft: number, spare: number): number;
}

/** A loop that adds rows to the histograms of some features: params bins, rows, end, gradients, then `more`. */
function sumOf(
  name: string,
  more: number,
  stride: number,
  shift: number,
  places: readonly FeaturePlace[],
): WasmFunction {
  const [bins, rows, end, gradients] = [0, 1, 2, 3];
  const params = 4 + more;
  const [row, binsOfRow, added, entry] = [params, params + 1, params + 2, params + 3];
  const updates = places.flatMap(({ toBin, bin, toHistogram, histogram }) => [
    ...[op.get(binsOfRow), ...toBin, op.loadByte(bin)],
    ...[op.const(4), op.shl, ...toHistogram, op.add, op.tee(entry)],
    ...[op.get(entry), op.vectorLoad(histogram), op.get(added), op.vectorAdd],
    op.vectorStore(histogram),
  ]);
  const body = op.whileBelow(rows, end, [
    ...[op.get(rows), op.load(), op.tee(row)],
    ...[op.const(stride), op.mul, op.get(bins), op.add, op.set(binsOfRow)],
    ...[op.get(row), op.const(3), op.shl, op.get(gradients), op.add, op.vectorLoadPair()],
    ...[op.const(shift), op.vectorShl, op.vectorOf(0n, 1n), op.vectorAdd, op.set(added)],
    ...updates,
    ...[op.get(rows), op.const(4), op.add, op.set(rows)],
  ]);
  const locals = [I32, I32, V128, I32];
  return { name, params, locals, returns: false, body: [body] };
}

/** Where a feature's bin lies in a row and its histogram in memory: what is added to an address, and a fixed offset. */
interface FeaturePlace {
  readonly toBin: readonly Code[];
  readonly bin: number;
  readonly toHistogram: readonly Code[];
  readonly histogram: number;
}

/** `sum` of any features: their places in the row and their histograms' addresses are params. */
function sumOfAny(width: number, stride: number, shift: number): WasmFunction {
  const places = Array.from({ length: width }, (_, f) => ({
    toBin: [op.get(4 + 2 * f), op.add],
    bin: 0,
    toHistogram: [op.get(5 + 2 * f)],
    histogram: 0,
  }));
  return sumOf(`sum${width}`, 2 * width, stride, shift, places);
}

/** `sum` of features that follow each other: all but the address of the whole histogram is fixed. */
function sumOfLot(
  first: number,
  end: number,
  entries: ArrayLike<number>,
  shift: number,
  stride: number,
): WasmFunction {
  const places = Array.from({ length: end - first }, (_, i) => ({
    toBin: [],
    bin: first + i,
    toHistogram: [op.get(4)],
    histogram: entries[first + i]! * ENTRY_BYTES,
  }));
  return sumOf(`lot${first}`, 1, stride, shift, places);
}

/** Entry by entry over three addresses: params to, a, b, end of to. */
function combine(name: string, how: Code): WasmFunction {
  const [to, a, b, end] = [0, 1, 2, 3];
  const next = [to, a, b].flatMap((at) => [
    ...[op.get(at), op.const(ENTRY_BYTES), op.add, op.set(at)],
  ]);
  const body = op.whileBelow(to, end, [
    ...[op.get(to), op.get(a), op.vectorLoad(), op.get(b), op.vectorLoad(), how],
    ...[op.vectorStore(), ...next],
  ]);
  return { name, params: 4, locals: [], returns: false, body: [body] };
}

/** Params: address and how many bytes. */
function clearFunction(): WasmFunction {
  const body = [op.get(0), op.const(0), op.get(1), op.fill];
  return { name: "clear", params: 2, locals: [], returns: false, body };
}

type Exported = (...values: number[]) => number;
type Loop = "add" | "subtract" | "clear" | "search" | "list" | "addAnswer" | "split";

/** The module compiled last: a thread's next training is often like the one before. */
let last: { readonly bytes: Uint8Array; readonly module: WebAssembly.Module } | null = null;

function compiled(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const same =
    last?.bytes.length === bytes.length && bytes.every((byte, i) => byte === last?.bytes[i]);
  if (last === null || !same) last = { bytes, module: new WebAssembly.Module(bytes) };
  return last.module;
}

/**
 * Compiles the loops.
 *
 * @param memory shared between the threads; each makes its own kernel over it
 * @param entries first entry of each feature in a histogram of all, and one more
 * @param shift bits for the number of rows
 */
export function histogramKernel(
  memory: WebAssembly.Memory,
  entries: ArrayLike<number>,
  shift: number,
): HistogramKernel {
  const stride = entries.length - 1;
  const widths = Array.from({ length: MOST_FEATURES_AT_ONCE }, (_, i) => i + 1);
  const lots: WasmFunction[] = [];
  const many = Math.ceil(stride / MOST_FEATURES_AT_ONCE);
  for (let lot = 0; lot < many; lot++) {
    const first = Math.floor((lot * stride) / many);
    lots.push(sumOfLot(first, Math.floor(((lot + 1) * stride) / many), entries, shift, stride));
  }
  const module = compiled(
    wasmModule([
      ...lots,
      ...widths.map((width) => sumOfAny(width, stride, shift)),
      combine("add", op.vectorAdd),
      combine("subtract", op.vectorSub),
      clearFunction(),
      searchFunction(ENTRY_BYTES, shift),
      listFunction(),
      addFunction(),
      splitFunction(),
    ]),
  );
  const loops = new WebAssembly.Instance(module, { room: { memory } }).exports as Record<
    string,
    Exported
  >;
  const sums = widths.map((width) => loops[`sum${width}`]!);
  const ofLots = lots.map(({ name }) => loops[name]!);
  const { add, subtract, clear, search, list, addAnswer, split } = loops as Record<Loop, Exported>;
  return {
    sum(bins, rows, count, gradients, features) {
      sums[features.length / 2 - 1]!(bins, rows, rows + 4 * count, gradients, ...features);
    },
    sumAll(bins, rows, count, gradients, histogram) {
      for (const sum of ofLots) sum(bins, rows, rows + 4 * count, gradients, histogram);
    },
    add: (to, a, b, many) => void add(to, a, b, to + ENTRY_BYTES * many),
    subtract: (to, a, b, many) => void subtract(to, a, b, to + ENTRY_BYTES * many),
    clear: (at, many) => void clear(at, ENTRY_BYTES * many),
    search: (at, many, room) => search(at, at + ENTRY_BYTES * many, room) >>> 0,
    list: (rows, from, to) => void list(rows, rows + 4 * (to - from), from),
    addAnswer: (rows, count, limit, scores, step, answer) =>
      ((addAnswer(rows, rows + 4 * count, limit, scores, step, answer) >>> 0) - rows) / 4,
    split: (bins, rows, count, goesLeft, spare) =>
      ((split(bins, rows, rows + 4 * count, goesLeft, spare) >>> 0) - rows) / 4,
  };
}
