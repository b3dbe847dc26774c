/** Which days a selection means, and which it is compared with. */
import { Problem } from "../base/problem.ts";
import type { Period, SelectionQuery } from "../contract/common.ts";

/** Days of the default period. */
const DEFAULT_DAYS = 30;

/** Days a period may have: a trend has a bucket for each. */
const MOST_DAYS = 36_525;

const DAY_MS = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function periodOf(from: string, to: string): Period {
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return { from, to, days };
}

/** Days as text sort as they follow. */
function later(left: string, right: string): string {
  return left.localeCompare(right, "en") > 0 ? left : right;
}

export interface Extent {
  readonly first_day: string | null;
  /** The last day that had come when its file was imported: until when the data go. */
  readonly last_day: string | null;
  /** The last day of any row, also one dated in the future by mistake. */
  readonly end_day: string | null;
  /** The last such day with spend, or with leads within a week after it; without any spend, `last_day`. */
  readonly active_day: string | null;
}

export interface Days {
  readonly period: Period;
  /** As many days that it is compared with; null where the data begin later. */
  readonly previous: Period | null;
}

/** The last active 30 days: they end with the spend and the leads it brought; null where there is no data. */
export function defaultPeriod(extent: Extent): Period | null {
  const { active_day } = extent;
  return active_day === null ? null : periodOf(addDays(active_day, 1 - DEFAULT_DAYS), active_day);
}

/**
 * The days of a selection. Without `from` and `to`: the default period; `to` alone: the 30 days that end there;
 * `from` alone: until the last day of the data; `from=all`: every row, whatever its date. An empty warehouse gives a period of 0 days.
 *
 * @throws Problem `BAD_PERIOD` when it ends before it begins
 */
export function daysOf(
  selection: Pick<SelectionQuery, "from" | "to" | "compare">,
  extent: Extent,
): Days {
  const { from, to, compare } = selection;
  if (from !== undefined && from !== "all" && to !== undefined && to < from) {
    throw new Problem("BAD_PERIOD", {
      what: `The period ends (${to}) before it begins (${from})`,
      where: "from, to",
      fix: "Give a `to` that is not before `from`.",
    });
  }
  if (from !== undefined && from !== "all" && periodOf(from, to ?? from).days > MOST_DAYS) {
    throw new Problem("BAD_PERIOD", {
      what: `The period from ${from} to ${to} is longer than a hundred years`,
      where: "from, to",
      fix: "Give a shorter period, or `from=all` for everything there is.",
    });
  }
  const standard = defaultPeriod(extent);
  if (from === "all") {
    const first = extent.first_day ?? to;
    const last = to ?? extent.end_day;
    if (first === undefined || last === null) return { period: nothing(), previous: null };
    if (last < first) return { period: nothing(), previous: null };
    return { period: periodOf(first, last), previous: null };
  }
  let period: Period;
  if (from !== undefined) {
    const end = to ?? extent.last_day ?? from;
    period = periodOf(from, later(from, end));
  } else if (to !== undefined) period = periodOf(addDays(to, 1 - DEFAULT_DAYS), to);
  else if (standard !== null) period = standard;
  else return { period: nothing(), previous: null };

  return { period, previous: comparedWith(period, compare, period, extent) };
}

/** The same date so many months earlier; the last of a month where it has no such date. */
function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10);
}

/**
 * The days that a span is compared with: always as many as it has.
 *
 * @param asked as in `SelectionQuery`
 * @param anchor the period that a chosen first day stands for; another span keeps its distance to it
 * @returns null where the data begin later
 */
export function comparedWith(
  span: Period,
  asked: SelectionQuery["compare"],
  anchor: Period,
  extent: Extent,
): Period | null {
  const start = () => {
    if (asked === undefined) return addDays(span.from, -span.days);
    if (asked === "week") return addDays(span.from, -7);
    if (asked === "month") return monthsBefore(span.from, 1);
    if (asked === "year") return monthsBefore(span.from, 12);
    return addDays(asked, periodOf(anchor.from, span.from).days - 1);
  };
  const from = start();
  const known = extent.first_day !== null && from >= extent.first_day;
  return known ? periodOf(from, addDays(from, span.days - 1)) : null;
}

/** No data, no dates asked for: a period without days. */
function nothing(): Period {
  return { from: "1970-01-01", to: "1970-01-01", days: 0 };
}
