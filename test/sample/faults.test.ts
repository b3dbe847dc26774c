import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DISPOSABLE_MAIL } from "../../sample/contact.ts";
import { FAULT_CLASSES } from "../../sample/faults.ts";
import { type WorldSummary, writeWorld } from "../../sample/world.ts";
import {
  cell,
  day,
  type Fault,
  groupBy,
  minor,
  type Row,
  readTables,
  readTruth,
  type Tables,
} from "./tables.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "leadsmart-faults-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const STATUSES = new Set(
  "UNKNOWN NEW_LEAD NO_ANSWER SWITCHED_OFF CALL_AGAIN FOLLOW_UP WHATSAPP QUALIFIED HIGH_INTEREST MEETING_DONE DONE_DEAL NOT_QUALIFIED LOW_BUDGET ALREADY_BOUGHT RESALE_REQUEST SPAM WRONG_NUMBER".split(
    " ",
  ),
);
const LAST_DAY = "2026-06-30";
const SCALE = 0.1;

let messy: Tables;
let clean: Tables;
let summary: WorldSummary;
let faults: Map<string, Fault[]>;

beforeAll(async () => {
  summary = await writeWorld({ directory: path.join(root, "messy"), scale: SCALE });
  await writeWorld({ directory: path.join(root, "clean"), scale: SCALE, clean: true });
  messy = readTables(path.join(root, "messy"));
  clean = readTables(path.join(root, "clean"));
  faults = groupBy(readTruth<Fault>(path.join(root, "messy"), "faults"), (fault) => fault.rule);
});

const of = (rule: string) => faults.get(rule) ?? [];
const at = (rows: readonly Row[], line: number) => rows[line - 2] as Row;
const linesOf = (rows: readonly Row[], fault: Fault) =>
  (fault.lines ?? []).map((line) => at(rows, line));
const ofCampaign = (rows: readonly Row[], id: unknown) =>
  rows.filter((row) => cell(row, "campaign_id") === String(id));
const spend = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + minor(row), 0);
const campaign = (id: unknown, tables = messy) =>
  tables.campaigns.find((row) => cell(row, "id") === String(id)) as Row;
const isPhone = (text: string) => parsePhoneNumberFromString(text, "EG")?.isValid() === true;
/** Numbers of the Gulf written without a plus are only read with one. */
const isSomePhone = (text: string) => isPhone(text) || isPhone(`+${text.replace(/^00/, "")}`);
const repeats = (rows: readonly Row[], key: (row: Row) => string) =>
  [...groupBy(rows, key).values()].filter((group) => group.length > 1);
const adSetDay = (row: Row) => `${cell(row, "ad_set_id")}|${day(row)}`;

it("a default world holds every class of fault", () => {
  for (const name of FAULT_CLASSES) expect(summary.faults[name], name).toBeGreaterThan(0);
});

describe("every fault in the truth is really in the tables, where it says", () => {
  it("running totals, frozen at the end", () => {
    for (const fault of of("cumulative_series")) {
      const rows = ofCampaign(messy.insights, fault.ids.campaign_id);
      expect(rows.map((row) => row.line)).toEqual(fault.lines);
      expect(spend(rows)).toBe(fault.magnitude.reportedSpendMinor);
      expect(spend(ofCampaign(clean.insights, fault.ids.campaign_id))).toBe(
        fault.magnitude.trueSpendMinor,
      );
      for (const series of groupBy(rows, (row) => cell(row, "ad_set_id")).values()) {
        const totals = series.map(minor);
        expect(totals).toEqual([...totals].sort((a, b) => a - b));
        expect(new Set(totals.slice(-5)).size).toBe(1);
      }
    }
  });

  it("lines written twice, and rows that contradict each other", () => {
    for (const fault of of("duplicate_rows")) {
      const rows = linesOf(fault.table === "insights" ? messy.insights : messy.log, fault);
      expect(rows).toHaveLength(2);
      expect(rows[0]?.text).toBe(rows[1]?.text);
    }
    expect(new Set(of("duplicate_rows").map((fault) => fault.table)).size).toBe(2);
    for (const fault of of("conflicting_keys")) {
      const [one, two] = linesOf(messy.insights, fault) as [Row, Row];
      expect(adSetDay(one)).toBe(adSetDay(two));
      expect(one.text).not.toBe(two.text);
    }
  });

  it("impossible figures", () => {
    for (const fault of of("clicks_over_impressions")) {
      const [row] = linesOf(messy.insights, fault) as [Row];
      const over = Number(cell(row, "clicks")) - Number(cell(row, "impressions"));
      expect(over).toBe(fault.magnitude.clicksOver);
      expect(over).toBeGreaterThan(0);
    }
    for (const fault of of("negative_values")) {
      const [row] = linesOf(messy.insights, fault) as [Row];
      expect(minor(row)).toBe(fault.magnitude.spendMinor);
      expect(minor(row)).toBeLessThan(0);
    }
    for (const fault of of("swapped_columns")) {
      const [one, two] = fault.magnitude.columns as [string, string];
      const before = new Map(clean.insights.map((row) => [adSetDay(row), row]));
      for (const row of linesOf(messy.insights, fault)) {
        expect(cell(row, one)).toBe(before.get(adSetDay(row))?.cells[two]);
        expect(cell(row, two)).toBe(before.get(adSetDay(row))?.cells[one]);
      }
    }
  });

  it("money spent late, too much, for nothing or not at all", () => {
    for (const fault of of("spend_after_stop")) {
      const rows = linesOf(messy.insights, fault);
      const stop = cell(campaign(fault.ids.campaign_id), "stop_time").slice(0, 10);
      expect(rows.every((row) => day(row) > stop)).toBe(true);
      expect(spend(rows)).toBe(fault.magnitude.spendMinor);
      expect(rows).toHaveLength(Number(fault.magnitude.rows));
    }
    for (const fault of of("over_budget")) {
      const rows = ofCampaign(messy.insights, fault.ids.campaign_id);
      const ofDay = spend(rows.filter((row) => day(row) === fault.magnitude.day));
      const budget = Number(cell(campaign(fault.ids.campaign_id), "daily_budget")) * 100;
      expect(ofDay - budget).toBe(fault.magnitude.overMinor);
      expect(ofDay).toBeGreaterThan(budget);
    }
    for (const fault of of("never_delivered")) {
      const id = fault.ids.campaign_id;
      expect(cell(at(messy.campaigns, fault.lines?.[0] as number), "id")).toBe(String(id));
      expect(ofCampaign(messy.insights, id)).toEqual([]);
      expect(ofCampaign(messy.leads, id)).toEqual([]);
      expect(spend(ofCampaign(clean.insights, id))).toBe(fault.magnitude.lostSpendMinor);
    }
    for (const fault of of("spend_without_leads")) {
      const id = fault.ids.campaign_id;
      expect(spend(ofCampaign(messy.insights, id))).toBe(fault.magnitude.spendMinor);
      expect(ofCampaign(messy.leads, id)).toEqual([]);
      expect(ofCampaign(clean.leads, id)).toHaveLength(Number(fault.magnitude.lostLeads));
      expect(Number(fault.magnitude.lostLeads)).toBeGreaterThanOrEqual(8);
    }
  });

  it("a block of lines appended again", () => {
    const [fault] = of("repeated_block") as [Fault];
    const [from, to] = fault.lines as [number, number];
    const [first] = fault.ids.original_lines as [number, number];
    expect(to).toBe(messy.insights.length + 1);
    expect(to - from + 1).toBe(fault.magnitude.rows);
    for (let n = 0; n <= to - from; n++) {
      expect(at(messy.insights, from + n).text).toBe(at(messy.insights, first + n).text);
    }
  });

  it("days without leads or insights, and an account whose unit changes", () => {
    for (const fault of of("tracking_outage")) {
      const on = (rows: readonly Row[], column: string) =>
        rows.filter((row) => cell(row, column).startsWith(String(fault.ids.day)));
      const leads = fault.table === "campaign_leads";
      const now = leads ? on(messy.leads, "added_date") : on(messy.insights, "created_at");
      const then = leads ? on(clean.leads, "added_date") : on(clean.insights, "created_at");
      expect(now).toEqual([]);
      expect(then.length).toBeGreaterThan(0);
    }
    for (const fault of of("unit_change")) {
      const owner = new Map(messy.campaigns.map((row) => [cell(row, "id"), cell(row, "user_id")]));
      const before = new Map(clean.insights.map((row) => [adSetDay(row), minor(row)]));
      const changed = messy.insights.filter(
        (row) =>
          owner.get(cell(row, "campaign_id")) === String(fault.ids.user_id) &&
          day(row) >= String(fault.ids.from_day) &&
          before.has(adSetDay(row)),
      );
      expect(changed).toHaveLength(Number(fault.magnitude.rows));
      for (const row of changed) {
        const was = before.get(adSetDay(row)) as number;
        expect(minor(row)).toBe(Math.max(1, Math.round(was * Number(fault.magnitude.factor))));
      }
    }
  });

  it("campaigns that should not be there, and names written in many ways", () => {
    for (const fault of of("test_campaigns")) {
      const row = campaign(fault.ids.campaign_id);
      expect(cell(row, "project_name")).toMatch(/test|تجربة/i);
      expect(campaign(fault.ids.campaign_id, clean)).toBeUndefined();
    }
    for (const fault of of("duplicate_campaigns")) {
      const copy = campaign(fault.ids.campaign_id);
      const original = campaign(fault.ids.original_campaign_id);
      for (const name of ["user_id", "project_name", "daily_budget", "stop_time"]) {
        expect(cell(copy, name)).toBe(cell(original, name));
      }
      const gap = Date.parse(cell(copy, "start_time")) - Date.parse(cell(original, "start_time"));
      expect(gap).toBeGreaterThan(0);
      expect(gap).toBeLessThan(600_000);
    }
    for (const fault of of("project_spelling")) {
      const written = cell(at(messy.campaigns, fault.lines?.[0] as number), "project_name");
      const truth = String(fault.magnitude.trueName);
      const plain = (name: string) =>
        name
          .replace(/[\u200b-\u200f\ufeff]/g, "")
          .replace(/\s+/g, " ")
          .trim()
          .toLowerCase()
          .replaceAll("ة", "ه");
      expect(written).toBe(fault.magnitude.written);
      expect(written).not.toBe(truth);
      expect(plain(written)).toBe(plain(truth));
    }
  });

  it("people: damaged phones, throw-away mail, the same person again, brokers", () => {
    const lead = new Map(messy.leads.map((row) => [cell(row, "id"), row]));
    const account = new Map(messy.campaigns.map((row) => [cell(row, "id"), cell(row, "user_id")]));
    for (const fault of of("damaged_phones")) {
      const [row] = linesOf(messy.leads, fault) as [Row];
      expect(isSomePhone(cell(row, "phone")), cell(row, "phone")).toBe(false);
      expect(cell(row, "phone")).toBe(fault.magnitude.written);
    }
    for (const fault of of("disposable_emails")) {
      const [row] = linesOf(messy.leads, fault) as [Row];
      expect(DISPOSABLE_MAIL).toContain(cell(row, "email").split("@")[1]);
    }
    const byMail = groupBy(messy.leads, (row) => cell(row, "email"));
    for (const fault of of("shared_person")) {
      const [row] = linesOf(messy.leads, fault) as [Row];
      const same = byMail.get(cell(row, "email")) ?? [];
      const owner = account.get(cell(row, "campaign_id"));
      const earlier = same.filter(
        (other) => other.line < row.line && account.get(cell(other, "campaign_id")) === owner,
      );
      expect(earlier.length).toBeGreaterThan(0);
    }
    for (const fault of of("broker_pattern")) {
      const rows = (fault.ids.lead_ids as number[]).map((id) => lead.get(String(id)) as Row);
      expect(new Set(rows.map((row) => cell(row, "email"))).size).toBe(1);
      if (rows.length < 8) continue;
      const accounts = new Set(rows.map((row) => account.get(cell(row, "campaign_id"))));
      expect(accounts.size).toBeGreaterThan(2);
    }
  });

  it("the log: before the lead, in the future, in no list, in bulk, or not at all", () => {
    const added = new Map(messy.leads.map((row) => [cell(row, "id"), cell(row, "added_date")]));
    for (const fault of of("status_before_lead")) {
      const [row] = linesOf(messy.log, fault) as [Row];
      expect(cell(row, "created_at") < (added.get(cell(row, "lead_id")) as string)).toBe(true);
    }
    for (const fault of of("future_dates")) {
      const leads = fault.table === "campaign_leads";
      const [row] = linesOf(leads ? messy.leads : messy.log, fault) as [Row];
      expect(cell(row, leads ? "added_date" : "created_at").slice(0, 10) > LAST_DAY).toBe(true);
    }
    for (const fault of of("unmapped_status")) {
      const [row] = linesOf(messy.log, fault) as [Row];
      expect(STATUSES.has(cell(row, "status"))).toBe(false);
    }
    const account = new Map(messy.campaigns.map((row) => [cell(row, "id"), cell(row, "user_id")]));
    const owner = new Map(
      messy.leads.map((row) => [cell(row, "id"), account.get(cell(row, "campaign_id"))]),
    );
    const minutes = groupBy(
      messy.log.filter((row) => cell(row, "status") !== "NEW_LEAD"),
      (row) => `${owner.get(cell(row, "lead_id"))}|${cell(row, "created_at").slice(0, 16)}`,
    );
    let missing = 0;
    for (const fault of of("bulk_edits")) {
      const key = `${fault.ids.user_id}|${String(fault.ids.minute).slice(0, 16)}`;
      missing += Math.abs(Number(fault.magnitude.rows) - (minutes.get(key)?.length ?? 0));
    }
    const moved = ["future_dates", "status_before_lead", "duplicate_rows", "unmapped_status"];
    expect(missing).toBeLessThanOrEqual(moved.reduce((sum, rule) => sum + of(rule).length, 0));
    const logged = new Set(messy.log.map((row) => cell(row, "lead_id")));
    for (const fault of of("late_logging")) {
      const early = messy.leads.filter(
        (row) =>
          account.get(cell(row, "campaign_id")) === String(fault.ids.user_id) &&
          cell(row, "added_date") < String(fault.ids.logged_from),
      );
      const share = early.filter((row) => logged.has(cell(row, "id"))).length / early.length;
      if (early.length >= 100) expect(share).toBeLessThan(0.16);
    }
  });
});

describe("a clean world", () => {
  it("delivers every campaign inside its days and its budget, with possible figures", () => {
    const byCampaign = groupBy(clean.insights, (row) => cell(row, "campaign_id"));
    for (const one of clean.campaigns) {
      const rows = byCampaign.get(cell(one, "id")) ?? [];
      expect(rows.length).toBeGreaterThan(0);
      const first = cell(one, "start_time").slice(0, 10);
      const last = cell(one, "stop_time").slice(0, 10);
      for (const [date, ofDay] of groupBy(rows, day)) {
        expect(date >= first && date <= last).toBe(true);
        expect(spend(ofDay)).toBeLessThanOrEqual(Number(cell(one, "daily_budget")) * 100);
      }
    }
    for (const row of clean.insights) {
      const [impressions, clicks, reach] = ["impressions", "clicks", "reach"].map((name) =>
        Number(cell(row, name)),
      ) as [number, number, number];
      expect(minor(row)).toBeGreaterThan(0);
      expect(clicks).toBeLessThanOrEqual(impressions);
      expect(reach).toBeLessThanOrEqual(impressions);
    }
  });

  it("repeats no row, no key and no person", () => {
    expect(repeats(clean.insights, adSetDay)).toEqual([]);
    expect(repeats(clean.log, (row) => row.text)).toEqual([]);
    expect(repeats(clean.leads, (row) => cell(row, "phone"))).toEqual([]);
  });

  it("has no series of running totals", () => {
    const frozen = [...groupBy(clean.insights, (row) => cell(row, "ad_set_id")).values()].filter(
      (series) => series.length >= 6 && new Set(series.slice(-5).map(minor)).size === 1,
    );
    expect(frozen).toEqual([]);
  });

  it("logs every lead from its arrival on, in listed statuses, until its last day", () => {
    const logs = groupBy(clean.log, (row) => cell(row, "lead_id"));
    for (const lead of clean.leads) {
      const times = (logs.get(cell(lead, "id")) ?? []).map((row) => cell(row, "created_at"));
      expect(times.length).toBeGreaterThan(0);
      expect(times).toEqual([...times].sort());
      expect((times[0] as string) >= cell(lead, "added_date")).toBe(true);
      expect((times.at(-1) as string).slice(0, 10) <= LAST_DAY).toBe(true);
    }
    expect(clean.log.filter((row) => !STATUSES.has(cell(row, "status")))).toEqual([]);
  });

  it("writes names plainly and phones that are phones", () => {
    const names = clean.campaigns.map((row) => cell(row, "project_name"));
    expect(
      names.filter((name) => name !== name.trim() || /[\u200b-\u200f\ufeff]|\s\s/.test(name)),
    ).toEqual([]);
    expect(
      clean.leads.map((row) => cell(row, "phone")).filter((text) => !isSomePhone(text)),
    ).toEqual([]);
    expect(
      clean.leads.filter((row) => !/@example\.(com|net|org)$/.test(cell(row, "email"))),
    ).toEqual([]);
  });
});

it("faults lie on top: campaigns without one are the same in both worlds, row for row", () => {
  const lost = new Set(
    of("tracking_outage")
      .filter((fault) => fault.table === "insights")
      .map((fault) => fault.ids.day),
  );
  const touched = new Set(
    [...faults.values()].flat().map((fault) => String(fault.ids.campaign_id)),
  );
  const changed = new Set(of("unit_change").map((fault) => String(fault.ids.user_id)));
  for (const row of messy.campaigns) {
    if (changed.has(cell(row, "user_id"))) touched.add(cell(row, "id"));
  }
  const [block] = of("repeated_block") as [Fault];
  const rows = (tables: Tables, until: number) =>
    tables.insights
      .filter((row) => row.line < until && !touched.has(cell(row, "campaign_id")))
      .map((row) => row.text);
  const kept = rows(clean, Number.POSITIVE_INFINITY).filter(
    (text) => !lost.has(text.split(",")[6]?.slice(0, 10)),
  );
  expect(kept.length).toBeGreaterThan(4000);
  expect(rows(messy, block.lines?.[0] as number)).toEqual(kept);
});

describe("the strength of a class", () => {
  it("can be chosen alone in a clean world, and multiplies what is planted", async () => {
    const once = await writeWorld({
      directory: path.join(root, "k1"),
      scale: SCALE,
      clean: true,
      faults: { spend_after_stop: 1 },
    });
    const thrice = await writeWorld({
      directory: path.join(root, "k3"),
      scale: SCALE,
      clean: true,
      faults: { spend_after_stop: 3 },
    });
    expect(once.faults.spend_after_stop).toBe(43);
    expect(thrice.faults.spend_after_stop).toBe(130);
    const others = Object.entries(thrice.faults).filter(([name]) => name !== "spend_after_stop");
    expect(others.every(([, count]) => count === 0)).toBe(true);
  });

  it("is zero where it is asked to be", async () => {
    const without = await writeWorld({
      directory: path.join(root, "k0"),
      scale: SCALE,
      faults: { damaged_phones: 0 },
    });
    expect(without.faults.damaged_phones).toBe(0);
    expect(without.faults.disposable_emails).toBeGreaterThan(0);
  });
});
