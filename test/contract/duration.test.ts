import { expect, it } from "vitest";
import { makeFormats } from "../../src/contract/formats.ts";

it("tells a length of time in the unit that fits, and nothing where there is none", () => {
  const { duration } = makeFormats("en", "latn");
  expect([0, 59, 119, 120, 210, 1439, 2879].map(duration)).toEqual([
    "0 min",
    "59 min",
    "119 min",
    "2 hr",
    "3.5 hr",
    "24 hr",
    "48 hr",
  ]);
  expect([2880, 10_000, 63_360].map(duration)).toEqual(["2 days", "6.9 days", "44 days"]);
  expect(duration(null)).toBe("—");
  expect(makeFormats("ar", "arab").duration(210)).toMatch(/^[٠-٩٫]+ /);
});
