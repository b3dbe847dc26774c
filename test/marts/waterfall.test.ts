import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SelectionQuery } from "../../src/contract/common.ts";
import { RowsQuery } from "../../src/contract/overview.ts";
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
        const cards = await house.queries.kpis(SelectionQuery.parse(query), { accounts });
        const card = (id: string) => cards.kpis.find((kpi) => kpi.id === id)?.value;
        expect([card("spend"), card("leads")]).toEqual([spend.corrected, leads.corrected]);
        const moved = steps.reduce((sum, step) => sum + (step.spendMinor ?? 0), 0);
        const lost = steps.reduce((sum, step) => sum + step.leads, 0);
        // Null where rows are left that do not tell their spend: then nothing that was told is left.
        expect((spend.deduplicated ?? 0) + moved).toBe(spend.corrected ?? 0);
        if (leads.corrected !== null)
          expect((leads.deduplicated ?? 0) + lost).toBe(leads.corrected);
        expect(leads.raw ?? 0).toBeGreaterThanOrEqual(leads.deduplicated ?? 0);
      },
    ),
    { numRuns: 25 },
  );
}, 300_000);

it("knows no spend, as its card, where every row that counts tells none", async () => {
  const row = { level: "ad_set", campaign_id: "c1", day: day(2), impressions: 40, clicks: 1 };
  await house.settle({
    campaigns: [{ campaign_id: "c1", account_id: "a1" }],
    insights: [
      { ...row, ad_set_id: "x", spend_minor: null },
      { ...row, ad_set_id: "y", day: day(9), spend_minor: 70 },
    ],
  });
  const ask = SelectionQuery.parse({ from: day(1), to: day(5) });
  const { spend } = await house.queries.waterfall(ask, { accounts: "all" });
  const cards = await house.queries.kpis(ask, { accounts: "all" });
  expect(cards.kpis.find((kpi) => kpi.id === "spend")?.value).toBeNull();
  expect(spend).toEqual({ raw: null, deduplicated: null, corrected: null });
});

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

it("shows the rows behind a corrected number as they count, and those that a treatment leaves out beside", async () => {
  const spends = [100, 250, 400];
  const world = {
    insights: spends.map((spend_minor, i) => ({
      level: "ad_set",
      campaign_id: "c1",
      ad_set_id: "s1",
      day: day(i + 1),
      spend_minor,
    })),
    campaign_leads: ["l1", "l2"].map((lead_id) => ({
      lead_id,
      campaign_id: "c1",
      added_at: `${day(2)} 10:00:00`,
    })),
    lead_status_changes: [],
  };
  const span = { account: "a1", campaignId: "c1", entity: null, from: null, until: null };
  const treatments = treatmentsOf(
    { method: "difference", series: [{ ...span, measures: ["spend_minor"] }] },
    { method: "exclude_rows", rows: [{ table: "insights", fileId: 2, lines: [[3, 3]] }] },
    { method: "exclude_leads", leads: [{ account: "a1", leadId: "l2" }] },
  );
  await house.settle(asFiles(world), DEFAULTS, treatments);
  const rows = (query: Record<string, unknown>) =>
    house.queries.rows(RowsQuery.parse({ from: "all", ...query }), { accounts: "all" });

  const counted = await rows({ kpi: "spend" });
  expect(
    counted.items.map(({ line, cells }) => [line, cells.spend_minor, cells.treatment]),
  ).toEqual([
    [2, 100, "t1"],
    [4, 150, "t1"],
  ]);
  expect(counted.value).toBe(250);
  const dropped = await rows({ kpi: "spend", dropped: "true" });
  expect(dropped.items.map((item) => [item.line, item.dropped, item.cells.spend_minor])).toEqual([
    [3, "treatment", 250],
  ]);
  const plain = await rows({ kpi: "spend", basis: "deduplicated" });
  expect(plain.items.map(({ cells }) => cells.spend_minor)).toEqual(spends);
  expect(plain.items.every(({ cells }) => cells.treatment === undefined)).toBe(true);

  const leads = await rows({ kpi: "leads" });
  expect(leads.items.map(({ cells }) => cells.lead_id)).toEqual(["l1"]);
  const left = await rows({ kpi: "leads", dropped: "true" });
  expect(left.items.map(({ dropped, cells }) => [cells.lead_id, dropped])).toEqual([
    ["l2", "treatment"],
  ]);
});
