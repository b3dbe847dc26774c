import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { WORLD_VERSION, type WorldSummary, writeWorld } from "../../sample/world.ts";
import { cell, day, readTables } from "./tables.ts";

const root = mkdtempSync(path.join(os.tmpdir(), "leadsmart-world-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = (name: string) => path.join(root, name);

function digests(summary: WorldSummary): Record<string, string> {
  return Object.fromEntries(
    Object.entries(summary.files).map(([name, file]) => [name, file.sha256.slice(0, 16)]),
  );
}

describe("the same options give the same world", () => {
  it("byte for byte, in whatever folder", async () => {
    const one = await writeWorld({ directory: folder("a"), scale: 0.02, seed: 5 });
    const two = await writeWorld({ directory: folder("b"), scale: 0.02, seed: 5 });
    expect(digests(two)).toEqual(digests(one));
  });

  it("and another seed gives another one in every table", async () => {
    const one = await writeWorld({ directory: folder("c"), scale: 0.05, seed: 5 });
    const two = await writeWorld({ directory: folder("d"), scale: 0.05, seed: 6 });
    for (const [name, digest] of Object.entries(digests(one))) {
      expect(digests(two)[name], name).not.toBe(digest);
    }
  });

  it("frozen: version 1 at scale 0.01 is what it was when it was frozen", async () => {
    expect(WORLD_VERSION).toBe(1);
    const messy = await writeWorld({ directory: folder("golden"), scale: 0.01, seed: 1 });
    const clean = await writeWorld({
      directory: folder("clean"),
      scale: 0.01,
      seed: 1,
      clean: true,
    });
    expect(digests(messy)).toMatchInlineSnapshot(`
      {
        "campaign_leads": "65dc266ceb1e9d15",
        "campaigns": "d0ce2aa63e8a635a",
        "deals": "1bc19dc9c1d9ed8d",
        "insights": "ecbd0c9e79827edb",
        "lead_status_changes": "5d5c57588eccef8d",
        "people": "1545e24c2744802d",
        "truth/accounts.json": "5b7bfebfb857b2b9",
        "truth/campaigns.json": "b57156ff37beaa42",
        "truth/faults.json": "fdb91174c7b1d76f",
        "truth/leads.json": "6d13742fa608b1c2",
      }
    `);
    expect(digests(clean)).toMatchInlineSnapshot(`
      {
        "campaign_leads": "ac3f12adfbaad89b",
        "campaigns": "34a6418801010b3d",
        "deals": "1bc19dc9c1d9ed8d",
        "insights": "da705cb7450c898b",
        "lead_status_changes": "4390345f59262f32",
        "people": "1545e24c2744802d",
        "truth/accounts.json": "ae455505b121bede",
        "truth/campaigns.json": "15012347401e0ac0",
        "truth/faults.json": "e3b0c44298fc1c14",
        "truth/leads.json": "5673f649dfeab4c0",
      }
    `);
  });
});

describe("the size of a world", () => {
  it("at scale 1 is about that of the tables it is modelled on", async () => {
    const { files } = await writeWorld({ directory: folder("one") });
    const rows = (name: string) => files[name]?.rows ?? 0;
    expect(rows("campaigns")).toBe(7364 + 8 + 10);
    expect(rows("insights")).toBeGreaterThan(62_000);
    expect(rows("insights")).toBeLessThan(76_000);
    expect(rows("campaign_leads")).toBeGreaterThan(50_000);
    expect(rows("campaign_leads")).toBeLessThan(64_000);
    expect(rows("lead_status_changes")).toBeGreaterThan(33_000);
    expect(rows("lead_status_changes")).toBeLessThan(46_000);
  });

  it("grows with the scale", async () => {
    const small = await writeWorld({ directory: folder("s1"), scale: 0.1, clean: true });
    const large = await writeWorld({ directory: folder("s2"), scale: 0.4, clean: true });
    for (const name of ["insights", "campaign_leads", "lead_status_changes"]) {
      const ratio = (large.files[name]?.rows ?? 0) / (small.files[name]?.rows ?? 1);
      expect(ratio, name).toBeGreaterThan(2.8);
      expect(ratio, name).toBeLessThan(5.6);
    }
  });

  it("tells the rows that the files hold", async () => {
    const summary = await writeWorld({ directory: folder("told"), scale: 0.02 });
    const tables = readTables(folder("told"));
    expect(summary.files.insights?.rows).toBe(tables.insights.length);
    expect(summary.files.campaign_leads?.rows).toBe(tables.leads.length);
    expect(summary.files.deals?.rows).toBe(tables.deals.length);
  });
});

it("every row refers to rows that are there, and ids are in the order of the files", async () => {
  for (const seed of [1, 2, 3]) {
    const directory = folder(`ri${seed}`);
    await writeWorld({ directory, scale: 0.05, seed });
    const { campaigns, insights, leads, log, people, deals } = readTables(directory);
    const campaignIds = new Set(campaigns.map((row) => cell(row, "id")));
    const leadIds = new Set(leads.map((row) => cell(row, "id")));
    const personIds = new Set(people.map((row) => cell(row, "id")));
    expect(campaignIds.size).toBe(campaigns.length);
    expect(leadIds.size).toBe(leads.length);
    expect(insights.filter((row) => !campaignIds.has(cell(row, "campaign_id")))).toEqual([]);
    expect(leads.filter((row) => !campaignIds.has(cell(row, "campaign_id")))).toEqual([]);
    expect(log.filter((row) => !leadIds.has(cell(row, "lead_id")))).toEqual([]);
    expect(deals.filter((row) => !leadIds.has(cell(row, "lead_id")))).toEqual([]);
    const assigned = leads.map((row) => cell(row, "assigned_to")).filter((id) => id !== "");
    expect(assigned.filter((id) => !personIds.has(id))).toEqual([]);
    for (const [rows, name] of [
      [campaigns, "id"],
      [leads, "id"],
      [log, "lead_id"],
    ] as const) {
      const ids = rows.map((row) => Number(cell(row, name)));
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
    }
  }
});

it("in a clean world every lead shows the last status of its log", async () => {
  const directory = folder("last");
  await writeWorld({ directory, scale: 0.05, clean: true });
  const { leads, log } = readTables(directory);
  const last = new Map(log.map((row) => [cell(row, "lead_id"), cell(row, "status")]));
  expect(leads.filter((row) => last.get(cell(row, "id")) !== cell(row, "lead_status"))).toEqual([]);
});

it("the folder of the truth holds no file that could be taken for a table", async () => {
  const directory = folder("walk");
  await writeWorld({ directory, scale: 0.01 });
  expect(readdirSync(directory).sort()).toEqual([
    "campaign_leads.csv",
    "campaigns.csv",
    "deals.csv",
    "insights.csv",
    "lead_status_changes.csv",
    "people.csv",
    "truth",
  ]);
  expect(readdirSync(path.join(directory, "truth")).every((name) => name.endsWith(".json"))).toBe(
    true,
  );
});

it("an outage loses whole days and nothing of other days", async () => {
  await writeWorld({ directory: folder("o0"), scale: 0.1, clean: true });
  await writeWorld({
    directory: folder("o1"),
    scale: 0.1,
    clean: true,
    faults: { tracking_outage: 1 },
  });
  const before = readTables(folder("o0"));
  const after = readTables(folder("o1"));
  const days = (rows: typeof before.insights) => new Set(rows.map(day));
  const gone = [...days(before.insights)].filter((d) => !days(after.insights).has(d));
  expect(gone).toHaveLength(1);
  expect(after.insights.map((row) => row.text)).toEqual(
    before.insights.filter((row) => day(row) !== gone[0]).map((row) => row.text),
  );
  expect(after.leads.length).toBeLessThan(before.leads.length);
});

it("a stopped run leaves nothing behind", async () => {
  const stop = new AbortController();
  const directory = folder("stopped");
  const run = writeWorld({
    directory,
    scale: 0.1,
    signal: stop.signal,
    onProgress: ({ table, rows }) => {
      if (table === "insights" && rows > 100) stop.abort(new Error("enough"));
    },
  });
  await expect(run).rejects.toThrow("enough");
  expect(readdirSync(directory)).toEqual([]);
});

it("never writes over tables that no world wrote, but over an older world", async () => {
  const directory = mkdtempSync(path.join(root, "mine-"));
  writeFileSync(path.join(directory, "campaigns.csv"), "id\n1\n");
  await expect(writeWorld({ directory, scale: 0.01 })).rejects.toMatchObject({
    code: "SAMPLE_WOULD_OVERWRITE",
  });
  await writeWorld({ directory: folder("twice"), scale: 0.01 });
  await writeWorld({ directory: folder("twice"), scale: 0.01, seed: 9 });
});

it("refuses scales and seeds that no world has", async () => {
  for (const options of [{ scale: 0 }, { scale: Number.NaN }, { scale: 1001 }, { seed: 1.5 }]) {
    await expect(writeWorld({ directory: folder("no"), ...options })).rejects.toMatchObject({
      code: "SAMPLE_OPTIONS",
    });
  }
});
