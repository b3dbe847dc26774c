import { describe, expect, it } from "vitest";
import type { AdSet } from "../../src/contract/campaigns.ts";
import { type AdSetDay, adSetsOf } from "../../src/marts/campaign-ad-sets.ts";

const row = (ad_set: string | null, day: string, more: Partial<AdSetDay> = {}): AdSetDay => ({
  ad_set,
  ad_set_name: null,
  day,
  spend_minor: 100,
  impressions: 120,
  clicks: 6,
  tried: 120,
  hits: 6,
  frequency: 1.2,
  ...more,
});
/** A day of 120 impressions with so many clicks. */
const clicked = (ad_set: string, day: string, clicks: number): AdSetDay =>
  row(ad_set, day, { clicks, hits: clicks });

describe("an ad set whose odds of a click halve every day: 60, 40, 24 of 120", () => {
  const days = ["2025-01-01", "2025-01-02", "2025-01-03"];
  const { items, tested } = adSetsOf(
    [60, 40, 24].map((clicks, i) => clicked("s1", days[i] as string, clicks)),
  );
  const [set] = items as [AdSet];

  it("falls to a quarter of the odds from the first day to the last", () => {
    expect(set.trend?.ratio).toBeCloseTo(1 / 4, 10);
    expect(set.trend?.days).toBe(3);
    expect(tested).toBe(1);
  });

  it("is not sure of it: with one degree of freedom the interval reaches far beyond 1", () => {
    // t(1) = 12.706 standard errors of √(1 / 47.663) a day, over two days
    const reach =
      2 * 12.7062047 * Math.sqrt(1 / (103.466666667 - 65.066666667 ** 2 / 75.866666667));
    expect(Math.log(set.trend?.high ?? 0)).toBeCloseTo(Math.log(1 / 4) + reach, 5);
    expect(set.trend?.p).toBeGreaterThan(0.05);
  });

  it("has the clicks by the impressions of all days, and Wilson's interval of them", () => {
    expect(set.ctr.value).toBeCloseTo(124 / 360, 12);
    expect(set.ctr.n).toBe(360);
    expect(set.ctr.low).toBeCloseTo(0.2972, 3);
  });
});

it("is sure where many days fall, and keeps the gap between days as time", () => {
  const falling = (days: readonly string[]) =>
    adSetsOf(days.map((day, i) => clicked("s1", day, Math.round(90 * 0.8 ** i)))).items[0];
  const whole = falling(["01", "02", "03", "04", "05", "06"].map((day) => `2025-01-${day}`));
  expect(whole?.trend?.high).toBeLessThan(1);
  expect(whole?.trend?.pAdjusted).toBeLessThan(0.05);
  const gap = falling(["01", "02", "03", "04", "05", "20"].map((day) => `2025-01-${day}`));
  expect(gap?.lastDay).toBe("2025-01-20");
  expect(gap?.trend?.ratio).not.toBeCloseTo(whole?.trend?.ratio ?? 0, 2);
});

it("raises p for every ad set that was looked at", () => {
  const days = ["01", "02", "03", "04", "05"].map((day) => `2025-01-${day}`);
  const fall = (name: string) =>
    days.map((day, i) => clicked(name, day, Math.round(70 * 0.85 ** i)));
  const alone = adSetsOf(fall("a")).items[0]?.trend;
  const three = adSetsOf([...fall("a"), ...fall("b"), ...fall("c")]);
  expect(three.tested).toBe(3);
  for (const { trend } of three.items) {
    expect(trend?.p).toBe(alone?.p);
    expect(trend?.pAdjusted).toBeCloseTo(Math.min(1, 3 * (alone?.p ?? 0)), 12);
  }
});

it("takes the median of days for frequency, never impressions by added reach", () => {
  const { items } = adSetsOf([
    row("s1", "2025-01-01", { frequency: 1 }),
    row("s1", "2025-01-02", { frequency: null }),
    row("s1", "2025-01-03", { frequency: 1.5 }),
    row("s1", "2025-01-04", { frequency: 4 }),
  ]);
  expect(items[0]?.frequency).toEqual({ median: 1.5, first: 1, last: 4, days: 3 });
});

it("says nothing of a trend where days are few, and nothing at all of rows without an ad set", () => {
  const two = adSetsOf([clicked("s1", "2025-01-01", 9), clicked("s1", "2025-01-02", 3)]);
  expect(two.items[0]?.trend).toBeNull();
  expect(two.tested).toBe(0);
  expect(adSetsOf([row(null, "2025-01-01")])).toEqual({ known: false, items: [], tested: 0 });
});
