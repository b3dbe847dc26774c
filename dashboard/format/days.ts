/** Arithmetic on calendar days written `YYYY-MM-DD`; no time zone is involved. */

const DAY_MS = 86_400_000;

function at(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The day `count` days later (earlier where negative). */
export function addDays(day: string, count: number): string {
  return new Date(at(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a period has, both ends counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((at(to) - at(from)) / DAY_MS) + 1;
}

/** First day of the day's month. */
export function monthStart(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The day after the same date one year earlier, so that both ends make exactly one year. */
export function yearBefore(day: string): string {
  const date = new Date(at(day));
  const month = date.getUTCMonth();
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  // 29 February has no date a year earlier and has rolled over into March already.
  return date.getUTCMonth() === month
    ? addDays(date.toISOString().slice(0, 10), 1)
    : date.toISOString().slice(0, 10);
}

/** Last day of a bucket that starts on `start`. */
export function bucketEnd(start: string, grain: "day" | "week" | "month", last: string): string {
  let end = start;
  if (grain === "week") end = addDays(start, 6);
  if (grain === "month") end = addDays(monthStart(addDays(monthStart(start), 32)), -1);
  return end > last ? last : end;
}
