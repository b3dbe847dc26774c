/** Between instants and the wall clock of a zone. Naive times are milliseconds of a clock that never changes (UTC's). */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, made);
  return made;
}

/** What the clock on the wall shows at an instant, as naive milliseconds. */
export function wallMs(instantMs: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instantMs)) {
    part[type] = Number(value);
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const milliseconds = ((instantMs % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds;
}

/** The instant at which a wall clock shows a time: the first of two, and of a time that is skipped the one after it. */
export function instantMs(naiveMs: number, timeZone: string): number {
  const early = naiveMs - (wallMs(naiveMs - 86_400_000, timeZone) - (naiveMs - 86_400_000));
  if (wallMs(early, timeZone) === naiveMs) return early;
  const late = naiveMs - (wallMs(naiveMs + 86_400_000, timeZone) - (naiveMs + 86_400_000));
  return wallMs(late, timeZone) === naiveMs ? late : early;
}

/** The calendar day of a naive time, `YYYY-MM-DD`. */
export function dayOf(naiveMs: number): string {
  return new Date(naiveMs).toISOString().slice(0, 10);
}
