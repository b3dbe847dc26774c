import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leadsFromSpend } from "../../sample/campaigns.ts";
import { cumulative, Draw } from "../../sample/draw.ts";
import { PROJECT_NAMES, projectName } from "../../sample/names.ts";
import { writeWorld } from "../../sample/world.ts";
import { cell, groupBy, minor, readTables, readTruth, type Tables } from "./tables.ts";

type LeadTruth = [
  id: number,
  qualify: number,
  reachLogit: number,
  hours: number | null,
  reached: 0 | 1,
  wouldQualify: 0 | 1,
  status: string,
  phone: string,
];

const root = mkdtempSync(path.join(os.tmpdir(), "leadsmart-mechanism-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const share = <T>(rows: readonly T[], holds: (row: T) => boolean) =>
  rows.filter(holds).length / rows.length;

let world: Tables;
let truth: LeadTruth[];
beforeAll(async () => {
  await writeWorld({ directory: root, scale: 0.5, clean: true });
  world = readTables(root);
  truth = readTruth<LeadTruth>(root, "leads");
});

describe("chance", () => {
  it("gives each entity its own stream, whatever was drawn before", () => {
    const draw = new Draw(7, "lead");
    const alone = [draw.at(3, 1).next(), draw.next()];
    draw.at(99).normal();
    expect([draw.at(3, 1).next(), draw.next()]).toEqual(alone);
    expect(new Draw(7, "phone").at(3, 1).next()).not.toBe(alone[0]);
    expect(new Draw(8, "lead").at(3, 1).next()).not.toBe(alone[0]);
  });

  it("does not repeat the first numbers of a hundred thousand neighbours", () => {
    const draw = new Draw(1, "lead");
    const seen = new Set<number>();
    for (let i = 0; i < 300; i++) {
      for (let j = 0; j < 333; j++) seen.add(draw.at(i, j).next() * 2 ** 21 + draw.next());
    }
    expect(seen.size).toBe(300 * 333);
  });

  it("is uniform, normal and Poisson where it says so, over neighbouring streams", () => {
    const draw = new Draw(11, "law");
    const n = 40_000;
    const each = (value: (i: number) => number) => Array.from({ length: n }, (_, i) => value(i));
    expect(mean(each((i) => draw.at(i).next()))).toBeCloseTo(0.5, 2);
    const normal = each((i) => draw.at(i, 1).normal());
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((x) => x * x))).toBeCloseTo(1, 1);
    for (const rate of [0.3, 4, 50]) {
      const counts = each((i) => draw.at(i, 2).poisson(rate));
      const average = mean(counts);
      expect(Math.abs(average - rate)).toBeLessThan(5 * Math.sqrt(rate / n));
      expect(mean(counts.map((x) => (x - average) ** 2)) / rate).toBeCloseTo(1, 1);
    }
  });

  it("picks in proportion to weights", () => {
    const draw = new Draw(3, "pick");
    const sums = cumulative([1, 0, 3]);
    const picks = Array.from({ length: 20_000 }, (_, i) => draw.at(i).pick(sums));
    expect(share(picks, (k) => k === 1)).toBe(0);
    expect(share(picks, (k) => k === 2)).toBeCloseTo(0.75, 2);
  });
});

it("the response to spend is nothing for nothing, rising and concave, with the stated first slope", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 50, max: 5000, noNaN: true }),
      fc.double({ min: 100, max: 10_000, noNaN: true }),
      fc.double({ min: 1, max: 20_000, noNaN: true }),
      (cost, saturation, spend) => {
        const leads = (s: number) => leadsFromSpend(s, cost, saturation);
        expect(leads(0)).toBe(0);
        expect(leads(2 * spend)).toBeGreaterThanOrEqual(leads(spend));
        expect(leads(2 * spend)).toBeLessThanOrEqual(2 * leads(spend) + 1e-9);
        expect(leads(0.01) / 0.01).toBeCloseTo(1 / cost, 5);
      },
    ),
  );
});

it("no two projects have one name", () => {
  const names = Array.from({ length: PROJECT_NAMES * 2 }, (_, i) => projectName(i));
  expect(new Set(names).size).toBe(names.length);
});

describe("the world behaves as its page says", () => {
  it("a faster call reaches more leads", () => {
    const called = truth.filter((row) => row[3] !== null);
    const fast = called.filter((row) => (row[3] as number) < 4);
    const slow = called.filter((row) => (row[3] as number) > 48);
    expect(fast.length).toBeGreaterThan(300);
    expect(share(fast, (row) => row[4] === 1)).toBeGreaterThan(
      share(slow, (row) => row[4] === 1) + 0.1,
    );
  });

  it("the stated chance of qualifying is the share that would qualify", () => {
    for (let tenth = 0; tenth < 10; tenth++) {
      const bin = truth.filter((row) => Math.floor(row[1] * 10) === tenth);
      if (bin.length < 500) continue;
      const gap = mean(bin.map((row) => row[1])) - share(bin, (row) => row[5] === 1);
      expect(Math.abs(gap)).toBeLessThan(4 * Math.sqrt(0.25 / bin.length));
    }
  });

  it("half of the logged leads are never called", () => {
    expect(share(truth, (row) => row[3] === null)).toBeGreaterThan(0.4);
    expect(share(truth, (row) => row[3] === null)).toBeLessThan(0.7);
  });

  it("the share of qualified leads falls over the months", () => {
    const half = truth.length / 2;
    const would = (rows: LeadTruth[]) => share(rows, (row) => row[5] === 1);
    expect(would(truth.slice(0, half))).toBeGreaterThan(1.2 * would(truth.slice(half)));
  });

  it("campaigns live two and a half days in the middle, some for weeks", () => {
    const days = world.campaigns
      .map((row) => Date.parse(cell(row, "stop_time")) - Date.parse(cell(row, "start_time")))
      .map((ms) => ms / 86_400_000)
      .sort((a, b) => a - b);
    const quantile = (p: number) => days[Math.floor(p * days.length)] as number;
    expect(quantile(0.5)).toBeGreaterThan(2);
    expect(quantile(0.5)).toBeLessThan(3);
    expect(quantile(0.99)).toBeGreaterThan(14);
  });

  it("about half of the daily budget is spent on a full day", () => {
    const budget = new Map(world.campaigns.map((row) => [cell(row, "id"), row]));
    const shares: number[] = [];
    const byDay = groupBy(
      world.insights,
      (row) => `${cell(row, "campaign_id")}|${cell(row, "created_at")}`,
    );
    for (const rows of byDay.values()) {
      const [first] = rows;
      const campaign = first && budget.get(cell(first, "campaign_id"));
      if (first === undefined || campaign === undefined) continue;
      if (cell(campaign, "start_time").slice(0, 10) === cell(first, "created_at").slice(0, 10))
        continue;
      const spent = rows.reduce((sum, row) => sum + minor(row), 0);
      shares.push(spent / (100 * Number(cell(campaign, "daily_budget"))));
    }
    expect(mean(shares)).toBeGreaterThan(0.3);
    expect(mean(shares)).toBeLessThan(0.6);
  });

  it("a few accounts and campaigns bring most leads, and many campaigns bring none", () => {
    const perCampaign = [...groupBy(world.leads, (row) => cell(row, "campaign_id")).values()]
      .map((rows) => rows.length)
      .sort((a, b) => b - a);
    const top = perCampaign.slice(0, Math.floor(world.campaigns.length / 10));
    expect(top.reduce((sum, n) => sum + n, 0) / world.leads.length).toBeGreaterThan(0.5);
    const none = 1 - perCampaign.length / world.campaigns.length;
    expect(none).toBeGreaterThan(0.2);
    expect(none).toBeLessThan(0.5);
  });

  it("the fasting month has fewer launches and its leads come by night", () => {
    const night = (month: string) => {
      const rows = world.leads.filter((row) => cell(row, "added_date").startsWith(month));
      return share(rows, (row) => Number(cell(row, "added_date").slice(11, 13)) < 3);
    };
    expect(night("2025-03")).toBeGreaterThan(1.2 * night("2025-05"));
  });
});

it("over seeds, rates stay where the page says", async () => {
  for (const seed of [11, 12, 13, 14]) {
    const directory = path.join(root, `seed${seed}`);
    await writeWorld({ directory, scale: 0.1, seed, clean: true });
    const { insights, leads } = readTables(directory);
    const sum = (name: string) =>
      insights.reduce((total, row) => total + Number(cell(row, name)), 0);
    const ctr = sum("clicks") / sum("impressions");
    expect(ctr).toBeGreaterThan(0.02);
    expect(ctr).toBeLessThan(0.05);
    const cpm = (1000 * sum("spend")) / sum("impressions");
    expect(cpm).toBeGreaterThan(80);
    expect(cpm).toBeLessThan(220);
    const arabic = share(leads, (row) => /[\u0600-\u06ff]/.test(cell(row, "name")));
    expect(arabic).toBeGreaterThan(0.1);
    expect(arabic).toBeLessThan(0.8);
  }
});
