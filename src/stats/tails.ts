/** Both tails of a distribution, each with its own relative accuracy: 1 − p is not the other tail of a small p. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** What turns a logarithm of the place into the tail that is looked for, and its slope there. */
export interface TailAt {
  /** The tail's chance. */
  readonly chance: number;
  /** Density times place, the derivative of the lower tail by the logarithm of the place. */
  readonly slope: number;
}

/** e^this underflows to 0. */
const SMALLEST_LOG = -745;

/**
 * The place u = ln x at which a tail holds the given chance, by Newton steps on the logarithm of the tail kept inside a
 * bracket: tails are near to straight lines in these coordinates, so it does not matter how far out they are.
 *
 * @param chance > 0
 * @param start first guess of u
 * @param rising true for the lower tail
 * @param ceiling greatest u there is: 0 for shares, Infinity for amounts
 * @returns u; below −745 there is no such double, and −Infinity is answered
 */
export function solveTail(
  tail: (u: number) => TailAt,
  chance: number,
  start: number,
  rising: boolean,
  ceiling: number,
): number {
  const target = Math.log(chance);
  const sign = rising ? 1 : -1;
  let low = SMALLEST_LOG;
  let high = ceiling;
  let u = Math.min(Math.max(start, low), high === Number.POSITIVE_INFINITY ? 700 : high - 1e-3);
  let lastStep = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 400; i++) {
    const at = tail(u);
    const error = at.chance > 0 ? sign * (Math.log(at.chance) - target) : -sign * 1e3;
    if (error === 0) return u;
    if (error > 0) high = u;
    else low = u;
    const newton = at.chance > 0 && at.slope > 0 ? (-error * at.chance) / at.slope : Number.NaN;
    const scale = Math.max(1, Math.abs(u));
    // Near the end steps shrink by squares, until rounding is all that is left of them.
    const step = Math.abs(newton);
    if (step <= 2e-16 * scale || (step < 1e-12 * scale && step >= lastStep / 2)) return u;
    lastStep = step;
    let next = u + newton;
    if (!(next > low && next < high)) {
      next = high === Number.POSITIVE_INFINITY ? u + scale : (low + high) / 2;
      if (next === low || next === high) break;
    }
    u = next;
  }
  return u <= SMALLEST_LOG + 1e-6 ? Number.NEGATIVE_INFINITY : u;
}
