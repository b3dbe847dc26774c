/** The place Campaigns over a sample world, held against SQL over its files that shares nothing with the product. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { writeWorld } from "../../sample/world.ts";
import { fixedClock } from "../../src/base/clock.ts";
import type { CampaignRow, Segment, SegmentTally } from "../../src/contract/campaigns.ts";
import { CAMPAIGN_MARKS, CAMPAIGN_STATES, SEGMENTATIONS } from "../../src/contract/names.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import {
  type CampaignQuestions,
  createCampaignQuestions,
} from "../../src/marts/campaign-questions.ts";
import type { MartQueries } from "../../src/marts/queries.ts";
import { createImportDesk } from "../../src/workflows/import.ts";
import { sourcesAt } from "../../src/workflows/sources.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { type Choice, choicesOf, EVERYTHING as WHOLE } from "../browser/choices.ts";
import { type Oracle, openOracle } from "../browser/oracle.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
/** As the oracle: what lies ahead of today does not say until when the data go. */
const clock = fixedClock(new Date());

let folder: string;
let oracle: Oracle;
let queries: MartQueries;
let campaigns: CampaignQuestions;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "leadsmart-campaigns-"));
  const directory = path.join(folder, "world");
  await writeWorld({ directory, scale: 0.03, seed: 11 });
  const workspace = await openWorkspace({ home: path.join(folder, "home"), clock });
  const desk = createImportDesk(workspace);
  const { previewId } = await desk.previewSources(
    await sourcesAt(directory, workspace.scratchDirectory),
    {},
  );
  const { importId } = await desk.commit(
    { previewId, skipProblems: true, saveMappings: true },
    "test",
  );
  expect(await desk.settled(importId)).toMatchObject({ state: "done" });
  oracle = await openOracle(directory, { defaultFee: 1, fees: {} });
  ({ queries } = workspace);
  campaigns = createCampaignQuestions(workspace);
  close = async () => {
    await desk.close();
    await workspace.close();
    oracle.close();
    await rm(folder, { recursive: true, force: true });
  };
});
afterAll(() => close());

const listOf = (names: readonly string[]) =>
  `[${names.map((name) => `'${name.replaceAll("'", "''")}'`).join(", ")}]::VARCHAR[]`;

/** Parameters of the macros `delivery` and `arrivals` for a choice. */
function paramsOf(choice: Choice): string {
  const { from, to } = oracle.days(choice);
  const lists = [choice.account, choice.project, choice.campaign].map(listOf);
  return `'${from}'::DATE, '${to}'::DATE, ${lists.join(", ")}, ${choice.basis === "raw"}`;
}

const selectionOf = ({ from, to, grain: _, ...rest }: Choice) => ({
  ...rest,
  account: [...rest.account],
  project: [...rest.project],
  campaign: [...rest.campaign],
  ...(from === null ? {} : { from }),
  ...(to === null ? {} : { to }),
});

const SUMS = [
  "spendMinor",
  "impressions",
  "clicks",
  "leads",
  "judged",
  "undecided",
  "qualified",
] as const;

async function allRows(
  choice: Choice,
  more: { state?: CampaignRow["state"]; mark?: (typeof CAMPAIGN_MARKS)[number] } = {},
) {
  const items: CampaignRow[] = [];
  for (let offset = 0; ; offset += 200) {
    const page = await queries.campaigns(
      {
        ...selectionOf(choice),
        sort: "spend",
        order: "desc",
        limit: 200,
        offset,
        ...(more.state ? { state: more.state } : {}),
        ...(more.mark ? { mark: more.mark } : {}),
      },
      EVERYTHING,
    );
    items.push(...page.items);
    if (page.items.length < 200) return { items, page };
  }
}

it("totals and rows equal the files for a hundred random filters, and rows add up to totals", async () => {
  await fc.assert(
    fc.asyncProperty(choicesOf(oracle), async (choice) => {
      const { items, page } = await allRows(choice);
      const expected = await oracle.campaignsOf(choice);
      const params = paramsOf(choice);
      const [money] = await oracle.query(
        `SELECT (SELECT coalesce(sum(spend), 0) FROM delivery(${params})) AS spend,
                (SELECT count(*) FROM (SELECT DISTINCT campaign_id, day FROM delivery(${params}))) AS days,
                (SELECT count(*) FROM arrivals(${params})) AS leads,
                (SELECT count(*) FROM arrivals(${params}) WHERE qualified) AS qualified`,
      );
      expect(items.map((row) => row.campaignId).sort()).toEqual(
        expected.map(({ id }) => id).sort(),
      );
      expect(page.total).toBe(expected.length);
      for (const name of SUMS) {
        const sum = items.reduce((total, row) => total + (row[name] ?? 0), 0);
        expect({ name, sum: page.totals[name] ?? 0 }).toEqual({ name, sum });
      }
      if (expected.length === 0) return;
      const { totals } = page;
      expect([totals.spendMinor, totals.days, totals.leads, totals.qualified]).toEqual([
        money?.spend,
        money?.days,
        money?.leads,
        money?.qualified,
      ]);
      for (const row of items) {
        const right = expected.find(({ id }) => id === row.campaignId)?.figures ?? {};
        expect([row.spendMinor, row.leads, row.qualified, row.undecided]).toEqual([
          right.spend,
          right.leads,
          right.qualified,
          right.undecided,
        ]);
        expect(row.cpcMinor).toBe(right.clicks ? (right.spend ?? 0) / right.clicks : null);
        expect(row.qualifiedShare).toBe(right.leads ? (right.qualified ?? 0) / right.leads : null);
      }
    }),
    { numRuns: 100, seed: 20261122, endOnFailure: true },
  );
});

it("parts the campaigns by state, each told by its stop time and its last delivery", async () => {
  const lives = await oracle.query(
    `SELECT c.campaign_id AS id, max(i.day)::VARCHAR AS last, c.stop_time::DATE::VARCHAR AS stop
     FROM campaigns AS c LEFT JOIN insights AS i ON i.campaign_id = c.campaign_id AND NOT i.raw GROUP BY ALL`,
  );
  const weekBefore = new Date(Date.parse(oracle.lastDay) - 7 * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const states = new Map(
    lives.map(({ id, last, stop }) => [
      String(id),
      last === null
        ? "never"
        : (stop !== null && String(stop) <= oracle.lastDay) || String(last) <= weekBefore
          ? "ended"
          : "live",
    ]),
  );
  let rows = 0;
  for (const state of CAMPAIGN_STATES) {
    const { items, page } = await allRows(WHOLE, { state });
    expect(page.total).toBe(items.length);
    rows += items.length;
    expect(items.filter((row) => states.get(row.campaignId) !== state)).toEqual([]);
    // A period has no say in whether a campaign is live.
    const { items: later } = await allRows(
      { ...WHOLE, from: oracle.firstDay, to: oracle.firstDay },
      { state },
    );
    expect(later.filter((row) => states.get(row.campaignId) !== state)).toEqual([]);
  }
  expect(rows).toBe(states.size);
});

it("marks what spent without a lead, and what has leads of which nobody judged one", async () => {
  const all = (await allRows(WHOLE)).items;
  const marked = {
    spend_no_lead: (row: CampaignRow) => (row.spendMinor ?? 0) > 0 && row.leads === 0,
    never_judged: (row: CampaignRow) => (row.leads ?? 0) > 0 && row.judged === 0,
  };
  for (const mark of CAMPAIGN_MARKS) {
    const { items, page } = await allRows(WHOLE, { mark });
    const expected = all.filter(marked[mark]);
    expect(expected.length).toBeGreaterThan(5);
    expect(items.map((row) => row.campaignId)).toEqual(expected.map((row) => row.campaignId));
    expect(page.totals.spendMinor).toBe(
      expected.reduce((sum, row) => sum + (row.spendMinor ?? 0), 0),
    );
  }
});

it("segments part the total exactly, whatever they go by, and each equals the page narrowed to it", async () => {
  await fc.assert(
    fc.asyncProperty(
      choicesOf(oracle),
      fc.constantFrom(...SEGMENTATIONS),
      fc.constantFrom(1, 3, 1000),
      async (choice, by, limit) => {
        const selection = selectionOf(choice);
        const answer = await campaigns.segments(
          { ...selection, by, sort: "leads", order: "desc", limit },
          EVERYTHING,
        );
        const params = paramsOf(choice);
        const [right] = await oracle.query(
          `SELECT (SELECT coalesce(sum(spend), 0) FROM delivery(${params})) AS "spendMinor",
                  (SELECT count(*) FROM arrivals(${params})) AS leads,
                  (SELECT count(*) FROM arrivals(${params}) WHERE qualified) AS qualified,
                  (SELECT count(*) FROM arrivals(${params}) WHERE undecided) AS undecided`,
        );
        const lines: SegmentTally[] = [...answer.items, ...(answer.rest ? [answer.rest] : [])];
        for (const name of ["spendMinor", "leads", "qualified", "undecided"] as const) {
          const sum = lines.reduce((total, line) => total + (line[name] ?? 0), 0);
          expect({ by, name, sum }).toEqual({ by, name, sum: answer.total[name] ?? 0 });
          if (name === "spendMinor" && by === "slot") expect(sum).toBe(0);
          else expect({ by, name, sum }).toEqual({ by, name, sum: right?.[name] });
        }
        expect(answer.items.length).toBeLessThanOrEqual(limit);
        expect(answer.segments).toBe(answer.items.length + (answer.rest?.segments ?? 0));
        const first = answer.items[0];
        if (by !== "account" || first === undefined) return;
        const alone = await queries.kpis({ ...selection, account: [first.key] }, EVERYTHING);
        const kpi = (id: string) => alone.kpis.find((one) => one.id === id)?.value;
        expect([first.spendMinor ?? 0, first.leads ?? 0]).toEqual([
          kpi("spend") ?? 0,
          kpi("leads") ?? 0,
        ]);
      },
    ),
    { numRuns: 60, seed: 20261123, endOnFailure: true },
  );
});

it("tells weekday, hour, budget and age of each lead as the files do", async () => {
  const keyed = async (by: (typeof SEGMENTATIONS)[number], sql: string) => {
    const rows = await oracle.query(
      `SELECT key::VARCHAR AS key, count(*) AS n FROM (${sql}) GROUP BY 1 ORDER BY 1`,
    );
    const { items } = await campaigns.segments(
      { ...selectionOf(WHOLE), by, sort: "segment", order: "asc", limit: 1000 },
      EVERYTHING,
    );
    const found = items
      .filter((item) => (item.leads ?? 0) > 0)
      .map((item): [string, number | null] => [item.key, item.leads]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(rows.map(({ key, n }) => [String(key), Number(n)])),
    );
    return items;
  };
  await keyed("weekday", "SELECT isodow(day) AS key FROM leads WHERE NOT raw");
  await keyed(
    "slot",
    `SELECT isodow(day) || '-' || hour(arrived) AS key
     FROM leads AS l JOIN (SELECT DISTINCT id, arrived FROM leads_received) AS r ON r.id = l.lead_id WHERE NOT raw`,
  );
  const ages: Segment[] = await keyed(
    "age",
    `SELECT CASE WHEN age IS NULL THEN '∅' WHEN age < 0 THEN '-1' WHEN age < 3 THEN age::VARCHAR WHEN age < 7 THEN '3'
            WHEN age < 14 THEN '7' WHEN age < 30 THEN '14' ELSE '30' END AS key
     FROM (SELECT l.day - coalesce(f.first, c.start_time::DATE) AS age
           FROM leads AS l
           JOIN campaigns AS c USING (campaign_id)
           LEFT JOIN (SELECT campaign_id, min(day) AS first FROM insights GROUP BY 1) AS f USING (campaign_id)
           WHERE NOT l.raw)`,
  );
  expect(ages.map(({ low, high }) => [low, high])).toContainEqual([3, 6]);
  // Bands of 1, 2 and 5: no budget lies outside its own.
  const { items } = await campaigns.segments(
    { ...selectionOf(WHOLE), by: "budget", sort: "segment", order: "asc", limit: 1000 },
    EVERYTHING,
  );
  const budgets = (await allRows(WHOLE)).items;
  for (const band of items) {
    const { low, high } = band;
    const inside = budgets.filter(
      ({ dailyBudgetMinor: budget }) =>
        low !== null && high !== null && budget !== null && budget >= low && budget < high,
    );
    if (low === null) continue;
    expect(band.leads).toBe(inside.reduce((sum, row) => sum + (row.leads ?? 0), 0));
  }
});

it("holds two segments side by side with the figures of the list, and turns over with them", async () => {
  const selection = selectionOf(WHOLE);
  const { items } = await campaigns.segments(
    { ...selection, by: "weekday", sort: "leads", order: "desc", limit: 7 },
    EVERYTHING,
  );
  const [one, other] = items as [Segment, Segment];
  const ask = (left: string, right: string) =>
    campaigns.segmentPair({ ...selection, by: "weekday", left, right }, EVERYTHING);
  const pair = await ask(one.key, other.key);
  const back = await ask(other.key, one.key);
  expect([pair.left, pair.right]).toEqual([one, other]);
  expect(pair.pairs).toBe(21);
  expect(pair.conversion?.value).toBeCloseTo(
    (one.conversion.value ?? 0) - (other.conversion.value ?? 0),
    12,
  );
  expect(back.conversion?.value).toBeCloseTo(-(pair.conversion?.value ?? 0), 12);
  expect(pair.cpl?.value).toBeCloseTo((one.cplMinor.value ?? 0) / (other.cplMinor.value ?? 1), 12);
  expect((back.cpl?.value ?? 0) * (pair.cpl?.value ?? 0)).toBeCloseTo(1, 12);
  expect((back.cpl?.low ?? 0) * (pair.cpl?.high ?? 0)).toBeCloseTo(1, 8);
  await expect(ask(one.key, "8")).rejects.toMatchObject({ code: "SEGMENT_UNKNOWN" });
});

it("tells one campaign's whole life as the table does, its ad sets adding up to it", async () => {
  const { items } = await allRows(WHOLE);
  for (const row of [...items.slice(0, 6), ...items.slice(-2)]) {
    const life = await campaigns.campaign(row.campaignId, { basis: "corrected" }, EVERYTHING);
    expect(life.campaign).toEqual(row);
    const sets = life.adSets.items;
    const sum = (of: (set: (typeof sets)[number]) => number | null) =>
      sets.reduce((total, set) => total + (of(set) ?? 0), 0);
    expect([
      sum((set) => set.spendMinor),
      sum((set) => set.impressions),
      sum((set) => set.clicks),
    ]).toEqual([row.spendMinor ?? 0, row.impressions ?? 0, row.clicks ?? 0]);
    for (const measure of life.peers?.measures ?? []) {
      expect(measure.place ?? 1).toBeLessThanOrEqual(measure.of);
      if (measure.shrunken && measure.own.value !== null && measure.pooled !== null) {
        expect(measure.shrunken.value).toBeGreaterThan(0);
        expect(measure.shrunken.low).toBeLessThanOrEqual(measure.shrunken.value);
      }
    }
  }
});

it("knows no campaign outside the scope, and no peers there", async () => {
  const { items } = await allRows(WHOLE);
  const row = items[0] as CampaignRow;
  const other = items.find(({ account }) => account !== row.account) as CampaignRow;
  const ask = (id: string, accounts: readonly string[]) =>
    campaigns.campaign(id, { basis: "corrected" }, { accounts });
  await expect(ask(row.campaignId, [other.account])).rejects.toMatchObject({
    code: "CAMPAIGN_UNKNOWN",
  });
  await expect(ask("no such", [row.account])).rejects.toMatchObject({ code: "CAMPAIGN_UNKNOWN" });
  const own = await ask(row.campaignId, [row.account]);
  const most = items.filter(({ account }) => account === row.account).length;
  expect(own.peers?.campaigns ?? 0).toBeLessThanOrEqual(most);
});
