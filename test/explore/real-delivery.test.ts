import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/contract/explore.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { DELIVERY_RULES } from "../../src/explore/delivery-rules.ts";
import { findAll, plainFinding } from "../../src/explore/find.ts";
import { openLook } from "../../src/explore/look.ts";
import type { Session } from "../../src/warehouse/warehouse.ts";
import { type House, openHouse } from "../marts/raw-world.ts";
import { fact, haveReal, loadRealTables, REAL } from "../marts/real-tables.ts";

if (!haveReal) console.warn("skipped: ../shared/data/leadsmart/facts.json is not here");

/** How the list of facts explains one. */
function meaningOf(id: string): string {
  const { facts } = JSON.parse(readFileSync(path.join(REAL, "facts.json"), "utf8")) as {
    facts: { id: string; means: string }[];
  };
  return facts.find((one) => one.id === id)?.means ?? "";
}

const minor = (amount: number) => Math.round(amount * 100);
const said = (amount: number) =>
  amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

async function lookedAt(house: House): Promise<Map<string, Finding>> {
  const look = await openLook(house.warehouse, {
    scope: EVERYTHING,
    definitions: readDefinitions([], "a test"),
  });
  try {
    const { live } = await findAll(look, DELIVERY_RULES);
    return new Map(live.map((one) => [one.rule.id, plainFinding(one)]));
  } finally {
    await look.close();
  }
}

describe.skipIf(!haveReal)("what delivery tells about itself", () => {
  let house: House;
  let found: Map<string, Finding>;
  beforeAll(async () => {
    house = await openHouse();
    await house.build(loadRealTables);
    found = await lookedAt(house);
  }, 60_000);
  afterAll(() => house?.close());

  const sentence = (id: string) => found.get(id)?.sentence.en ?? "";

  it("the six series of running totals, and no other, with what was really spent", () => {
    const six = fact<{ campaign_id: number; reported: number }[]>("cumulative_campaigns");
    const finding = found.get("cumulative-series");
    expect(finding?.items.map((item) => Number(item.id)).sort()).toEqual(
      six.map((one) => one.campaign_id).sort(),
    );
    expect(finding?.severity).toBe("critical");
    for (const { campaign_id, reported } of six) {
      const item = finding?.items.find((one) => one.id === String(campaign_id));
      expect(item?.detail?.en).toContain(`${said(reported)} reported`);
    }
    const { spend } = fact<{ spend: number }>("totals_deduplicated");
    const corrected = minor(spend) + (finding?.proposals[0]?.spendMinor ?? 0);
    // The list of facts says in words what is left, and what a lead costs then.
    const words = meaningOf("cumulative_campaigns");
    const about = Number(/about ([\d.]+)M/.exec(words)?.[1]);
    expect(corrected / 1e8).toBeCloseTo(about, 2);
    const costs = [...words.matchAll(/(\d{4,}) about (\d+)/g)];
    expect(costs.length).toBeGreaterThan(1);
    for (const [, id, cost] of costs) {
      const detail = finding?.items.find((item) => item.id === id)?.detail?.en ?? "";
      const told = Number(/cost per lead EGP\s([\d.]+)/.exec(detail)?.[1]);
      expect(Math.abs(told - Number(cost)), id).toBeLessThan(1);
    }
  });

  it("duplicates and keys with two figures", () => {
    const { insights, log } = fact<{ insights: number; log: number }>("exact_duplicates");
    expect(found.get("exact-duplicates")?.rows).toBe(insights + log);
    expect(found.get("exact-duplicates")?.moneyMinor).toBe(
      minor(fact<number>("spend_raw")) -
        minor(fact<{ spend: number }>("totals_deduplicated").spend),
    );
    expect(found.get("conflicting-keys")?.rows).toBe(fact("conflicting_keys"));
    expect(found.get("clicks-over-impressions")?.rows).toBe(fact("clicks_over_impressions"));
  });

  it("spend after the stop, the running totals set apart", () => {
    const { campaigns, spend } = fact<{ campaigns: number; spend: number }>("spend_after_stop");
    expect(found.get("spend-after-stop")).toMatchObject({
      itemsTotal: campaigns,
      moneyMinor: minor(spend),
    });
    expect(sentence("spend-after-stop")).toContain(
      `other ${campaigns - fact<unknown[]>("cumulative_campaigns").length} campaigns`,
    );
  });

  it("campaigns that never delivered, that brought nobody, and nobody fit", () => {
    expect(found.get("never-delivered")?.rows).toBe(fact("campaigns_never_delivered"));
    const none = fact<{ campaigns: number; spend: number }>("campaigns_spend_no_lead");
    expect(found.get("spend-no-lead")).toMatchObject({
      rows: none.campaigns,
      moneyMinor: minor(none.spend),
    });
    const unfit = fact<{ campaigns: number; leads: number; spend: number; undecided_pct: number }>(
      "leads_no_qualified",
    );
    expect(found.get("leads-no-qualified")).toMatchObject({
      rows: unfit.campaigns,
      leads: unfit.leads,
      moneyMinor: minor(unfit.spend),
    });
    expect(sentence("leads-no-qualified")).toContain(`${unfit.undecided_pct}% of these leads`);
  });

  it("names that need cleaning, and what budgets of all time add up to", () => {
    const { n, distinct_names } = fact<{ n: number; distinct_names: number }>(
      "project_names_unclean",
    );
    expect(sentence("project-spelling")).toContain(
      `${n} campaign rows carry ${distinct_names} project names`,
    );
    expect(sentence("live-budget")).toContain(said(fact<number>("daily_budget_sum_all_time")));
    const live = fact<{ campaigns: number; budget: number | null }[]>("live_budget");
    const most = Math.max(...live.map((one) => one.budget ?? 0));
    expect(sentence("live-budget")).toContain(said(most));
    expect(sentence("budget-meaning")).toMatch(/0\.\d{3} of their daily budget/);
  });

  it("finds the same where ids, days, money and accounts are others", async () => {
    const other = await openHouse();
    const disguised = async (session: Session) => {
      await loadRealTables(session);
      await session.run(`
        UPDATE raw.campaigns SET campaign_id = 'k' || (campaign_id::INT * 3 + 7), account_id = 'shop ' || account_id,
          daily_budget_minor = daily_budget_minor * 13, start_time = start_time - INTERVAL 401 DAY,
          stop_time = stop_time - INTERVAL 401 DAY;
        UPDATE raw.insights SET campaign_id = 'k' || (campaign_id::INT * 3 + 7), ad_set_id = 'set-' || ad_set_id,
          day = day - 401, spend_minor = spend_minor * 13;
        UPDATE raw.campaign_leads SET campaign_id = 'k' || (campaign_id::INT * 3 + 7), added_at = added_at - INTERVAL 401 DAY;
        UPDATE raw.lead_status_changes SET changed_at = changed_at - INTERVAL 401 DAY`);
    };
    try {
      await other.build(disguised);
      const again = await lookedAt(other);
      expect([...again.keys()].sort()).toEqual([...found.keys()].sort());
      for (const [id, finding] of again) {
        const before = found.get(id);
        expect([id, finding.rows, finding.itemsTotal, finding.leads, finding.severity], id).toEqual(
          [id, before?.rows, before?.itemsTotal, before?.leads, before?.severity],
        );
        if (before?.moneyMinor) {
          expect((finding.moneyMinor ?? 0) / (13 * before.moneyMinor), id).toBeCloseTo(1, 3);
        }
      }
    } finally {
      await other.close();
    }
  }, 60_000);
});
