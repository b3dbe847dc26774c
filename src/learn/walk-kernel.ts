/**
 * The walk of many rows through one tree after another, as WebAssembly. Rows are bytes: how many of a feature's
 * thresholds lie below its value. Trees come in one of two forms:
 *
 * Masks, for trees of few leaves: all splits are asked of 64 rows at once, and those that send a row to the right
 * strike out the leaves on their left; the row's leaf is the first that is left. (Lucchese et al. 2015, QuickScorer)
 *
 * Steps, for others: the first four levels as vectors of sixteen rows, all their splits asked and the answers chosen
 * among (not where splits may be of levels); then down from node to node, eight rows side by side, without a branch to
 * foretell.
 */
import { HIGH_WORD } from "./ladder.ts";
import { type Code, F64, I32, op, V128, type WasmFunction, wasmModule } from "./wasm.ts";

export const PAGE_BYTES = 65_536;
/** Rows of a block at most, and bytes of all their places. */
const MOST_ROWS = 16_384;
export const PLACES_BYTES = 2 ** 20;
/** Sums of a block at most. */
const MOST_SUMS = 2 ** 17;
/** Thresholds of a feature at most. */
export const MOST_CUTS = 255;
const LADDER_BYTES = 8 * 256;

/** Rows that `masks` takes at once; blocks are filled up to that. */
export const LANES = 64;
const VECTOR = 16;
const VECTORS = LANES / VECTOR;
/** Numbers that are placed side by side, and rows that step down. */
const SIDE = 8;

/** Addresses. */
export const PLACES = 0;
const NUMBERS = PLACES + PLACES_BYTES;
const SUMS = NUMBERS + 8 * MOST_ROWS;
const LEAVES = SUMS + 8 * MOST_SUMS;
const REACHED = LEAVES + 4 * MOST_ROWS;
const LADDER = REACHED + MOST_ROWS;
/** Where trees begin. */
export const TREES = LADDER + LADDER_BYTES;

/** The place of what lies above no threshold, so also of missing that goes left; and of what lies above all. */
export const FIRST_PLACE = -128;
export const LAST_PLACE = 127;

/** Levels that are walked as vectors. */
export const TOP_LEVELS = 4;
/** A form's bytes, see walk-masks.ts and walk-steps.ts. */
export const MASKS = { header: 16, split: 8, levels: 40 } as const;
export const STEPS = {
  top: 8 * 2 ** TOP_LEVELS,
  table: 4 * 2 ** TOP_LEVELS,
  node: 8,
  levels: 40,
} as const;
/** Where a tree's nodes begin. */
export const NODES = STEPS.top + STEPS.table;
/** Low byte of a leaf's first word: no place is greater, so the walk stays. */
export const LEAF_BYTE = 127;

export type Form = "masks" | "even steps" | "steps" | "steps of levels";

export interface WalkKernel {
  /** Puts trees at TREES, as many bytes. */
  loadTrees(bytes: Uint8Array): void;
  /**
   * Writes the places of numbers, one byte per row.
   *
   * @param ladder rising, filled up with ∞ to a power of two beyond the last threshold
   * @param right address of the column where missing goes right, and `left` of that where it goes left; null = none
   */
  placeNumbers(
    numbers: Float64Array,
    ladder: Float64Array,
    right: number | null,
    left: number | null,
  ): void;
  /** The places, for columns that are written otherwise. */
  places(): Int8Array;
  clearSums(count: number): void;
  /**
   * Adds what a tree says of each row to the sums.
   *
   * @param rows a multiple of LANES, at most as many as a column of places has
   * @param begin where in the loaded bytes the tree begins
   * @param end where its splits end (masks)
   * @param values where its leaves' values begin
   * @param depth its longest way (steps)
   */
  addTree(
    form: Form,
    rows: number,
    begin: number,
    end: number,
    values: number,
    depth: number,
    outputs: number,
  ): void;
  /** The sums, row by row. */
  sums(count: number): Float64Array;
}

/** Rows that a block can have with so many columns of places and so many sums; 0 = none. */
export function mostRows(columns: number, outputs: number): number {
  const rows = Math.min(MOST_ROWS, PLACES_BYTES / Math.max(1, columns), MOST_SUMS / outputs);
  return Math.floor(rows / LANES) * LANES;
}

/** undefined = not asked for yet; null = there is no WebAssembly here, or it is not allowed. */
let compiled: WebAssembly.Module | null | undefined;
let kernel: WalkKernel | null | undefined;

/** The kernel's loops, which threads can send each other; null where WebAssembly cannot be had. */
export function walkModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      compiled = HIGH_WORD === 1 ? madeModule() : null; // its memory has the low byte first
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/**
 * The kernel of this thread; null where WebAssembly cannot be had.
 *
 * @param given the loops, where another thread has made them
 */
export function walkKernel(given?: WebAssembly.Module): WalkKernel | null {
  if (kernel === undefined) {
    const module = given ?? walkModule();
    try {
      kernel = module === null ? null : kernelOf(module);
    } catch {
      kernel = null;
    }
  }
  return kernel;
}

function madeModule(): WebAssembly.Module {
  const functions = [
    place(),
    masks(),
    steps("even steps"),
    steps("steps"),
    steps("steps of levels"),
    ...[addOne("byte"), addOne("word"), addMany("byte"), addMany("word")],
  ];
  return new WebAssembly.Module(wasmModule(functions, false));
}

function kernelOf(module: WebAssembly.Module): WalkKernel {
  const memory = new WebAssembly.Memory({
    initial: Math.ceil(TREES / PAGE_BYTES) + 8,
    maximum: 65_536,
    shared: false,
  });
  const loops = new WebAssembly.Instance(module, { room: { memory } }).exports as Record<
    string,
    (...values: number[]) => void
  >;
  return {
    loadTrees(bytes) {
      const missing = TREES + bytes.length - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      new Uint8Array(memory.buffer).set(bytes, TREES);
    },
    placeNumbers(numbers, ladder, right, left) {
      new Float64Array(memory.buffer, NUMBERS).set(numbers);
      new Float64Array(memory.buffer, LADDER).set(ladder);
      const end = NUMBERS + 8 * numbers.length;
      loops.place!(NUMBERS, end, right ?? REACHED, left ?? REACHED, 4 * ladder.length);
    },
    places: () => new Int8Array(memory.buffer, PLACES, PLACES_BYTES),
    clearSums(count) {
      new Float64Array(memory.buffer, SUMS, count).fill(0);
    },
    addTree(form, rows, begin, end, values, depth, outputs) {
      const at = TREES + begin;
      const ofMasks = form === "masks";
      if (ofMasks) loops.masks!(0, rows, at, TREES + end);
      else loops[form]!(0, rows, at, Math.max(1, Math.ceil((depth - TOP_LEVELS) / 2)));
      const size = ofMasks ? "byte" : "word";
      const base = TREES + values;
      const leavesEnd = LEAVES + rows * (ofMasks ? 1 : 4);
      if (outputs === 1) loops[`one ${size}`]!(LEAVES, leavesEnd, SUMS, base);
      else loops[`many ${size}`]!(LEAVES, leavesEnd, SUMS, base, 8 * outputs);
    },
    sums: (count) => new Float64Array(memory.buffer, SUMS, count),
  };
}

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** Numbers to places: params numbers, their end, columns for missing right and left, half the ladder's bytes. */
function place(): WasmFunction {
  const [at, end, right, left, half, step, last] = [0, 1, 2, 3, 4, 5, 6];
  const below = (lane: number) => 7 + lane;
  const number = (lane: number) => 7 + SIDE + lane;
  const write = (lane: number, to: number, missing: number) => [
    ...[op.get(to), op.get(below(lane)), op.const(missing)],
    ...[op.get(number(lane)), op.get(number(lane)), op.numberEqual, op.select],
    op.storeByte(lane),
  ];
  const lanes = range(SIDE);
  const search = lanes.flatMap((lane) => [
    ...[op.get(below(lane)), op.get(step), op.const(0)],
    ...[op.get(below(lane)), op.get(step), op.add, op.numberLoad(LADDER - 8)],
    ...[op.get(number(lane)), op.numberLess, op.sub, op.and, op.add, op.set(below(lane))],
  ]);
  const body = [
    ...[op.const(7), op.set(last)],
    op.whileBelow(at, end, [
      ...lanes.flatMap((lane) => [
        ...[op.get(at), op.numberLoad(8 * lane), op.set(number(lane))],
        ...[op.const(0), op.set(below(lane))],
      ]),
      ...[op.get(half), op.set(step)],
      op.whileBelow(last, step, [
        ...search,
        ...[op.get(step), op.const(1), op.shiftRight, op.set(step)],
      ]),
      ...lanes.flatMap((lane) => [
        ...[op.get(below(lane)), op.const(3), op.shiftRight, op.const(FIRST_PLACE), op.add],
        op.set(below(lane)),
        ...[...write(lane, right, LAST_PLACE), ...write(lane, left, FIRST_PLACE)],
      ]),
      ...[op.get(at), op.const(8 * SIDE), op.add, op.set(at)],
      ...[op.get(right), op.const(SIDE), op.add, op.set(right)],
      ...[op.get(left), op.const(SIDE), op.add, op.set(left)],
    ]),
  ];
  const locals = [I32, I32, ...lanes.map(() => I32), ...lanes.map(() => F64)];
  return { name: "place", params: 5, locals, returns: false, body };
}

const splat = (byte: number): Code => op.vectorBytes(new Array(VECTOR).fill(byte));

/** Rows to leaves by masks: params first row, rows, the tree's begin and end. */
function masks(): WasmFunction {
  const [at, end, begin, treeEnd] = [0, 1, 2, 3];
  const [pos, plane, splits, levels, column] = [4, 5, 6, 7, 8];
  const firstVector = 9;
  /** Leaves of this plane that are not struck out; those of the first plane that has any, and its first leaf. */
  const left = (i: number) => firstVector + i;
  const found = (i: number) => firstVector + VECTORS + i;
  const base = (i: number) => firstVector + 2 * VECTORS + i;
  const [last, mask, low, high, answers] = [21, 22, 23, 24, 25];
  const vectors = range(VECTORS);
  const places = (i: number) => [op.get(column), op.vectorLoad(VECTOR * i)];
  const toColumn = [op.get(pos), op.load(), op.get(at), op.add, op.set(column)];
  const move = (bytes: number) => [op.get(pos), op.const(bytes), op.add, op.set(pos)];
  /** Takes answers from the stack. */
  const strike = (i: number) => [
    ...[op.get(mask), op.vectorAnd, op.set(answers)],
    ...[op.get(left(i)), op.get(answers), op.vectorAndNot, op.set(left(i))],
  ];
  const bits = range(VECTOR).map((i) => (i < 8 ? 1 << i : 0));
  /** Which of sixteen rows have a level that is not in the set of 32 bytes. */
  const outside = (i: number) => [
    ...[...places(i), op.const(3), op.bytesShiftRight, op.set(answers)],
    ...[op.get(low), op.get(answers), op.bytesPick],
    ...[op.get(high), op.get(answers), splat(VECTOR), op.bytesSub, op.bytesPick, op.vectorOr],
    ...[op.vectorBytes(bits), ...places(i), splat(7), op.vectorAnd, op.bytesPick],
    ...[op.vectorAnd, splat(0), op.bytesEqual],
  ];
  const body = op.whileBelow(at, end, [
    ...vectors.flatMap((i) => [splat(0), op.set(found(i)), splat(0), op.set(base(i))]),
    ...[op.get(begin), op.set(pos)],
    op.whileBelow(pos, treeEnd, [
      ...[op.get(pos), op.set(plane)],
      ...[op.get(pos), op.load(), op.get(pos), op.add, op.set(splits)],
      ...[op.get(pos), op.load(4), op.get(pos), op.add, op.set(levels)],
      ...vectors.flatMap((i) => [splat(255), op.set(left(i))]),
      ...move(MASKS.header),
      op.whileBelow(pos, splits, [
        ...toColumn,
        ...[op.get(pos), op.vectorLoadSplat(4), op.set(last)],
        ...[op.get(pos), op.vectorLoadSplat(5), op.set(mask)],
        ...vectors.flatMap((i) => [...[...places(i), op.get(last), op.bytesGreater], ...strike(i)]),
        ...move(MASKS.split),
      ]),
      op.whileBelow(pos, levels, [
        ...toColumn,
        ...[op.get(pos), op.vectorLoadSplat(4), op.set(mask)],
        ...[op.get(pos), op.vectorLoad(8), op.set(low)],
        ...[op.get(pos), op.vectorLoad(8 + VECTOR), op.set(high)],
        ...vectors.flatMap((i) => [...outside(i), ...strike(i)]),
        ...move(MASKS.levels),
      ]),
      ...[op.get(plane), op.vectorLoadSplat(8), op.set(last)],
      ...vectors.flatMap((i) => [
        ...[op.get(left(i)), splat(0), op.bytesEqual, op.set(answers)],
        ...[op.get(found(i)), op.get(left(i)), op.get(answers), op.vectorSelect, op.set(found(i))],
        ...[op.get(base(i)), op.get(last), op.get(answers), op.vectorSelect, op.set(base(i))],
      ]),
    ]),
    // The place of the lowest bit: the ones below it.
    ...vectors.flatMap((i) => [
      ...[op.get(at), op.get(base(i))],
      ...[op.get(found(i)), op.get(found(i)), op.bytesNegate, op.vectorAnd],
      ...[splat(1), op.bytesSub, op.bytesOnes, op.bytesAdd, op.vectorStore(LEAVES + VECTOR * i)],
    ]),
    ...[op.get(at), op.const(LANES), op.add, op.set(at)],
  ]);
  const locals = [...range(5).map(() => I32), ...range(3 * VECTORS + 5).map(() => V128)];
  return { name: "masks", params: 4, locals, returns: false, body: [body] };
}

/** Rows to nodes by steps: params first row, rows, the tree's begin, rounds of steps (where they are even). */
function steps(form: Exclude<Form, "masks">): WasmFunction {
  const [at, end, begin, rounds, rest, rowsEnd, place] = [0, 1, 2, 3, 4, 5, 6];
  const node = (lane: number) => 7 + lane;
  const word = (lane: number) => 7 + SIDE + lane;
  const answer = (level: number) => 7 + 2 * SIDE + level;
  const reached = answer(TOP_LEVELS);
  const lanes = range(SIDE);
  const ofLevels = form === "steps of levels";

  const asked = (split: number): Code[] => [
    ...[op.get(begin), op.load(STEPS.node * split), op.get(at), op.add, op.vectorLoad()],
    ...[op.get(begin), op.vectorLoadSplat(STEPS.node * split + 4), op.bytesGreater],
  ];
  const chosen = (split: number, level: number, upTo: number): Code[] =>
    level === upTo
      ? asked(split)
      : [
          ...chosen(2 * split + 1, level + 1, upTo),
          ...chosen(2 * split, level + 1, upTo),
          ...[op.get(answer(level)), op.vectorSelect],
        ];
  /** All splits of a level are asked; the answers of the levels above choose among them. */
  const top = range(TOP_LEVELS).flatMap((level) => [
    ...[...chosen(1, 0, level), op.set(answer(level))],
    ...(level === 0 ? [splat(0)] : [op.get(reached), op.get(reached), op.bytesAdd]),
    ...[op.get(answer(level)), op.bytesSub, op.set(reached)],
  ]);

  const goesRight = (lane: number) => [
    ...[op.get(word(lane)), op.signedByte],
    ...[op.get(word(lane)), op.const(8), op.shiftRight, op.get(at), op.add],
    ...[op.loadSignedByte(lane), op.sub, op.const(31), op.shiftRight],
  ];
  /** A split of levels has a negative word: beside the sign the address of its column and set. */
  const isOutside = (lane: number) => [
    ...[op.get(word(lane)), op.const(0x7fffffff), op.and, op.set(rest)],
    ...[op.get(rest), op.load(), op.get(at), op.add, op.loadByte(lane), op.set(place)],
    ...[op.get(place), op.const(5), op.shiftRight, op.const(2), op.shl, op.get(rest), op.add],
    ...[op.load(4), op.get(place), op.shiftRight, op.const(1), op.and, op.eqz],
  ];
  const step = (lane: number) => [
    ...[op.get(node(lane)), op.load(), op.set(word(lane)), op.get(node(lane)), op.load(4)],
    ...(ofLevels
      ? [
          ...[op.get(word(lane)), op.const(31), op.shiftRight],
          op.either(isOutside(lane), goesRight(lane)),
        ]
      : goesRight(lane)),
    ...[op.const(3), op.shl, op.add, op.set(node(lane))],
  ];
  const once = lanes.flatMap(step);
  const isOnWay = lanes.flatMap((lane) => [
    ...[op.get(word(lane)), op.const(LEAF_BYTE), op.xor],
    ...(lane === 0 ? [] : [op.or]),
  ]);
  const descend =
    form === "even steps"
      ? [
          ...[op.get(rounds), op.set(rest)],
          op.repeat([...once, ...once, op.get(rest), op.const(1), op.sub, op.tee(rest)]),
        ]
      : [op.repeat([...once, ...once, ...once, ...isOnWay, op.const(255), op.and])];
  const begins = lanes.flatMap((lane) =>
    ofLevels
      ? [op.get(begin), op.const(NODES), op.add, op.set(node(lane))]
      : [
          ...[op.get(at), op.loadByte(REACHED + lane), op.const(2), op.shl, op.get(begin), op.add],
          ...[op.load(STEPS.top), op.set(node(lane))],
        ],
  );
  const body = op.whileBelow(at, end, [
    ...(ofLevels ? [] : [...top, op.get(at), op.get(reached), op.vectorStore(REACHED)]),
    ...[op.get(at), op.const(VECTOR), op.add, op.set(rowsEnd)],
    op.whileBelow(at, rowsEnd, [
      ...[...begins, ...descend],
      ...lanes.flatMap((lane) => [
        ...[op.get(at), op.const(2), op.shl, op.get(node(lane)), op.store(LEAVES + 4 * lane)],
      ]),
      ...[op.get(at), op.const(SIDE), op.add, op.set(at)],
    ]),
  ]);
  const locals = [...range(3 + 2 * SIDE).map(() => I32), ...range(TOP_LEVELS + 1).map(() => V128)];
  return { name: form, params: 4, locals, returns: false, body: [body] };
}

type Size = "byte" | "word";
/** The number of a row's value: a byte, or above the low byte of the leaf whose address is told. */
const valueNumber = (size: Size, place: number): Code[] =>
  size === "byte"
    ? [op.loadByte(place)]
    : [op.load(4 * place), op.load(), op.const(8), op.shiftRight];

/** Adds one value to each row's sum: params leaves, their end, sums, address of value 0. */
function addOne(size: Size): WasmFunction {
  const [at, end, sums, base] = [0, 1, 2, 3];
  const body = op.whileBelow(at, end, [
    ...range(SIDE).flatMap((lane) => [
      ...[op.get(sums), op.get(sums), op.numberLoad(8 * lane), op.get(at)],
      ...[...valueNumber(size, lane), op.const(3), op.shl],
      ...[op.get(base), op.add, op.numberLoad(), op.numberAdd, op.numberStore(8 * lane)],
    ]),
    ...[op.get(at), op.const(SIDE * (size === "byte" ? 1 : 4)), op.add, op.set(at)],
    ...[op.get(sums), op.const(8 * SIDE), op.add, op.set(sums)],
  ]);
  return { name: `one ${size}`, params: 4, locals: [], returns: false, body: [body] };
}

/** Adds a value per output: params as of addOne, then the bytes of a row's sums. */
function addMany(size: Size): WasmFunction {
  const [at, end, sums, base, bytes, value, sumsEnd] = [0, 1, 2, 3, 4, 5, 6];
  const body = op.whileBelow(at, end, [
    ...[
      op.get(at),
      ...valueNumber(size, 0),
      op.get(bytes),
      op.mul,
      op.get(base),
      op.add,
      op.set(value),
    ],
    ...[op.get(sums), op.get(bytes), op.add, op.set(sumsEnd)],
    op.whileBelow(sums, sumsEnd, [
      ...[op.get(sums), op.get(sums), op.numberLoad(), op.get(value), op.numberLoad()],
      ...[op.numberAdd, op.numberStore()],
      ...[op.get(value), op.const(8), op.add, op.set(value)],
      ...[op.get(sums), op.const(8), op.add, op.set(sums)],
    ]),
    ...[op.get(at), op.const(size === "byte" ? 1 : 4), op.add, op.set(at)],
  ]);
  return { name: `many ${size}`, params: 5, locals: [I32, I32], returns: false, body: [body] };
}
