/** What a digest tells a client: figures of some accounts over some days, and nothing of any person. */
import type { CampaignRow } from "../contract/campaigns.ts";
import { CampaignsQuery } from "../contract/campaigns.ts";
import { type SelectionQuery, SelectionQuery as SelectionShape } from "../contract/common.ts";
import type { Frame, KpiAnswer } from "../contract/overview.ts";
import { type ChangesAnswer, ChangesQuery } from "../contract/today.ts";
import type { Scope } from "../domain/scope.ts";
import { createTodayQuestions } from "../marts/today-questions.ts";
import { selectionInsights } from "./insights.ts";
import type { Workspace } from "./workspace.ts";

const DAY_MS = 86_400_000;
const CAMPAIGNS = 5;
const INSIGHTS = 3;

export interface DigestFacts {
  readonly frame: Frame;
  readonly kpis: readonly KpiAnswer[];
  readonly changes: ChangesAnswer;
  /** Campaigns with the most qualified leads. */
  readonly best: readonly CampaignRow[];
  /** Campaigns that spent most without one, though their leads were judged. */
  readonly worst: readonly CampaignRow[];
  readonly insights: readonly { readonly en: string; readonly ar: string }[];
  /** Share of the leads that are younger than the time in which leads are judged; null without leads. */
  readonly immature: number | null;
  readonly horizonDays: number;
}

export interface DigestView {
  readonly accounts: readonly string[];
  readonly days: number;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly insights: boolean;
}

const dayBefore = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);

/**
 * Gathers what a digest tells.
 *
 * @param scope accounts alone: with no leads and no contacts in it, nothing of a person can come in
 * @returns null while there are no data in the scope
 */
export async function digestFacts(
  workspace: Workspace,
  view: DigestView,
  scope: Scope,
): Promise<DigestFacts | null> {
  const { queries, clock } = workspace;
  const figures: Scope = { accounts: scope.accounts };
  const { lastDay, defaultPeriod } = await queries.facets(figures);
  if (lastDay === null) return null;
  // The last active day, as the page's own period has it: a few late rows do not make a week.
  const to = defaultPeriod?.to ?? lastDay;
  const period = view.period ?? { from: dayBefore(to, view.days - 1), to };
  const selection: SelectionQuery = SelectionShape.parse({ ...period, account: view.accounts });
  const today = createTodayQuestions(workspace);
  const [{ frame, kpis }, trend, changes, byQualified, bySpend] = await Promise.all([
    queries.kpis(selection, figures),
    queries.trend({ ...selection, grain: "day" }, figures),
    today.changes(
      ChangesQuery.parse({ ...selection, span: "period", limit: 5 }),
      figures,
      clock.now(),
    ),
    queries.campaigns(
      CampaignsQuery.parse({ ...selection, sort: "qualified", limit: CAMPAIGNS }),
      figures,
    ),
    queries.campaigns(CampaignsQuery.parse({ ...selection, sort: "spend", limit: 200 }), figures),
  ]);
  const insights = view.insights
    ? (await selectionInsights(workspace, selection, figures, frame))
        .filter(({ silenced }) => silenced === null)
        .slice(0, INSIGHTS)
        .map(({ sentence }) => sentence)
    : [];
  const leads = (only: boolean) =>
    trend.leads.reduce(
      (sum: number, n, at) => sum + (!only || trend.immature[at] ? (n ?? 0) : 0),
      0,
    );
  return {
    frame,
    kpis,
    changes,
    best: byQualified.items.filter(({ qualified }) => (qualified ?? 0) > 0),
    worst: bySpend.items
      .filter(
        ({ qualified, judged, spendMinor }) =>
          qualified === 0 && (judged ?? 0) > 0 && (spendMinor ?? 0) > 0,
      )
      .slice(0, CAMPAIGNS),
    insights,
    immature: leads(false) === 0 ? null : leads(true) / leads(false),
    horizonDays: workspace.definitions().default.conversionHorizonDays,
  };
}
