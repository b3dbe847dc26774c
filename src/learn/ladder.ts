/** A search among rising numbers without a branch to foretell: the same few steps for every value. */

export interface Ladder {
  /** The cuts, filled up with ∞ to a power of two. */
  readonly values: Float64Array;
  /** Their high words as `orderedKey` has them. */
  readonly keys: Int32Array;
}

/** Which half of a number's eight bytes holds its sign and exponent: 1 on a little-endian machine. */
export const HIGH_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

const cell = new Float64Array(1);
const cellWords = new Int32Array(cell.buffer);

/** The word at HIGH_WORD of a number that is not in an array. */
export function highWordOf(x: number): number {
  cell[0] = x;
  return cellWords[HIGH_WORD]!;
}

/** The high word of numbers in their order, halved so that the difference of two keys is a 32-bit integer. */
function orderedKey(high: number): number {
  return (high ^ ((high >> 31) & 0x7fffffff)) >> 1;
}

/** @param cuts rising; ∞ may be the last */
export function ladderOf(cuts: Float64Array): Ladder {
  let length = 2;
  while (length <= cuts.length) length *= 2;
  const values = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < cuts.length; i++) values[i] = cuts[i]! + 0; // −0 has another key than 0
  const words = new Int32Array(values.buffer);
  const keys = Int32Array.from(values, (_, i) => orderedKey(words[2 * i + HIGH_WORD]!));
  return { values, keys };
}

/** How many cuts lie below x. @param high the word at HIGH_WORD of x; NaN gives a number without meaning */
export function cutsBelow({ values, keys }: Ladder, x: number, high: number): number {
  const key = orderedKey(high);
  let below = 0;
  for (let step = values.length >>> 1; step > 0; step >>>= 1) {
    below += step & ((keys[below + step - 1]! - key) >> 31);
  }
  while (values[below]! < x) below++;
  return below;
}
