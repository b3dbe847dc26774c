import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Rule } from "../../src/explore/rule.ts";
import { budgetMeaning } from "../../src/explore/rules/budget-meaning.ts";
import { missingDays } from "../../src/explore/rules/missing-days.ts";
import { trackingOutage } from "../../src/explore/rules/tracking-outage.ts";
import { roundFactor, unitChange } from "../../src/explore/rules/unit-change.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";
import { dayAfter } from "./delivery.ts";
import { findingsOf } from "./look-at.ts";
import { campaign, lead } from "./planned.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function found(
  rule: Rule,
  all: readonly ReturnType<typeof campaign>[],
  leads: readonly RawRow[],
) {
  await house.settle({
    campaigns: all.map((one) => one.row),
    insights: all.flatMap((one) => one.insights),
    campaign_leads: leads,
  });
  return findingsOf(house, rule);
}

describe("days and units", () => {
  /** All accounts run eight campaigns side by side. */
  const crowd = Array.from({ length: 24 }, (_, n) =>
    campaign({ id: `c${n}`, account: `a${n % 3}`, days: 20 }),
  );

  it("finds the day on which nobody reports, and the day on which one account does not", async () => {
    const without = (keep: (account: string, day: string) => boolean) =>
      crowd.map((one) => ({
        ...one,
        insights: one.insights.filter((row) => keep(one.row.account_id as string, row.day)),
      }));
    const all = without((_, day) => day !== dayAfter(8));
    expect(await found(trackingOutage, all, [])).toMatchObject([
      { rows: 24, items: [{ id: dayAfter(8) }] },
    ]);
    expect(await found(missingDays, all, [])).toEqual([]);
    const one = without((account, day) => account !== "a1" || day !== dayAfter(8));
    expect(await found(trackingOutage, one, [])).toEqual([]);
    expect(await found(missingDays, one, [])).toMatchObject([
      { rows: 8, items: [{ account: "a1" }] },
    ]);
  });

  it("takes a day on which all rows tell zeros for a day without rows, and a campaign's own zeros for a pause", async () => {
    const zero = { spend_minor: 0, impressions: 0, clicks: 0, reach: 0 };
    const zeros = (which: (campaign: string) => boolean) =>
      crowd.map((one) => ({
        ...one,
        insights: one.insights.map((row) =>
          row.day === dayAfter(8) && which(one.row.campaign_id) ? { ...row, ...zero } : row,
        ),
      }));
    expect(
      await found(
        trackingOutage,
        zeros(() => true),
        [],
      ),
    ).toMatchObject([{ rows: 24, items: [{ id: dayAfter(8) }] }]);
    const own = zeros((id) => id === "c3");
    expect(await found(trackingOutage, own, [])).toEqual([]);
    expect(await found(missingDays, own, [])).toEqual([]);
  });

  /** Two leads of a campaign on each of the days. */
  const daily = (campaignId: string, days: readonly number[]) =>
    days.flatMap((n) =>
      ["m", "n"].map((part) => ({
        ...lead(`${campaignId}-${n}${part}`, campaignId, "QUALIFIED"),
        added_at: `${dayAfter(n)} 12:00:00`,
      })),
    );
  const twentyDays = Array.from({ length: 20 }, (_, n) => n);

  it("finds days of one campaign without a row on which its leads came, and takes a pause for a pause", async () => {
    const gone = (row: { day: string }) => row.day === dayAfter(8) || row.day === dayAfter(9);
    const holed = crowd.map((one, n) =>
      n === 5 ? { ...one, insights: one.insights.filter((row) => !gone(row)) } : one,
    );
    expect(await found(missingDays, holed, daily("c5", twentyDays))).toMatchObject([
      { rows: 2, itemsTotal: 2, items: [{ account: "a2" }, { account: "a2" }] },
    ]);
    const paused = twentyDays.filter((n) => n !== 8 && n !== 9);
    expect(await found(missingDays, holed, daily("c5", paused))).toEqual([]);
  });

  it("finds days without any row where short campaigns hide them, if leads came", async () => {
    const short = Array.from({ length: 60 }, (_, n) =>
      campaign({ id: `c${n}`, account: `a${n % 3}`, start: Math.floor(n / 2), days: 3 }),
    );
    const lasting = campaign({ id: "c99", days: 32 });
    const holed = [...short, lasting].map((one) => ({
      ...one,
      insights: one.insights.filter((row) => row.day < dayAfter(14) || row.day > dayAfter(17)),
    }));
    const days = Array.from({ length: 32 }, (_, n) => n);
    const [finding] = await found(trackingOutage, holed, [
      ...daily("c99", days),
      ...daily("c59", days),
    ]);
    expect(finding?.items.map((item) => item.id).sort()).toEqual([14, 15, 16, 17].map(dayAfter));
    const silent = days.filter((n) => n < 14 || n > 17);
    const none = [...daily("c99", silent), ...daily("c59", silent)];
    expect(await found(trackingOutage, holed, none)).toEqual([]);
  });

  it("asks nothing about budgets because of an account whose spend changes its unit", async () => {
    const piled = (after: number) =>
      crowd.map((one) => ({
        ...one,
        insights: one.insights.map((row, n) =>
          one.row.account_id === "a2"
            ? {
                ...row,
                spend_minor: Math.round(
                  (62_000 + ((n * 7919) % 2000)) * (row.day >= dayAfter(11) ? after : 1),
                ),
              }
            : row,
        ),
      }));
    expect(await found(budgetMeaning, piled(1), [])).toHaveLength(1);
    expect(await found(budgetMeaning, piled(1 / 50), [])).toEqual([]);
  });

  it("finds from which day an account pays in another unit, and by what factor to mend it", async () => {
    const all = crowd.map((one) => ({
      ...one,
      insights: one.insights.map((row) =>
        one.row.account_id === "a2" && row.day >= dayAfter(11)
          ? { ...row, spend_minor: Math.round(row.spend_minor / 50) }
          : row,
      ),
    }));
    const [finding] = await found(unitChange, all, []);
    expect(finding).toMatchObject({
      rows: 8 * 9,
      items: [{ id: "a2" }],
      proposals: [
        { kind: "correct", recommended: true, label: { en: expect.stringMatching(/by 50$/) } },
        {},
      ],
    });
    expect(await found(unitChange, crowd, [])).toEqual([]);
  });

  it("finds a factor of 3.67 where spend makes the step, and takes the market's prices for none", async () => {
    const priced = (spend: number, shown: number, account: string | null) =>
      crowd.map((one) => ({
        ...one,
        insights: one.insights.map((row) =>
          row.day >= dayAfter(11) &&
          (account === null ? one.row.campaign_id === "c4" : one.row.account_id === account)
            ? {
                ...row,
                spend_minor: Math.round(row.spend_minor * spend),
                impressions: Math.round(row.impressions * shown),
                clicks: Math.round(row.clicks * shown),
                reach: Math.round(row.reach * shown),
              }
            : row,
        ),
      }));
    const [account] = await found(unitChange, priced(1 / 3.67, 1, "a2"), []);
    expect(account).toMatchObject({ rows: 8 * 9, items: [{ id: "a2" }] });
    const [campaign] = await found(unitChange, priced(3.67, 1, null), []);
    expect(campaign).toMatchObject({ rows: 9, items: [{ id: "a1" }] });
    expect(await found(unitChange, priced(1, 1 / 3.67, "a2"), [])).toEqual([]);
    expect(await found(unitChange, priced(1, 1 / 3.67, null), [])).toEqual([]);
  });

  it("weighs each campaign of an account that changes its unit by its own spend", async () => {
    const odd = ["c0", "c3"];
    const all = crowd.map((one) => ({
      ...one,
      insights: one.insights.map((row) =>
        odd.includes(one.row.campaign_id as string) && row.day >= dayAfter(11)
          ? { ...row, spend_minor: row.spend_minor * 100 }
          : row,
      ),
    }));
    const [finding] = await found(unitChange, all, []);
    const spent = all
      .filter((one) => odd.includes(one.row.campaign_id as string))
      .flatMap((one) => one.insights.filter((row) => row.day >= dayAfter(11)))
      .reduce((sum, row) => sum + row.spend_minor, 0);
    expect(finding).toMatchObject({
      rows: 2 * 9,
      moneyMinor: Math.round(0.99 * spent),
      proposals: [{ kind: "correct", spendMinor: -Math.round(0.99 * spent) }, {}],
    });
  });

  it("takes a factor near a round one for it", () => {
    expect([0.0195, 48, 103, 13, 0.0098].map(roundFactor)).toEqual([0.02, 50, 100, 13, 0.01]);
  });
});
