import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Comparison } from "../../src/contract/explore.ts";
import { Comparison as ComparisonShape } from "../../src/contract/explore.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { compareLooks } from "../../src/explore/compare.ts";
import { stabilityIndex } from "../../src/explore/compare-drift.ts";
import { type LookOptions, openLook } from "../../src/explore/look.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Side = Pick<LookOptions, "files" | "asOf">;

async function compared(left: Side, right: Side, scope = EVERYTHING): Promise<Comparison> {
  const definitions = readDefinitions([], "a test");
  const one = await openLook(house.warehouse, { scope, definitions, ...left });
  const other = await openLook(house.warehouse, { scope, definitions, ...right });
  try {
    return ComparisonShape.parse(await compareLooks(one, other, { findings: false }));
  } finally {
    await one.close();
    await other.close();
  }
}

const table = (comparison: Comparison, name: string) =>
  comparison.tables.find((one) => one.table === name);

const CAMPAIGNS: readonly RawRow[] = ["c1", "c2", "c3", "c4"].map((campaign_id) => ({
  file_id: 1,
  campaign_id,
  account_id: campaign_id === "c4" ? "a2" : "a1",
  project_name: "Palm",
}));

const day = (file_id: number, campaign_id: string, at: string, spend_minor: number): RawRow => ({
  file_id,
  level: "ad_set",
  campaign_id,
  ad_set_id: `s-${campaign_id}`,
  day: at,
  spend_minor,
  impressions: 1000,
  clicks: 10,
});

describe("two imports", () => {
  it("the same rows in another order differ in nothing", async () => {
    const rows = ["2024-03-01", "2024-03-02", "2024-03-03"].map((at, i) => ({
      at,
      spend: 100 * i,
    }));
    await house.settle({
      campaigns: CAMPAIGNS,
      insights: [
        ...rows.map(({ at, spend }) => day(2, "c1", at, spend)),
        ...[...rows].reverse().map(({ at, spend }) => day(3, "c1", at, spend)),
      ],
    });
    const comparison = await compared({ files: [1, 2] }, { files: [1, 3] });
    for (const each of comparison.tables) {
      expect(each).toMatchObject({ added: 0, removed: 0, changed: 0, examples: { rows: [] } });
      for (const { psi } of each.columns) expect(psi ?? 0).toBe(0);
    }
    expect(comparison.sentences.map(({ en }) => en)).toEqual(["Nothing differs."]);
  });

  it("spend that came later for a month already told of is backfilled, in money and by how many campaigns", async () => {
    const old = ["c1", "c2", "c3", "c4"].flatMap((id) =>
      ["2024-03-01", "2024-03-02", "2024-03-03"].map((at) => day(2, id, at, 10_000)),
    );
    const fresh = [
      ...old
        .map((row): RawRow => ({ ...row, file_id: 3 }))
        .map((row) =>
          row.day === "2024-03-02" && row.campaign_id !== "c4"
            ? { ...row, spend_minor: 14_800 }
            : row,
        ),
      // A day after what the old file told of is growth, not a correction.
      day(3, "c1", "2024-03-04", 99_999),
    ];
    await house.settle({ campaigns: CAMPAIGNS, insights: [...old, ...fresh] });
    const comparison = await compared({ files: [2] }, { files: [3] });
    expect(table(comparison, "insights")).toMatchObject({
      rows: { left: 12, right: 13 },
      added: 1,
      removed: 0,
      changed: 3,
    });
    expect(comparison.totals.find(({ kpi }) => kpi === "spendMinor")).toMatchObject({
      left: 120_000,
      right: 120_000 + 3 * 4800 + 99_999,
    });
    const [first] = comparison.sentences;
    expect(first?.en).toMatch(
      /^3 campaigns' spend of Mar 2024.*\(\+12%\), on 1 day: backfilled\.$/,
    );
    expect(first?.ar).toContain("3 حملات");
    expect(table(comparison, "insights")?.examples.rows[0]).toEqual([
      "changed",
      expect.stringContaining("c1"),
      "spend",
      "10000",
      "14800",
    ]);
  });

  it("nobody sees rows of an account outside the scope", async () => {
    const comparison = await compared({ files: [2] }, { files: [3] }, { accounts: ["a2"] });
    expect(table(comparison, "insights")).toMatchObject({
      rows: { left: 3, right: 3 },
      changed: 0,
    });
    expect(JSON.stringify(comparison)).not.toContain("c1");
  });

  it("leads that moved on, a new status and a phone that went missing are told without naming anyone", async () => {
    const lead = (file_id: number, i: number, more: object) => ({
      file_id,
      lead_id: `l${i}`,
      campaign_id: "c1",
      added_at: "2024-03-01 10:00:00",
      name: `Person ${i}`,
      phone: `+2010000000${i}`,
      lead_status: "NEW_LEAD",
      ...more,
    });
    const eight = Array.from({ length: 8 }, (_, i) => i);
    await house.settle({
      campaigns: CAMPAIGNS,
      campaign_leads: [
        ...eight.map((i) => lead(2, i, {})),
        ...eight.map((i) => lead(3, i, i < 3 ? { lead_status: "QUALIFIED", phone: null } : {})),
      ],
    });
    const comparison = await compared({ files: [2] }, { files: [3] });
    const leads = table(comparison, "campaign_leads");
    expect(leads).toMatchObject({ added: 0, removed: 0, changed: 3 });
    const status = leads?.columns.find(({ name }) => name === "lead_status");
    expect(status).toMatchObject({ newValues: ["QUALIFIED"], goneValues: [] });
    const said = comparison.sentences.map(({ en }) => en).join("\n");
    expect(said).toMatch(/3 leads to .QUALIFIED/);
    expect(said).toMatch(/phone. of leads was missing in 0% of the rows and is now in 37.5%/);
    expect(JSON.stringify(comparison)).not.toMatch(/Person \d|\+2010/);
  });
});

it("two days: what arrived between them is new, and nothing else changed", async () => {
  await house.settle({
    campaigns: CAMPAIGNS,
    insights: ["2024-03-01", "2024-03-02", "2024-03-03"].map((at) => day(2, "c1", at, 500)),
  });
  const comparison = await compared({ asOf: "2024-03-01" }, { asOf: "2024-03-03" });
  expect(comparison.left.label).toBe("2024-03-01");
  expect(table(comparison, "insights")).toMatchObject({ added: 2, removed: 0, changed: 0 });
  const [whole, rows] = comparison.sentences;
  expect(whole?.en).toMatch(/^Spend from EGP\s5\.00 to EGP\s15\.00 \(\+200%\)\.$/);
  expect(rows?.en).toMatch(/^In insights, 2 rows are new/);
});

describe("the stability index", () => {
  it("is 0 for equal shares whatever the size, and as worked by hand for a half that moved", () => {
    expect(stabilityIndex([10, 30], [100, 300])).toBeCloseTo(0, 12);
    // (0.75 − 0.5) ln 1.5 + (0.25 − 0.5) ln 0.5
    expect(stabilityIndex([50, 50], [75, 25])).toBeCloseTo(
      0.25 * Math.log(1.5) + 0.25 * Math.log(2),
      12,
    );
    expect(stabilityIndex([], [])).toBeNull();
  });
});
