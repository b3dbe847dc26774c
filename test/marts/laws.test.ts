import fc from "fast-check";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { BASES, type SelectionQuery } from "../../src/contract/common.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import { KPIS, type Kpi, kpiValue, MEASURES, type Measures, PARTS } from "../../src/domain/kpis.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { digestSql, digestWarehouse } from "../../src/marts/digest.ts";
import { type KpiRow, measuresOf, valueIn } from "../../src/marts/kpi-answers.ts";
import { resolveSelection } from "../../src/marts/selection.ts";
import { treatmentsOf } from "../quality/treatment-desk.ts";
import { DEFAULTS, emptyRaw, type House, insertRaw, openHouse, type RawRow } from "./raw-world.ts";
import {
  asFiles,
  CAMPAIGNS,
  day,
  FIRST_DAY,
  LAST_DAY,
  type SmallWorld,
  smallWorld,
} from "./worlds.ts";

const RUNS = { numRuns: 8, seed: 20260101, endOnFailure: true } as const;
/** For laws that build or ask many times per world. */
const FEWER = { ...RUNS, numRuns: 4 } as const;

// Each law builds the house many times over.
vi.setConfig({ testTimeout: 240_000 });

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const EMPTY = { account: [], project: [], campaign: [] };
const select = (more: Partial<SelectionQuery> = {}): SelectionQuery => ({
  ...EMPTY,
  from: day(FIRST_DAY),
  to: day(LAST_DAY),
  basis: "corrected",
  ...more,
});

async function kpiRow(selection: SelectionQuery): Promise<KpiRow> {
  return house.warehouse.snapshot(async (session) => {
    const selected = await resolveSelection(session, selection, EVERYTHING, DEFAULTS);
    return (await session.first<KpiRow>(selected.sql("kpis"), selected.params)) as KpiRow;
  });
}

/** A tax and a fee that do not divide evenly, so that all-in spend is rounded. */
const TAXED = readDefinitions([{ default: { taxRate: 0.14, feeRate: 0.033 } }], "test");

const filter = fc.constantFrom<Partial<SelectionQuery>>(
  {},
  { account: ["a1"] },
  { project: ["Palm"] },
  { campaign: ["c1", "c4"] },
  { asOf: day(7) },
);

it("adds up over accounts, over campaigns and over days, on every basis and under every filter", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      filter,
      fc.constantFrom(...BASES),
      fc.integer({ min: FIRST_DAY, max: LAST_DAY - 1 }),
      async (world, narrow, basis, cut) => {
        await house.settle(asFiles(world), TAXED);
        const whole = measuresOf(await kpiRow(select({ ...narrow, basis })));
        const partitions: Partial<SelectionQuery>[][] = [
          [
            { from: day(FIRST_DAY), to: day(cut) },
            { from: day(cut + 1), to: day(LAST_DAY) },
          ],
          ...(narrow.account ? [] : [[{ account: ["a1"] }, { account: ["a2"] }]]),
        ];
        for (const parts of partitions) {
          const measures: Measures[] = [];
          for (const part of parts)
            measures.push(measuresOf(await kpiRow(select({ ...narrow, basis, ...part }))));
          for (const name of [...MEASURES, ...PARTS]) {
            const sum = measures.reduce((total, one) => total + (one[name] ?? 0), 0);
            expect({ name, sum }).toEqual({ name, sum: whole[name] ?? 0 });
          }
        }
        const { items, rest, total } = await house.queries.breakdown(
          { ...select({ ...narrow, basis }), by: "project", sort: "leads", limit: 1 },
          EVERYTHING,
        );
        for (const name of [
          "spendMinor",
          "impressions",
          "clicks",
          "leads",
          "judged",
          "undecided",
          "qualified",
          "meetings",
          "deals",
        ] as const) {
          const lines = [...items, ...(rest ? [rest] : [])];
          const sum = lines.reduce((all, line) => all + (line[name] ?? 0), 0);
          expect({ name, sum }).toEqual({ name, sum: whole[name] ?? 0 });
          expect(total[name] ?? 0).toBe(whole[name] ?? 0);
        }
      },
    ),
    RUNS,
  );
});

it("says of an account in a list what it says of that account alone, unknown or 0 alike", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.constantFrom(...BASES),
      fc.integer({ min: FIRST_DAY, max: LAST_DAY }),
      fc.nat({ max: 3 }),
      async (world, basis, from, length) => {
        await house.settle(asFiles(world), TAXED);
        const period = { basis, from: day(from), to: day(Math.min(from + length, LAST_DAY)) };
        const { items } = await house.queries.breakdown(
          { ...select(period), by: "account", sort: "spend", limit: 10 },
          EVERYTHING,
        );
        for (const item of items) {
          const alone = await kpiRow(select({ ...period, account: [item.id] }));
          const kpi = (id: string) => valueIn(KPIS.find((one) => one.id === id) as Kpi, alone);
          const listed = [item.spendMinor, item.leads, item.cplMinor, item.cpqlMinor, item.ctr];
          expect([item.id, ...listed]).toEqual([
            item.id,
            ...["spend", "leads", "cpl", "cpql", "ctr"].map(kpi),
          ]);
        }
      },
    ),
    RUNS,
  );
});

it("has one formula: the ratios of SQL are kpiValue of the sums, null where undefined", async () => {
  await fc.assert(
    fc.asyncProperty(smallWorld, fc.constantFrom(...BASES), async (world, basis) => {
      await house.settle(asFiles(world), TAXED);
      const row = await kpiRow(select({ basis }));
      const measures = measuresOf(row);
      for (const kpi of KPIS as readonly Kpi[]) {
        const expected = kpiValue(kpi, measures);
        const value = valueIn(kpi, row);
        expect({ id: kpi.id, known: value !== null }).toEqual({
          id: kpi.id,
          known: expected !== null,
        });
        if (value !== null && expected !== null) expect(value).toBeCloseTo(expected, 9);
      }
      expect((measures.judged ?? 0) + (measures.undecided ?? 0)).toBeLessThanOrEqual(
        measures.leads ?? 0,
      );
    }),
    RUNS,
  );
});

it("divides only what the same rows know, and says of which share of spend it speaks", async () => {
  const sum = (values: readonly (number | null)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const sides = {
    ctr: ["clicks", "impressions", 1],
    cpc: ["spend_minor", "clicks", 1],
    cpm: ["spend_minor", "impressions", 1000],
  } as const;
  type Row = Record<"spend_minor" | "impressions" | "clicks", number | null>;
  await fc.assert(
    fc.asyncProperty(smallWorld, async (world) => {
      await house.settle(asFiles(world));
      const rows = await house.warehouse.all<Row>("FROM staging.insights");
      const { kpis } = await house.queries.kpis(select(), EVERYTHING);
      const spend = sum(rows.map((row) => row.spend_minor));
      for (const [id, [over, under, scale]] of Object.entries(sides)) {
        const both = rows.filter((row) => row[over] !== null && row[under] !== null);
        const below = sum(both.map((row) => row[under]));
        const expected = (sum(both.map((row) => row[over])) * scale) / below;
        const kpi = kpis.find((one) => one.id === id);
        if (below === 0) {
          expect(kpi?.value ?? null).toBeNull();
          continue;
        }
        expect(kpi?.value).toBeCloseTo(expected, 9);
        const share = sum(both.map((row) => row.spend_minor)) / spend;
        const covered = spend > 0 && share < 1 ? [{ of: "spendMinor", share }] : [];
        expect({ id, coverage: kpi?.coverage }).toEqual({ id, coverage: covered });
      }
    }),
    { ...RUNS, numRuns: 25 },
  );
});

it("trend, funnel and campaign list tell the same sums as the cards", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.constantFrom(...BASES),
      fc.constantFrom("day", "week", "month" as const),
      async (world, basis, grain) => {
        await house.settle(asFiles(world));
        const selection = select({ basis });
        const whole = measuresOf(await kpiRow(selection));
        const trend = await house.queries.trend(
          { ...selection, grain: grain as "day" },
          EVERYTHING,
        );
        const total = (column: readonly (number | null)[]) =>
          column.reduce<number>((sum, x) => sum + (x ?? 0), 0);
        expect(total(trend.spendMinor)).toBe(whole.spendMinor ?? 0);
        expect(total(trend.leads)).toBe(whole.leads ?? 0);
        expect(total(trend.qualified)).toBe(whole.qualified ?? 0);
        const funnel = await house.queries.funnel(selection, EVERYTHING);
        expect(funnel.leads).toBe(whole.leads);
        expect(funnel.undecided).toBe(whole.undecided);
        expect(funnel.stages.find((one) => one.stage === "qualified")?.reached).toBe(
          whole.qualified ?? 0,
        );
        const standing = [...funnel.stages, ...funnel.beside].reduce((sum, one) => sum + one.at, 0);
        expect(standing).toBe(whole.leads ?? 0);
        const list = await house.queries.campaigns(
          { ...selection, sort: "spend", order: "desc", limit: 500 },
          EVERYTHING,
        );
        expect(list.totals.spendMinor ?? 0).toBe(whole.spendMinor ?? 0);
        expect(list.items.reduce((sum, item) => sum + (item.leads ?? 0), 0)).toBe(
          list.totals.leads ?? 0,
        );
      },
    ),
    RUNS,
  );
});

/** Everything of a mart but where its rows stood in files. */
async function martsDigest(): Promise<Record<string, unknown>> {
  const tables = [
    "accounts",
    "projects",
    "campaigns",
    "campaign_day",
    "lead_stage_log",
    "contracts",
  ];
  const relations = new Map(tables.map((table) => [table, `marts.${table}`]));
  relations.set("lead_outcome", "(SELECT * EXCLUDE (file_id, line) FROM marts.lead_outcome)");
  const digests: Record<string, unknown> = {};
  for (const [table, relation] of relations)
    digests[table] = await house.warehouse.first(digestSql(relation));
  return digests;
}

/** Splits rows so that no natural key stands in two files: by ad set, by lead. */
const half = (rows: readonly RawRow[], first: boolean) =>
  rows.filter(
    (row) => (Number(String(row.lead_id ?? row.ad_set_id).replace(/\D/g, "")) % 2 === 0) === first,
  );

it("stores for each campaign, on every basis, what its days add up to", async () => {
  const narrowings = [{}, { account: ["a1"] }, { project: ["Palm"] }, { campaign: ["c1", "c4"] }];
  // Only all time is stored; a period around all there is has to add up its days.
  const spans = [
    { from: "all", to: undefined },
    { from: "2000-01-01", to: "2099-12-31" },
  ];
  // Copies part the raw basis from the deduplicated one, a treatment that one from the corrected one.
  const left = treatmentsOf({
    method: "exclude_campaigns",
    campaigns: [{ account: "a1", campaignId: "c1" }],
  });
  const doubled = <T>(rows: readonly T[]) => [...rows, ...rows.slice(0, 8)];
  await fc.assert(
    fc.asyncProperty(smallWorld, async ({ insights, campaign_leads, ...log }) => {
      const world = {
        insights: doubled(insights),
        campaign_leads: doubled(campaign_leads),
        ...log,
      };
      await house.settle(asFiles(world), undefined, left);
      for (const [narrowing, basis] of narrowings.flatMap((one) =>
        BASES.map((basis) => [one, basis] as const),
      )) {
        const [stored, added] = await Promise.all(
          spans.map(async (span) => {
            const selection = select({ ...narrowing, ...span, basis });
            const list = { ...selection, sort: "spend", order: "desc", limit: 50 } as const;
            const { items, totals } = await house.queries.campaigns(list, EVERYTHING);
            const { campaigns } = await house.queries.kpis(selection, EVERYTHING);
            const by = { by: "project", sort: "spend", limit: 2 } as const;
            const projects = await house.queries.breakdown({ ...selection, ...by }, EVERYTHING);
            const groups = [projects.items, projects.rest, projects.total];
            return { items, totals, campaigns, groups };
          }),
        );
        expect(stored).toEqual(added);
      }
    }),
    FEWER,
  );
});

it("tells of all accounts what it tells of every account named", async () => {
  await fc.assert(
    fc.asyncProperty(smallWorld, fc.constantFrom(...BASES), async (world, basis) => {
      await house.settle(asFiles(world), TAXED);
      const { accounts } = await house.queries.facets(EVERYTHING);
      fc.pre(accounts.length > 0);
      const periods = [{}, { from: "all", to: undefined }, { from: day(LAST_DAY - 3) }] as const;
      for (const period of periods) {
        const [stored, added] = await Promise.all(
          [[], accounts.map(({ id }) => id)].map(async (account) => {
            const selection = select({ ...period, basis, account });
            return [
              await house.queries.kpis(selection, EVERYTHING),
              await house.queries.trend({ ...selection, grain: "day" }, EVERYTHING),
              await house.queries.funnel(selection, EVERYTHING),
            ];
          }),
        );
        expect(stored).toEqual(added);
      }
    }),
    RUNS,
  );
});

it("gives the same marts whatever the order in which disjoint files come", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
      async (world, order) => {
        const files: [string, readonly RawRow[]][] = [
          ["campaigns", CAMPAIGNS],
          ["insights", half(world.insights, true)],
          ["insights", half(world.insights, false)],
          ["campaign_leads", half(world.campaign_leads, true)],
          ["campaign_leads", half(world.campaign_leads, false)],
          ["lead_status_changes", half(world.lead_status_changes, true)],
          ["lead_status_changes", half(world.lead_status_changes, false)],
        ];
        const importIn = (sequence: readonly number[]) =>
          house.build(async (session) => {
            await emptyRaw(session);
            for (const [place, which] of sequence.entries()) {
              const [table, rows] = files[which] as [string, readonly RawRow[]];
              await insertRaw(session, {
                [table]: rows.map((row, i) => ({ ...row, file_id: place + 1, line: i + 2 })),
              });
            }
          });
        await importIn([0, 1, 2, 3, 4, 5, 6]);
        const before = await martsDigest();
        await importIn(order);
        expect(await martsDigest()).toEqual(before);
      },
    ),
    RUNS,
  );
});

it("cleans twice as once, and undoing a newer file restores what was there", async () => {
  await fc.assert(
    fc.asyncProperty(smallWorld, smallWorld, async (world, newer) => {
      await house.settle(asFiles(world));
      const before = await digestWarehouse(house.warehouse);
      await house.build();
      expect(await digestWarehouse(house.warehouse)).toEqual(before);

      const inFile = (rows: readonly RawRow[], file_id: number) =>
        rows.map((row) => ({ ...row, file_id }));
      await house.build((session) =>
        insertRaw(session, {
          campaigns: inFile([{ campaign_id: "c1", account_id: "a2", project_name: "Moved" }], 11),
          insights: inFile(newer.insights, 12),
          campaign_leads: inFile(newer.campaign_leads, 13),
          lead_status_changes: inFile(newer.lead_status_changes, 14),
        }),
      );
      expect(await digestWarehouse(house.warehouse)).not.toEqual(before);
      await house.build(async (session) => {
        for (const table of [
          "files",
          "campaigns",
          "insights",
          "campaign_leads",
          "lead_status_changes",
        ]) {
          await session.run(`DELETE FROM raw.${table} WHERE file_id > 10`);
        }
      });
      expect(await digestWarehouse(house.warehouse)).toEqual(before);
    }),
    FEWER,
  );
});

it("knows nothing of what came after the day asked for, nor of a final status", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      fc.integer({ min: FIRST_DAY, max: LAST_DAY }),
      async (world, until) => {
        const limit = `${day(until)} 99`;
        const past: SmallWorld = {
          insights: world.insights.filter((row) => String(row.day) <= limit),
          // One line per lead, so that a later line of the file does not replace an earlier one.
          campaign_leads: onePerLead(world.campaign_leads)
            .filter((row) => String(row.added_at) <= limit)
            .map((row) => ({ ...row, lead_status: "SPAM" })),
          lead_status_changes: world.lead_status_changes.filter(
            (row) => String(row.changed_at) <= limit,
          ),
        };
        const asOf = day(until);
        const answers = async () => {
          const selection: SelectionQuery = { ...EMPTY, from: "all", basis: "corrected", asOf };
          const { kpis, campaigns, frame } = await house.queries.kpis(selection, EVERYTHING);
          const funnel = await house.queries.funnel(selection, EVERYTHING);
          const trend = await house.queries.trend({ ...selection, grain: "day" }, EVERYTHING);
          const standard = await house.queries.kpis({ ...selection, from: undefined }, EVERYTHING);
          return { kpis, campaigns, frame, funnel, trend, standard: standard.kpis };
        };
        await house.settle(asFiles({ ...world, campaign_leads: onePerLead(world.campaign_leads) }));
        const full = await answers();
        await house.settle(asFiles(past));
        expect(await answers()).toEqual(full);
      },
    ),
    FEWER,
  );
});

function onePerLead(rows: readonly RawRow[]): RawRow[] {
  return [...new Map(rows.map((row) => [row.lead_id, row])).values()];
}

it("shows behind every number the rows that add up to it, each once, over all pages", async () => {
  await fc.assert(
    fc.asyncProperty(
      smallWorld,
      filter,
      fc.constantFrom(...BASES),
      async (world, narrow, basis) => {
        await house.settle(asFiles(world));
        const selection = select({ ...narrow, basis });
        const measures = measuresOf(await kpiRow(selection));
        const columns = {
          spend: "spend_minor",
          impressions: "impressions",
          clicks: "clicks",
          reach: "reach",
        } as const;
        for (const kpi of [
          "spend",
          "clicks",
          "leads",
          "qualified",
          "meetings",
          "qualifiedEverLogged",
          "qualifiedWithinHorizon",
          "cpql",
          "ctr",
          "undecidedShare",
          "conversionRate",
        ]) {
          const rows = [];
          let cursor: string | undefined;
          let total = 0;
          do {
            const page = await house.queries.rows(
              { ...selection, kpi, dropped: false, limit: 7, ...(cursor ? { cursor } : {}) },
              EVERYTHING,
            );
            rows.push(...page.items);
            total = page.total;
            cursor = page.next ?? undefined;
          } while (cursor !== undefined);
          expect(rows.length).toBe(total);
          expect(new Set(rows.map((row) => `${row.file} ${row.line}`)).size).toBe(total);
          const insights = rows.filter((row) => row.table === "insights");
          const leads = rows.filter((row) => row.table === "campaign_leads");
          const spend = insights.reduce((sum, row) => sum + Number(row.cells.spend_minor ?? 0), 0);
          if (kpi in columns) {
            const column = columns[kpi as keyof typeof columns];
            const sum = insights.reduce((all, row) => all + Number(row.cells[column] ?? 0), 0);
            expect({ kpi, sum }).toEqual({
              kpi,
              sum: measures[kpi === "spend" ? "spendMinor" : "clicks"] ?? 0,
            });
          } else if (kpi === "ctr") {
            const clicks = insights.reduce((all, row) => all + Number(row.cells.clicks), 0);
            expect({ kpi, clicks }).toEqual({ kpi, clicks: measures.clicksWithImpressions ?? 0 });
          } else if (kpi === "cpql") {
            expect([spend, leads.length]).toEqual([
              measures.spendMinorWithStages ?? 0,
              measures.qualifiedWithSpend ?? 0,
            ]);
          } else {
            const counted = { undecidedShare: "leads", conversionRate: "judged" }[kpi] ?? kpi;
            const n = measures[counted as "leads"] ?? 0;
            expect({ kpi, n: leads.length }).toEqual({ kpi, n });
          }
        }
        const listed = async (kpi: string, dropped: boolean) => {
          const query = { ...selection, kpi, dropped, limit: 500 };
          return await house.queries.rows(query, EVERYTHING);
        };
        const sides = await Promise.all(["spend", "leads"].map((kpi) => listed(kpi, false)));
        const kept = { total: sides.reduce((sum, one) => sum + one.total, 0) };
        const lost = await listed("cpl", true);
        expect(lost.items.every((row) => row.dropped !== null)).toBe(true);
        if (Object.keys(narrow).length === 0) {
          expect(kept.total + lost.total).toBe(world.insights.length + world.campaign_leads.length);
        }
      },
    ),
    FEWER,
  );
});
