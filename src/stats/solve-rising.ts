/**
 * The place where a rising function crosses 0, to some 14 digits: doubling steps from 0 until it is enclosed, then
 * Illinois' false position, which halves when it stalls.
 *
 * @param f rises from below 0 to above 0 somewhere within ±1e6
 */
export function solveRising(f: (x: number) => number): number {
  let low = 0;
  let atLow = f(0);
  if (atLow === 0) return 0;
  let high = 0;
  let atHigh = atLow;
  for (let step = 1; step < 1e6; step *= 2) {
    if (atLow < 0 && atHigh < 0) {
      low = high;
      atLow = atHigh;
      high += step;
      atHigh = f(high);
    } else if (atLow > 0 && atHigh > 0) {
      high = low;
      atHigh = atLow;
      low -= step;
      atLow = f(low);
    } else break;
  }
  let side = 0;
  let last = Number.NaN;
  for (let i = 0; i < 200; i++) {
    const width = high - low;
    const falsePosition = (low * atHigh - high * atLow) / (atHigh - atLow);
    const halve = i % 3 === 2 || !(falsePosition > low && falsePosition < high);
    const middle = halve ? (low + high) / 2 : falsePosition;
    const near = 1e-14 * Math.max(1, Math.abs(middle));
    if (width <= near || (!halve && Math.abs(middle - last) <= near)) return middle;
    if (!halve) last = middle;
    const at = f(middle);
    if (at === 0) return middle;
    if (at > 0) {
      high = middle;
      atHigh = at;
      if (side === 1) atLow /= 2;
      side = 1;
    } else {
      low = middle;
      atLow = at;
      if (side === -1) atHigh /= 2;
      side = -1;
    }
  }
  return (low + high) / 2;
}
