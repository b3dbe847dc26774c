import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/contract/explore.ts";
import { DEFAULT_DEFINITIONS, readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { findAll, plainFinding } from "../../src/explore/find.ts";
import { openLook } from "../../src/explore/look.ts";
import { SALES_RULES } from "../../src/explore/sales-rules.ts";
import { type House, openHouse } from "../marts/raw-world.ts";
import { fact, haveReal, loadRealTables } from "../marts/real-tables.ts";

if (!haveReal) console.warn("skipped: ../shared/data/leadsmart/facts.json is not here");

const count = (n: number) => n.toLocaleString("en");
const percent = (n: number) => `${n}%`;

async function lookedAt(house: House, settings: object): Promise<Map<string, Finding>> {
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([{ default: settings }], "a test"),
  });
  try {
    const { live } = await findAll(look, SALES_RULES);
    return new Map(live.map((one) => [one.rule.id, plainFinding(one)]));
  } finally {
    await look.close();
  }
}

describe.skipIf(!haveReal)("what sales data tell about themselves", () => {
  let house: House;
  let found: Map<string, Finding>;
  beforeAll(async () => {
    house = await openHouse();
    await house.build(loadRealTables);
    found = await lookedAt(house, {});
  });
  afterAll(() => house?.close());

  const said = (id: string) => found.get(id)?.sentence.en ?? "";

  it("the share of the qualifying status entered in bulk, and the largest minute", () => {
    const bulk = fact<{ in_bulk: number; all: number; pct: number; largest: number }>(
      "bulk_qualified",
    );
    expect(said("bulk-edits")).toContain(`${count(bulk.in_bulk)} of ${count(bulk.all)} `);
    expect(said("bulk-edits")).toContain(`(${percent(bulk.pct)})`);
    expect(said("bulk-edits")).toContain(`${bulk.largest} in the largest`);
    expect(found.get("bulk-edits")?.severity).toBe("critical");
  });

  it("the month in which logging starts, and the share logged in every month", () => {
    const months = fact<{ m: string; pct: number }[]>("logged_share_by_arrival_month");
    const start = found.get("logging-start");
    const first = months.find((one) => one.pct >= 50)?.m;
    expect(said("logging-start")).toContain(
      new Date(`${first}-01T00:00:00Z`).toLocaleDateString("en-GB", {
        month: "short",
        year: "numeric",
        timeZone: "UTC",
      }),
    );
    const shares = new Map(
      start?.picture?.x.map((month, i) => [month, start.picture?.series[0]?.values[i] ?? 0]),
    );
    for (const { m, pct } of months) expect(100 * (shares.get(m) ?? 0)).toBeCloseTo(pct, 0.9);
    expect(start?.itemsTotal).toBe(months.filter((one) => one.pct < 50).length);
  });

  it("what the unknown status stands for", () => {
    const statuses = fact<{ lead_status: string; n: number }[]>("unlogged_leads_by_status");
    expect(
      found.get("unknown-status")?.items.map((item) => ({ lead_status: item.id, n: item.rows })),
    ).toEqual(statuses);
    expect(said("unknown-status")).toContain(count(statuses[0]?.n ?? -1));
  });

  it("the share never touched, and how long the others waited", () => {
    const never = fact<{ never_touched: number; logged_leads: number; pct: number }>(
      "never_touched_share",
    );
    expect(found.get("never-touched")).toMatchObject({
      rows: never.never_touched,
      of: never.logged_leads,
    });
    expect(said("never-touched")).toContain(percent(never.pct));
    expect(said("never-touched")).toContain(`${fact<number>("first_touch_median_hours")} h`);
  });

  it("whom a search by part of the text takes for qualified", () => {
    const trap = fact<{ leads: number; only_not_qualified: number }>("substring_positives");
    expect(found.get("substring-trap")?.rows).toBe(trap.only_not_qualified);
    expect(said("substring-trap")).toContain(`finds ${count(trap.leads)} leads`);
  });

  it("the qualified rate by month of arrival", () => {
    const rates = fact<{ leads: number; pct: number }[]>("qualified_rate_by_arrival_month");
    for (const { leads, pct } of rates) {
      expect(said("label-drift")).toContain(`${Number(pct.toFixed(1))}% of ${count(leads)}`);
    }
  });

  it("that contacts are placeholders, once", () => {
    expect(found.get("placeholder-contacts")?.severity).toBe("info");
    expect(found.get("one-person-several-leads")).toBeUndefined();
    expect(found.get("damaged-phones")?.items.map((item) => item.id)).toEqual(["spreadsheet"]);
  });

  it("is quiet about what the tables do not have", () => {
    for (const rule of [
      "status-before-lead",
      "unmapped-statuses",
      "status-spelling",
      "current-vs-log",
      "orphan-rows",
      "future-sales-dates",
      "lead-outage",
      "arrival-bursts",
      "clock-change",
      "damaged-ids",
      "junk-leads",
      "broker-pattern",
      "refused-rows",
      "unusable-emails",
    ]) {
      expect([rule, found.get(rule)?.sentence.en]).toEqual([rule, undefined]);
    }
  });

  it("finds the same with other ids, a year earlier, under other names of the statuses", async () => {
    const other = await openHouse();
    try {
      const statusMap = Object.fromEntries(
        Object.entries(DEFAULT_DEFINITIONS.statusMap).map(([status, stage]) => [
          `${status.toLowerCase()}-x`,
          stage,
        ]),
      );
      await other.build(
        async (session) => {
          await loadRealTables(session);
          await session.run(`
            UPDATE raw.campaigns SET campaign_id = 'k' || campaign_id, account_id = 'A' || account_id,
              daily_budget_minor = daily_budget_minor * 7, start_time = start_time - INTERVAL 12 MONTH,
              stop_time = stop_time - INTERVAL 12 MONTH;
            UPDATE raw.insights SET campaign_id = 'k' || campaign_id, spend_minor = spend_minor * 7,
              day = (day - INTERVAL 12 MONTH)::DATE;
            UPDATE raw.campaign_leads SET lead_id = 'L' || lead_id, campaign_id = 'k' || campaign_id,
              lead_status = lower(lead_status) || '-x', added_at = added_at - INTERVAL 12 MONTH;
            UPDATE raw.lead_status_changes SET lead_id = 'L' || lead_id, status = lower(status) || '-x',
              changed_at = changed_at - INTERVAL 12 MONTH`);
        },
        readDefinitions([{ default: { statusMap } }], "a test"),
      );
      const again = await lookedAt(other, { statusMap });
      const outline = (all: Map<string, Finding>) =>
        [...all].map(([id, one]) => [id, one.severity, one.rows, one.of]).sort();
      expect(outline(again)).toEqual(outline(found));
    } finally {
      await other.close();
    }
  }, 60_000);
});
