/** What waits on Today: the leads of the last day, promises of a first contact that were broken, leads nobody called. */
import type { TodayAnswer } from "../contract/today.ts";
import type { Definitions } from "../domain/definitions.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { addDays } from "./period.ts";
import type { Selected } from "./selection.ts";
import { workingCalendar } from "./working-calendar.ts";

interface ContactRow {
  span: "day" | "week";
  leads: number;
  untouched: number;
  in_time: number;
  late: number;
  breached: number;
  due: number;
  breached_minor: number | null;
  oldest: string | null;
}

export type TodayFigures = Omit<TodayAnswer, "keysEnding">;

/** Days whose first contacts are told, and through which working time is counted. */
const DAYS = 7;

/**
 * What waits within a selection's accounts, projects and campaigns, at the moment until which the data tell. Its period is
 * not looked at.
 */
export async function todayOf(
  session: Session,
  selected: Selected,
  definitions: Definitions,
): Promise<TodayFigures> {
  const { frame, extent, mixedCurrency, params } = selected;
  const unmapped = await session.all<{ status: string; rows: number }>(
    selected.sql("unmapped-statuses"),
    params,
  );
  const nothing: TodayFigures = {
    frame,
    at: null,
    newLeads: null,
    firstContact: null,
    neverContacted: null,
    unmapped: {
      statuses: unmapped.length,
      rows: unmapped.reduce((sum, one) => sum + one.rows, 0),
    },
  };
  if (extent.last_day === null || params.leads_known !== true) return nothing;
  const told = await session.first<{ at: string | null; day: string | null }>(
    selected.sql("today-extent"),
    { ...params, last_day: extent.last_day },
  );
  if (told?.at == null || told.day === null) return nothing;
  const { at, day } = told;
  const calendar = workingCalendar(definitions, addDays(at.slice(0, 10), -DAYS), at.slice(0, 10));
  const rows = await session.all<ContactRow>(selected.sql("today-contact"), {
    ...params,
    at,
    day,
    calendar: JSON.stringify(calendar),
  });
  const never = await session.first<{ leads: number; never: number; money_minor: number | null }>(
    selected.sql("today-never"),
    params,
  );
  const [last, week] = (["day", "week"] as const).map((span) =>
    rows.find((row) => row.span === span),
  );
  const promises = new Set(calendar.map((one) => one.promised));
  const [promised = null] = promises;
  const money = (minor: number | null) => (mixedCurrency ? null : minor);
  return {
    ...nothing,
    at,
    newLeads: last
      ? { day, leads: last.leads, untouched: last.untouched, inTime: last.in_time, late: last.late }
      : null,
    firstContact: week
      ? {
          leads: week.leads,
          inTime: week.in_time,
          late: week.late,
          breached: week.breached,
          breachedMinor: money(week.breached_minor),
          oldestBreach: week.oldest,
          due: week.due,
          promisedMinutes: promises.size === 1 ? promised : null,
        }
      : null,
    neverContacted: never
      ? { leads: never.never, of: never.leads, moneyMinor: money(never.money_minor) }
      : null,
  };
}
