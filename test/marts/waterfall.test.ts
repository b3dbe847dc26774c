import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SelectionQuery } from "../../src/contract/common.ts";
import type { Scope } from "../../src/domain/scope.ts";
import type { TreatmentAction } from "../../src/domain/treatments.ts";
import { treatmentsOf } from "../quality/treatment-desk.ts";
import { DEFAULTS, type House, openHouse } from "./raw-world.ts";
import { asFiles, day, smallWorld } from "./worlds.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const campaigns = (...ids: readonly string[]): TreatmentAction => ({
  method: "exclude_campaigns",
  campaigns: ids.flatMap((campaignId) => ["a1", "a2"].map((account) => ({ account, campaignId }))),
});

it("leads from raw to corrected without a rest, in every scope, period and as of any day", async () => {
  const action = fc.constantFrom<TreatmentAction>(
    campaigns("c1"),
    campaigns("c3", "c4"),
    { method: "exclude_rows", rows: [{ table: "insights", fileId: 2, lines: [[2, 9]] }] },
    { method: "exclude_rows", rows: [{ table: "campaign_leads", fileId: 3, lines: [[2, 6]] }] },
    {
      method: "scale",
      factor: 0.37,
      series: ["c2", "c3"].map((campaignId) => ({
        account: campaignId === "c2" ? "a1" : "a2",
        campaignId,
        entity: null,
        measures: ["spend_minor"],
        from: null,
        until: null,
      })),
    },
  );
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.array(action, { maxLength: 4 }),
      fc.constantFrom<Scope["accounts"]>("all", ["a1"], ["a2"]),
      fc.record({
        from: fc.constantFrom("all", day(3)),
        asOf: fc.constantFrom(undefined, day(6)),
        campaign: fc.constantFrom([], ["c1", "c3"]),
      }),
      async (world, actions, accounts, query) => {
        await house.settle(asFiles(world), DEFAULTS, treatmentsOf(...actions));
        const { spend, leads, steps } = await house.queries.waterfall(SelectionQuery.parse(query), {
          accounts,
        });
        const moved = steps.reduce((sum, step) => sum + (step.spendMinor ?? 0), 0);
        const lost = steps.reduce((sum, step) => sum + step.leads, 0);
        expect(spend.deduplicated === null).toBe(spend.corrected === null);
        expect((spend.deduplicated ?? 0) + (spend.corrected === null ? 0 : moved)).toBe(
          spend.corrected ?? 0,
        );
        if (leads.corrected !== null)
          expect((leads.deduplicated ?? 0) + lost).toBe(leads.corrected);
        expect(leads.raw ?? 0).toBeGreaterThanOrEqual(leads.deduplicated ?? 0);
      },
    ),
    { numRuns: 25 },
  );
}, 300_000);

it("names each rule once, in the order of acceptance", async () => {
  const [one, two, three] = treatmentsOf(campaigns("c1"), campaigns("c2"), campaigns("c3"));
  if (!one || !two || !three) throw new Error("three treatments are made");
  const world = {
    insights: ["c1", "c2", "c3"].map((campaign_id, i) => ({
      level: "ad_set",
      campaign_id,
      ad_set_id: campaign_id,
      day: day(2),
      spend_minor: 100 * (i + 1),
    })),
    campaign_leads: [],
    lead_status_changes: [],
  };
  await house.settle(asFiles(world), DEFAULTS, [one, two, { ...three, rule: one.rule }]);
  const { steps } = await house.queries.waterfall(SelectionQuery.parse({ from: "all" }), {
    accounts: "all",
  });
  expect(steps).toEqual([
    { rule: "rule-1", spendMinor: -400, leads: 0 },
    { rule: "rule-2", spendMinor: -200, leads: 0 },
  ]);
});
