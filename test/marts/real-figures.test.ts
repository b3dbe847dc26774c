import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SelectionQuery } from "../../src/contract/common.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { type House, openHouse } from "./raw-world.ts";
import { fact, haveReal, loadRealTables } from "./real-tables.ts";

if (!haveReal) console.warn("skipped: ../shared/data/leadsmart/facts.json is not here");

const ALL: SelectionQuery = {
  from: "all",
  account: [],
  project: [],
  campaign: [],
  basis: "deduplicated",
};

describe.skipIf(!haveReal)("the real tables give the published figures to the digit", () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
    await house.build(loadRealTables);
  });
  afterAll(() => house?.close());

  const kpis = async (basis: SelectionQuery["basis"]) => {
    const answer = await house.queries.kpis({ ...ALL, basis }, EVERYTHING);
    return Object.fromEntries(answer.kpis.map((kpi) => [kpi.id, kpi.value]));
  };
  const count = async (sql: string) => (await house.warehouse.first<{ n: number }>(sql))?.n;

  it("rows of every table", async () => {
    expect({
      campaigns: await count("SELECT count(*) AS n FROM raw.campaigns"),
      insights: await count("SELECT count(*) AS n FROM raw.insights"),
      leads: await count("SELECT count(*) AS n FROM raw.campaign_leads"),
      log: await count("SELECT count(*) AS n FROM raw.lead_status_changes"),
    }).toEqual(fact("rows"));
  });

  it("exact duplicates and conflicting keys", async () => {
    const drops = (table: string) =>
      count(
        `SELECT count(*) AS n FROM staging.drops WHERE table_name = '${table}' AND reason = 'exact_duplicate'`,
      );
    expect({ insights: await drops("insights"), log: await drops("lead_status_changes") }).toEqual(
      fact("exact_duplicates"),
    );
    expect(
      await count("SELECT count(*) AS n FROM staging.drops WHERE reason <> 'exact_duplicate'"),
    ).toBe(0);
    expect(await count("SELECT count(*) AS n FROM staging.conflicts")).toBe(
      fact("conflicting_keys"),
    );
  });

  it("totals without duplicates, on the deduplicated and the corrected basis", async () => {
    const total = fact<Record<string, number>>("totals_deduplicated");
    for (const basis of ["deduplicated", "corrected"] as const) {
      const value = await kpis(basis);
      const round = (x: number | null | undefined, digits: number) =>
        Number((x ?? Number.NaN).toFixed(digits));
      expect({
        spend: (value.spend ?? Number.NaN) / 100,
        impressions: value.impressions,
        clicks: value.clicks,
        ctr_percent: round((value.ctr ?? Number.NaN) * 100, 3),
        cpc: round((value.cpc ?? Number.NaN) / 100, 3),
        cpm: round((value.cpm ?? Number.NaN) / 100, 2),
        leads: value.leads,
        cpl: round((value.cpl ?? Number.NaN) / 100, 2),
      }).toEqual(total);
    }
  });

  it("spend with duplicates on the raw basis", async () => {
    expect(((await kpis("raw")).spend ?? Number.NaN) / 100).toBe(fact("spend_raw"));
    const answer = await house.queries.kpis(ALL, EVERYTHING);
    expect((answer.kpis.find((kpi) => kpi.id === "spend")?.raw ?? Number.NaN) / 100).toBe(
      fact("spend_raw"),
    );
  });

  it("campaigns never delivered, and with spend and no lead", async () => {
    const { campaigns } = await house.queries.kpis(ALL, EVERYTHING);
    expect(campaigns.neverDelivered).toBe(fact("campaigns_never_delivered"));
    expect({
      campaigns: campaigns.spendNoLead,
      spend: (campaigns.spendNoLeadMinor ?? 0) / 100,
    }).toEqual(fact("campaigns_spend_no_lead"));
  });

  it("the three figures of qualified leads under their three names", async () => {
    const value = await kpis("corrected");
    expect(value.qualified).toBe(fact("qualified_current"));
    expect(value.qualifiedWithinHorizon).toBe(fact("qualified_within_30_days"));
    expect(value.qualifiedEverLogged).toBe(fact("qualified_ever_logged"));
  });

  it("leads in the log, leads without a qualified one, accounts by evidence", async () => {
    const touched = fact<{ never_touched: number; logged_leads: number }>("never_touched_share");
    expect(await count("SELECT count(*) FILTER (logged) AS n FROM marts.lead_outcome")).toBe(
      touched.logged_leads,
    );
    expect(
      await count(
        "SELECT count(*) AS n FROM marts.lead_outcome WHERE logged AND first_touch_at IS NULL",
      ),
    ).toBe(touched.never_touched);
    const { items } = await house.queries.breakdown(
      { ...ALL, by: "account", sort: "leads", limit: 100 },
      EVERYTHING,
    );
    const evidence = fact<{ ge40: number }>("accounts_by_evidence");
    expect(items.filter((item) => (item.qualified ?? 0) >= 40).length).toBe(evidence.ge40);
  });

  it("project names lose their invisible characters and outer spaces", async () => {
    const unclean = fact<{ n: number }>("project_names_unclean");
    expect(
      await count(`SELECT count(*) AS n FROM raw.campaigns AS r JOIN staging.campaigns AS s USING (campaign_id)
                   WHERE r.project_name <> s.project_name`),
    ).toBeGreaterThanOrEqual(unclean.n);
    expect(
      await count(`SELECT count(*) AS n FROM staging.campaigns
                   WHERE project_name <> trim(project_name) OR regexp_matches(project_name, '[\\x{200B}-\\x{200F}\\x{FEFF}]')`),
    ).toBe(0);
  });

  it("57 thousand phones are parsed once, and a full rebuild gives the same rows", async () => {
    const phones =
      "SELECT md5(string_agg(p::VARCHAR, ',' ORDER BY phone, region)) AS n FROM staging.phones AS p";
    const before = await count(phones);
    await house.build();
    expect(await count(phones)).toBe(before);
    await house.build((session) => session.run("DELETE FROM staging.phones"));
    expect(await count(phones)).toBe(before);
  });
});
