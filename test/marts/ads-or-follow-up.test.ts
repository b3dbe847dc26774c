import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AdsOrFollowUpQuery } from "../../src/contract/explore.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { costGap, costSplit, costVerdict } from "../../src/marts/cost-verdict.ts";
import { type House, openHouse, type RawRow } from "./raw-world.ts";
import { fact, haveReal, loadRealTables } from "./real-tables.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ask = (query: Record<string, unknown> = {}) =>
  house.queries.adsOrFollowUp(AdsOrFollowUpQuery.parse({ from: "all", ...query }), EVERYTHING);

/** A campaign with its spend and its leads: judged ones beyond the good are bad, the others new. */
interface Made {
  readonly id: string;
  readonly account: string;
  readonly spend: number;
  readonly leads: number;
  readonly judged: number;
  readonly good: number;
  readonly project?: string;
  readonly day?: string;
}

function tables(made: readonly Made[]) {
  const day = (one: Made) => one.day ?? "2024-05-01";
  return {
    campaigns: made.map(({ id, account, project }, i) => ({
      campaign_id: id,
      account_id: account,
      project_name: project ?? null,
      file_id: 1,
      line: i + 2,
    })),
    insights: made.map((one, i) => ({
      level: "ad_set",
      campaign_id: one.id,
      ad_set_id: `s${one.id}`,
      day: day(one),
      spend_minor: one.spend,
      file_id: 2,
      line: i + 2,
    })),
    campaign_leads: made
      .flatMap((one): RawRow[] =>
        Array.from({ length: one.leads }, (_, n) => ({
          lead_id: `${one.id}-${n}`,
          campaign_id: one.id,
          added_at: `${day(one)} 10:00:00`,
          lead_status: n < one.good ? "QUALIFIED" : n < one.judged ? "NOT_QUALIFIED" : "NEW_LEAD",
        })),
      )
      .map((row, i) => ({ ...row, file_id: 3, line: i + 2 })),
  };
}

it("tells dear ads, leads that nobody judged, and bad leads apart, each in money", async () => {
  const usual = { account: "a1", spend: 100_000, leads: 100, judged: 80, good: 40 };
  await house.settle(
    tables([
      { ...usual, id: "usual1" },
      { ...usual, id: "usual2" },
      { ...usual, id: "usual3" },
      { ...usual, id: "dear", spend: 400_000 },
      { ...usual, id: "uncalled", judged: 16, good: 8 },
      { ...usual, id: "bad", good: 4 },
      { ...usual, id: "tiny", spend: 3_000, leads: 3, judged: 2, good: 0 },
    ]),
  );
  const answer = await ask();
  const byId = new Map(answer.items.map((item) => [item.id, item]));
  expect(Object.fromEntries([...byId].map(([id, { verdict }]) => [id, verdict]))).toMatchObject({
    dear: "ads",
    uncalled: "follow_up",
    bad: "lead_quality",
    usual1: "in_line",
    tiny: "too_little",
  });
  const dear = byId.get("dear");
  expect(dear?.gap?.cplMinor).toBeGreaterThan(0);
  expect(dear?.norm).toMatchObject({ leads: 603, judged: 418, qualified: 172 });
  // 100,000 for 4 qualified leads above the norm's cost is more money than 100,000 for 8, and 400,000 for 40 more still.
  expect(answer.items.slice(0, 3).map(({ id }) => id)).toEqual(["dear", "bad", "uncalled"]);
  expect(answer.total).toMatchObject({ spendMinor: 903_000, leads: 603, qualified: 172 });
  expect(answer.noQualified).toMatchObject({
    campaigns: 1,
    judgedBad: { campaigns: 1, leads: 3, spendMinor: 3_000 },
    neverJudged: { campaigns: 0, leads: 0, spendMinor: 0 },
  });
});

it("holds a project against its own account, and an account against its own past or its like", async () => {
  const day = "2024-05-20";
  const past = "2024-05-10";
  const base = { leads: 40, judged: 30, good: 10 };
  await house.settle(
    tables([
      { ...base, id: "c1", account: "a1", project: "Palm", spend: 1000, day },
      { ...base, id: "c2", account: "a1", project: "Reef", spend: 3000, day },
      { ...base, id: "c3", account: "a2", project: "Palm", spend: 8000, day },
      { ...base, id: "c4", account: "a1", project: "Palm", spend: 500, day: past },
    ]),
  );
  const projects = await ask({ by: "project", from: day, to: day });
  expect(
    projects.items.map(({ name, account, norm }) => [name, account, norm?.spendMinor]).sort(),
  ).toEqual([
    ["Palm", "a1", 4000],
    ["Palm", "a2", 8000],
    ["Reef", "a1", 4000],
  ]);
  const narrowed = await ask({ by: "project", project: "Palm", from: day, to: day });
  expect(narrowed.items.find((one) => one.account === "a1")?.norm?.spendMinor).toBe(4000);

  const everyone = await ask({ by: "account" });
  expect(everyone.items.map(({ norm }) => norm?.spendMinor)).toEqual([12_500, 12_500]);
  const periods = await ask({ by: "account", from: "2024-05-16", to: "2024-05-21" });
  const own = periods.items.find(({ id }) => id === "a1");
  expect(own?.norm).toMatchObject({ spendMinor: 500, leads: 40 });
  expect(own?.gap?.judgedMinor).toBeCloseTo(0, 9);
  expect(periods.items.find(({ id }) => id === "a2")?.norm).toBeNull();
});

it("says nothing of accounts whose leads or spend nobody knows, and lists no more than asked for", async () => {
  const both = { account: "a1", leads: 5, judged: 3, good: 1, spend: 100 };
  const { insights, ...rest } = tables([
    { ...both, id: "c1" },
    { ...both, id: "c2" },
    { ...both, id: "c3" },
    { ...both, id: "c4", account: "a2", leads: 0, spend: 999 },
  ]);
  await house.settle({ ...rest, insights });
  const answer = await ask({ limit: 2 });
  expect(answer.items).toHaveLength(2);
  expect(answer.more).toBe(1);
  expect(answer.total.spendMinor).toBe(300);
});

const sums = fc
  .record({
    spendMinor: fc.integer({ min: 1, max: 1e9 }),
    leads: fc.integer({ min: 1, max: 5000 }),
    a: fc.double({ min: 0.001, max: 1, noNaN: true }),
    b: fc.double({ min: 0.001, max: 1, noNaN: true }),
  })
  .map(({ spendMinor, leads, a, b }) => {
    const judged = Math.max(1, Math.round(leads * a));
    return { spendMinor, leads, judged, qualified: Math.max(1, Math.round(judged * b)) };
  });

it("multiplies back to the cost of a qualified lead, and the parts of a gap add up to it", () => {
  fc.assert(
    fc.property(sums, sums, (one, other) => {
      const [here, norm] = [costSplit(one), costSplit(other)];
      const product =
        ((here.cplMinor.value as number) * 1) /
        (here.judgedShare.value as number) /
        (here.qualifiedOfJudged.value as number);
      const cpql = here.cpqlMinor.value as number;
      expect(Math.abs(product - cpql)).toBeLessThanOrEqual(1e-9 * cpql);
      const gap = costGap(here, norm);
      const total = (gap?.cplMinor ?? 0) + (gap?.judgedMinor ?? 0) + (gap?.qualifiedMinor ?? 0);
      const normCpql = norm.cpqlMinor.value as number;
      expect(Math.abs(total - (cpql - normCpql))).toBeLessThanOrEqual(
        1e-9 * Math.max(cpql, normCpql),
      );
      expect(costVerdict(norm, norm)).not.toMatch(/ads|follow_up|lead_quality/);
    }),
  );
});

it.skipIf(!haveReal)(
  "finds the campaigns without a qualified lead in the real tables",
  async () => {
    await house.build(async (session) => {
      await session.run(
        "DELETE FROM raw.files; DELETE FROM raw.campaigns; DELETE FROM raw.insights",
      );
      await session.run("DELETE FROM raw.campaign_leads; DELETE FROM raw.lead_status_changes");
      await loadRealTables(session);
    });
    const told = fact<{ campaigns: number; leads: number; spend: number; undecided_pct: number }>(
      "leads_no_qualified",
    );
    const { noQualified } = await ask({ basis: "deduplicated" });
    expect(noQualified).toMatchObject({
      campaigns: told.campaigns,
      leads: told.leads,
      spendMinor: Math.round(told.spend * 100),
    });
    expect(Math.round((noQualified.undecidedShare as number) * 1000) / 10).toBe(told.undecided_pct);
    const { judgedBad, neverJudged } = noQualified;
    expect(judgedBad.campaigns + neverJudged.campaigns).toBe(told.campaigns);
    expect((judgedBad.spendMinor ?? 0) + (neverJudged.spendMinor ?? 0)).toBe(
      noQualified.spendMinor,
    );
  },
  120_000,
);
