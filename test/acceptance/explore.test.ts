import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { withHome } from "../../bench/explore/examine.ts";
import { systemClock } from "../../src/base/clock.ts";
import type { ExploreReport, Finding } from "../../src/contract/explore.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { explore } from "../../src/workflows/explore.ts";
import { exploreFiles } from "../../src/workflows/explore-files.ts";
import { fact, present, REAL_TABLES } from "./facts.ts";

const n = (value: number) => value.toLocaleString("en");
const pounds = (value: number) =>
  value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const month = (text: string) =>
  new Date(`${text}-01T00:00:00Z`).toLocaleString("en", {
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

describe.skipIf(!present)("what exploring says of the real tables by itself", () => {
  let report: ExploreReport;
  beforeAll(async () => {
    report = await withHome(REAL_TABLES, (workspace) =>
      explore(workspace, { scope: EVERYTHING, asOf: null }),
    );
  }, 120_000);

  const finding = (rule: string): Finding => {
    const found = report.findings.find((one) => one.rule === rule);
    if (!found) throw new Error(`nothing of ${rule}: ${report.findings.map((one) => one.rule)}`);
    return found;
  };
  /** Sentences part a currency from its amount by a space that does not break. */
  const plain = (text: string | undefined) => (text ?? "").replaceAll("\u00A0", " ");
  const said = (rule: string) => plain(finding(rule).sentence.en);
  const insight = (id: string) =>
    report.insights.find((one) => one.id === id)?.sentence.en ?? `no insight ${id}`;
  const column = (table: string) => report.tables.find((one) => one.table.includes(table));

  it("counts the rows of every table", () => {
    const rows = fact<Record<string, number>>("rows");
    const duplicates = fact<Record<string, number>>("exact_duplicates");
    expect(column("campaigns")?.rows).toBe(rows.campaigns);
    expect(column("insights")?.rows).toBe((rows.insights ?? 0) - (duplicates.insights ?? 0));
  });

  it("tells the exact duplicates and the conflicting keys", () => {
    const duplicates = fact<{ insights: number; log: number }>("exact_duplicates");
    expect(finding("exact-duplicates").rows).toBe(duplicates.insights + duplicates.log);
    expect(finding("conflicting-keys").itemsTotal).toBe(fact("conflicting_keys"));
  });

  it("leads from the raw spend to the deduplicated one", () => {
    const raw = Math.round(fact<number>("spend_raw") * 100);
    const { spend } = fact<{ spend: number }>("totals_deduplicated");
    expect(report.waterfall?.spend.raw).toBe(raw);
    expect(report.waterfall?.steps[0]?.spendMinor).toBe(Math.round(spend * 100) - raw);
  });

  it("finds exactly the campaigns whose rows are running totals, with what they report and what they cost", () => {
    const known = fact<{ campaign_id: number; reported: number }[]>("cumulative_campaigns");
    const found = finding("cumulative-series");
    expect(found.severity).toBe("critical");
    expect(found.items.map((item) => item.id).sort()).toEqual(
      known.map((one) => String(one.campaign_id)).sort(),
    );
    for (const { campaign_id, reported } of known) {
      const detail = found.items.find((item) => item.id === String(campaign_id))?.detail?.en;
      expect(plain(detail)).toContain(`EGP ${pounds(reported)} reported`);
    }
    // The list of facts names these figures in words.
    const { facts } = JSON.parse(readFileSync(path.join(REAL_TABLES, "facts.json"), "utf8"));
    const words = facts.find((one: { id: string }) => one.id === "cumulative_campaigns").means;
    const millions = Number(/about ([\d.]+)M/.exec(words)?.[1]);
    const until = /(\d+) only until (\S+?)\)/.exec(words);
    expect((report.waterfall?.proposed.spendMinor ?? 0) / 1e8).toBeCloseTo(millions, 2);
    for (const [, campaign, cpl] of words.matchAll(
      /(?:of|and of) (\d+) (?:about|is about) (\d+)/g,
    )) {
      const detail = found.items.find((item) => item.id === campaign)?.detail?.en;
      expect(Math.floor(Number(/cost per lead EGP ([\d.]+)/.exec(plain(detail))?.[1]))).toBe(
        Number(cpl),
      );
    }
    const last = new Date(`${until?.[2]}T00:00:00Z`);
    expect(found.items.find((item) => item.id === until?.[1])?.detail?.en).toContain(
      `${last.getUTCDate()} ${month((until?.[2] ?? "").slice(0, 7))}, daily afterwards`,
    );
  });

  it("tells spend after the stop, before nothing came of it, and campaigns that never delivered", () => {
    const late = fact<{ campaigns: number; spend: number }>("spend_after_stop");
    expect(finding("spend-after-stop").itemsTotal).toBe(late.campaigns);
    expect(finding("spend-after-stop").moneyMinor).toBe(Math.round(late.spend * 100));
    const barren = fact<{ campaigns: number; spend: number }>("campaigns_spend_no_lead");
    expect(finding("spend-no-lead").rows).toBe(barren.campaigns);
    expect(finding("spend-no-lead").moneyMinor).toBe(Math.round(barren.spend * 100));
    expect(finding("never-delivered").rows).toBe(fact("campaigns_never_delivered"));
    expect(finding("clicks-over-impressions").rows).toBe(fact("clicks_over_impressions"));
  });

  it("tells leads without a qualified one, and which of them nobody judged", () => {
    const known = fact<{ campaigns: number; leads: number; spend: number; undecided_pct: number }>(
      "leads_no_qualified",
    );
    const { noQualified } = report.adsOrFollowUp ?? {};
    expect(noQualified?.campaigns).toBe(known.campaigns);
    expect(noQualified?.leads).toBe(known.leads);
    expect(noQualified?.spendMinor).toBe(Math.round(known.spend * 100));
    expect(((noQualified?.undecidedShare ?? 0) * 100).toFixed(1)).toBe(String(known.undecided_pct));
    expect(report.insights[0]?.id).toBe("ads-or-follow-up");
    expect(insight("ads-or-follow-up")).toContain(n(known.campaigns));
    expect(said("leads-no-qualified")).toContain(pounds(known.spend));
  });

  it("tells the first month of the status log, and what a lead without a log carries", () => {
    const months = fact<{ m: string; pct: number }[]>("logged_share_by_arrival_month");
    const first = months.find((one) => one.pct >= 50)?.m ?? "";
    expect(said("logging-start")).toContain(`starts in ${month(first)}`);
    for (const { m, pct } of months.filter((one) => one.m < first)) {
      expect(finding("logging-start").items.find((item) => item.id === m)?.detail?.en).toContain(
        `${pct}%`,
      );
    }
    for (const { lead_status, n: leads } of fact<{ lead_status: string; n: number }[]>(
      "unlogged_leads_by_status",
    )) {
      expect(finding("unknown-status").items.find((item) => item.id === lead_status)?.leads).toBe(
        leads,
      );
    }
  });

  it("tells the bulk edits, the substring trap and the never touched", () => {
    const bulk = fact<{ in_bulk: number; all: number; pct: number; largest: number }>(
      "bulk_qualified",
    );
    for (const figure of [n(bulk.in_bulk), n(bulk.all), `${bulk.pct}%`, n(bulk.largest)])
      expect(said("bulk-edits")).toContain(figure);
    const trap = fact<{ leads: number; only_not_qualified: number }>("substring_positives");
    expect(said("substring-trap")).toContain(n(trap.leads));
    expect(finding("substring-trap").rows).toBe(trap.only_not_qualified);
    const idle = fact<{ never_touched: number; logged_leads: number; pct: number }>(
      "never_touched_share",
    );
    expect(finding("never-touched").rows).toBe(idle.never_touched);
    expect(finding("never-touched").of).toBe(idle.logged_leads);
    expect(insight("never-called")).toContain(`${idle.pct}%`);
    expect(insight("speed-to-lead")).toContain(`${fact("first_touch_median_hours")} h`);
  });

  it("tells the fall of the share of qualified leads from month to month", () => {
    for (const { m, leads, pct } of fact<{ m: string; leads: number; pct: number }[]>(
      "qualified_rate_by_arrival_month",
    )) {
      const detail = finding("label-drift").items.find((item) => item.id === m)?.detail?.en ?? "";
      expect(detail).toContain(n(leads));
      expect(Math.abs(Number(/([\d.]+)%/.exec(detail)?.[1]) - pct)).toBeLessThanOrEqual(0.051);
    }
  });

  it("tells budgets of ended campaigns from the live one", () => {
    expect(said("live-budget")).toContain(n(fact("daily_budget_sum_all_time")));
    const times = fact<{ t: string; campaigns: number; budget: number | null }[]>("live_budget");
    // The listed peak counts the live campaigns once per campaign that starts in that second, so it is no measure here.
    const most = Math.max(...times.map((one) => one.budget ?? 0));
    expect(said("live-budget")).toContain(n(most));
  });

  it("tells the unclean project names and how thin the evidence of most accounts is", () => {
    const names = fact<{ n: number; distinct_names: number }>("project_names_unclean");
    expect(said("project-spelling")).toContain(
      `${n(names.n)} campaign rows carry ${names.distinct_names} project names`,
    );
    const accounts = fact<{ accounts: number; ge40: number; without_any: number }>(
      "accounts_by_evidence",
    );
    for (const figure of Object.values(accounts))
      expect(insight("thin-evidence")).toContain(n(figure));
  });

  it("alarms nobody about what these tables do not have", () => {
    const critical = report.findings
      .filter((one) => one.severity === "critical")
      .map((one) => one.rule);
    expect(critical.sort()).toEqual(["bulk-edits", "cumulative-series", "logging-start"]);
    expect(report.insights.length).toBeGreaterThanOrEqual(12);
    expect(report.checked.skipped).toEqual([]);
  });
});

const PUBLIC = path.resolve("../shared/data/public");

describe.skipIf(!existsSync(PUBLIC))("other people's tables", () => {
  const about = (folder: string) =>
    exploreFiles([path.join(PUBLIC, folder)], { clock: systemClock });

  it("x_education: columns that sales fill after the call are suspects", async () => {
    const report = await about("x_education");
    const suspects = report.findings.find((one) => one.rule === "leakage-suspects");
    expect(suspects?.items.map((item) => item.label)).toEqual(
      expect.arrayContaining(["Tags", "Lead Quality"]),
    );
    expect(suspects?.items.map((item) => item.label)).not.toContain("Lead Origin");
  }, 60_000);

  it("kag_facebook and cookie_cats: nothing graver than a column of the outcome is said, every column is told", async () => {
    for (const [folder, columns] of [
      ["kag_facebook", 11],
      ["cookie_cats", 5],
    ] as const) {
      const report = await about(folder);
      const [table] = report.tables;
      expect(table?.columns.length, folder).toBe(columns);
      const grave = report.findings.filter(
        (one) => one.severity === "critical" && one.rule !== "leakage-suspects",
      );
      expect(grave, folder).toEqual([]);
    }
  }, 60_000);
});
