import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OverviewReport } from "../../src/report/overview-report.ts";
import { leadsmart } from "../cli/terminal.ts";
import { fact, present, REAL_TABLES } from "./facts.ts";

interface Totals {
  spend: number;
  impressions: number;
  clicks: number;
  ctr_percent: number;
  cpc: number;
  cpm: number;
  leads: number;
  cpl: number;
}

describe.skipIf(!present)("the real tables, from files to the report", () => {
  let folder = "";
  let home = "";
  let report: OverviewReport;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "leadsmart-real-"));
    home = path.join(folder, "home");
    const ran = await leadsmart(["import", REAL_TABLES, "--home", home, "--json"]);
    expect(ran.err).toBe("");
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).import.state).toBe("done");
    report = JSON.parse((await leadsmart(["report", "--home", home, "--json"])).out);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const table = (name: string) => report.data.tables.find((one) => one.table === name);

  it("reads every row and rejects none", () => {
    const rows = fact<Record<string, number>>("rows");
    expect(table("campaigns")?.rowsAccepted).toBe(rows.campaigns);
    expect(table("insights")?.rowsAccepted).toBe(rows.insights);
    expect(table("campaign_leads")?.rowsAccepted).toBe(rows.leads);
    expect(table("lead_status_changes")?.rowsAccepted).toBe(rows.log);
    expect(report.data.rejects).toBe(0);
    expect(report.data.tables.every((one) => one.unresolved === 0)).toBe(true);
    expect(report.allTime.unmappedStatuses).toEqual([]);
  });

  it("finds the exact duplicates and the conflicting keys", () => {
    const duplicates = fact<{ insights: number; log: number }>("exact_duplicates");
    expect(table("insights")?.exactDuplicates).toBe(duplicates.insights);
    expect(table("lead_status_changes")?.exactDuplicates).toBe(duplicates.log);
    expect(report.data.conflictingInsightKeys).toBe(fact("conflicting_keys"));
  });

  it("gives the totals, raw and deduplicated, to the digit", () => {
    const totals = fact<Totals>("totals_deduplicated");
    for (const basis of ["deduplicated", "corrected"] as const) {
      const kpis = report.totals[basis];
      expect(kpis.spend).toBe(Math.round(totals.spend * 100));
      expect(kpis.impressions).toBe(totals.impressions);
      expect(kpis.clicks).toBe(totals.clicks);
      expect(kpis.leads).toBe(totals.leads);
      expect(((kpis.ctr ?? 0) * 100).toFixed(3)).toBe(totals.ctr_percent.toFixed(3));
      expect(((kpis.cpc ?? 0) / 100).toFixed(3)).toBe(totals.cpc.toFixed(3));
      expect(((kpis.cpm ?? 0) / 100).toFixed(2)).toBe(totals.cpm.toFixed(2));
      expect(((kpis.cpl ?? 0) / 100).toFixed(2)).toBe(totals.cpl.toFixed(2));
    }
    expect(report.totals.raw.spend).toBe(Math.round(fact<number>("spend_raw") * 100));
  });

  it("names the three counts of qualified leads apart", () => {
    expect(report.totals.corrected.qualified).toBe(fact("qualified_current"));
    expect(report.totals.corrected.qualifiedWithinHorizon).toBe(fact("qualified_within_30_days"));
    expect(report.totals.corrected.qualifiedEverLogged).toBe(fact("qualified_ever_logged"));
  });

  it("counts campaigns that never delivered, and those that spent without a lead", () => {
    const spent = fact<{ campaigns: number; spend: number }>("campaigns_spend_no_lead");
    expect(report.allTime.campaigns.neverDelivered).toBe(fact("campaigns_never_delivered"));
    expect(report.allTime.campaigns.spendNoLead).toBe(spent.campaigns);
    expect(report.allTime.campaigns.spendNoLeadMinor).toBe(Math.round(spent.spend * 100));
  });

  it("ties out: projects and accounts add up to the total", () => {
    for (const breakdown of [report.projects, report.accounts]) {
      for (const measure of ["spendMinor", "leads", "qualified"] as const) {
        const listed = breakdown.items.reduce((sum, item) => sum + (item[measure] ?? 0), 0);
        expect(listed + (breakdown.rest?.[measure] ?? 0)).toBe(breakdown.total[measure]);
      }
    }
    expect(report.accounts.total.spendMinor).toBe(report.totals.corrected.spend);
  });

  it("is identical when it is rebuilt from the store with another number of threads", async () => {
    const ran = await leadsmart(["lab", "rebuild", "--home", home, "--threads", "1", "--json"]);
    expect(JSON.parse(ran.out)).toMatchObject({ identical: true, sameBasis: true });
    expect(ran.code).toBe(0);
  });

  it("changes nothing when it is imported again", async () => {
    const ran = await leadsmart(["import", REAL_TABLES, "--home", home, "--json"]);
    expect(JSON.parse(ran.out).alreadyImported).toBe(true);
  });

  it("prints the same numbers for a reader", async () => {
    const { out } = await leadsmart(["report", "--home", home]);
    const totals = fact<Totals>("totals_deduplicated");
    expect(out).toContain(
      new Intl.NumberFormat("en", { minimumFractionDigits: 2 }).format(totals.spend),
    );
    expect(out).toContain(new Intl.NumberFormat("en").format(fact<number>("qualified_current")));
  });
});
