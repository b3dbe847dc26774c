/** Whether leads are called in time: what is known of first contacts, how long they took, and what waiting costs. */
import type { z } from "zod";
import { CONTACTS, type SpeedAnswer, type SpeedQuery, type Wait } from "../contract/leads.ts";
import { definitionsOf } from "../domain/definitions.ts";
import { wilsonInterval } from "../stats/intervals.ts";
import { kaplanMeier, survivalAt, survivalQuantile } from "../stats/kaplan-meier.ts";
import { sortedQuantile } from "../stats/sample-quantile.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { untilOf, type WorkingTimes, withWaits } from "./lead-waits.ts";
import type { Selected } from "./selection.ts";

/** Accounts and people that have lines of their own. */
const MOST_GROUPS = 12;
/** Minutes at which the curve is read: five minutes to thirty days. */
const MARKS = [5, 15, 30, 60, 120, 240, 480, 1440, 2880, 4320, 10_080, 20_160, 43_200];

type Totals = Record<
  | "leads"
  | "in_time"
  | "late_touched"
  | "late_waiting"
  | "pending"
  | "unknown"
  | "bulk_touches"
  | "after_hours"
  | "after_hours_never"
  | "before_opening",
  number
>;

interface GroupRow {
  kind: "cell" | "account" | "rep";
  key: number;
  id: string | null;
  leads: number;
  never: number;
  judged: number;
  late: number;
}

interface AttemptRow {
  attempts: number;
  leads: number;
  reached: number;
  day: number;
  week: number;
  month: number;
  older: number;
}

/** Times to first contact, in the order of time. */
export interface Times {
  readonly minutes: readonly number[];
  readonly contacted: readonly number[];
}

const NO_WAIT: Wait = {
  n: 0,
  contacted: 0,
  medianMinutes: null,
  medianLow: null,
  medianHigh: null,
  p90Minutes: null,
  dayShare: null,
  contactedMedianMinutes: null,
};
const DAY_MINUTES = 1440;

/** Median and ninth decile of the time to first contact, those still waiting counted as waiting. Minutes ascend. */
export function waitOf({ minutes, contacted }: Times): Wait {
  if (minutes.length === 0) return NO_WAIT;
  const curve = kaplanMeier(minutes, contacted);
  const median = survivalQuantile(curve, 0.5);
  const day = survivalAt(curve, DAY_MINUTES);
  const took = minutes.filter((_, i) => contacted[i] === 1);
  return {
    n: curve.rows,
    contacted: curve.events,
    medianMinutes: median.time,
    medianLow: median.low,
    medianHigh: median.high,
    p90Minutes: survivalQuantile(curve, 0.9).time,
    dayShare: day === null ? null : 1 - day.survival,
    contactedMedianMinutes: took.length === 0 ? null : sortedQuantile(took, 0.5),
  };
}

function curveOf({ minutes, contacted }: Times): SpeedAnswer["curve"] {
  if (minutes.length === 0) return [];
  const curve = kaplanMeier(minutes, contacted);
  return MARKS.flatMap((at) => {
    const point = survivalAt(curve, at);
    if (point === null) return [];
    const { survival, low, high } = point;
    return [{ minutes: at, share: 1 - survival, low: 1 - high, high: 1 - low }];
  });
}

/** Times parted by a key of theirs; the order within each stays. */
function parted(times: Times, keys: readonly number[]): ReadonlyMap<number, Times> {
  const parts = new Map<number, { minutes: number[]; contacted: number[] }>();
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    let part = parts.get(key);
    if (part === undefined) {
      part = { minutes: [], contacted: [] };
      parts.set(key, part);
    }
    part.minutes.push(times.minutes[i]!);
    part.contacted.push(times.contacted[i]!);
  }
  return parts;
}

function shareOf(hits: number, of: number): SpeedAnswer["afterHours"]["share"] {
  const interval = wilsonInterval(hits, of);
  return {
    value: of === 0 ? null : hits / of,
    n: of,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

/** Working time of the selection: that of its one account, else the workspace's. */
function calendarOf(
  selected: Selected,
  { definitions }: WorkingTimes,
  accounts: readonly GroupRow[],
) {
  const ids = accounts.map(({ id }) => id);
  const settings = definitionsOf(definitions, ids.length === 1 ? (ids[0] ?? null) : null);
  const said = new Set(
    ids.map((id) => {
      const { workDays, workHours, firstContactMinutes } = definitionsOf(definitions, id);
      return JSON.stringify([workDays, workHours, firstContactMinutes]);
    }),
  );
  return {
    until: untilOf(selected),
    firstContactMinutes: settings.firstContactMinutes,
    workDays: settings.workDays,
    workHours: settings.workHours,
    several: said.size > 1,
  };
}

export async function leadSpeed(
  session: Session,
  selected: Selected,
  query: z.infer<typeof SpeedQuery>,
  times: WorkingTimes,
): Promise<SpeedAnswer> {
  const params = { ...selected.params, with_bulk: query.bulk === "counted" };
  return withWaits(session, selected, times, async () => {
    const contacts = await session.all<{
      contact: string;
      leads: number;
      spend_minor: number | null;
    }>(selected.sql("lead-speed-contacts"), params);
    const totals = (await session.first<Totals>(selected.sql("lead-speed-totals"))) as Totals;
    const attempts = await session.all<AttemptRow>(selected.sql("lead-speed-attempts"));
    const groups = await session.all<GroupRow>(selected.sql("lead-speed-groups"));
    const columns = await session.columns(selected.sql("lead-speed-times"), params);
    const column = (name: string) => (columns[name] ?? []) as number[];
    const all: Times = { minutes: column("minutes"), contacted: column("contacted") };
    const byCell = parted(all, column("cell"));
    const byHours = parted(all, column("after_hours"));
    const named = (kind: "account" | "rep", keys: readonly number[]) => {
      const parts = parted(all, keys);
      return groups
        .filter((row) => row.kind === kind)
        .slice(0, MOST_GROUPS)
        .map(({ key, id, leads, never, judged, late }) => {
          const part = parts.get(key);
          return { id, leads, never, judged, late, wait: part ? waitOf(part) : NO_WAIT };
        });
    };
    const one = attempts.find((row) => row.attempts === 1);
    const late = totals.late_touched + totals.late_waiting;
    const known = totals.in_time + late + totals.pending;
    const accounts = groups.filter((row) => row.kind === "account");
    const waits = (after: number) => {
      const part = byHours.get(after);
      return part ? waitOf(part) : NO_WAIT;
    };
    return {
      frame: selected.frame,
      bulk: query.bulk,
      ...calendarOf(selected, times, accounts),
      leads: selected.params.leads_known === true ? totals.leads : null,
      contacts: CONTACTS.map((contact) => {
        const found = contacts.find((row) => row.contact === contact);
        const none = selected.params.spend_known === true ? 0 : null;
        return {
          contact,
          leads: found?.leads ?? 0,
          spendMinor: selected.mixedCurrency ? null : found ? found.spend_minor : none,
        };
      }),
      wait: waitOf(all),
      curve: curveOf(all),
      bulkTouches: totals.bulk_touches,
      sla: {
        inTime: totals.in_time,
        lateTouched: totals.late_touched,
        lateWaiting: totals.late_waiting,
        pending: totals.pending,
        unknown: totals.unknown,
        lateShare: shareOf(late, known),
      },
      afterHours: {
        leads: totals.after_hours,
        share: shareOf(totals.after_hours, totals.leads),
        never: totals.after_hours_never,
        wait: waits(1),
        inHours: waits(0),
        beforeOpening: totals.before_opening,
      },
      attempts: attempts.map((row) => ({
        attempts: row.attempts,
        leads: row.leads,
        reached: row.reached,
        share: shareOf(row.reached, row.leads),
      })),
      oneAttempt: {
        leads: one === undefined ? 0 : one.day + one.week + one.month + one.older,
        ages: [
          { fromDays: 0, toDays: 1, leads: one?.day ?? 0 },
          { fromDays: 1, toDays: 7, leads: one?.week ?? 0 },
          { fromDays: 7, toDays: 30, leads: one?.month ?? 0 },
          { fromDays: 30, toDays: null, leads: one?.older ?? 0 },
        ],
      },
      cells: groups
        .filter((row) => row.kind === "cell")
        .map(({ key, leads, never }) => {
          const part = byCell.get(key);
          const { n, dayShare } = part ? waitOf(part) : NO_WAIT;
          return { weekday: Math.floor(key / 24), hour: key % 24, leads, never, n, dayShare };
        })
        .sort((left, right) => left.weekday - right.weekday || left.hour - right.hour),
      accounts: named("account", column("account")),
      reps: named("rep", column("rep")),
    };
  });
}
