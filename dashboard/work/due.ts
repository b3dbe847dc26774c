/** When something is due, in words. */
import type { WorkLead } from "../../src/contract/work.ts";
import type { Params, PluralKey, TextKey } from "../i18n/messages.ts";

const MINUTE_MS = 60_000;

/** The reader's language, as far as words need it. */
export interface Says {
  t(key: TextKey, params?: Params): string;
  n(key: PluralKey, count: number, params?: Params): string;
}

/** A length of time in its largest fitting unit: 5 minutes, 3 hours, 2 days. */
export function lengthWords({ n }: Pick<Says, "n">, ms: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / MINUTE_MS));
  if (minutes < 90) return n("work.minutes", minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? n("work.hours", hours) : n("work.days", Math.round(hours / 24));
}

export interface DueWords {
  readonly text: string;
  /** `late`: its moment has passed; `soon`: it comes within a quarter of an hour. */
  readonly mood: "late" | "soon" | "calm";
}

const SOON_MS = 15 * MINUTE_MS;

/** Why a lead stands where it does, and how much time is left. */
export function dueWords(
  lead: Pick<WorkLead, "group" | "nextAttemptAt" | "firstContactDueAt" | "arrivedAt" | "last">,
  speech: Says,
  nowMs: number,
): DueWords {
  const { t } = speech;
  const until = (
    at: string,
    late: "work.late" | "work.attemptLate",
    left: "work.left" | "work.attemptIn",
  ) => {
    const ms = Date.parse(at) - nowMs;
    const time = lengthWords(speech, ms);
    return ms <= 0
      ? { text: t(late, { time }), mood: "late" as const }
      : { text: t(left, { time }), mood: ms <= SOON_MS ? ("soon" as const) : ("calm" as const) };
  };
  if (lead.nextAttemptAt !== null && (lead.group === "due" || lead.group === "later"))
    return until(lead.nextAttemptAt, "work.attemptLate", "work.attemptIn");
  if (lead.firstContactDueAt !== null)
    return until(lead.firstContactDueAt, "work.late", "work.left");
  const since = lead.last?.at ?? lead.arrivedAt;
  const time = lengthWords(speech, nowMs - Date.parse(since));
  return { text: t(lead.last ? "work.lastSince" : "work.arrivedSince", { time }), mood: "calm" };
}

/** Wall clock of a zone at an instant: year, month, day, hour, minute. */
function wallOf(timeZone: string, atMs: number): readonly [number, number, number, number, number] {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(new Date(atMs));
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  return [part("year"), part("month"), part("day"), part("hour"), part("minute")];
}

/** The instant of a wall clock in a zone, in epoch milliseconds; a moment that summer time skips is the one after. */
export function instantOf(
  timeZone: string,
  [year, month, day, hour, minute]: readonly [number, number, number, number, number],
): number {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  let at = wanted;
  // The offset at the first guess may be that of the other side of a change of clocks.
  for (let i = 0; i < 2; i++) {
    const [y, mo, d, h, mi] = wallOf(timeZone, at);
    at += wanted - Date.UTC(y, mo - 1, d, h, mi);
  }
  return at;
}

export const ATTEMPTS = ["hour", "evening", "tomorrow"] as const;
export type Attempt = (typeof ATTEMPTS)[number];
const EVENING_HOUR = 18;
const MORNING_HOUR = 11;

/** The moment of a usual next attempt; null where it lies behind, as an evening does at night. */
export function attemptAt(which: Attempt, timeZone: string, nowMs: number): number | null {
  if (which === "hour") return nowMs + 60 * MINUTE_MS;
  const [year, month, day] = wallOf(timeZone, nowMs);
  const at =
    which === "evening"
      ? instantOf(timeZone, [year, month, day, EVENING_HOUR, 0])
      : instantOf(timeZone, [year, month, day + 1, MORNING_HOUR, 0]);
  return at > nowMs ? at : null;
}

/** `YYYY-MM-DDTHH:MM` of a zone, as a date and time field has it. */
export function fieldOf(timeZone: string, atMs: number): string {
  const [year, ...rest] = wallOf(timeZone, atMs);
  const [month, day, hour, minute] = rest.map((part) => String(part).padStart(2, "0"));
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** The instant that such a field names in a zone; null where it is empty. */
export function ofField(timeZone: string, field: string): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(field);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return instantOf(timeZone, [year, month, day, hour, minute]);
}
