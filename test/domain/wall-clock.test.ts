import fc from "fast-check";
import { expect, it } from "vitest";
import { instantMs, wallMs } from "../../src/domain/wall-clock.ts";

const zones = ["Africa/Cairo", "Asia/Riyadh", "America/New_York", "Asia/Kathmandu", "UTC"];

it("goes from an instant to the wall and back, except within the hour that the clock shows twice", () => {
  const instant = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), (ms, zone) => {
      const wall = wallMs(ms, zone);
      const back = instantMs(wall, zone);
      expect(wallMs(back, zone)).toBe(wall);
      expect([ms, ms - 3_600_000]).toContain(back);
    }),
  );
});

it("knows the clocks of Cairo by hand: winter, summer, the skipped and the repeated hour", () => {
  const iso = (text: string) =>
    new Date(instantMs(Date.parse(`${text}Z`), "Africa/Cairo")).toISOString();
  expect(iso("2025-02-03T12:00:00")).toBe("2025-02-03T10:00:00.000Z");
  expect(iso("2025-07-03T12:00:00")).toBe("2025-07-03T09:00:00.000Z");
  // 25 April 2025: 00:00 becomes 01:00; 31 October 2025: 00:00 becomes 23:00 of the 30th.
  expect(iso("2025-04-25T00:30:00")).toBe("2025-04-24T22:30:00.000Z");
  expect(iso("2025-10-30T23:30:00")).toBe("2025-10-30T20:30:00.000Z");
});
