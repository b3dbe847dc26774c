import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SeriesSpan, TreatmentAction } from "../../src/domain/treatments.ts";
import { digestWarehouse } from "../../src/marts/digest.ts";
import { treatAnew } from "../../src/quality/treatments.ts";
import { totalsOf, treatmentsOf } from "../quality/treatment-desk.ts";
import { DEFAULTS, type House, openHouse } from "./raw-world.ts";
import { asFiles, CAMPAIGNS, day, smallWorld } from "./worlds.ts";

const RUNS = 12;
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const accountOf = (n: number) => (n <= 2 ? "a1" : "a2");
const campaignNumber = fc.integer({ min: 1, max: 4 });
const MEASURES = ["spend_minor", "impressions", "clicks", "reach"] as const;

const spanOf = (campaign: fc.Arbitrary<number>): fc.Arbitrary<SeriesSpan> =>
  fc
    .record({
      n: campaign,
      entity: fc.constantFrom(null, "x", "y"),
      measures: fc.uniqueArray(fc.constantFrom(...MEASURES), { minLength: 1 }),
      from: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
      until: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
    })
    .map(({ n, entity, measures, from, until }) => ({
      account: accountOf(n),
      campaignId: `c${n}`,
      entity: entity === null ? null : `c${n}${entity}`,
      measures,
      from: from === null ? null : day(from),
      until: until === null ? null : day(until),
    }));

/** Any action on the campaigns given. */
const actionOn = (campaign: fc.Arbitrary<number>): fc.Arbitrary<TreatmentAction> =>
  fc.oneof(
    fc.record({
      method: fc.constant("difference" as const),
      series: fc.array(spanOf(campaign), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      method: fc.constant("scale" as const),
      series: fc.array(spanOf(campaign), { minLength: 1, maxLength: 2 }),
      factor: fc.constantFrom(0.01, 0.5, 2, 1.15, 50),
    }),
    fc.record({
      method: fc.constant("swap" as const),
      series: fc.array(spanOf(campaign), { minLength: 1, maxLength: 2 }),
      columns: fc.constantFrom<[(typeof MEASURES)[number], (typeof MEASURES)[number]]>(
        ["clicks", "impressions"],
        ["spend_minor", "reach"],
      ),
    }),
    campaign.map((n) => ({
      method: "exclude_campaigns" as const,
      campaigns: [{ account: accountOf(n), campaignId: `c${n}` }],
    })),
  );

const anyAction: fc.Arbitrary<TreatmentAction> = fc.oneof(
  { weight: 3, arbitrary: actionOn(campaignNumber) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 26 }), fc.nat({ max: 4 }))
      .map(([fileId, first, more]) => ({
        method: "exclude_rows" as const,
        rows: [
          {
            table: fileId === 2 ? ("insights" as const) : ("campaign_leads" as const),
            fileId,
            lines: [[first, first + more] as [number, number]],
          },
        ],
      })),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 14 }).map((n) => ({
      method: "exclude_leads" as const,
      leads: ["a1", "a2"].map((account) => ({ account, leadId: `l${n}` })),
    })),
  },
);

const tables = (digests: Awaited<ReturnType<typeof digestWarehouse>>) =>
  Object.fromEntries(Object.entries(digests).filter(([name]) => name !== "marts.built"));

it("raw and deduplicated totals never move, and the effects lead from one basis to the other exactly", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.array(anyAction, { minLength: 1, maxLength: 4 }),
      async (world, actions) => {
        await house.settle(asFiles(world, CAMPAIGNS));
        const [raw, plain] = [await totalsOf(house, "raw"), await totalsOf(house, "deduplicated")];
        const before = tables(await digestWarehouse(house.warehouse));

        await house.build(undefined, DEFAULTS, treatmentsOf(...actions));
        expect(await totalsOf(house, "raw")).toEqual(raw);
        expect(await totalsOf(house, "deduplicated")).toEqual(plain);
        const corrected = await totalsOf(house, "corrected");
        const effects = await house.warehouse.first<{ spend: number; leads: number }>(
          `SELECT coalesce(sum(spend_minor), 0)::BIGINT AS spend, coalesce(sum(leads), 0)::BIGINT AS leads
           FROM marts.treatment_effects`,
        );
        expect(plain.spend + (effects?.spend ?? 0)).toBe(corrected.spend);
        expect(plain.leads + (effects?.leads ?? 0)).toBe(corrected.leads);
        const treated = tables(await digestWarehouse(house.warehouse));
        await house.build(undefined, DEFAULTS, treatmentsOf(...actions));
        expect(tables(await digestWarehouse(house.warehouse))).toEqual(treated);

        await house.build();
        expect(tables(await digestWarehouse(house.warehouse))).toEqual(before);
      },
    ),
    { numRuns: RUNS },
  );
}, 300_000);

it("treating anew comes to the same as building all again, whatever was in force before", async () => {
  const merge = fc.constant<TreatmentAction>({
    method: "merge_projects",
    merges: [{ account: null, from: ["Reef"], into: "Palm" }],
  });
  const actions = fc.array(fc.oneof({ weight: 6, arbitrary: anyAction }, merge), { maxLength: 2 });
  const staging = async () =>
    Object.entries(await digestWarehouse(house.warehouse)).filter(([name]) =>
      name.startsWith("staging."),
    );
  await fc.assert(
    fc.asyncProperty(smallWorld, actions, actions, async (world, before, after) => {
      await house.settle(asFiles(world, CAMPAIGNS), DEFAULTS, treatmentsOf(...before));
      const done = await house.warehouse.write((session) =>
        treatAnew(session, treatmentsOf(...after)),
      );
      const merged = [...before, ...after].some(({ method }) => method === "merge_projects");
      expect(done).toBe(!merged);
      if (!done) return;
      const anew = await staging();
      await house.build(undefined, DEFAULTS, treatmentsOf(...after));
      expect(await staging()).toEqual(anew);
    }),
    { numRuns: RUNS },
  );
}, 300_000);

it("treatments of different campaigns give the same numbers in any order", async () => {
  const marts = async () => {
    const digests = await digestWarehouse(house.warehouse);
    return ["campaign_day", "lead_outcome", "campaign_total"].map(
      (name) => digests[`marts.${name}`],
    );
  };
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      actionOn(fc.constantFrom(1, 3)),
      actionOn(fc.constant(2)),
      actionOn(fc.constant(4)),
      async (world, one, two, three) => {
        await house.settle(asFiles(world, CAMPAIGNS), DEFAULTS, treatmentsOf(one, two, three));
        const straight = await marts();
        await house.build(undefined, DEFAULTS, treatmentsOf(three, two, one));
        expect(await marts()).toEqual(straight);
      },
    ),
    { numRuns: RUNS },
  );
}, 300_000);

it("differencing keeps the last running total of every run, and no more", async () => {
  const values = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(values, values, async (one, other) => {
      const runs = [one, other];
      const insights = runs.flatMap((series, set) =>
        series.map((spend_minor, i) => ({
          level: "ad_set",
          campaign_id: "c1",
          ad_set_id: `s${set}`,
          day: day(i + 1),
          spend_minor,
          impressions: 10,
          file_id: 2,
          line: 2 + set * 20 + i,
        })),
      );
      const action: TreatmentAction = {
        method: "difference",
        series: [
          {
            account: "a1",
            campaignId: "c1",
            entity: null,
            measures: ["spend_minor"],
            from: null,
            until: null,
          },
        ],
      };
      const campaigns = [{ campaign_id: "c1", account_id: "a1", file_id: 1, line: 2 }];
      await house.settle({ campaigns, insights }, DEFAULTS, treatmentsOf(action));
      const ends = runs.flatMap((series) =>
        series.filter((value, i) => {
          const next = series[i + 1];
          return next === undefined || next * 50 < value * 49;
        }),
      );
      const kept = ends.reduce((sum, value) => sum + value, 0);
      expect((await totalsOf(house, "corrected")).spend).toBe(kept);
    }),
    { numRuns: RUNS },
  );
}, 300_000);
