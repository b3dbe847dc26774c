/**
 * Totals of the last so many days, taken apart: each total less the own amounts of the days before it in the window is
 * the day's own. Daily amounts taken apart like this are soon negative or jump about; true totals give own amounts as
 * alike as days are. The change of variables has determinant one, so both readings are told apart by their likelihood.
 */

/** Largest own amount below zero, as a share of the total, that is a correction. */
const CORRECTION = 0.01;
/** Least spread of the log of daily amounts: smaller ones, such as spend at its budget, are no better evidence. */
const LEAST_SPREAD = 0.2;

/**
 * The days' own amounts from the place `from` on, until one would be negative.
 *
 * @param values amounts in the order of days; before `from` they are daily
 * @param width days of the window
 * @returns the window goes on over the daily amounts before `from` where its first total holds them, else it begins there
 */
export function ownAmounts(values: readonly number[], width: number, from: number): number[] {
  let earlier = 0;
  for (let place = Math.max(0, from - width + 1); place < from; place++)
    earlier += values[place] as number;
  const carries = (values[from] as number) >= earlier;
  const own: number[] = [];
  let inWindow = carries ? earlier : 0;
  for (let place = from; place < values.length; place++) {
    const total = values[place] as number;
    const amount = total - inWindow;
    if (amount < -CORRECTION * total) break;
    const counted = Math.max(0, amount);
    own.push(counted);
    const leaving = place - width + 1;
    inWindow += counted;
    if (leaving >= from) inWindow -= own[leaving - from] as number;
    else if (carries && leaving >= 0) inWindow -= values[leaving] as number;
  }
  return own;
}

/** Whether a window of three days or more can begin at a place at all; by far most places cannot, and this is quick. */
export function mayBegin(values: readonly number[], from: number): boolean {
  const first = values[from] as number;
  if (from > 0 && first >= (values[from - 1] as number) + (values[from - 2] ?? 0)) return true;
  const second = values[from + 1] as number;
  const least = 1 - CORRECTION;
  return second >= least * first && (values[from + 2] as number) >= least * second;
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
}

/**
 * How much likelier the own amounts are than the totals as amounts of days: natural log of the ratio of two log-normal
 * likelihoods. Days on which nothing but the window's rest is told, at the end, count as days of the window's width.
 *
 * @param totals as told, @param own of the same days, @param beside a daily measure of these days against which the
 *   amounts are held, null = none
 */
export function windowEvidence(
  totals: readonly number[],
  own: readonly number[],
  beside: readonly number[] | null,
  width: number,
): number {
  let days = own.length;
  while (days > 0 && (own[days - 1] ?? 0) <= 0.001 * (totals[days - 1] ?? 0)) days--;
  if (days < 3) return 0;
  const told: number[] = [];
  const taken: number[] = [];
  let gain = 0;
  for (let n = 0; n < days; n++) {
    const total = totals[n] ?? 0;
    const reference = beside === null ? 0 : Math.log((beside[n] ?? 0) + 1);
    const whole = Math.log(total + 1);
    const part = Math.log(Math.max(own[n] ?? 0, CORRECTION * total) + 1);
    gain += whole - part;
    told.push(whole - reference);
    taken.push(part - reference);
  }
  const rest = Math.min(own.length - days, width - 1) * Math.log(width);
  // On average a total is as many days as the window has; where it seems more, own amounts of next to nothing feign it.
  gain = Math.min(gain, days * Math.log(width) + 1);
  return (
    gain + rest + days * Math.log((spread(told) + LEAST_SPREAD) / (spread(taken) + LEAST_SPREAD))
  );
}
