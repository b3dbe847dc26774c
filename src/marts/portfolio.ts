/** Every account of a selection in one line: what it spent, what came of it, and how that stands to its own target. */
import type { Estimate } from "../contract/common.ts";
import type { PortfolioAnswer, PortfolioRow, PortfolioTally } from "../contract/portfolio.ts";
import { type Definitions, definitionsOf } from "../domain/definitions.ts";
import { currencyDecimals } from "../domain/money.ts";
import { costInterval, wilsonInterval } from "../stats/intervals.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { portfolioNeeds } from "./portfolio-needs.ts";
import { targetStanding } from "./portfolio-target.ts";
import type { Selected } from "./selection.ts";

/** One row of sql/portfolio.sql. */
interface AccountRow {
  account_id: string;
  currency: string;
  mixed: boolean;
  first_day: string | null;
  last_day: string | null;
  active_day: string | null;
  knows_spend: boolean;
  knows_leads: boolean;
  knows_stages: boolean;
  campaigns: number;
  spend_minor: number | null;
  spend_all_in_minor: number | null;
  leads: number | null;
  judged: number | null;
  qualified: number | null;
  never: number | null;
  never_minor: number | null;
  spend_minor_before: number | null;
  spend_all_in_minor_before: number | null;
  leads_before: number | null;
  qualified_before: number | null;
  buckets: number[];
  bucket_spend: (number | null)[];
  bucket_qualified: (number | null)[];
}

/** A picture as small as a word has no room for more. */
const MOST_BUCKETS = 30;
/** Days behind the newest account from which on its last days are missing rather than late. */
const STALE_DAYS = 3;
/** Nobody waits for the figures of an account that has been silent for longer. */
const OVER_DAYS = 30;
const DAY_MS = 86_400_000;

const NO_ESTIMATE: Estimate = { value: null, n: null, low: null, high: null };

function cost(spendMinor: number | null, count: number | null): Estimate {
  if (spendMinor === null || count === null) return NO_ESTIMATE;
  const interval = spendMinor > 0 ? costInterval(spendMinor, count) : null;
  return {
    value: count === 0 ? null : spendMinor / count,
    n: count,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

function share(hits: number | null, trials: number | null): Estimate {
  if (hits === null || trials === null) return NO_ESTIMATE;
  const interval = wilsonInterval(hits, trials);
  return {
    value: trials === 0 ? null : hits / trials,
    n: trials,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  };
}

function tallyOf(row: AccountRow, mixed: boolean): PortfolioTally {
  const money = (minor: number | null) => (mixed ? null : minor);
  const spendAllInMinor = money(row.spend_all_in_minor);
  return {
    spendMinor: money(row.spend_minor),
    spendAllInMinor,
    leads: row.leads,
    judged: row.judged,
    qualified: row.qualified,
    neverContacted: row.never,
    neverContactedMinor: money(row.never_minor),
    judgedShare: share(row.judged, row.knows_stages ? row.leads : null),
    cplMinor: cost(money(row.spend_minor), row.leads),
    cpqlAllInMinor: cost(spendAllInMinor, row.qualified),
  };
}

type Summed = {
  [K in keyof AccountRow]: AccountRow[K] extends number | null ? K : never;
}[keyof AccountRow];

/** The sum of what is known; null where nobody knows. */
function total(rows: readonly AccountRow[], name: Summed): number | null {
  return rows.reduce<number | null>((sum, row) => {
    const value = row[name];
    return value === null ? sum : (sum ?? 0) + value;
  }, null);
}

/** All accounts together; costs and shares from those alone that know both sides. */
function totalsOf(rows: readonly AccountRow[], mixed: boolean): PortfolioTally {
  const money = (name: Summed) => (mixed ? null : total(rows, name));
  const both = (name: Summed, other: Summed) =>
    rows.filter((row) => row[name] !== null && row[other] !== null);
  const staged = both("judged", "leads");
  const bought = both("spend_minor", "leads");
  const earned = both("spend_all_in_minor", "qualified");
  return {
    spendMinor: money("spend_minor"),
    spendAllInMinor: money("spend_all_in_minor"),
    leads: total(rows, "leads"),
    judged: total(rows, "judged"),
    qualified: total(rows, "qualified"),
    neverContacted: total(rows, "never"),
    neverContactedMinor: money("never_minor"),
    judgedShare: share(total(staged, "judged"), total(staged, "leads")),
    cplMinor: mixed ? NO_ESTIMATE : cost(total(bought, "spend_minor"), total(bought, "leads")),
    cpqlAllInMinor: mixed
      ? NO_ESTIMATE
      : cost(total(earned, "spend_all_in_minor"), total(earned, "qualified")),
  };
}

const changed = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : now / before - 1;

/** @param since first compared day; an account whose data begin later is compared with nothing */
function changeOf(row: AccountRow, now: PortfolioTally, since: string | null, mixed: boolean) {
  if (since === null || row.first_day === null || row.first_day > since)
    return { spend: null, leads: null, qualified: null, cpql: null };
  const dear = cost(row.spend_all_in_minor_before, row.qualified_before).value;
  return {
    spend: mixed ? null : changed(row.spend_minor, row.spend_minor_before),
    leads: changed(row.leads, row.leads_before),
    qualified: changed(row.qualified, row.qualified_before),
    cpql: changed(now.cpqlAllInMinor.value, dear),
  };
}

/** Values of the buckets that have any, at their places among all of the period. */
function dense(row: AccountRow, values: readonly (number | null)[], count: number) {
  const line: (number | null)[] = new Array(count).fill(null);
  row.buckets.forEach((bucket, i) => {
    if (bucket >= 0 && bucket < count) line[bucket] = values[i] ?? null;
  });
  return line;
}

function behind(lastDay: string | null, newest: string | null): number | null {
  if (lastDay === null || newest === null) return null;
  return Math.max(0, Math.round((Date.parse(newest) - Date.parse(lastDay)) / DAY_MS));
}

/**
 * The portfolio of a selection, most spend first.
 *
 * @param definitions those in force: each account's own target counts
 */
export async function portfolioOf(
  session: Session,
  selected: Selected,
  whole: boolean,
  definitions: Definitions,
): Promise<PortfolioAnswer> {
  const { frame } = selected;
  const bucketDays = Math.max(1, Math.ceil(frame.period.days / MOST_BUCKETS));
  const count = Math.ceil(frame.period.days / bucketDays);
  const rows = await session.all<AccountRow>(selected.sql("portfolio"), {
    ...selected.params,
    before_from: frame.previous?.from ?? null,
    before_to: frame.previous?.to ?? null,
    bucket_days: bucketDays,
    whole,
  });
  const newest = rows.reduce<string | null>(
    (last, { active_day: day }) => (day !== null && (last === null || day > last) ? day : last),
    null,
  );
  const items = rows.map((row): PortfolioRow => {
    const tally = tallyOf(row, row.mixed);
    const decimals = currencyDecimals(row.currency);
    const { targetCostPerQualified } = definitionsOf(definitions, row.account_id);
    const targetMinor =
      targetCostPerQualified === null ? null : Math.round(targetCostPerQualified * 10 ** decimals);
    const behindDays = behind(row.last_day, newest);
    return {
      ...tally,
      account: row.account_id,
      currency: row.mixed ? null : row.currency,
      currencyDecimals: decimals,
      campaigns: row.campaigns,
      targetMinor,
      target:
        targetMinor === null
          ? null
          : targetStanding(targetMinor, tally.cpqlAllInMinor, tally.spendAllInMinor),
      change: changeOf(row, tally, frame.previous?.from ?? null, row.mixed),
      lastDay: row.last_day,
      behindDays,
      stale: behindDays !== null && behindDays >= STALE_DAYS && behindDays <= OVER_DAYS,
      spendTrend: row.mixed ? new Array(count).fill(null) : dense(row, row.bucket_spend, count),
      qualifiedTrend: dense(row, row.bucket_qualified, count),
    };
  });
  const needsRankedBy = selected.mixedCurrency ? "share" : "money";
  return {
    frame,
    items,
    totals: totalsOf(rows, selected.mixedCurrency),
    bucketDays,
    needs: portfolioNeeds(items, needsRankedBy),
    needsRankedBy,
  };
}
