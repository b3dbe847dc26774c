/** Until when a new lead should be contacted first, in working time of its account's wall clock. */
import type { AccountDefinitions } from "./definitions.ts";

export type ContactRule = Pick<
  AccountDefinitions,
  "workDays" | "workHours" | "firstContactMinutes"
>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * When the minutes for a first contact are over.
 *
 * @param arrivedMs arrival, naive milliseconds of the wall clock
 * @returns naive milliseconds; null where nobody ever works
 */
export function contactDueMs(arrivedMs: number, rule: ContactRule): number | null {
  const [opens, closes] = rule.workHours;
  const perDayMs = (closes - opens) * 60 * MINUTE_MS;
  if (rule.workDays.length === 0 || perDayMs <= 0) return null;
  let leftMs = rule.firstContactMinutes * MINUTE_MS;
  for (let midnight = Math.floor(arrivedMs / DAY_MS) * DAY_MS; ; midnight += DAY_MS) {
    if (!rule.workDays.includes(new Date(midnight).getUTCDay())) continue;
    const from = Math.max(arrivedMs, midnight + opens * 60 * MINUTE_MS);
    const until = midnight + closes * 60 * MINUTE_MS;
    if (until <= from) continue;
    if (leftMs <= until - from) return from + leftMs;
    leftMs -= until - from;
  }
}

/**
 * The latest arrival whose minutes are over by now: whatever arrived up to it and was never contacted is late.
 *
 * @param nowMs naive milliseconds of the wall clock
 * @returns naive milliseconds, to the minute; null where nobody ever works
 */
export function lateArrivalMs(nowMs: number, rule: ContactRule): number | null {
  const span = contactDueMs(nowMs, rule);
  if (span === null) return null;
  // Minutes of a working week come back every seven days, so twice the wait from now on reaches far enough back.
  let early = Math.floor((nowMs - 2 * (span - nowMs) - 14 * DAY_MS) / MINUTE_MS);
  let late = Math.floor(nowMs / MINUTE_MS);
  while (early < late) {
    const middle = Math.ceil((early + late) / 2);
    if ((contactDueMs(middle * MINUTE_MS, rule) ?? Number.POSITIVE_INFINITY) <= nowMs)
      early = middle;
    else late = middle - 1;
  }
  return early * MINUTE_MS;
}
