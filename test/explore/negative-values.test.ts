import { afterAll, beforeAll, expect, it } from "vitest";
import { negativeValues } from "../../src/explore/rules/negative-values.ts";
import { type House, openHouse } from "../marts/raw-world.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const row = (day: string, spend_minor: number) => ({
  level: "ad_set",
  campaign_id: "c1",
  ad_set_id: "s1",
  day,
  spend_minor,
  impressions: 1000,
  clicks: 10,
});

it("finds the one row below zero, with its line and what it takes off", async () => {
  await house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    insights: [row("2024-05-01", 500), row("2024-05-02", -200), row("2024-05-03", 0)],
  });
  const [finding, ...others] = await findingsOf(house, negativeValues);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    key: "negative-values",
    rows: 1,
    of: 3,
    moneyMinor: 200,
    items: [{ id: "c1", account: "a1", rows: 1, moneyMinor: 200 }],
  });
  expect(finding?.sentence.en).toMatch(/EGP\s2\.00/);
  const listed = await house.warehouse.all(finding?.sql ?? "");
  expect(listed).toHaveLength(1);
  expect(listed).toMatchObject([{ day: "2024-05-02", line: 3 }]);
});

it("is quiet where nothing is below zero", async () => {
  await house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    insights: [row("2024-05-01", 0), row("2024-05-02", 200)],
  });
  expect(await findingsOf(house, negativeValues)).toEqual([]);
});
