/** Ads or follow-up? Where the cost of a qualified lead comes from, by account, project or campaign. */
import type { z } from "zod";
import type {
  AdsOrFollowUpAnswer,
  AdsOrFollowUpItem,
  AdsOrFollowUpQuery,
} from "../contract/explore.ts";
import type { Scope } from "../domain/scope.ts";
import type { Params } from "../warehouse/values.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { type CostSums, costGap, costSplit, costVerdict } from "./cost-verdict.ts";
import { narrowed } from "./narrow.ts";
import type { Selected } from "./selection.ts";

type Query = z.infer<typeof AdsOrFollowUpQuery>;
type By = Query["by"];

interface GroupRow {
  kind: "item" | "all" | "none";
  account_id: string | null;
  currency: string | null;
  mixed: boolean | null;
  campaign_id: string | null;
  campaign_name: string | null;
  project_name: string | null;
  groups: number;
  spend_minor: number;
  leads: number;
  judged: number;
  undecided: number;
  qualified: number;
  judged_groups: number;
  judged_leads: number;
  judged_spend_minor: number;
}

const GROUP_KEYS: Readonly<Record<By, string>> = {
  account: "account_key",
  project: "project_key",
  campaign: "campaign_key",
};

/** Leads without a campaign are nobody's campaign. */
const GROUPED: Readonly<Record<By, string>> = {
  account: "true",
  project: "true",
  campaign: "g.group_key IS NOT NULL",
};

async function groupsOf(
  session: Session,
  query: Query,
  scope: Scope,
  params: Params,
): Promise<GroupRow[]> {
  const text = narrowed("cost-split", scope, query, { grouped: GROUPED[query.by] }).replace(
    "campaign_key AS group_key",
    `${GROUP_KEYS[query.by]} AS group_key`,
  );
  return session.all<GroupRow>(text, params);
}

function sumsOf(row: GroupRow, mixed: boolean): CostSums {
  return {
    spendMinor: mixed ? null : row.spend_minor,
    leads: row.leads,
    judged: row.judged,
    qualified: row.qualified,
  };
}

function pooled(rows: readonly GroupRow[]): CostSums {
  const sum = (name: "spend_minor" | "leads" | "judged" | "qualified") =>
    rows.reduce((total, row) => total + row[name], 0);
  return {
    spendMinor: sum("spend_minor"),
    leads: sum("leads"),
    judged: sum("judged"),
    qualified: sum("qualified"),
  };
}

/**
 * What each account is held against: for its campaigns and projects the account as a whole, in the same days; for the
 * account itself its own days before, and where there are none, all accounts of its currency.
 */
async function normsOf(
  session: Session,
  selected: Selected,
  query: Query,
  scope: Scope,
): Promise<Map<string, CostSums>> {
  const { previous } = selected.frame;
  const ownPast = query.by === "account" && previous !== null;
  const whole = { ...query, by: "account" as const, project: [], campaign: [] };
  const everyone = query.by === "account" && !ownPast ? { ...whole, account: [] } : whole;
  const rows = await groupsOf(session, everyone, scope, {
    ...selected.params,
    ...(ownPast ? { from: previous.from, to: previous.to } : {}),
    norms: "[]",
    limit: Number.MAX_SAFE_INTEGER,
  });
  const accounts = rows.filter((row) => row.kind === "item" && row.mixed === false);
  const norm = (row: GroupRow) =>
    query.by === "account" && !ownPast
      ? pooled(accounts.filter(({ currency }) => currency === row.currency))
      : sumsOf(row, false);
  return new Map(accounts.map((row) => [row.account_id ?? "", norm(row)]));
}

function nameOf(row: GroupRow, by: By): { id: string; name: string } {
  const account = row.account_id ?? "";
  if (by === "account") return { id: account, name: account };
  const project = row.project_name ?? "";
  if (by === "project") return { id: project, name: project };
  const campaign = row.campaign_id ?? "";
  return { id: campaign, name: row.campaign_name ?? campaign };
}

/**
 * The dearest groups above their norm first: by the money that their qualified leads cost more than at the norm.
 *
 * @returns nothing of accounts that do not know both their spend and the stages of their leads
 */
export async function adsOrFollowUpOf(
  session: Session,
  selected: Selected,
  query: Query,
  scope: Scope,
): Promise<AdsOrFollowUpAnswer> {
  const norms = await normsOf(session, selected, query, scope);
  const costs = [...norms].flatMap(([account, { spendMinor, qualified }]) =>
    spendMinor === null || qualified === 0 ? [] : [{ account, cost: spendMinor / qualified }],
  );
  const rows = await groupsOf(session, query, scope, {
    ...selected.params,
    norms: JSON.stringify(costs),
    limit: query.limit,
  });
  const shown = rows.filter((row) => row.kind === "item");
  const items = shown.map((row): AdsOrFollowUpItem => {
    const here = costSplit(sumsOf(row, row.mixed === true));
    const held = row.mixed === true ? undefined : norms.get(row.account_id ?? "");
    const norm = held === undefined ? null : costSplit(held);
    return {
      ...here,
      ...nameOf(row, query.by),
      account: row.account_id ?? "",
      norm,
      gap: norm === null ? null : costGap(here, norm),
      verdict: costVerdict(here, norm),
    };
  });
  const all = rows.find((row) => row.kind === "all") as GroupRow;
  const barren = rows.find((row) => row.kind === "none") as GroupRow;
  const money = (minor: number) => (selected.mixedCurrency ? null : minor);
  return {
    by: query.by,
    currency: selected.frame.currency,
    currencyDecimals: selected.frame.currencyDecimals,
    total: costSplit(sumsOf(all, selected.mixedCurrency)),
    items,
    more: (shown[0]?.groups ?? 0) - shown.length,
    noQualified: {
      campaigns: barren.groups,
      leads: barren.leads,
      spendMinor: money(barren.spend_minor),
      undecidedShare: barren.leads === 0 ? null : barren.undecided / barren.leads,
      judgedBad: {
        campaigns: barren.judged_groups,
        leads: barren.judged_leads,
        spendMinor: money(barren.judged_spend_minor),
      },
      neverJudged: {
        campaigns: barren.groups - barren.judged_groups,
        leads: barren.leads - barren.judged_leads,
        spendMinor: money(barren.spend_minor - barren.judged_spend_minor),
      },
    },
  };
}
