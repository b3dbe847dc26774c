/**
 * The marts room's asking: takes a selection and the caller's scope, gives the answers of the Overview.
 * Every answer is read from one state of the data, through the narrowing of `narrow.ts`.
 */
import type { SelectionQuery } from "../contract/common.ts";
import type { FunnelAnswer, KpisAnswer, TrendAnswer } from "../contract/overview.ts";
import type { Definitions } from "../domain/definitions.ts";
import type { Scope } from "../domain/scope.ts";
import { FUNNEL_STAGES, STAGES } from "../domain/stages.ts";
import type { Params } from "../warehouse/values.ts";
import type { Session, Warehouse } from "../warehouse/warehouse.ts";
import { adsOrFollowUpOf } from "./ads-or-follow-up.ts";
import { breakdownOf } from "./breakdown.ts";
import { campaignList } from "./campaign-list.ts";
import { type KpiRow, kpiAnswers } from "./kpi-answers.ts";
import { UNMAPPED } from "./lead-stage.ts";
import { narrowed, narrowParams } from "./narrow.ts";
import { addDays, defaultPeriod } from "./period.ts";
import type { MartQueries } from "./queries.ts";
import { extentOf, follows, resolveSelection, type Selected } from "./selection.ts";
import { sourceRows } from "./source-rows.ts";
import { waterfallOf } from "./waterfall.ts";

/** Nothing narrowed: what the filter bar is filled from. */
const ALL: SelectionQuery = {
  from: "all",
  account: [],
  project: [],
  campaign: [],
  basis: "corrected",
};

interface CampaignCounts {
  total: number;
  delivered: number;
  never_delivered: number | null;
  spend_no_lead: number | null;
  spend_no_lead_minor: number | null;
}

async function kpisOf(
  session: Session,
  selected: Selected,
  selection: SelectionQuery,
  scope: Scope,
): Promise<KpisAnswer> {
  const rowsOf = (one: SelectionQuery, days: Params) =>
    session.all<KpiRow>(narrowed("kpis", scope, one), { ...selected.params, ...days });
  const rowsOn = (one: SelectionQuery) => rowsOf(one, {});
  const [current, justBefore] = await rowsOn(selection);
  const { period, previous: compared } = selected.frame;
  const previous =
    compared === null || follows(compared, period)
      ? justBefore
      : (
          await rowsOf(selection, { from: compared.from, to: compared.to, start: compared.from })
        )[0];
  const raw =
    selection.basis === "raw" ? current : (await rowsOn({ ...selection, basis: "raw" }))[0];
  const counts = (await session.first<CampaignCounts>(
    selected.sql("campaign-counts"),
    selected.params,
  )) as CampaignCounts;
  const waiting = scope.accounts === "all" ? await unresolved(session) : null;
  return {
    frame: selected.frame,
    kpis: kpiAnswers(
      current as KpiRow,
      selected.frame.previous === null ? null : (previous as KpiRow),
      raw as KpiRow,
      selected.mixedCurrency,
    ),
    unresolved: waiting ?? { insights: 0, leads: 0, statusChanges: 0 },
    unmappedStatuses: await session.all(selected.sql("unmapped-statuses"), selected.params),
    campaigns: {
      total: counts.total,
      delivered: counts.delivered,
      neverDelivered: counts.never_delivered,
      spendNoLead: counts.spend_no_lead,
      spendNoLeadMinor: selected.mixedCurrency ? null : counts.spend_no_lead_minor,
    },
  };
}

/** Rows without an account are nobody's: only who sees everything is told of them. */
async function unresolved(session: Session): Promise<KpisAnswer["unresolved"] | null> {
  const row = await session.first<{ insights: number; leads: number; status_changes: number }>(
    narrowed("unresolved", { accounts: "all" }, ALL),
  );
  return row && { insights: row.insights, leads: row.leads, statusChanges: row.status_changes };
}

async function trendOf(
  session: Session,
  selected: Selected,
  grain: TrendAnswer["grain"],
): Promise<TrendAnswer> {
  const end = selected.frame.asOf ?? selected.extent.last_day ?? selected.frame.period.to;
  const columns =
    selected.frame.period.days === 0
      ? {}
      : await session.columns(selected.sql("trend"), {
          ...selected.params,
          grain,
          week_start: selected.weekStart,
          mature_until: addDays(end, -selected.horizonDays),
        });
  const column = (name: string) => (columns[name] ?? []) as (number | null)[];
  return {
    frame: selected.frame,
    grain,
    start: (columns.start ?? []) as string[],
    spendMinor: selected.mixedCurrency
      ? column("spend_minor").map(() => null)
      : column("spend_minor"),
    impressions: column("impressions"),
    clicks: column("clicks"),
    leads: column("leads"),
    qualified: column("qualified"),
    undecided: column("undecided"),
    immature: (columns.immature ?? []) as boolean[],
  };
}

async function funnelOf(session: Session, selected: Selected): Promise<FunnelAnswer> {
  const rows = await session.all<{ stage: string | null; leads: number; undecided: number }>(
    selected.sql("funnel"),
    selected.params,
  );
  const at = (stage: string) => rows.find((row) => (row.stage ?? UNMAPPED) === stage)?.leads ?? 0;
  const leads = rows.reduce((sum, row) => sum + row.leads, 0);
  const undecided = rows.reduce((sum, row) => sum + row.undecided, 0);
  const beside = [
    ...STAGES.filter((stage) => !FUNNEL_STAGES.some((one) => one === stage)),
    UNMAPPED,
  ];
  return {
    frame: selected.frame,
    leads: selected.params.leads_known === true ? leads : null,
    stages: FUNNEL_STAGES.map((stage, i) => ({
      stage,
      at: at(stage),
      reached: FUNNEL_STAGES.slice(i).reduce((sum, further) => sum + at(further), 0),
      shareOfLeads:
        leads === 0
          ? null
          : FUNNEL_STAGES.slice(i).reduce((sum, further) => sum + at(further), 0) / leads,
    })),
    beside: beside.map((stage) => ({ stage, at: at(stage) })),
    undecided: selected.params.leads_known === true ? undecided : null,
    undecidedShare: leads === 0 ? null : undecided / leads,
  };
}

/**
 * The questions of the page over a warehouse.
 *
 * @param definitions those in force, asked anew for each answer
 */
export function createMartQueries({
  warehouse,
  definitions,
}: {
  readonly warehouse: Warehouse;
  readonly definitions: () => Definitions;
}): MartQueries {
  const within = <T>(
    selection: SelectionQuery,
    scope: Scope,
    answer: (session: Session, selected: Selected) => Promise<T>,
  ): Promise<T> =>
    warehouse.snapshot(async (session) =>
      answer(session, await resolveSelection(session, selection, scope, definitions())),
    );
  return {
    facets: (scope) =>
      warehouse.snapshot(async (session) => {
        const extent = await extentOf(session, ALL, scope);
        const params = narrowParams(scope, ALL);
        return {
          accounts: await session.all(narrowed("facet-accounts", scope, ALL), params),
          projects: await session.all(narrowed("facet-projects", scope, ALL), params),
          firstDay: extent.first_day,
          lastDay: extent.last_day,
          endDay: extent.end_day,
          defaultPeriod: defaultPeriod(extent),
          empty: extent.last_day === null,
        };
      }),
    kpis: (selection, scope) =>
      within(selection, scope, (session, selected) => kpisOf(session, selected, selection, scope)),
    trend: (query, scope) =>
      within(query, scope, (session, selected) => trendOf(session, selected, query.grain)),
    breakdown: (query, scope) =>
      within(query, scope, (session, selected) => breakdownOf(session, selected, query)),
    funnel: (selection, scope) => within(selection, scope, funnelOf),
    campaigns: (query, scope) =>
      within(query, scope, (session, selected) => campaignList(session, selected, query)),
    rows: (query, scope) =>
      within(query, scope, (session, selected) => sourceRows(session, selected, query, scope)),
    adsOrFollowUp: (query, scope) =>
      within(query, scope, (session, selected) => adsOrFollowUpOf(session, selected, query, scope)),
    waterfall: (selection, scope) =>
      within({ ...selection, basis: "corrected" }, scope, waterfallOf),
  };
}
