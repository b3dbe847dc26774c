/** Whether the last day of the data is all there. */
import type { ChangesAnswer } from "../contract/today.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Selected } from "./selection.ts";

interface DayRow {
  day: string;
  spend_minor: number | null;
  leads: number;
  last_arrival: string | null;
}

/** Days before the last that must all have had leads, before an early end of it says anything. */
const DAYS_BEFORE = 7;
/** Hours by which the last lead of the last day must come before that of any day before. */
const EARLIER_HOURS = 2;

const hourOf = (time: string) => Number(time.slice(11, 13)) + Number(time.slice(14, 16)) / 60;

/**
 * A last day that is only partly there: it is not over by the clock, or its last lead came hours before the last one of
 * each of the seven days before it.
 *
 * @param today the calendar day that it is now in the zone of the selection
 * @returns null where nothing speaks against the day
 */
export async function partialDayOf(
  session: Session,
  selected: Selected,
  day: string,
  today: string,
): Promise<ChangesAnswer["partialDay"]> {
  const rows = await session.all<DayRow>(selected.sql("change-days"), { ...selected.params, day });
  const last = rows.find((row) => row.day === day);
  const before = rows.filter((row) => row.day !== day);
  const ends = before.flatMap((row) =>
    row.last_arrival === null ? [] : [hourOf(row.last_arrival)],
  );
  const stopsEarly =
    ends.length === DAYS_BEFORE &&
    last?.last_arrival != null &&
    hourOf(last.last_arrival) + EARLIER_HOURS <= Math.min(...ends);
  const notOver = day >= today;
  if (!notOver && !stopsEarly) return null;
  return {
    day,
    why: notOver ? "not_over" : "stops_early",
    lastArrival: last?.last_arrival ?? null,
    spendMinor: selected.mixedCurrency ? null : (last?.spend_minor ?? null),
    leads: last?.leads ?? 0,
  };
}
