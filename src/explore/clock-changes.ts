/** When a time zone put its clocks forward: the hours that no clock of the zone ever showed. */

export interface MissingHour {
  readonly zone: string;
  /** Wall time, `YYYY-MM-DD HH:MM:SS`: first second that did not exist, and the first that did again. */
  readonly from: string;
  readonly until: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Minutes that the zone is ahead of UTC at an instant. */
function offsetOf(format: Intl.DateTimeFormat, instant: number): number {
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(
    parts["year"] ?? 0,
    (parts["month"] ?? 1) - 1,
    parts["day"] ?? 1,
    (parts["hour"] ?? 0) % 24,
    parts["minute"] ?? 0,
    parts["second"] ?? 0,
  );
  return Math.round((wall - Math.floor(instant / 1000) * 1000) / 60_000);
}

const wallText = (instant: number, offset: number) =>
  new Date(instant + offset * 60_000).toISOString().slice(0, 19).replace("T", " ");

/**
 * Hours skipped in a zone.
 *
 * @param zone IANA name
 * @param firstDay @param lastDay `YYYY-MM-DD`, both inclusive
 */
export function missingHours(zone: string, firstDay: string, lastDay: string): MissingHour[] {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const found: MissingHour[] = [];
  const end = Date.parse(`${lastDay}T00:00:00Z`) + 2 * DAY;
  let at = Date.parse(`${firstDay}T00:00:00Z`) - DAY;
  let offset = offsetOf(format, at);
  while (at < end) {
    // A zone changes its clocks at most once in some weeks; a week at a time finds every change.
    const next = Math.min(at + 7 * DAY, end);
    const later = offsetOf(format, next);
    if (later > offset) {
      let [low, high] = [at, next];
      while (high - low > 1000) {
        const middle = Math.floor((low + high) / 2000) * 1000;
        if (offsetOf(format, middle) === offset) low = middle;
        else high = middle;
      }
      found.push({ zone, from: wallText(high, offset), until: wallText(high, later) });
    }
    at = next;
    offset = later;
  }
  return found.filter(
    (one) => one.from.slice(0, 10) >= firstDay && one.from.slice(0, 10) <= lastDay,
  );
}
