/** Which days a choice means: the rules of the definitions, written out again. */
import type { Choice } from "./choices.ts";

export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface Days extends Span {
  /** The same number of days just before; null where the data begin later. */
  readonly previous: Span | null;
}

const DAY_MS = 86_400_000;

/** The day `days` later, as `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one to another, both counted. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/**
 * The days of a choice; without any, the 30 that end on the last day that has come.
 *
 * @param data first day, last day that has come, and last day of any row
 */
export function daysOf(
  choice: Choice,
  data: { readonly firstDay: string; readonly lastDay: string; readonly endDay: string },
): Days {
  if (choice.from === "all")
    return { from: data.firstDay, to: choice.to ?? data.endDay, previous: null };
  const to = choice.to ?? data.lastDay;
  const from = choice.from ?? addDays(to, -29);
  const before = { from: addDays(from, -daysBetween(from, to)), to: addDays(from, -1) };
  return { from, to, previous: before.from >= data.firstDay ? before : null };
}
