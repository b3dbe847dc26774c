/** Working time as a few rows, from which SQL reads the working minutes between any two moments of these days. */
import { type Definitions, definitionsOf } from "../domain/definitions.ts";
import { addDays } from "./period.ts";

export interface CalendarDay {
  /** "" = every account without hours of its own. */
  readonly account: string;
  readonly day: string;
  /** Working minutes of the days before it. */
  readonly before: number;
  /** Minutes after midnight at which work starts and stops; the same where nobody works that day. */
  readonly start: number;
  readonly stop: number;
  /** Working minutes within which a new lead should be contacted first. */
  readonly promised: number;
}

/**
 * The working days of each account that differs, and of all others together, from `from` to `to`. Moments are wall clock
 * of the account's zone, so an hour that the clock skips or repeats counts as the clock shows it.
 */
export function workingCalendar(definitions: Definitions, from: string, to: string): CalendarDay[] {
  const differing = Object.entries(definitions.accounts)
    .filter(([, own]) => own.workDays || own.workHours || own.firstContactMinutes !== undefined)
    .map(([account]) => account);
  return ["", ...differing].flatMap((account) => {
    const settings = definitionsOf(definitions, account === "" ? null : account);
    const [start, stop] = settings.workHours;
    const days: CalendarDay[] = [];
    let before = 0;
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const works = settings.workDays.includes(new Date(`${day}T00:00:00Z`).getUTCDay());
      const promised = settings.firstContactMinutes;
      days.push({
        account,
        day,
        before,
        start: start * 60,
        stop: (works ? stop : start) * 60,
        promised,
      });
      if (works) before += (stop - start) * 60;
    }
    return days;
  });
}
