import type { Formats } from "../../src/contract/formats.ts";

/** A Sunday; the days after it name the others. */
const SUNDAY = "2023-01-01";

/** A day of the week in the reader's language, short; 0 = Sunday. */
export function weekdayName(language: Formats["language"], weekday: number): string {
  const day = new Date(`${SUNDAY}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + weekday);
  const style = language === "ar" ? "long" : "short";
  return new Intl.DateTimeFormat(language, { weekday: style, timeZone: "UTC" }).format(day);
}

/** An hour of the day: 09:00. */
export function hourName(formats: Formats, hour: number): string {
  const two = (n: number) => (n < 10 ? formats.plain(0) : "") + formats.plain(n);
  return `${two(hour)}:${two(0)}`;
}
