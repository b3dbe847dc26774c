/** Places of numbers from the largest to the smallest, in time that grows with their count alone. */

/** Below this a comparing sort is quicker than clearing the counters. */
const SMALL = 4096;

/**
 * The places 0 … n − 1 of the values, largest value first; equal values (also −0 and 0) in the order of their places.
 *
 * Radix sort of the bits of the numbers, 16 at a time.
 *
 * @param values no NaN
 */
export function descendingOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  if (n < SMALL) return order.sort((a, b) => values[b]! - values[a]! || a - b);
  const keys = descendingKeys(values);
  let from = order;
  let to = new Uint32Array(n);
  const starts = new Uint32Array(65536);
  for (let digit = 0; digit < 4; digit++) {
    starts.fill(0);
    for (let i = 0; i < n; i++) starts[keys[4 * i + digit]!]!++;
    if (starts[keys[digit]!] === n) continue;
    let sum = 0;
    for (let d = 0; d < 65536; d++) {
      const count = starts[d]!;
      starts[d] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const row = from[i]!;
      to[starts[keys[4 * row + digit]!]!++] = row;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Four 16-bit digits per value, lowest first, that grow as the value falls. */
function descendingKeys(values: Float64Array): Uint16Array {
  const n = values.length;
  const keys = new Uint16Array(4 * n);
  const bits = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < n; i++) {
    bits.setFloat64(0, values[i]! + 0);
    const high = bits.getUint32(0);
    const low = bits.getUint32(4);
    // The bits of a positive number grow with it and are turned over; those of a negative one already fall as it grows.
    const negative = high >>> 31 === 1;
    const h = negative ? high : ~high & 0x7fffffff;
    const l = negative ? low : ~low;
    keys[4 * i] = l & 0xffff;
    keys[4 * i + 1] = l >>> 16;
    keys[4 * i + 2] = h & 0xffff;
    keys[4 * i + 3] = h >>> 16;
  }
  return keys;
}
