/** The portfolio over small worlds: a hand-worked one, and laws against the Overview's own numbers. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { PortfolioAnswer } from "../../src/contract/portfolio.ts";
import { type Definitions, readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING, type Scope } from "../../src/domain/scope.ts";
import { createPortfolioQuestions } from "../../src/marts/portfolio-questions.ts";
import { targetStanding } from "../../src/marts/portfolio-target.ts";
import { DEFAULTS, type House, openHouse, type RawRow } from "./raw-world.ts";
import { asFiles, smallWorld } from "./worlds.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const WHOLE = {
  from: "all" as const,
  account: [],
  project: [],
  campaign: [],
  basis: "corrected" as const,
};

let house: House;
let inForce: Definitions = DEFAULTS;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ask = (query: object = {}, scope: Scope = EVERYTHING): Promise<PortfolioAnswer> =>
  createPortfolioQuestions({
    warehouse: house.warehouse,
    definitions: () => inForce,
  }).portfolio({ ...WHOLE, ...query }, scope);

const settle = async (world: Parameters<House["settle"]>[0], definitions = DEFAULTS) => {
  inForce = definitions;
  await house.settle(world, definitions);
};

const campaign = (id: string, account: string, currency: string | null = null): RawRow => ({
  campaign_id: id,
  account_id: account,
  currency,
});
const spent = (id: string, day: string, minor: number): RawRow => ({
  level: "campaign",
  campaign_id: id,
  day,
  spend_minor: minor,
});
const arrived = (id: string, lead: string, day: string, status: string): RawRow => ({
  lead_id: lead,
  campaign_id: id,
  lead_status: status,
  added_at: `${day} 10:00:00`,
});

/** Nile pays 250 for each of 40 qualified leads; Delta 1000 for its one, and its data end four days earlier. */
const TWO_ACCOUNTS = {
  campaigns: [campaign("n", "nile"), campaign("d", "delta")],
  insights: [
    spent("n", "2024-03-01", 100_000),
    spent("n", "2024-03-11", 999_990),
    spent("n", "2024-03-20", 10),
    spent("d", "2024-03-01", 50_000),
    spent("d", "2024-03-12", 99_990),
    spent("d", "2024-03-16", 10),
  ],
  campaign_leads: [
    arrived("n", "n-before", "2024-03-02", "QUALIFIED"),
    ...Array.from({ length: 40 }, (_, i) => arrived("n", `n${i}`, "2024-03-11", "QUALIFIED")),
    ...Array.from({ length: 10 }, (_, i) => arrived("n", `new${i}`, "2024-03-12", "NEW_LEAD")),
    arrived("d", "d-before", "2024-03-02", "SPAM"),
    arrived("d", "d1", "2024-03-12", "QUALIFIED"),
  ],
};
const TARGETS = readDefinitions(
  [
    {
      default: { targetCostPerQualified: 600 },
      accounts: { nile: { targetCostPerQualified: 100, taxRate: 0.14 } },
    },
  ],
  "test",
);
const TEN_DAYS = { from: "2024-03-11", to: "2024-03-20" };

it("holds each account against its own target, all-in, and says where chance alone may explain it", async () => {
  await settle(asWorld(TWO_ACCOUNTS), TARGETS);
  const { items, totals } = await ask(TEN_DAYS);
  const [nile, delta] = items;
  expect(nile).toMatchObject({
    account: "nile",
    spendMinor: 1_000_000,
    spendAllInMinor: 1_140_000,
    leads: 50,
    judged: 40,
    qualified: 40,
    cplMinor: { value: 20_000, n: 50 },
    cpqlAllInMinor: { value: 28_500, n: 40 },
    judgedShare: { value: 0.8, n: 50 },
    neverContacted: 10,
    neverContactedMinor: 200_000,
    // 1,140,000 − 40 × 10,000
    target: { targetMinor: 10_000, verdict: "above", apart: 1.85, overMinor: 740_000 },
    behindDays: 0,
    stale: false,
  });
  // One qualified lead for 1000: the interval goes from 179 to 39,498, with the target of 600 inside.
  expect(delta).toMatchObject({
    account: "delta",
    qualified: 1,
    target: { targetMinor: 60_000, verdict: "unsure", overMinor: 40_000 },
    lastDay: "2024-03-16",
    behindDays: 4,
    stale: true,
  });
  expect(totals).toMatchObject({
    spendMinor: 1_100_000,
    spendAllInMinor: 1_240_000,
    leads: 51,
    qualified: 41,
    neverContacted: 10,
  });
});

it("compares with the days before, and names who needs somebody first", async () => {
  await settle(asWorld(TWO_ACCOUNTS), TARGETS);
  const { frame, items, needs, needsRankedBy } = await ask(TEN_DAYS);
  expect(frame.previous).toEqual({ from: "2024-03-01", to: "2024-03-10", days: 10 });
  expect(items[0]?.change).toEqual({
    spend: 9,
    leads: 49,
    qualified: 39,
    cpql: 28_500 / 114_000 - 1,
  });
  expect(items[1]?.change).toEqual({ spend: 1, leads: 0, qualified: null, cpql: null });
  expect(needsRankedBy).toBe("money");
  expect(
    needs.map(({ account, reasons }) => [account, reasons.map(({ why, n }) => [why, n])]),
  ).toEqual([
    [
      "nile",
      [
        ["over_target", 40],
        ["never_contacted", 10],
      ],
    ],
    ["delta", [["stale", 4]]],
  ]);
});

it("adds no money of two currencies, and then ranks by the share of each account's own spend", async () => {
  const campaigns = [campaign("n", "nile", "EGP"), campaign("d", "delta", "USD")];
  const insights = TWO_ACCOUNTS.insights.map((row) => ({ ...row, currency: null }));
  await settle(
    asWorld({ ...TWO_ACCOUNTS, campaigns, insights }),
    readDefinitions([{ accounts: { delta: { currency: "USD" } } }], "test"),
  );
  const { frame, items, totals, needs, needsRankedBy } = await ask(TEN_DAYS);
  expect(frame.currency).toBeNull();
  expect(items.map(({ currency }) => currency).sort()).toEqual(["EGP", "USD"]);
  expect(totals).toMatchObject({
    spendMinor: null,
    spendAllInMinor: null,
    neverContactedMinor: null,
    cplMinor: { value: null },
    leads: 51,
    qualified: 41,
  });
  expect(needsRankedBy).toBe("share");
  expect(needs[0]).toMatchObject({ account: "nile", reasons: [{ share: 0.2 }] });
});

it("shows nobody an account beyond the scope, and one account alone as well", async () => {
  await settle(asWorld(TWO_ACCOUNTS));
  const own = await ask({}, { ...EVERYTHING, accounts: ["delta"] });
  expect(own.items.map(({ account }) => account)).toEqual(["delta"]);
  expect(own.totals.leads).toBe(2);
  expect(own.items[0]).toMatchObject({ behindDays: 0, stale: false, target: null });
  expect((await ask({}, { ...EVERYTHING, accounts: [] })).items).toEqual([]);
});

it("lets accounts sum to the whole, exactly, as the Overview tells it, on every basis", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.constantFrom("corrected" as const, "deduplicated" as const, "raw" as const),
      fc.constantFrom<object>({}, { from: "2024-03-04", to: "2024-03-09" }, { project: ["Palm"] }),
      async (world, basis, narrowing) => {
        await settle(asFiles(world));
        const { items, totals } = await ask({ ...narrowing, basis });
        const { kpis } = await house.queries.kpis({ ...WHOLE, ...narrowing, basis }, EVERYTHING);
        const value = (id: string) => kpis.find((kpi) => kpi.id === id)?.value ?? 0;
        expect(totals.spendMinor ?? 0).toBe(value("spend"));
        expect(totals.leads ?? 0).toBe(value("leads"));
        expect(totals.qualified ?? 0).toBe(value("qualified"));
        for (const name of [
          "spendMinor",
          "leads",
          "judged",
          "qualified",
          "neverContacted",
        ] as const)
          expect(items.reduce((sum, row) => sum + (row[name] ?? 0), 0)).toBe(totals[name] ?? 0);
        for (const row of items) {
          const drawn = (line: readonly (number | null)[]) =>
            line.reduce<number>((sum, one) => sum + (one ?? 0), 0);
          expect(drawn(row.spendTrend)).toBe(row.spendMinor ?? 0);
          if (row.qualified !== null) expect(drawn(row.qualifiedTrend)).toBe(row.qualified);
        }
      },
    ),
    { numRuns: 25 },
  );
});

it("says above or within only where the interval of the cost leaves the target out", () => {
  const cost = (low: number | null, high: number | null, n: number) => ({
    value: n === 0 ? null : 100,
    n,
    low,
    high,
  });
  expect(targetStanding(50, cost(60, 160, 10), 1000)?.verdict).toBe("above");
  expect(targetStanding(200, cost(60, 160, 10), 1000)?.verdict).toBe("within");
  expect(targetStanding(100, cost(60, 160, 10), 1000)?.verdict).toBe("unsure");
  // Nobody qualified, and still the spend is more than chance allows at that target.
  expect(targetStanding(50, cost(270, null, 0), 1000)).toMatchObject({
    verdict: "above",
    apart: null,
    overMinor: 1000,
  });
  expect(targetStanding(50, { value: null, n: null, low: null, high: null }, 1000)).toBeNull();
  expect(targetStanding(50, cost(null, null, 0), 0)).toBeNull();
});

/** One file per table, as an import leaves them. */
function asWorld(world: {
  readonly campaigns: readonly RawRow[];
  readonly insights: readonly RawRow[];
  readonly campaign_leads: readonly RawRow[];
}) {
  const { campaigns, ...rest } = world;
  return asFiles({ ...rest, lead_status_changes: [] }, campaigns);
}
