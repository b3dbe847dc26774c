/**
 * Minutes in which sales work, between two moments of an account's wall clock.
 *
 * A working day has the same minutes whatever the clocks do in its night. Only where working hours themselves hold a
 * change of the clocks is the hour skipped counted, and the hour repeated counted once: naive times cannot tell.
 */
import type { AccountDefinitions } from "./definitions.ts";

/** When sales work: as `workDays` and `workHours` of the definitions. */
export type WorkCalendar = Pick<AccountDefinitions, "workDays" | "workHours">;

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A Sunday long before any lead. */
const ORIGIN = Date.UTC(1900, 0, 7);

/** Bit n of the mask: whether sales work on weekday n, 0 = Sunday. */
export function workMask(workDays: readonly number[]): number {
  return workDays.reduce((mask, day) => mask | (1 << day), 0);
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** Wall clock `YYYY-MM-DD HH:MM[:SS]` as milliseconds of a clock that never changes. */
function clockMs(wallTime: string): number {
  return Date.parse(`${wallTime.slice(0, 19).replace(" ", "T")}Z`);
}

/** Working minutes from a fixed Sunday until a moment; whole minutes of the clock. */
function workedUntil(wallTime: string, { workDays, workHours }: WorkCalendar): number {
  const since = clockMs(wallTime) - ORIGIN;
  const days = Math.floor(since / DAY_MS);
  const weekday = days - 7 * Math.floor(days / 7);
  const minute = Math.floor((since - days * DAY_MS) / MINUTE_MS);
  const mask = workMask(workDays);
  const [opens, closes] = workHours;
  const perDay = (closes - opens) * 60;
  const daysBefore = Math.floor(days / 7) * bits(mask) + bits(mask & ((1 << weekday) - 1));
  const today = (mask >> weekday) & 1 ? Math.min(Math.max(minute - opens * 60, 0), perDay) : 0;
  return daysBefore * perDay + today;
}

/**
 * Working minutes from one moment to another, negative where the second lies before the first.
 *
 * @param from wall clock of the account, `YYYY-MM-DD HH:MM:SS`; seconds do not count
 */
export function workingMinutes(from: string, to: string, calendar: WorkCalendar): number {
  return workedUntil(to, calendar) - workedUntil(from, calendar);
}

/** Whether sales work at a moment of the account's wall clock. */
export function isWorkingTime(wallTime: string, { workDays, workHours }: WorkCalendar): boolean {
  const at = new Date(clockMs(wallTime));
  const hour = at.getUTCHours();
  return workDays.includes(at.getUTCDay()) && hour >= workHours[0] && hour < workHours[1];
}
