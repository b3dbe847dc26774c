/** What one open Overview asks for, and people who look at it in random ways. */

import { systemClock } from "../../src/base/clock.ts";
import { type Random, seededRandom } from "../../src/base/random.ts";
import type { SelectionQuery } from "../../src/contract/common.ts";
import { LeadsQuery } from "../../src/contract/leads.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import { createLeadQuestions, type LeadQuestions } from "../../src/marts/lead-questions.ts";
import type { MartQueries } from "../../src/marts/queries.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { type BenchContext, type BenchRow, lowerIsBetter, quantile } from "../measure.ts";
import type { Rival } from "../rivals/rival.ts";

type Facets = Awaited<ReturnType<MartQueries["facets"]>>;

/** The queries of the Overview, by name. */
export const OVERVIEW_QUERIES: Readonly<
  Record<string, (queries: MartQueries, selection: SelectionQuery) => Promise<unknown>>
> = {
  kpis: (queries, selection) => queries.kpis(selection, EVERYTHING),
  trend: (queries, selection) => queries.trend({ ...selection, grain: "day" }, EVERYTHING),
  projects: (queries, selection) =>
    queries.breakdown({ ...selection, by: "project", sort: "spend", limit: 10 }, EVERYTHING),
  accounts: (queries, selection) =>
    queries.breakdown({ ...selection, by: "account", sort: "spend", limit: 10 }, EVERYTHING),
  funnel: (queries, selection) => queries.funnel(selection, EVERYTHING),
  campaigns: (queries, selection) =>
    queries.campaigns({ ...selection, sort: "spend", order: "desc", limit: 100 }, EVERYTHING),
};

/** A period of 7 to 120 days within the data; one in two looks at one account, one in four at some projects. */
export function randomSelection(facets: Facets, random: Random): SelectionQuery {
  const first = Date.parse(facets.firstDay ?? "2025-01-01");
  const last = Date.parse(facets.lastDay ?? "2025-12-31");
  const days = Math.max(1, Math.round((last - first) / 86_400_000));
  const length = 7 + random.int(114);
  const start = first + random.int(Math.max(1, days - length)) * 86_400_000;
  const text = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const u = random.next();
  const some = <T>(list: readonly T[]) => list[random.int(list.length)];
  const account = u < 0.5 ? some(facets.accounts)?.id : undefined;
  const projects = u >= 0.75 ? [some(facets.projects)?.name, some(facets.projects)?.name] : [];
  return {
    from: text(start),
    to: text(start + length * 86_400_000),
    account: account === undefined ? [] : [account],
    project: [...new Set(projects.filter((name) => name !== undefined))],
    campaign: [],
    basis: "corrected",
  };
}

/** All there is: of everybody, then of one account, of one project, and on the other bases. */
function allTimeSelections(facets: Facets): SelectionQuery[] {
  const all: SelectionQuery = {
    from: "all",
    account: [],
    project: [],
    campaign: [],
    basis: "corrected",
  };
  const [account] = facets.accounts;
  const [project] = facets.projects;
  return [
    all,
    { ...all, account: account ? [account.id] : [] },
    { ...all, project: project ? [project.name] : [] },
    { ...all, basis: "raw" },
  ];
}

/** What is typed into the search fields of the two lists, over all there is. */
const SEARCHES: Readonly<
  Record<
    string,
    (queries: MartQueries, leads: LeadQuestions, selection: SelectionQuery) => Promise<unknown>
  >
> = {
  "campaign search": (queries, _leads, selection) =>
    queries.campaigns(
      { ...selection, search: "el", sort: "spend", order: "desc", limit: 100 },
      EVERYTHING,
    ),
  "lead search": (_queries, leads, selection) =>
    leads.leads(LeadsQuery.parse({ ...selection, search: "mona" }), EVERYTHING),
  "phone search": (_queries, leads, selection) =>
    leads.leads(LeadsQuery.parse({ ...selection, search: "1012" }), EVERYTHING),
};

const SELECTIONS = 40;
const WARM_UP = 3;
/** All-time questions are few, so each is asked several times. */
const REPEATS = 5;

interface Timed {
  readonly name: string;
  readonly ms: number;
  readonly cpuMs: number;
}

async function timed(name: string, deed: () => Promise<unknown>): Promise<Timed> {
  const used = process.cpuUsage();
  const started = performance.now();
  await deed();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(used);
  return { name, ms, cpuMs: (user + system) / 1000 };
}

/** p95 by query, of wall time and processor time, as text. */
function byQuery(times: readonly Timed[]): string {
  const names = [...new Set(times.map(({ name }) => name))];
  return names
    .map((name) => {
      const own = times.filter((one) => one.name === name);
      const wall = quantile(
        own.map(({ ms }) => ms),
        0.95,
      );
      return `${name} ${wall.toFixed(0)}`;
    })
    .join(", ");
}

function p95Row(
  name: string,
  times: readonly Timed[],
  theirs: number | null,
  targetMs: number,
  what: string,
): BenchRow {
  const wall = times.map(({ ms }) => ms);
  const cpu = times.map(({ cpuMs }) => cpuMs);
  return lowerIsBetter(
    name,
    quantile(wall, 0.95),
    theirs,
    "ms",
    `${what} (p95 by query: ${byQuery(times)}), median ${quantile(wall, 0.5).toFixed(1)} ms; processor time p95 ${quantile(cpu, 0.95).toFixed(0)} ms, median ${quantile(cpu, 0.5).toFixed(0)} ms; target ≤ ${targetMs} ms`,
  );
}

/**
 * p95 of each Overview query, one after another, in a process that has warmed up: over random selections, over all time,
 * and of the searches.
 */
export async function queryTimes(
  context: BenchContext,
  home: string,
  tables: { directory: string; name: string; targetMs: number },
  rival: Rival | null,
): Promise<BenchRow[]> {
  const workspace = await openWorkspace({ home, clock: systemClock });
  const { name, targetMs } = tables;
  try {
    const { queries } = workspace;
    const leads = createLeadQuestions(workspace);
    const facets = await queries.facets(EVERYTHING);
    const random = seededRandom(20_260);
    const asked = Object.entries(OVERVIEW_QUERIES);
    const ordinary: Timed[] = [];
    for (let i = -WARM_UP; i < SELECTIONS; i++) {
      const selection = randomSelection(facets, random);
      for (const [query, ask] of asked) {
        const one = await timed(query, () => ask(queries, selection));
        if (i >= 0) ordinary.push(one);
      }
    }
    const allTime: Timed[] = [];
    const searches: Timed[] = [];
    for (let i = -1; i < REPEATS; i++) {
      for (const selection of allTimeSelections(facets)) {
        for (const [query, ask] of asked) {
          const one = await timed(query, () => ask(queries, selection));
          if (i >= 0) allTime.push(one);
        }
      }
      const [all] = allTimeSelections(facets) as [SelectionQuery];
      for (const [query, ask] of Object.entries(SEARCHES)) {
        const one = await timed(query, () => ask(queries, leads, all));
        if (i >= 0) searches.push(one);
      }
    }
    context.log(`queries on ${name}: p95 in ms: ${byQuery(ordinary)}`);
    context.log(`queries of all time on ${name}: p95 in ms: ${byQuery(allTime)}`);
    context.log(`searches of all time on ${name}: p95 in ms: ${byQuery(searches)}`);
    const theirs = rival
      ? JSON.parse((await rival.run("queries", tables.directory, String(SELECTIONS))).stdout)
      : null;
    const what = `${SELECTIONS} random selections × ${asked.length} queries`;
    const told = `rival ${rival?.name ?? "absent"}: frames in memory, same aggregates over the same kind of selection`;
    const first = p95Row(
      `Overview queries, p95, ${name}`,
      ordinary,
      theirs?.p95_ms ?? null,
      targetMs,
      what,
    );
    return [
      { ...first, how: `${first.how}; ${told}` },
      p95Row(
        `Overview queries of all time, p95, ${name}`,
        allTime,
        null,
        targetMs,
        `everybody, one account, one project, and everybody on the raw basis × ${asked.length} queries × ${REPEATS}`,
      ),
      p95Row(
        `searches of all time, p95, ${name}`,
        searches,
        null,
        targetMs,
        `a page of 100 and the count of all, × ${REPEATS}`,
      ),
    ];
  } finally {
    await workspace.close();
  }
}
