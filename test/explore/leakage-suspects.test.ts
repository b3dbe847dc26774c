import { afterAll, beforeAll, expect, it } from "vitest";
import { seededRandom } from "../../src/base/random.ts";
import { leakageSuspects } from "../../src/explore/rules/leakage-suspects.ts";
import { type House, openHouse } from "../marts/raw-world.ts";
import { findingsOf } from "./look-at.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const STATUSES = ["QUALIFIED", "NOT_QUALIFIED", "NEW_LEAD"] as const;

/** Leads with form answers that came with them, and fields that sales fill in. */
async function settle(extra: (status: string, next: () => number) => object, leads = 1500) {
  const random = seededRandom(3);
  const campaign_leads = Array.from({ length: leads }, (_, i) => {
    const status = STATUSES[random.int(3)] ?? "NEW_LEAD";
    const form = { rooms: 1 + random.int(5), city: ["Cairo", "Giza"][random.int(2)] };
    return {
      lead_id: `l${i}`,
      campaign_id: "c1",
      added_at: `2024-05-${String(1 + (i % 28)).padStart(2, "0")} 10:00:00`,
      lead_status: status,
      // Rows go in as one JSON document, so an object is a JSON cell as it stands.
      attributes: { ...form, ...extra(status, () => random.next()) } as unknown as string,
    };
  });
  await house.settle({ campaigns: [{ campaign_id: "c1", account_id: "a1" }], campaign_leads });
}

it("finds what sales fill in after judging, and leaves the form's own answers alone", async () => {
  await settle((status, next) => ({
    ...(status === "NOT_QUALIFIED" ? { why_not: ["price", "place"][Math.floor(next() * 2)] } : {}),
    ...(status !== "NEW_LEAD" && next() < 0.9 ? { spoke_for: Math.floor(next() * 9) } : {}),
    lead_score: (status === "QUALIFIED" ? 3 : 1) + Math.floor(next() * 4),
  }));
  const [finding, ...others] = await findingsOf(house, leakageSuspects);
  expect(others).toEqual([]);
  expect(finding?.items.map(({ id }) => id).sort()).toEqual(["lead_score", "spoke_for", "why_not"]);
  expect(finding).toMatchObject({ severity: "warning", rows: 3, of: 5 });
  const listed = await house.warehouse.all<{ stage: string; leads: number; why_not: number }>(
    finding?.sql ?? "",
  );
  expect(listed.find(({ stage }) => stage === "qualified")?.why_not).toBe(0);
  expect(listed.reduce((sum, { leads }) => sum + leads, 0)).toBe(1500);
});

it("is quiet where every answer came with the lead, however well it foretells", async () => {
  await settle((status, next) => ({
    budget: Math.floor(next() * 100) + (status === "QUALIFIED" ? 25 : 0),
    timeline:
      status === "QUALIFIED" && next() < 0.3 ? "now" : ["later", "now"][Math.floor(next() * 2)],
  }));
  expect(await findingsOf(house, leakageSuspects)).toEqual([]);
});

it("is quiet where too few leads have an outcome to prove anything", async () => {
  await settle((status) => ({ why_not: status }), 60);
  expect(await findingsOf(house, leakageSuspects)).toEqual([]);
});
