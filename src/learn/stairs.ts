/** A search among rising numbers that are spread evenly enough to be found by where x lies between the ends. */

export interface Stairs {
  /** The cuts, and ∞ behind them. */
  readonly values: Float64Array;
  /** The first cut, and slots per unit. */
  readonly first: number;
  readonly scale: number;
  /** Of each slot: how many cuts lie in those below. */
  readonly below: Uint8Array;
}

const SLOTS = 1024;
const LAST = SLOTS - 1;
/** Steps that a search may take on average. */
const FEW_STEPS = 2;

/** Rises with x whatever the rounding, so that a cut in a lower slot is lower. */
function slotOf(x: number, first: number, scale: number): number {
  const place = (x - first) * scale;
  return place > LAST ? LAST : place > 0 ? place | 0 : 0;
}

/** @param cuts rising, finite, at most 255; null where too many of them share slots */
export function stairsOf(cuts: Float64Array): Stairs | null {
  const first = cuts[0] ?? 0;
  const scale = SLOTS / ((cuts.at(-1) ?? 0) - first);
  const values = new Float64Array(cuts.length + 1).fill(Number.POSITIVE_INFINITY);
  values.set(cuts);
  const inSlot = new Uint16Array(SLOTS);
  for (const cut of cuts) inSlot[slotOf(cut, first, scale)]!++;
  const below = new Uint8Array(SLOTS);
  let count = 0;
  let steps = 0;
  for (let slot = 0; slot < SLOTS; slot++) {
    below[slot] = count;
    count += inSlot[slot]!;
    steps += inSlot[slot]! ** 2 / 2;
  }
  return steps > FEW_STEPS * cuts.length ? null : { values, first, scale, below };
}

/** How many cuts lie below x; of NaN some number. */
export function cutsBelowOn({ values, first, scale, below }: Stairs, x: number): number {
  let bin = below[slotOf(x, first, scale)]!;
  while (values[bin]! < x) bin++;
  return bin;
}
