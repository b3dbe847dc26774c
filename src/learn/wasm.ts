/**
 * Just enough of an assembler to write WebAssembly functions as lists of named instructions.
 * @see https://webassembly.github.io/spec/core/binary/
 */

export type Code = readonly number[];

/** The types of values that the functions here have. */
export const I32 = 0x7f;
export const F64 = 0x7c;
export const V128 = 0x7b;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 127;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 128);
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && !(low & 64)) || (rest === -1 && low & 64)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 128);
  }
}

const list = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flat()];
const text = (letters: string): number[] => list([...letters].map((l) => [l.charCodeAt(0)]));
const vector = (op: number): Code => [0xfd, ...unsigned(op)];

/** Instructions by the names of the specification; what they take from the stack comes before them. */
export const op = {
  get: (local: number): Code => [0x20, ...unsigned(local)],
  set: (local: number): Code => [0x21, ...unsigned(local)],
  tee: (local: number): Code => [0x22, ...unsigned(local)],
  const: (value: number): Code => [0x41, ...signed(value)],
  add: [0x6a] as Code,
  sub: [0x6b] as Code,
  mul: [0x6c] as Code,
  shl: [0x74] as Code,
  and: [0x71] as Code,
  shiftRight: [0x76] as Code,
  xor: [0x73] as Code,
  or: [0x72] as Code,
  eqz: [0x45] as Code,
  /** The low byte with its sign. */
  signedByte: [0xc0] as Code,
  /** The first where the third is not 0, else the second. */
  select: [0x1b] as Code,
  /** Loads and stores at an address plus a fixed offset. */
  load: (offset = 0): Code => [0x28, 2, ...unsigned(offset)],
  loadByte: (offset = 0): Code => [0x2d, 0, ...unsigned(offset)],
  loadSignedByte: (offset = 0): Code => [0x2c, 0, ...unsigned(offset)],
  store: (offset = 0): Code => [0x36, 2, ...unsigned(offset)],
  storeByte: (offset = 0): Code => [0x3a, 0, ...unsigned(offset)],
  numberLoad: (offset = 0): Code => [0x2b, 3, ...unsigned(offset)],
  numberStore: (offset = 0): Code => [0x39, 3, ...unsigned(offset)],
  numberAdd: [0xa0] as Code,
  numberEqual: [0x61] as Code,
  numberLess: [0x63] as Code,
  vectorLoad: (offset = 0): Code => [...vector(0), 4, ...unsigned(offset)],
  vectorStore: (offset = 0): Code => [...vector(11), 4, ...unsigned(offset)],
  /** A byte sixteen times. */
  vectorLoadSplat: (offset = 0): Code => [...vector(7), 0, ...unsigned(offset)],
  /** Sixteen bytes: all bits where the first is greater, with sign. */
  bytesGreater: vector(39),
  bytesEqual: vector(35),
  bytesNegate: vector(97),
  bytesAdd: vector(110),
  bytesSub: vector(113),
  bytesOnes: vector(98),
  /** Each byte shifted right, without sign. */
  bytesShiftRight: vector(109),
  /** Bytes of the first picked by the places in the second; 0 beyond 15. */
  bytesPick: vector(14),
  vectorAnd: vector(78),
  /** The first where the second has zeros. */
  vectorAndNot: vector(79),
  vectorOr: vector(80),
  vectorBytes: (bytes: readonly number[]): Code => [...vector(12), ...bytes],
  /** Bits of the first where the third has ones, else of the second. */
  vectorSelect: vector(82),
  /** Two 32-bit integers as two of 64 bits. */
  vectorLoadPair: (offset = 0): Code => [...vector(5), 3, ...unsigned(offset)],
  vectorAdd: vector(0xce),
  vectorSub: vector(0xd1),
  vectorShl: vector(0xcb),
  vectorShiftRight: vector(0xcd),
  /** A vector constant of two 64-bit integers. */
  vectorOf: (first: bigint, second: bigint): Code => [
    ...vector(12),
    ...new Uint8Array(BigUint64Array.of(first, second).buffer),
  ],
  /** One of a vector's four 32-bit integers. */
  vectorWord: (place: number): Code => [...vector(27), place],
  /** One of its two numbers, and a number twice. */
  vectorNumber: (place: number): Code => [...vector(33), place],
  vectorNumbers: vector(20),
  /** The numbers at two places of two vectors: 0 and 1 in the first, 2 and 3 in the second. */
  vectorTake: (first: number, second: number): Code => [
    ...vector(13),
    ...[first, second].flatMap((place) => Array.from({ length: 8 }, (_, i) => 8 * place + i)),
  ],
  numbersAdd: vector(0xf0),
  numbersSub: vector(0xf1),
  numbersMul: vector(0xf2),
  number: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  numberMul: [0xa2] as Code,
  numberDivide: [0xa3] as Code,
  numberGreater: [0x64] as Code,
  /** Whether the first is less, with sign. */
  less: [0x48] as Code,
  /** Fills bytes: to, byte, how many. */
  fill: [0xfc, 11, 0] as Code,
  /** A body that `leave` leaves. */
  block: (body: readonly Code[]): Code => [0x02, 0x40, ...body.flat(), 0x0b],
  /** Leaves so many bodies around it and the one it stands in, if not 0 is told. */
  leave: (around = 0): Code => [0x0d, ...unsigned(around)],
  /** Copies bytes: to, from, how many. */
  copy: [0xfc, 10, 0, 0] as Code,
  /** One of two bodies that give an integer. */
  either: (then: readonly Code[], otherwise: readonly Code[]): Code => [
    ...[0x04, I32],
    ...then.flat(),
    0x05,
    ...otherwise.flat(),
    0x0b,
  ],
  /** Does the body again as long as the integer that it leaves is not 0. */
  repeat: (body: readonly Code[]): Code => [0x03, 0x40, ...body.flat(), 0x0d, 0, 0x0b],
  /** Does the body while the local `at` is below the local `end` (addresses), which the body must move. */
  whileBelow: (at: number, end: number, body: readonly Code[]): Code =>
    [[0x02, 0x40, 0x03, 0x40], op.get(at), op.get(end), [0x4f, 0x0d, 1], ...body].flat().concat(
      [0x0c, 0, 0x0b, 0x0b], // again; ends of loop and block
    ),
} as const;

export interface WasmFunction {
  readonly name: string;
  /** All of type I32. */
  readonly params: number;
  /** Types of the locals, numbered behind the params. */
  readonly locals: readonly number[];
  readonly returns: boolean;
  readonly body: readonly Code[];
}

/**
 * The bytes of a module of these functions over a memory imported as `room.memory`.
 *
 * @param shared whether threads share the memory
 */
export function wasmModule(
  functions: readonly WasmFunction[],
  shared: boolean = true,
): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: Code) => [id, ...unsigned(content.length), ...content];
  const types = functions.map(({ params, returns }) => [
    0x60,
    ...list(Array.from({ length: params }, () => [I32])),
    ...list(returns ? [[I32]] : []),
  ]);
  const bodies = functions.map(({ locals, body }) => {
    const code = [...list(locals.map((type) => [1, type])), ...body.flat(), 0x0b];
    return [...unsigned(code.length), ...code];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(types)),
    ...section(
      2,
      list([[...text("room"), ...text("memory"), 2, shared ? 3 : 1, 1, ...unsigned(65536)]]),
    ),
    ...section(3, list(functions.map((_, i) => unsigned(i)))),
    ...section(7, list(functions.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]))),
    ...section(10, list(bodies)),
  ]);
}
