import { expect, it } from "vitest";
import { type PeerRow, standingOf } from "../../src/marts/campaign-peers.ts";

const peer = (campaign_id: string, more: Partial<PeerRow> = {}): PeerRow => ({
  campaign_id,
  of_project: true,
  of_account: true,
  spend_minor: 100_000,
  impressions: 10_000,
  clicks: 100,
  leads: 10,
  qualified: 2,
  ...more,
});
/** Eight campaigns that bought from 2 to 30 leads for the same money. */
const EIGHT = [2, 4, 6, 10, 14, 20, 26, 30].map((leads, i) =>
  peer(`p${i}`, { leads, qualified: i * i }),
);

it("does not put a campaign of one lucky lead before one that has proved itself", () => {
  const lucky = peer("lucky", { spend_minor: 2000, leads: 1 });
  const rows = [...EIGHT, lucky];
  const seen = standingOf(rows, "lucky", "cpl");
  // Its own figure is the cheapest of all: 2,000 a lead against 3,333 of the best.
  expect(seen.own.value).toBe(2000);
  expect(seen.shrunken?.value).toBeGreaterThan(2 * 2000);
  expect(seen.ownWeight).toBeLessThan(0.3);
  expect(seen.place).toBeGreaterThan(1);
  expect(standingOf(rows, "p7", "cpl").place).toBe(1);
  expect(standingOf(rows, "p0", "cpl").place).toBe(9);
});

it("keeps nearly all of a figure that rests on much, and draws it between own and peers' else", () => {
  for (const { campaign_id } of EIGHT) {
    const { own, pooled, shrunken } = standingOf(EIGHT, campaign_id, "cpl");
    const ends = [own.value ?? 0, pooled ?? 0].sort((a, b) => a - b) as [number, number];
    // The prior's mean is close to, not at, the pooled rate.
    expect(shrunken?.value).toBeGreaterThan(ends[0] * 0.9);
    expect(shrunken?.value).toBeLessThan(ends[1] * 1.1);
    expect(shrunken?.low).toBeLessThan(shrunken?.value ?? 0);
  }
  const large = EIGHT.map((row) => ({
    ...row,
    leads: (row.leads ?? 0) * 1000,
    spend_minor: (row.spend_minor ?? 0) * 1000,
  }));
  const { own, shrunken, ownWeight } = standingOf(large, "p7", "cpl");
  expect(ownWeight).toBeGreaterThan(0.99);
  expect((shrunken?.value ?? 0) / (own.value ?? 1)).toBeCloseTo(1, 2);
});

it("has a bound from below and none from above for what bought nothing, and a place all the same", () => {
  const none = peer("none", { qualified: 0, spend_minor: 200_000 });
  const seen = standingOf([...EIGHT, none], "none", "cpql");
  expect(seen.own).toMatchObject({ value: null, n: 0, high: null });
  expect(seen.own.low).toBeCloseTo(200_000 / 3.688879, 0);
  expect(seen.place).toBe(9);
});

it("gives no place where campaigns do not differ more than chance makes them", () => {
  const alike = EIGHT.map((row) => ({ ...row, qualified: 2 }));
  const { place, shrunken, ownWeight } = standingOf(alike, "p3", "cpql");
  expect([place, ownWeight]).toEqual([null, 0]);
  expect(shrunken?.value).toBeCloseTo(50_000, 6);
});

it("says nothing of what nobody has, and leaves out whose account does not know it", () => {
  const barren = EIGHT.map((row) => ({ ...row, qualified: 0 }));
  expect(standingOf(barren, "p0", "cpql")).toMatchObject({ shrunken: null, place: null, of: 8 });
  const untold = [...EIGHT, peer("untold", { leads: null })];
  expect(standingOf(untold, "untold", "cpl")).toMatchObject({
    own: { value: null },
    place: null,
    of: 8,
  });
  expect(standingOf(untold, "p0", "cpl").of).toBe(8);
});
