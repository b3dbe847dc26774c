import { afterAll, beforeAll, expect, it } from "vitest";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING, type Scope } from "../../src/domain/scope.ts";
import { openLook } from "../../src/explore/look.ts";
import { planProfile } from "../../src/explore/profile/plan.ts";
import { profileTable } from "../../src/explore/profile/profile-table.ts";
import { relationsOf } from "../../src/explore/relations.ts";
import { type House, openHouse, type RawRow } from "../marts/raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function profileOf(scope: Scope = EVERYTHING) {
  const definitions = readDefinitions([], "a test");
  const look = await openLook(house.warehouse, { scope, definitions });
  try {
    const plan = await planProfile(look);
    const tables = [];
    for (const table of plan.tables) tables.push(await profileTable(look.session, table));
    return { tables, relations: await relationsOf(look, plan.related) };
  } finally {
    await look.close();
  }
}

/** Rows go in as one JSON document, so an object is a JSON cell as it stands. */
const json = (value: object) => value as unknown as string;

const lead = (lead_id: string, campaign_id: string, more: RawRow = {}): RawRow => ({
  lead_id,
  campaign_id,
  added_at: "2024-05-01 10:00:00",
  name: `Person ${lead_id}`,
  phone: `+2010000000${lead_id.slice(1)}`,
  lead_status: "NEW_LEAD",
  ...more,
});

const WORLD = {
  campaigns: [
    { campaign_id: "c1", account_id: "a1", daily_budget_minor: 500 },
    { campaign_id: "c2", account_id: "a1", daily_budget_minor: 700 },
    { campaign_id: "c3", account_id: "a2", daily_budget_minor: null },
  ],
  insights: ["s1", "s1", "s2"].map((ad_set_id, i) => ({
    level: "ad_set",
    campaign_id: "c1",
    ad_set_id,
    day: `2024-05-0${i + 1}`,
    spend_minor: 100 * (i + 1),
  })),
  campaign_leads: [
    lead("l1", "c1", { attributes: json({ rooms: 3, moved: "2024-01-05", says: "soon" }) }),
    lead("l2", "c1", { attributes: json({ rooms: 4, moved: "2024-02-05" }) }),
    lead("l3", "c2"),
    lead("l4", "gone"),
  ],
  lead_status_changes: [
    { lead_id: "l1", status: "NEW_LEAD", changed_at: "2024-05-01 10:00:00" },
    { lead_id: "l1", status: "QUALIFIED", changed_at: "2024-05-02 10:00:00" },
    { lead_id: "l9", status: "QUALIFIED", changed_at: "2024-05-02 10:00:00" },
  ],
};

it("relations are checked both ways, also for rows that wait because nobody knows whose they are", async () => {
  await house.settle(WORLD);
  const { relations } = await profileOf();
  const of = (table: string, column: string) =>
    relations.find(({ from }) => from.table === table && from.column === column);
  expect(of("insights", "campaign_id")).toMatchObject({
    cardinality: "one-to-many",
    rows: 3,
    orphans: 0,
    parents: 3,
    childless: 2,
    perParent: [3, 3, 3, 3, 3, 3],
  });
  expect(of("insights", "ad_set_id")).toMatchObject({ rows: 2, parents: 3, childless: 2 });
  expect(of("campaign_leads", "campaign_id")).toMatchObject({
    rows: 4,
    orphans: 1,
    orphanExamples: ["gone"],
    childless: 1,
  });
  expect(of("lead_status_changes", "lead_id")).toMatchObject({
    rows: 3,
    orphans: 1,
    orphanExamples: ["l9"],
    parents: 3,
    childless: 2,
  });
});

it("attributes are columns of their own kinds, and nobody is named", async () => {
  const { tables } = await profileOf();
  const leads = tables.find(({ table }) => table === "campaign_leads");
  const kinds = Object.fromEntries(leads?.columns.map(({ name, kind }) => [name, kind]) ?? []);
  expect(kinds).toMatchObject({
    rooms: "integer",
    moved: "date",
    says: "category",
    phone: "phone",
  });
  expect(leads?.columns.find(({ name }) => name === "rooms")).toMatchObject({ missing: 1 });
  expect(kinds).not.toHaveProperty("form_id");
  expect(JSON.stringify(tables)).not.toMatch(/Person l|\+20100/);
});

it("a profile within a scope knows nothing of other accounts", async () => {
  const { tables, relations } = await profileOf({ accounts: ["a2"] });
  expect(tables.map(({ table, rows }) => [table, rows])).toEqual([["campaigns", 1]]);
  expect(relations).toEqual([]);
});

it("deals of other accounts are no orphans of a scope, and stay unnamed in it", async () => {
  const deals = ["l1", "l5"].map((lead_id) => ({
    lead_id,
    stage: "reserved",
    value_minor: 100_000,
    deal_date: "2024-05-20",
  }));
  await house.settle({
    ...WORLD,
    campaign_leads: [...WORLD.campaign_leads, lead("l5", "c3")],
    deals,
  });
  const { relations } = await profileOf({ accounts: ["a1"] });
  expect(relations.find(({ from }) => from.table === "deals")).toMatchObject({
    rows: 1,
    orphans: 0,
    orphanExamples: [],
  });
});
