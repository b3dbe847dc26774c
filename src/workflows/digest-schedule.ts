/** When a digest that comes every day or week is due, by the clock on the wall. */
import type { Schedule } from "../contract/digests.ts";
import { dayOf, instantMs, wallMs } from "../domain/wall-clock.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface Slot {
  /** Day and hour, `YYYY-MM-DD HH`: names the slot once and for all. */
  readonly name: string;
  readonly at: Date;
}

function slotAt(dayMs: number, { hour }: Schedule, timeZone: string): Slot {
  const name = `${dayOf(dayMs)} ${String(hour).padStart(2, "0")}`;
  return { name, at: new Date(instantMs(dayMs + hour * HOUR_MS, timeZone)) };
}

function fits(dayMs: number, { every, weekday }: Schedule): boolean {
  return every === "day" || new Date(dayMs).getUTCDay() === weekday;
}

function slotFrom(schedule: Schedule, now: Date, timeZone: string, step: 1 | -1): Slot {
  const today = Math.floor(wallMs(now.getTime(), timeZone) / DAY_MS) * DAY_MS;
  for (let dayMs = today; ; dayMs += step * DAY_MS) {
    const slot = slotAt(dayMs, schedule, timeZone);
    const over = slot.at.getTime() <= now.getTime();
    if (fits(dayMs, schedule) && over === (step === -1)) return slot;
  }
}

/** The last slot that has come: after days of being down only this one is made up for. */
export const lastSlot = (schedule: Schedule, now: Date, timeZone: string): Slot =>
  slotFrom(schedule, now, timeZone, -1);

export const nextSlot = (schedule: Schedule, now: Date, timeZone: string): Slot =>
  slotFrom(schedule, now, timeZone, 1);
