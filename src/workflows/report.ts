import { Problem } from "../base/problem.ts";
import type { Basis, SelectionQuery } from "../contract/common.ts";
import { BASES } from "../contract/common.ts";
import { EVERYTHING } from "../domain/scope.ts";
import { tableCounts } from "../quality/table-counts.ts";
import type { OverviewReport } from "../report/overview-report.ts";
import { activeSamples } from "./ledger.ts";
import type { Workspace } from "./workspace.ts";

export interface ReportOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly asOf?: string | undefined;
  readonly accounts?: readonly string[];
  readonly projects?: readonly string[];
}

const MOST_NAMED = 30;

/** @throws Problem `UNKNOWN_ACCOUNT`, `UNKNOWN_PROJECT` with the names there are */
function checkKnown(
  { accounts = [], projects = [] }: ReportOptions,
  facets: { accounts: readonly { id: string }[]; projects: readonly { name: string }[] },
): void {
  const list = (names: readonly string[]) =>
    names.length === 0
      ? "There are none yet."
      : `There are ${names.slice(0, MOST_NAMED).join(", ")}${names.length > MOST_NAMED ? `, and ${names.length - MOST_NAMED} more` : ""}.`;
  const ids = facets.accounts.map((one) => one.id);
  const account = accounts.find((one) => !ids.includes(one));
  if (account !== undefined) {
    throw new Problem("UNKNOWN_ACCOUNT", {
      what: `There is no account "${account}"`,
      where: "--account",
      fix: list(ids),
      details: { account, accounts: ids.slice(0, MOST_NAMED) },
    });
  }
  const names = facets.projects.map((one) => one.name);
  const project = projects.find((one) => !names.includes(one));
  if (project !== undefined) {
    throw new Problem("UNKNOWN_PROJECT", {
      what: `There is no project "${project}"`,
      where: "--project",
      fix: list(names),
      details: { project, projects: names.slice(0, MOST_NAMED) },
    });
  }
}

/**
 * Everything the Overview shows, read in one go.
 *
 * @throws Problem `UNKNOWN_ACCOUNT`, `UNKNOWN_PROJECT`
 */
export async function makeReport(
  workspace: Workspace,
  options: ReportOptions = {},
): Promise<OverviewReport> {
  const { queries, warehouse, ledger } = workspace;
  const facets = await queries.facets(EVERYTHING);
  checkKnown(options, facets);
  const narrowed = {
    account: [...(options.accounts ?? [])],
    project: [...(options.projects ?? [])],
    campaign: [],
    asOf: options.asOf,
  };
  const everything: SelectionQuery = { ...narrowed, basis: "corrected", from: "all" };
  const chosen: SelectionQuery = {
    ...narrowed,
    basis: "corrected",
    from: options.from,
    to: options.to,
  };
  const { tables, conflictingInsightKeys } = await tableCounts(warehouse);
  const totals = {} as Record<Basis, Record<string, number | null>>;
  for (const basis of BASES) {
    const answer = await queries.kpis({ ...everything, basis }, EVERYTHING);
    totals[basis] = Object.fromEntries(answer.kpis.map((kpi) => [kpi.id, kpi.value]));
  }
  const files = [...ledger.imports.values()].flatMap((one) => one.files);
  return {
    madeAt: workspace.clock.now().toISOString(),
    asOf: options.asOf ?? null,
    definitionsVersion: workspace.definitions().version,
    data: {
      firstDay: facets.firstDay,
      lastDay: facets.lastDay,
      tables,
      rejects: tables.reduce((sum, table) => sum + table.rowsRejected, 0),
      conflictingInsightKeys,
      unreadable: [...workspace.unreadable].map(([fileId, problem]) => ({
        name: files.find((file) => file.fileId === fileId)?.name ?? String(fileId),
        code: problem.code,
        what: problem.what,
      })),
      sample: activeSamples(ledger).length > 0,
    },
    totals,
    allTime: await queries.kpis(everything, EVERYTHING),
    period: await queries.kpis(chosen, EVERYTHING),
    funnel: await queries.funnel(everything, EVERYTHING),
    projects: await queries.breakdown(
      { ...everything, by: "project", sort: "spend", limit: 10 },
      EVERYTHING,
    ),
    accounts: await queries.breakdown(
      { ...everything, by: "account", sort: "spend", limit: 10 },
      EVERYTHING,
    ),
    facets: { defaultPeriod: facets.defaultPeriod, empty: facets.empty },
  };
}
