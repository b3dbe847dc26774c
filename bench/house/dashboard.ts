/** What one open Overview asks for, and people who look at it in random ways. */

import { systemClock } from "../../src/base/clock.ts";
import { type Random, seededRandom } from "../../src/base/random.ts";
import type { SelectionQuery } from "../../src/contract/common.ts";
import { EVERYTHING } from "../../src/domain/scope.ts";
import type { MartQueries } from "../../src/marts/queries.ts";
import { openWorkspace } from "../../src/workflows/workspace.ts";
import { type BenchContext, type BenchRow, lowerIsBetter, quantile } from "../measure.ts";
import type { Rival } from "./rival.ts";

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

const SELECTIONS = 40;
const WARM_UP = 3;

/** p95 of each Overview query over random selections, one after another, in a process that has warmed up. */
export async function queryTimes(
  context: BenchContext,
  home: string,
  tables: { directory: string; name: string; targetMs: number },
  rival: Rival | null,
): Promise<BenchRow[]> {
  const workspace = await openWorkspace({ home, clock: systemClock });
  try {
    const facets = await workspace.queries.facets(EVERYTHING);
    const random = seededRandom(20_260);
    const all: number[] = [];
    const cpu: number[] = [];
    const byQuery = new Map<string, number[]>();
    for (let i = -WARM_UP; i < SELECTIONS; i++) {
      const selection = randomSelection(facets, random);
      for (const [name, ask] of Object.entries(OVERVIEW_QUERIES)) {
        const used = process.cpuUsage();
        const started = performance.now();
        await ask(workspace.queries, selection);
        const ms = performance.now() - started;
        const { user, system } = process.cpuUsage(used);
        if (i < 0) continue;
        cpu.push((user + system) / 1000);
        all.push(ms);
        byQuery.set(name, [...(byQuery.get(name) ?? []), ms]);
      }
    }
    const parts = [...byQuery].map(([name, ms]) => `${name} ${quantile(ms, 0.95).toFixed(0)}`);
    context.log(`queries on ${tables.name}: p95 in ms: ${parts.join(", ")}`);
    const theirs = rival
      ? JSON.parse((await rival.run("queries", tables.directory, String(SELECTIONS))).stdout)
      : null;
    return [
      lowerIsBetter(
        `Overview queries, p95, ${tables.name}`,
        quantile(all, 0.95),
        theirs?.p95_ms ?? null,
        "ms",
        `${SELECTIONS} random selections × ${Object.keys(OVERVIEW_QUERIES).length} queries (p95 by query: ${parts.join(", ")}), median ${quantile(all, 0.5).toFixed(1)} ms; processor time p95 ${quantile(cpu, 0.95).toFixed(0)} ms, median ${quantile(cpu, 0.5).toFixed(0)} ms; target ≤ ${tables.targetMs} ms; rival ${rival?.name ?? "absent"}: frames in memory, same aggregates over the same kind of selection`,
      ),
    ];
  } finally {
    await workspace.close();
  }
}
