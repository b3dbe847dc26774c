/**
 * The inner loops of histogram boosting as WebAssembly: summing rows into histograms, adding and subtracting these,
 * and splitting lists of rows. A histogram entry is 16 bytes: the sum of gradients and the sum of hessians as 64-bit
 * integers, both shifted left by `shift` bits; the number of rows fills the bits below the hessians'.
 * docs/decisions/0011-boosting-kernel.md has the numbers against the same loops in JavaScript.
 */
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
    ...[op.const(shift), op.vectorShl, op.vectorConst(0, 1), op.vectorAdd, op.set(added)],
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

/** The loop of `split`: every row is written to both sides, and only the side it goes to moves on. */
function split(): WasmFunction {
  const [bins, rows, end, goesLeft, spare] = [0, 1, 2, 3, 4];
  const [row, left, right, step] = [5, 6, 7, 8];
  const body = [
    ...[op.get(rows), op.set(left), op.get(spare), op.set(right)],
    op.whileBelow(rows, end, [
      ...[op.get(rows), op.load(), op.set(row)],
      ...[op.get(left), op.get(row), op.store(), op.get(right), op.get(row), op.store()],
      ...[op.get(row), op.get(bins), op.add, op.loadByte()],
      ...[op.get(goesLeft), op.add, op.loadByte(), op.const(2), op.shl, op.set(step)],
      ...[op.get(left), op.get(step), op.add, op.set(left)],
      ...[op.get(right), op.const(4), op.add, op.get(step), op.sub, op.set(right)],
      ...[op.get(rows), op.const(4), op.add, op.set(rows)],
    ]),
    ...[op.get(left), op.get(spare), op.get(right), op.get(spare), op.sub, op.copy],
    op.get(left),
  ];
  return { name: "split", params: 5, locals: [I32, I32, I32, I32], returns: true, body };
}

type Exported = (...values: number[]) => number;

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
  const module = new WebAssembly.Module(
    wasmModule([
      ...lots,
      ...widths.map((width) => sumOfAny(width, stride, shift)),
      combine("add", op.vectorAdd),
      combine("subtract", op.vectorSub),
      split(),
    ]),
  );
  const loops = new WebAssembly.Instance(module, { room: { memory } }).exports as Record<
    string,
    Exported
  >;
  const sums = widths.map((width) => loops[`sum${width}`]!);
  const ofLots = lots.map(({ name }) => loops[name]!);
  const { add, subtract, split: part } = loops as Record<"add" | "subtract" | "split", Exported>;
  return {
    sum(bins, rows, count, gradients, features) {
      sums[features.length / 2 - 1]!(bins, rows, rows + 4 * count, gradients, ...features);
    },
    sumAll(bins, rows, count, gradients, histogram) {
      for (const sum of ofLots) sum(bins, rows, rows + 4 * count, gradients, histogram);
    },
    add: (to, a, b, many) => void add(to, a, b, to + ENTRY_BYTES * many),
    subtract: (to, a, b, many) => void subtract(to, a, b, to + ENTRY_BYTES * many),
    split: (bins, rows, count, goesLeft, spare) =>
      ((part(bins, rows, rows + 4 * count, goesLeft, spare) >>> 0) - rows) / 4,
  };
}
