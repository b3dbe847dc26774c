import type { z } from "zod";
import type {
  CampaignRow,
  CampaignsAnswer,
  CampaignsQuery,
  CampaignTally,
} from "../contract/campaigns.ts";
import { wilsonInterval } from "../stats/intervals.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Selected } from "./selection.ts";
import { type TallyRow, tallyOf } from "./tally.ts";

type Query = z.infer<typeof CampaignsQuery>;

interface Sort {
  readonly expression: string;
  readonly type: string;
  /** Text compared under the name `sort_text`; kept out of the other sorts, which need no text. */
  readonly text?: string;
}

/** What each sort compares; ids sort by number where they are numbers, names without regard to case. */
const SORTS: Readonly<Record<Query["sort"], Sort>> = {
  campaign: {
    expression: "sort_text",
    type: "VARCHAR",
    text: "coalesce(lower(c.campaign_name), lpad(c.campaign_id, 24, '0'))",
  },
  project: { expression: "project_key", type: "INTEGER" },
  account: { expression: "account_key", type: "INTEGER" },
  start: { expression: "sort_text", type: "VARCHAR", text: "c.start_time::VARCHAR" },
  state: { expression: "state", type: "VARCHAR" },
  budget: { expression: "daily_budget_minor", type: "BIGINT" },
  days: { expression: "n", type: "BIGINT" },
  last: { expression: "last_day::VARCHAR", type: "VARCHAR" },
  spend: { expression: "spend_minor", type: "BIGINT" },
  allIn: { expression: "spend_all_in_minor", type: "BIGINT" },
  impressions: { expression: "impressions", type: "BIGINT" },
  clicks: { expression: "clicks", type: "BIGINT" },
  ctr: {
    expression:
      "marts.ctr(clicks, clicks_without_impressions, impressions, impressions_without_clicks)",
    type: "DOUBLE",
  },
  cpc: {
    expression:
      "marts.ratio(marts.with_both(spend_minor, spend_without_clicks), marts.with_both(clicks, clicks_without_spend), 1)",
    type: "DOUBLE",
  },
  cpm: {
    expression:
      "marts.ratio(marts.with_both(spend_minor, spend_without_impressions), marts.with_both(impressions, impressions_without_spend), 1000)",
    type: "DOUBLE",
  },
  cvr: { expression: "marts.ratio(leads, clicks, 1)", type: "DOUBLE" },
  leads: { expression: "leads", type: "BIGINT" },
  cpl: { expression: "marts.ratio(spend_minor, leads, 1)", type: "DOUBLE" },
  undecided: { expression: "undecided", type: "BIGINT" },
  judged: { expression: "judged", type: "BIGINT" },
  qualified: { expression: "qualified", type: "BIGINT" },
  qualifiedShare: { expression: "marts.ratio(qualified, leads, 1)", type: "DOUBLE" },
  meetings: { expression: "meetings", type: "BIGINT" },
  deals: { expression: "deals", type: "BIGINT" },
  cpql: { expression: "marts.ratio(spend_minor, qualified, 1)", type: "DOUBLE" },
};

/** Days without delivery, at the end of the data, after which a campaign no longer counts as live. */
const LIVE_DAYS = 7;

/** What a list is narrowed to beyond the selection; fixed texts over the columns of `told`. */
const STATES: Readonly<Record<NonNullable<Query["state"]>, string>> = {
  live: "state = 'live'",
  ended: "state = 'ended'",
  never: "state = 'never'",
};
const MARKS: Readonly<Record<NonNullable<Query["mark"]>, string>> = {
  spend_no_lead: "spend_minor > 0 AND leads = 0",
  never_judged: "leads > 0 AND judged = 0",
};

/** Columns of a campaign, or of all of a list, beyond a tally's. */
interface WideRow extends TallyRow {
  n: number | null;
  spend_all_in_minor: number | null;
  cpc_minor: number | null;
  cpm_minor: number | null;
  cvr: number | null;
  qualified_share: number | null;
  /** Leads that the share is of. */
  share_leads: number | null;
}

interface PageRow extends WideRow {
  place: number | null;
  campaign_key: number;
  sort_value: string | number | null;
  campaign_id: string;
  campaign_name: string | null;
  project_name: string | null;
  account_id: string;
  daily_budget_minor: number | null;
  start_time: string | null;
  stop_time: string | null;
  state: CampaignRow["state"];
  first_day: string | null;
  last_day: string | null;
  total: number | null;
}

/** Rows after a place in an order whose unknown values come last. */
function afterClause(value: string | number | null, type: string, order: "asc" | "desc"): string {
  if (value === null) return "sort_value IS NULL AND campaign_key > $after_key";
  const beyond = order === "desc" ? "<" : ">";
  const given = `$after_value::${type}`;
  return `(sort_value ${beyond} ${given} OR sort_value IS NULL
    OR (sort_value = ${given} AND campaign_key > $after_key))`;
}

/**
 * One page of campaigns, sorted, searched by id, name and project, with the totals of the whole list.
 *
 * @throws Problem `BAD_CURSOR`
 */
export async function campaignList(
  session: Session,
  selected: Selected,
  query: Query,
): Promise<CampaignsAnswer> {
  const { expression, type, text: sortText } = SORTS[query.sort];
  const list = `campaigns ${query.sort} ${query.order}`;
  const place = query.cursor === undefined ? null : decodeCursor(list, query.cursor);
  const searching = query.search !== undefined && query.search.trim() !== "";
  const text = selected
    .sql("campaigns", {
      ...(query.state === undefined ? {} : { state: STATES[query.state] }),
      ...(query.mark === undefined ? {} : { mark: MARKS[query.mark] }),
      ...(searching ? { search: "contains(c.search, (SELECT staging.fold($search)))" } : {}),
      ...(place === null ? {} : { after: afterClause(place[0] ?? null, type, query.order) }),
    })
    .replace("NULL::VARCHAR AS sort_text", `${sortText ?? "NULL::VARCHAR"} AS sort_text`)
    .replace("spend_minor AS sort_value", `${expression} AS sort_value`)
    .replaceAll("sort_value DESC", `sort_value ${query.order === "asc" ? "ASC" : "DESC"}`);
  const rows = await session.all<PageRow>(text, {
    ...selected.params,
    search: query.search ?? "",
    after_value: place?.[0] ?? null,
    after_key: place?.[1] ?? null,
    limit: query.limit,
    offset: place === null ? (query.offset ?? 0) : 0,
    end_day: selected.extent.last_day,
    live_days: LIVE_DAYS,
  });
  const page = rows.filter((row) => row.place !== null);
  const all = rows.find((row) => row.place === null) as PageRow;
  const last = page.at(-1);
  return {
    frame: selected.frame,
    items: page.map((row) => campaignRow(row, selected.mixedCurrency)),
    next:
      last !== undefined && page.length === query.limit
        ? encodeCursor(list, [last.sort_value, last.campaign_key])
        : null,
    total: all.total ?? 0,
    totals: wideTally(all, selected.mixedCurrency),
  };
}

function wideTally(row: WideRow, mixedCurrency: boolean): CampaignTally {
  const money = (minor: number | null) => (mixedCurrency ? null : minor);
  const { qualified, share_leads: of } = row;
  const share = qualified === null || of === null ? null : wilsonInterval(qualified, of);
  return {
    ...tallyOf(row, mixedCurrency),
    spendAllInMinor: money(row.spend_all_in_minor),
    cpcMinor: money(row.cpc_minor),
    cpmMinor: money(row.cpm_minor),
    cvr: row.cvr,
    qualifiedShare: row.qualified_share,
    qualifiedShareLow: share?.low ?? null,
    qualifiedShareHigh: share?.high ?? null,
    days: row.n ?? 0,
  };
}

function campaignRow(row: PageRow, mixedCurrency: boolean): CampaignRow {
  return {
    ...wideTally(row, mixedCurrency),
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    project: row.project_name,
    account: row.account_id,
    dailyBudgetMinor: mixedCurrency ? null : row.daily_budget_minor,
    startTime: row.start_time,
    stopTime: row.stop_time,
    state: row.state,
    firstDay: row.first_day,
    lastDay: row.last_day,
  };
}
