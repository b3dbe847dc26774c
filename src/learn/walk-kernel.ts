/**
 * The walk of many rows through shallow trees as WebAssembly. A tree lies in the order of a heap (children of n at 2n
 * and 2n + 1), filled up to one depth, so a node is one word. The first steps are taken for sixteen rows at once: all
 * nodes of the upper levels are asked, and the answers chosen among by those of the levels above. The further steps go
 * four rows side by side.
 */
import { type Code, I32, op, V128, type WasmFunction, wasmModule } from "./wasm.ts";

/** Levels that are walked sixteen rows at once. */
const TOP_LEVELS = 4;
/** Depths of trees that the kernel takes. */
export const LEAST_DEPTH = TOP_LEVELS;
export const MOST_DEPTH = 12;
const MOST_ROWS = 4096;
const PLACES_BYTES = 2 ** 20;
/** Rows walked at once on the upper levels, and below. */
const LANES = 16;
const STEP_LANES = 4;

/** Addresses: places of the rows, nodes reached after the upper levels, leaves, one tree. */
const PLACES = 0;
const REACHED = PLACES + PLACES_BYTES;
const LEAVES = REACHED + MOST_ROWS;
const TREE = LEAVES + 4 * MOST_ROWS;
const PAGES = Math.ceil((TREE + 4 * 2 ** MOST_DEPTH) / 65_536);

export interface WalkKernel {
  /** Byte of a row's place in a column: at column × rows + row, `rows` as of `kernelRows`. */
  readonly places: Uint8Array;
  /** Room for a tree's nodes, (column × rows) << 8 | last place that goes left; the root is node 1. */
  readonly tree: Int32Array;
  /** Per row the node of the heap that it came to. */
  readonly leaves: Int32Array;
  /** Walks rows 0 … count − 1 through the tree. @param count a multiple of 16 */
  walk(depth: number, count: number): void;
}

/** Rows that the kernel takes at once when each has so many columns of places; 0 = too many columns. */
export function kernelRows(columns: number): number {
  return Math.min(MOST_ROWS, Math.floor(PLACES_BYTES / columns / LANES) * LANES);
}

/** undefined = not asked for yet; null = there is no WebAssembly here, or it is not allowed. */
let kernel: WalkKernel | null | undefined;

/** The kernel of this thread; null where WebAssembly cannot be had. */
export function walkKernel(): WalkKernel | null {
  if (kernel === undefined) {
    try {
      kernel = madeKernel();
    } catch {
      kernel = null;
    }
  }
  return kernel;
}

function madeKernel(): WalkKernel {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: false });
  const depths = Array.from({ length: MOST_DEPTH - LEAST_DEPTH + 1 }, (_, i) => LEAST_DEPTH + i);
  const module = new WebAssembly.Module(wasmModule([top(), ...depths.map(below)], false));
  const loops = new WebAssembly.Instance(module, { room: { memory } }).exports as Record<
    string,
    (at: number, end: number) => void
  >;
  return {
    places: new Uint8Array(memory.buffer, PLACES, PLACES_BYTES),
    tree: new Int32Array(memory.buffer, TREE, 2 ** MOST_DEPTH),
    leaves: new Int32Array(memory.buffer, LEAVES, MOST_ROWS),
    walk(depth, count) {
      loops.top!(PLACES, PLACES + count);
      loops[`below${depth}`]!(PLACES, PLACES + count);
    },
  };
}

/** The upper levels: params address of the next rows' places in column 0, and where they end. */
function top(): WasmFunction {
  const [at, end] = [0, 1];
  /** Per level a vector of answers, all bits = right; and the node reached, counted from 0 on the last level. */
  const answer = (level: number) => 2 + level;
  const reached = 2 + TOP_LEVELS;
  const asked = (node: number): Code[] => [
    ...[op.const(TREE + 4 * node), op.load(), op.const(8), op.shiftRight, op.get(at), op.add],
    ...[op.vectorLoad(), op.const(TREE + 4 * node), op.vectorLoadSplat(), op.bytesGreater],
  ];
  const chosen = (node: number, level: number, upTo: number): Code[] =>
    level === upTo
      ? asked(node)
      : [
          ...chosen(2 * node + 1, level + 1, upTo),
          ...chosen(2 * node, level + 1, upTo),
          ...[op.get(answer(level)), op.vectorSelect],
        ];
  const levels: Code[] = [];
  for (let level = 0; level < TOP_LEVELS; level++) {
    levels.push(...chosen(1, 0, level), op.set(answer(level)));
    if (level === 0) levels.push(op.get(answer(0)), op.bytesNegate, op.set(reached));
    else {
      levels.push(op.get(reached), op.get(reached), op.bytesAdd);
      levels.push(op.get(answer(level)), op.bytesSub, op.set(reached));
    }
  }
  const body = op.whileBelow(at, end, [
    ...levels,
    ...[op.get(at), op.get(reached), op.vectorStore(REACHED)],
    ...[op.get(at), op.const(LANES), op.add, op.set(at)],
  ]);
  const locals = Array.from({ length: TOP_LEVELS + 1 }, () => V128);
  return { name: "top", params: 2, locals, returns: false, body: [body] };
}

/** The levels below, down to a depth. */
function below(depth: number): WasmFunction {
  const [at, end] = [0, 1];
  const node = (lane: number) => 2 + lane;
  const word = (lane: number) => 2 + STEP_LANES + lane;
  const lanes = Array.from({ length: STEP_LANES }, (_, lane) => lane);
  const begin = lanes.flatMap((lane) => [
    ...[op.get(at), op.loadByte(REACHED + lane), op.const(2 ** TOP_LEVELS), op.add],
    op.set(node(lane)),
  ]);
  const step = lanes.flatMap((lane) => [
    ...[op.get(node(lane)), op.const(2), op.shl, op.load(TREE), op.set(word(lane))],
    ...[op.get(node(lane)), op.const(1), op.shl],
    ...[op.get(word(lane)), op.const(255), op.and],
    ...[op.get(word(lane)), op.const(8), op.shiftRight, op.get(at), op.add, op.loadByte(lane)],
    ...[op.sub, op.const(31), op.shiftRight, op.add, op.set(node(lane))],
  ]);
  const finish = lanes.flatMap((lane) => [
    ...[op.get(at), op.const(2), op.shl, op.get(node(lane)), op.store(LEAVES + 4 * lane)],
  ]);
  const steps = Array.from({ length: depth - TOP_LEVELS }, () => step).flat();
  const body = op.whileBelow(at, end, [
    ...[...begin, ...steps, ...finish],
    ...[op.get(at), op.const(STEP_LANES), op.add, op.set(at)],
  ]);
  const locals = Array.from({ length: 2 * STEP_LANES }, () => I32);
  return { name: `below${depth}`, params: 2, locals, returns: false, body: [body] };
}
