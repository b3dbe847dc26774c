/** Where the present comes from; handed down from the doors so that nothing below reads the wall clock. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands at `instant` until it is told otherwise, for tests and replays. */
export function fixedClock(instant: Date): Clock & { set(next: Date): void } {
  let current = instant;
  return {
    now: () => new Date(current.getTime()),
    set: (next) => {
      current = next;
    },
  };
}
