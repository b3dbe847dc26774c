/** The world's fixed calendar: its days, its seasons, and its clock as text. Day 0 is 2025-01-01; times are wall clock. */

export const WORLD_FIRST_DAY = "2025-01-01";
export const WORLD_LAST_DAY = "2026-06-30";
/** Number of days from the first to the last, both included. */
export const WORLD_DAYS = 546;
/** Campaigns start on days before this one (2026-05-01); the rest of the world is for their leads to ripen. */
export const LAUNCH_DAYS = 485;

const FIRST_MS = Date.UTC(2025, 0, 1);

/** ISO dates of all days of the world and of the years after it, in which only faults live. */
const DAY_TEXT: readonly string[] = Array.from({ length: WORLD_DAYS + 1500 }, (_, day) =>
  new Date(FIRST_MS + day * 86_400_000).toISOString().slice(0, 10),
);

/** "2025-01-31" of a day number; also for days after the world's last. */
export function dayText(day: number): string {
  return DAY_TEXT[day] as string;
}

const TWO: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, "0"));

/** Two digits of 0…99. */
export function twoDigits(n: number): string {
  return TWO[n] as string;
}

/** " 17:04:" of each minute of a day. */
const MINUTE_TEXT: readonly string[] = Array.from(
  { length: 1440 },
  (_, minute) => ` ${TWO[Math.floor(minute / 60)]}:${TWO[minute % 60]}:`,
);

/** "2025-01-31 17:04:09" of a second number counted from the start of day 0. */
export function timeText(second: number): string {
  const day = Math.floor(second / 86_400);
  const rest = second - day * 86_400;
  const minute = (rest / 60) | 0;
  return `${DAY_TEXT[day]}${MINUTE_TEXT[minute]}${TWO[rest - minute * 60]}`;
}

/** Months since January 2025 of a day of the world. */
export const MONTH_OF_DAY: Uint8Array = Uint8Array.from({ length: WORLD_DAYS + 1500 }, (_, day) => {
  const text = dayText(day);
  return (Number(text.slice(0, 4)) - 2025) * 12 + Number(text.slice(5, 7)) - 1;
});

/** Weekday of a day, 0 = Sunday. */
export function weekday(day: number): number {
  return (day + 3) % 7;
}

/** Fasting months of the two years: fewer leads, and later in the night. */
export function isFasting(day: number): boolean {
  return (day >= 59 && day <= 88) || (day >= 413 && day <= 442);
}

/** Relative number of campaign starts by month: rising to a peak in September 2025, then falling away. */
const MONTH_STARTS = [
  0.8, 0.9, 0.8, 1, 1.05, 1, 1.05, 1.1, 1.7, 0.9, 0.75, 0.5, 0.35, 0.2, 0.18, 0.15,
];
/** Sunday … Saturday; Friday is the day of rest. */
const WEEKDAY_STARTS = [1.15, 1.1, 1.1, 1.05, 1, 0.6, 0.9];
const WEEKDAY_RESPONSE = [1.02, 1, 1, 0.98, 0.98, 1.08, 1.05];

/** Weight of a launch day among all launch days. */
export function launchWeight(day: number): number {
  const month = MONTH_STARTS[MONTH_OF_DAY[day] as number] ?? 0;
  return month * (WEEKDAY_STARTS[weekday(day)] as number) * (isFasting(day) ? 0.8 : 1);
}

/** Factor on the expected leads of a day. */
export function responseSeason(day: number): number {
  return (WEEKDAY_RESPONSE[weekday(day)] as number) * (isFasting(day) ? 0.75 : 1);
}

/** Leads by hour of the day: low before dawn, highest in the evening. */
export const LEAD_HOURS: readonly number[] = [
  26, 22, 18, 14, 10, 12, 18, 18, 22, 25, 24, 24, 24, 25, 26, 27, 26, 28, 27, 30, 29, 31, 31, 31,
];
/** The same during the fast: the day sleeps, the night is awake. */
export const FASTING_LEAD_HOURS: readonly number[] = [
  38, 36, 30, 18, 9, 7, 8, 10, 12, 16, 18, 20, 22, 23, 24, 22, 18, 8, 14, 26, 34, 40, 42, 40,
];
/** Campaign launches by hour of the day. */
export const LAUNCH_HOURS: readonly number[] = [
  10, 8, 6, 3, 1, 1, 1, 3, 10, 22, 30, 34, 36, 38, 38, 36, 34, 30, 26, 24, 22, 20, 16, 12,
];
