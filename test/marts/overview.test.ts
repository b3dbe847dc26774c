import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAMPAIGN_SORTS } from "../../src/contract/campaigns.ts";
import type { SelectionQuery } from "../../src/contract/common.ts";
import { LEAD_SORTS } from "../../src/contract/leads.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { type House, openHouse, type RawRow, type RawWorld } from "./raw-world.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const ALL: SelectionQuery = {
  from: "all",
  account: [],
  project: [],
  campaign: [],
  basis: "corrected",
};

/** The list of leads, unfiltered. */
const LEADS = { ...ALL, status: [], offset: 0 };

const insight = (
  line: number,
  campaign: string,
  day: string,
  spend: number,
  more: RawRow = {},
): RawRow => ({
  file_id: 2,
  line,
  level: "ad_set",
  campaign_id: campaign,
  ad_set_id: `${campaign}-s`,
  day,
  spend_minor: spend,
  impressions: spend * 10,
  clicks: spend / 100,
  reach: spend * 5,
  ...more,
});

const lead = (
  line: number,
  id: string,
  campaign: string,
  at: string,
  status: string | null,
  more: RawRow = {},
): RawRow => ({
  file_id: 3,
  line,
  lead_id: id,
  campaign_id: campaign,
  added_at: `${at} 12:00:00`,
  lead_status: status,
  ...more,
});

/** Three campaigns of two accounts over May and June; c3 never delivered, c2 spent without a lead in May. */
const WORLD: RawWorld = {
  campaigns: [
    {
      campaign_id: "c1",
      account_id: "a1",
      project_name: "Palm",
      campaign_name: "Spring",
      daily_budget_minor: 5000,
    },
    {
      campaign_id: "c2",
      account_id: "a2",
      project_name: "Reef",
      start_time: "2024-05-02 00:00:00",
    },
    {
      campaign_id: "c3",
      account_id: "a2",
      project_name: "قصر النيل",
      start_time: "2024-05-03 00:00:00",
    },
  ].map((row) => ({ file_id: 1, ...row })),
  insights: [
    insight(2, "c1", "2024-05-01", 1000),
    insight(3, "c1", "2024-05-01", 1000), // an exact copy
    insight(4, "c1", "2024-06-10", 3000),
    insight(5, "c2", "2024-05-20", 500),
  ],
  campaign_leads: [
    lead(2, "l1", "c1", "2024-05-01", "QUALIFIED", { name: "Mona Ali", phone: "01012345678" }),
    lead(3, "l2", "c1", "2024-05-02", "UNKNOWN", { name: "أحمد سمير", email: "ahmed@example.org" }),
    lead(4, "l3", "c1", "2024-06-11", "NOT_QUALIFIED"),
    lead(5, "l4", "c2", "2024-06-12", "DONE_DEAL"),
    lead(6, "l5", "c2", "2024-06-12", "ODD"),
    lead(7, "l6", "c2", "2024-06-12", null),
  ],
  lead_status_changes: [
    { lead_id: "l1", status: "NEW_LEAD", changed_at: "2024-05-01 13:00:00" },
    { lead_id: "l1", status: "QUALIFIED", changed_at: "2024-07-15 09:00:00" },
    { lead_id: "l6", status: "MEETING_DONE", changed_at: "2024-06-13 09:00:00" },
  ].map((row, i) => ({ file_id: 4, line: i + 2, ...row })),
};

const byId = async (selection: SelectionQuery, scope = EVERYTHING as typeof EVERYTHING) => {
  const answer = await house.queries.kpis(selection, scope);
  return { answer, kpi: Object.fromEntries(answer.kpis.map((kpi) => [kpi.id, kpi])) };
};

describe("a world small enough to count by hand", () => {
  beforeEach(() => house.settle(WORLD));

  it("counts 6 leads: 3 qualified or beyond, 1 undecided, 1 of unmapped status and so not judged", async () => {
    const { answer, kpi } = await byId(ALL);
    expect(kpi.spend).toMatchObject({ value: 4500, raw: 5500, n: null, low: null, previous: null });
    expect(kpi.leads?.value).toBe(6);
    // l1 qualified, l4 won, l6 has no status in its table and a meeting in the log.
    expect(kpi.qualified?.value).toBe(3);
    expect(kpi.meetings?.value).toBe(2);
    expect(kpi.deals?.value).toBe(1);
    expect(kpi.conversionRate).toMatchObject({ value: 3 / 4, n: 4 });
    expect(kpi.undecidedShare).toMatchObject({ value: 1 / 6, n: 6 });
    expect(kpi.cpql).toMatchObject({ value: 1500, n: 3, unit: "money" });
    expect(kpi.cpql?.low).toBeCloseTo(4500 / 8.767273, 2);
    // l1 was logged as qualified 75 days after it arrived: ever, but not within 30 days.
    expect(kpi.qualifiedEverLogged?.value).toBe(2);
    expect(kpi.qualifiedWithinHorizon?.value).toBe(1);
    expect(kpi.revenue).toMatchObject({ value: null, missing: "not_recorded" });
    expect(kpi.roas).toMatchObject({ value: null, missing: "not_recorded" });
    expect(answer.unmappedStatuses).toEqual([{ status: "ODD", rows: 1 }]);
    expect(answer.campaigns).toEqual({
      total: 3,
      delivered: 2,
      neverDelivered: 1,
      spendNoLead: 0,
      spendNoLeadMinor: 0,
    });
  });

  it("says undefined, not 0, and bounds the cost of what was never bought from below", async () => {
    const { kpi, answer } = await byId({ ...ALL, from: "2024-05-15", to: "2024-05-31" });
    expect(kpi.cpl).toMatchObject({ value: null, n: 0, high: null, missing: "no_denominator" });
    expect(kpi.cpl?.low).toBeCloseTo(500 / 3.688879, 3);
    expect(kpi.conversionRate).toMatchObject({ value: null, low: null, missing: "no_denominator" });
    expect(answer.campaigns).toMatchObject({ spendNoLead: 1, spendNoLeadMinor: 500 });
  });

  it("opens on the 30 days that end with the last spend and its leads, and compares them with the 30 before", async () => {
    const { answer, kpi } = await byId({ ...ALL, from: undefined });
    // c1 spent until 10 June and its lead came a day later; the leads of 12 June came weeks after c2's last spend.
    expect(answer.frame.period).toEqual({ from: "2024-05-13", to: "2024-06-11", days: 30 });
    expect(answer.frame.previous).toBeNull(); // the data begin on 1 May, 30 days before would be 14 April
    expect(kpi.leads?.change).toBeNull();
    const later = await byId({ ...ALL, from: "2024-06-01", to: "2024-06-30" });
    expect(later.answer.frame.previous).toEqual({ from: "2024-05-02", to: "2024-05-31", days: 30 });
    expect(later.kpi.leads).toMatchObject({ value: 4, previous: 1, change: 3 });
    expect(later.kpi.spend).toMatchObject({ value: 3000, previous: 500, change: 5 });
    // Filters do not move the default period.
    const narrow = await byId({ ...ALL, from: undefined, campaign: ["c3"] });
    expect(narrow.answer.frame.period).toEqual(answer.frame.period);
  });

  it("refuses a period that ends before it begins", async () => {
    await expect(byId({ ...ALL, from: "2024-06-02", to: "2024-06-01" })).rejects.toMatchObject({
      code: "BAD_PERIOD",
    });
  });

  it("lets a credential see its accounts and nothing else, whatever the filter says", async () => {
    const scope = { accounts: ["a2"] };
    const { kpi, answer } = await byId({ ...ALL, account: ["a1", "a2"] }, scope as never);
    expect(kpi.spend?.value).toBe(500);
    expect(kpi.leads?.value).toBe(3);
    expect(answer.frame.period.from).toBe("2024-05-20");
    expect((await byId({ ...ALL, account: ["a1"] }, scope as never)).kpi.leads?.value).toBeNull();
    const none = await byId(ALL, { accounts: [] } as never);
    expect(none.kpi.leads?.value).toBeNull();
    const facets = await house.queries.facets(scope);
    expect(facets.accounts).toEqual([{ id: "a2", campaigns: 2 }]);
    expect(facets.projects.map((one) => one.name).sort()).toEqual(["Reef", "قصر النيل"]);
    const list = { ...LEADS, sort: "arrival", order: "asc", limit: 10 } as const;
    expect((await house.leads.leads(list, scope)).items.map((row) => row.leadId)).toEqual([
      "l4",
      "l5",
      "l6",
    ]);
    const rows = await house.queries.rows(
      { ...ALL, kpi: "spend", dropped: true, limit: 10 },
      scope,
    );
    expect(rows.total).toBe(0);
    const trend = await house.queries.trend({ ...ALL, grain: "month" }, scope);
    expect(trend.spendMinor).toEqual([500, null]);
    const sums = await house.queries.breakdown(
      { ...ALL, by: "account", sort: "spend", limit: 5 },
      scope,
    );
    expect(sums.items.map((item) => item.id)).toEqual(["a2"]);
    expect((await house.queries.funnel(ALL, scope)).leads).toBe(3);
    const campaigns = await house.queries.campaigns(
      { ...ALL, sort: "spend", order: "desc", limit: 10 },
      scope,
    );
    expect(campaigns.items.map((row) => row.campaignId)).toEqual(["c2", "c3"]);
  });

  it("looks back: on 15 May lead l1 was new, and nobody had judged it", async () => {
    const { kpi, answer } = await byId({ ...ALL, asOf: "2024-05-15" });
    expect(answer.frame.period).toEqual({ from: "2024-05-01", to: "2024-05-02", days: 2 });
    expect(kpi.spend?.value).toBe(1000);
    expect([kpi.leads?.value, kpi.qualified?.value, kpi.undecidedShare?.value]).toEqual([2, 0, 1]);
  });

  it("shows a day without any row as a gap, and a day with delivery only as no lead", async () => {
    const trend = await house.queries.trend(
      { ...ALL, from: "2024-05-01", to: "2024-05-20", grain: "day" },
      EVERYTHING,
    );
    expect(trend.start.length).toBe(20);
    expect([trend.spendMinor[0], trend.leads[0]]).toEqual([1000, 1]);
    expect([trend.spendMinor[1], trend.leads[1]]).toEqual([null, 1]);
    expect([trend.spendMinor[5], trend.leads[5]]).toEqual([null, null]);
    expect([trend.spendMinor[19], trend.leads[19]]).toEqual([500, 0]);
    // 30 days before the last day of the data, 12 June: from 14 May on leads may still convert.
    expect(trend.immature.indexOf(true)).toBe(13);
  });

  it("begins weeks on Sunday in Cairo, and a bucket never reaches out of the period", async () => {
    const trend = await house.queries.trend(
      { ...ALL, from: "2024-05-01", to: "2024-05-20", grain: "week" },
      EVERYTHING,
    );
    expect(trend.start).toEqual(["2024-05-01", "2024-05-05", "2024-05-12", "2024-05-19"]);
  });

  it("ties out: the groups shown, the rest and the total are one sum", async () => {
    const answer = await house.queries.breakdown(
      { ...ALL, by: "project", sort: "spend", limit: 1 },
      EVERYTHING,
    );
    expect(answer.items).toMatchObject([
      { id: "Palm", campaigns: 1, spendMinor: 4000, leads: 3, qualified: 1, cpqlMinor: 4000 },
    ]);
    expect(answer.rest).toMatchObject({ groups: 1, spendMinor: 500, leads: 3 });
    expect(answer.total).toMatchObject({ spendMinor: 4500, leads: 6, cplMinor: 750 });
  });

  it("puts stages in order, each with all that went further, and the rest beside", async () => {
    const funnel = await house.queries.funnel(ALL, EVERYTHING);
    expect(funnel.stages.map((one) => [one.stage, one.at, one.reached])).toEqual([
      ["new", 0, 3],
      ["attempting", 0, 3],
      ["engaged", 0, 3],
      ["qualified", 1, 3],
      ["meeting", 1, 2],
      ["won", 1, 1],
    ]);
    expect(funnel.beside).toEqual([
      { stage: "lost", at: 1 },
      { stage: "invalid", at: 0 },
      { stage: "unknown", at: 1 },
      { stage: "unmapped", at: 1 },
    ]);
  });

  it("pages through campaigns and leads in every order without losing or repeating a row", async () => {
    for (const order of ["asc", "desc"] as const) {
      for (const sort of CAMPAIGN_SORTS) {
        const whole = await house.queries.campaigns({ ...ALL, sort, order, limit: 10 }, EVERYTHING);
        const ids: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await house.queries.campaigns(
            { ...ALL, sort, order, limit: 1, ...(cursor ? { cursor } : {}) },
            EVERYTHING,
          );
          ids.push(...page.items.map((row) => row.campaignId));
          expect(page.totals).toEqual(whole.totals);
          cursor = page.next ?? undefined;
        } while (cursor);
        expect({ sort, order, ids }).toEqual({
          sort,
          order,
          ids: whole.items.map((row) => row.campaignId),
        });
        expect(new Set(ids).size).toBe(3);
      }
      for (const sort of LEAD_SORTS) {
        const whole = await house.leads.leads({ ...LEADS, sort, order, limit: 10 }, EVERYTHING);
        const ids: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await house.leads.leads(
            { ...LEADS, sort, order, limit: 2, ...(cursor ? { cursor } : {}) },
            EVERYTHING,
          );
          ids.push(...page.items.map((row) => row.leadId));
          cursor = page.next ?? undefined;
        } while (cursor);
        expect({ sort, order, ids }).toEqual({
          sort,
          order,
          ids: whole.items.map((row) => row.leadId),
        });
        expect(new Set(ids).size).toBe(6);
      }
    }
    await expect(
      house.queries.campaigns(
        { ...ALL, sort: "spend", order: "desc", limit: 1, cursor: "bm90aGluZw" },
        EVERYTHING,
      ),
    ).rejects.toMatchObject({ code: "BAD_CURSOR" });
  });

  it("sorts what is unknown last, up and down", async () => {
    for (const order of ["asc", "desc"] as const) {
      const { items } = await house.queries.campaigns(
        { ...ALL, sort: "cpql", order, limit: 10 },
        EVERYTHING,
      );
      expect(items.at(-1)?.campaignId).toBe("c3");
    }
  });

  it("finds campaigns by id, name and project, in Arabic in any spelling", async () => {
    const find = async (search: string) =>
      (
        await house.queries.campaigns(
          { ...ALL, search, sort: "campaign", order: "asc", limit: 10 },
          EVERYTHING,
        )
      ).items.map((row) => row.campaignId);
    expect(await find("SPRING")).toEqual(["c1"]);
    expect(await find("reef")).toEqual(["c2"]);
    expect(await find("C3")).toEqual(["c3"]);
    expect(await find("النيل")).toEqual(["c3"]);
    expect(await find("nowhere")).toEqual([]);
  });

  it("finds leads by id, name, address, and phone digits however they are written", async () => {
    const find = async (search: string) =>
      (
        await house.leads.leads(
          { ...LEADS, search, sort: "arrival", order: "asc", limit: 10 },
          EVERYTHING,
        )
      ).items.map((row) => row.leadId);
    for (const phone of [
      "01012345678",
      "+20 10 1234 5678",
      "0020 1012345678",
      "٠١٠١٢٣٤٥٦٧٨",
      "1234-5678",
    ]) {
      expect({ phone, found: await find(phone) }).toEqual({ phone, found: ["l1"] });
    }
    expect(await find("mona")).toEqual(["l1"]);
    expect(await find("احمد")).toEqual(["l2"]);
    expect(await find("AHMED@example")).toEqual(["l2"]);
    expect(await find("l4")).toEqual(["l4"]);
  });

  it("keeps one stage of leads on request, unmapped ones too, and knows no other", async () => {
    const list = { ...LEADS, sort: "arrival", order: "asc", limit: 10 } as const;
    expect(
      (await house.leads.leads({ ...list, stage: "won" }, EVERYTHING)).items.map(
        (row) => row.leadId,
      ),
    ).toEqual(["l4"]);
    expect((await house.leads.leads({ ...list, stage: "unmapped" }, EVERYTHING)).total).toBe(1);
    await expect(
      house.leads.leads({ ...list, stage: "x' OR true --" }, EVERYTHING),
    ).rejects.toMatchObject({ code: "UNKNOWN_STAGE" });
    await expect(
      house.queries.rows({ ...ALL, kpi: "luck", dropped: false, limit: 1 }, EVERYTHING),
    ).rejects.toMatchObject({ code: "UNKNOWN_KPI" });
  });

  it("leads from a number to the line of the file, and says why a line does not count", async () => {
    const rows = await house.queries.rows(
      { ...ALL, kpi: "spend", dropped: false, limit: 10 },
      EVERYTHING,
    );
    expect(rows).toMatchObject({
      total: 3,
      value: 4500,
      formula: { over: "spendMinor", under: null, scale: 1 },
    });
    expect(rows.items[0]).toEqual({
      table: "insights",
      file: "insights.csv",
      line: 2,
      importId: "i2",
      dropped: null,
      cells: {
        level: "ad_set",
        campaign_id: "c1",
        ad_set_id: "c1-s",
        day: "2024-05-01",
        spend_minor: 1000,
        impressions: 10000,
        clicks: 10,
        reach: 5000,
      },
    });
    const lost = await house.queries.rows(
      { ...ALL, kpi: "spend", dropped: true, limit: 10 },
      EVERYTHING,
    );
    expect(lost.items).toMatchObject([{ line: 3, dropped: "exact_duplicate" }]);
  });
});

it("adds no money of two currencies, and still counts", async () => {
  await house.settle(WORLD, readDefinitions([{ accounts: { a2: { currency: "AED" } } }], "test"));
  const { answer, kpi } = await byId(ALL);
  expect(answer.frame.currency).toBeNull();
  expect(kpi.spend).toMatchObject({ value: null, raw: null, missing: "mixed_currency" });
  expect(kpi.cpql).toMatchObject({ value: null, low: null, missing: "mixed_currency" });
  expect(kpi.leads?.value).toBe(6);
  const trend = await house.queries.trend({ ...ALL, grain: "month" }, EVERYTHING);
  expect(trend.spendMinor).toEqual([null, null]);
  const one = await byId({ ...ALL, project: ["Reef"] });
  expect(one.answer.frame).toMatchObject({ currency: "AED", currencyDecimals: 2 });
  expect(one.kpi.spend?.value).toBe(500);
});

it("puts tax and fee on the all-in cost only, per account", async () => {
  await house.settle(
    WORLD,
    readDefinitions([{ accounts: { a1: { taxRate: 0.14, feeRate: 0.1 } } }], "test"),
  );
  const { kpi } = await byId(ALL);
  expect(kpi.spend?.value).toBe(4500);
  // 1000 and 3000 × 1.254, rounded per campaign and day; 500 of the other account untaxed.
  expect(kpi.spendAllIn?.value).toBe(1254 + 3762 + 500);
  expect(kpi.cplAllIn?.value).toBe(5516 / 6);
});

it("counts contracts as revenue until they are cancelled, and only where deals are known", async () => {
  await house.settle({
    ...WORLD,
    deals: [
      { lead_id: "l4", stage: "Contract", value_minor: 90000, deal_date: "2024-06-20" },
      {
        lead_id: "l5",
        stage: "contract",
        value_minor: 50000,
        deal_date: "2024-06-21",
        cancelled_at: "2024-07-01 00:00:00",
      },
      { lead_id: "l6", stage: "reservation", value_minor: 7000, deal_date: "2024-06-21" },
    ].map((row, i) => ({ file_id: 6, line: i + 2, ...row })),
  });
  const known = await byId({ ...ALL, account: ["a2"] });
  expect(known.kpi.revenue?.value).toBe(90000);
  expect(known.kpi.roas?.value).toBe(90000 / 500);
  const before = await byId({ ...ALL, account: ["a2"], asOf: "2024-06-30" });
  expect(before.kpi.revenue?.value).toBe(140000);
  // Account a1 has no deals table: the sum over both is not known.
  expect((await byId(ALL)).kpi.revenue).toMatchObject({ value: null, missing: "not_recorded" });
  const rows = await house.queries.rows(
    { ...ALL, account: ["a2"], kpi: "revenue", dropped: false, limit: 10 },
    EVERYTHING,
  );
  expect(rows.items.map((row) => row.cells.value_minor)).toEqual([90000]);
});

it("has an answer for an empty house", async () => {
  await house.settle({});
  const facets = await house.queries.facets(EVERYTHING);
  expect(facets).toEqual({
    accounts: [],
    projects: [],
    firstDay: null,
    lastDay: null,
    endDay: null,
    defaultPeriod: null,
    empty: true,
  });
  const { answer, kpi } = await byId({ ...ALL, from: undefined });
  expect(answer.frame.period.days).toBe(0);
  expect([kpi.leads?.value, kpi.ctr?.value]).toEqual([null, null]);
  expect((await house.queries.trend({ ...ALL, grain: "day" }, EVERYTHING)).start).toEqual([]);
  const none = { ...ALL, sort: "spend", order: "desc", limit: 10 } as const;
  expect(await house.queries.campaigns(none, EVERYTHING)).toMatchObject({
    items: [],
    total: 0,
    next: null,
  });
  expect(
    (await house.queries.breakdown({ ...ALL, by: "project", sort: "spend", limit: 3 }, EVERYTHING))
      .items,
  ).toEqual([]);
  expect(
    (await house.queries.rows({ ...ALL, kpi: "cpl", dropped: false, limit: 3 }, EVERYTHING)).total,
  ).toBe(0);
});

it("tells rows that wait for their account only to who sees everything", async () => {
  await house.settle({ insights: [insight(2, "c9", "2024-05-01", 100)] });
  expect((await byId(ALL)).answer.unresolved).toEqual({ insights: 1, leads: 0, statusChanges: 0 });
  expect((await byId(ALL, { accounts: ["a1"] } as never)).answer.unresolved.insights).toBe(0);
});

it("answers while it is rebuilt, each answer from one state of the data", async () => {
  await house.settle(WORLD);
  let building = true;
  const seen = new Set<string>();
  const reading = (async () => {
    while (building) {
      const { kpi } = await byId(ALL);
      const list = await house.queries.campaigns(
        { ...ALL, sort: "spend", order: "desc", limit: 10 },
        EVERYTHING,
      );
      seen.add(`${kpi.spend?.value} ${kpi.leads?.value}`);
      expect([3, 1]).toContain(list.total);
    }
  })();
  const small: RawWorld = {
    campaigns: WORLD.campaigns?.slice(0, 1) ?? [],
    insights: WORLD.insights?.slice(0, 1) ?? [],
  };
  for (let i = 0; i < 4; i++) await house.settle(i % 2 === 0 ? small : WORLD);
  building = false;
  await reading;
  for (const state of seen) expect(["4500 6", "1000 null"]).toContain(state);
});
