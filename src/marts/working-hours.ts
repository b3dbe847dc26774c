/** When somebody works, as the hours tell in which the status log was written. */

export interface HourCount {
  /** 0 = Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly count: number;
}

export interface WorkingHours {
  readonly workDays: number[];
  /** From (inclusive) and to (exclusive). */
  readonly workHours: [number, number];
  /** Share of all counts that lie within. */
  readonly share: number;
}

/** Fewer say nothing of a week. */
const ENOUGH = 100;
/** A day with less than this part of the busiest day's is none of work. */
const DAY_SHARE = 1 / 3;
/** The shortest stretch of hours that holds this share of the working days' counts. */
const HOURS_SHARE = 0.9;

/** Counts by day of the week. */
export function byWeekday(counts: readonly HourCount[]): number[] {
  const days = new Array<number>(7).fill(0);
  for (const { weekday, count } of counts) days[weekday] = (days[weekday] ?? 0) + count;
  return days;
}

/** Counts by hour of the day. */
export function byHour(counts: readonly HourCount[]): number[] {
  const hours = new Array<number>(24).fill(0);
  for (const { hour, count } of counts) hours[hour] = (hours[hour] ?? 0) + count;
  return hours;
}

/**
 * Days that have at least a third of the busiest one's, and within these the shortest stretch of hours that holds nine in
 * ten; of equally short ones that with most, then the earliest.
 *
 * @returns null below a hundred counts
 */
export function proposedHours(counts: readonly HourCount[]): WorkingHours | null {
  const days = byWeekday(counts);
  const all = days.reduce((sum, count) => sum + count, 0);
  if (all < ENOUGH) return null;
  const busiest = Math.max(...days);
  const workDays = [0, 1, 2, 3, 4, 5, 6].filter((day) => (days[day] ?? 0) >= busiest * DAY_SHARE);
  const hours = byHour(counts.filter(({ weekday }) => workDays.includes(weekday)));
  const held = (from: number, to: number) =>
    hours.slice(from, to).reduce((sum, count) => sum + count, 0);
  const needed = held(0, 24) * HOURS_SHARE;
  for (let length = 1; length <= 24; length++) {
    let best: [number, number] | null = null;
    for (let from = 0; from + length <= 24; from++) {
      const count = held(from, from + length);
      if (count >= needed && (best === null || count > held(...best))) best = [from, from + length];
    }
    if (best !== null) return { workDays, workHours: best, share: held(...best) / all };
  }
  return null;
}
