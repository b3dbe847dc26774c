import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CampaignCost, standingOut } from "../../src/explore/insights/campaign-costs.ts";
import { jumpsOf } from "../../src/explore/insights/cost-jump.ts";
import { tired } from "../../src/explore/insights/fatigue.ts";
import { type Ranked, rankInsights } from "../../src/explore/rank-insights.ts";
import { inForce } from "../../src/workflows/insights.ts";

const said = (id: string, moneyMinor: number | null, campaigns: string[] = []): Ranked => ({
  id,
  title: { en: id, ar: id },
  sentence: { en: "", ar: "" },
  advice: null,
  moneyMinor,
  estimate: null,
  picture: null,
  sql: "",
  campaigns,
});
const ids = (list: readonly Ranked[]) => list.map((one) => one.id);

describe("insights in order", () => {
  it("come by money, those without any after the others in their own order", () => {
    const list = [
      said("weekday", null),
      said("attempts", 5),
      said("label-delay", null),
      said("pacing", 90),
    ];
    expect(ids(rankInsights(list))).toEqual(["pacing", "attempts", "weekday", "label-delay"]);
  });

  it("of two that say the same only the dearer is heard", () => {
    const list = [
      said("status-mix", 10),
      said("never-called", 80),
      said("concentration", 5),
      said("focus", 7, ["c1"]),
    ];
    expect(ids(rankInsights(list))).toEqual(["never-called", "focus"]);
  });

  it("never hold two of one subject, lose nothing else, and do not depend on the order given", () => {
    const names = ["never-called", "status-mix", "cost-spike", "cost-drop", "overlap", "weekday"];
    const about = (id: string) =>
      ({ "status-mix": "never-called", "cost-drop": "cost-spike" })[id] ?? id;
    const list = fc.uniqueArray(
      fc.record({ id: fc.constantFrom(...names), money: fc.integer({ min: 1, max: 1e6 }) }),
      { selector: (one) => one.id },
    );
    fc.assert(
      fc.property(list, (given) => {
        const all = given.map((one) => said(one.id, one.money));
        const told = rankInsights(all);
        const subjects = told.map((one) => about(one.id));
        expect(new Set(subjects).size).toBe(subjects.length);
        expect(new Set(subjects)).toEqual(new Set(given.map((one) => about(one.id))));
        const distinct = new Set(given.map((one) => one.money)).size === given.length;
        if (distinct) expect(ids(rankInsights([...all].reverse()))).toEqual(ids(told));
      }),
    );
  });
});

describe("campaigns that stand out", () => {
  const campaign = (id: string, part: Partial<CampaignCost> = {}): CampaignCost => ({
    account_id: "a1",
    campaign_id: id,
    name: id,
    spend_minor: 100_000,
    leads: 100,
    judged: 80,
    qualified: 10,
    ...part,
  });
  const many = Array.from({ length: 20 }, (_, i) => campaign(`c${i}`));

  it("are those far beyond chance, with the money they cost more or less than their account's price", () => {
    const { worst, best, tested } = standingOut([
      ...many,
      campaign("dear", { qualified: 0 }),
      campaign("cheap", { qualified: 40 }),
    ]);
    expect(tested).toBe(22);
    expect(worst.map((one) => one.campaign_id)).toEqual(["dear"]);
    expect(best.map((one) => one.campaign_id)).toEqual(["cheap"]);
    // 22 campaigns of 100,000 with 240 qualified: one costs 9,167.
    expect(worst[0]?.excessMinor).toBeCloseTo(100_000, 6);
    expect(best[0]?.excessMinor).toBeCloseTo(100_000 - 40 * (2_200_000 / 240), 6);
  });

  it("are not blamed where hardly anybody judged their leads", () => {
    const { worst, unjudged } = standingOut([
      ...many,
      campaign("uncalled", { qualified: 0, judged: 5 }),
    ]);
    expect(worst).toEqual([]);
    expect(unjudged).toBe(1);
  });

  it("need an account with a price of its own, and money enough to expect some", () => {
    expect(standingOut([campaign("c", { qualified: 9 })]).tested).toBe(0);
    const small = campaign("small", { spend_minor: 10_000, qualified: 0 });
    expect(standingOut([...many, small]).worst).toEqual([]);
  });
});

it("a week is a jump only where the leads differ by more than chance, over all accounts tested", () => {
  const row = (account_id: string, leads_now: number, spend_now = 100_000) => ({
    account_id,
    spend_now,
    leads_now,
    spend_before: 400_000,
    leads_before: 400,
  });
  const { jumps, tested } = jumpsOf([row("same", 98), row("dear", 30), row("cheap", 200)]);
  expect(tested).toBe(3);
  expect(jumps.map((one) => one.account_id)).toEqual(["dear", "cheap"]);
  expect(jumps[0]?.excessMinor).toBe(100_000 - 30 * 1000);
  // Two leads instead of five on little money is what chance does.
  const thin = { ...row("thin", 2, 5_000), spend_before: 20_000, leads_before: 20 };
  expect(jumpsOf([thin]).jumps).toEqual([]);
});

it("an ad set tires where its frequency rises and its click rate falls, not where only one does", () => {
  const row = {
    campaign_id: "c1",
    name: "c1",
    impressions_before: 20_000,
    impressions_after: 20_000,
    clicks_before: 400,
    clicks_after: 200,
    frequency_before: 1.2,
    frequency_after: 1.8,
    spend_after: 50_000,
  };
  expect(tired([row]).tired[0]?.lostMinor).toBeCloseTo(25_000, 6);
  expect(tired([{ ...row, frequency_after: 1.2 }]).tired).toEqual([]);
  expect(tired([{ ...row, clicks_after: 395 }]).tired).toEqual([]);
});

it("a silenced insight is heard again on its day, or once its money has grown by as much as was said", () => {
  const silence = {
    insight: "overlap",
    by: "owner",
    at: "2025-01-01T00:00:00.000Z",
    until: "2025-02-01",
    worseBy: 0.5,
    moneyMinor: 1000,
  };
  expect(inForce(silence, 1000, "2025-01-31")).toBe(silence);
  expect(inForce(silence, 1000, "2025-02-01")).toBeNull();
  expect(inForce(silence, 1499, "2025-01-31")).toBe(silence);
  expect(inForce(silence, 1500, "2025-01-31")).toBeNull();
  expect(inForce({ ...silence, until: null, worseBy: null }, 9999, "2030-01-01")).not.toBeNull();
});
