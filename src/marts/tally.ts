/** Tallies of SQL rows as the contract has them. */
import type { Tally } from "../contract/overview.ts";
import { costInterval } from "../stats/intervals.ts";

/** Columns every tally query gives; money in minor units. */
export interface TallyRow {
  spend_minor: number | null;
  impressions: number | null;
  clicks: number | null;
  leads: number | null;
  judged: number | null;
  undecided: number | null;
  qualified: number | null;
  meetings: number | null;
  deals: number | null;
  ctr: number | null;
  cpl_minor: number | null;
  cpql_minor: number | null;
  /** The two sides of the cost of a qualified lead, over accounts that know both. */
  cpql_spend: number | null;
  cpql_count: number | null;
}

/** A row of a tally query for the wire; without money where the selection mixes currencies. */
export function tallyOf(row: TallyRow, mixedCurrency: boolean): Tally {
  const spend = mixedCurrency ? null : row.spend_minor;
  const paid = mixedCurrency ? null : row.cpql_spend;
  const bought = row.cpql_count;
  const interval =
    paid === null || paid === 0 || bought === null ? null : costInterval(paid, bought);
  return {
    spendMinor: spend,
    impressions: row.impressions,
    clicks: row.clicks,
    leads: row.leads,
    judged: row.judged,
    undecided: row.undecided,
    qualified: row.qualified,
    meetings: row.meetings,
    deals: row.deals,
    ctr: row.ctr,
    cplMinor: mixedCurrency ? null : row.cpl_minor,
    cpqlMinor: mixedCurrency ? null : row.cpql_minor,
    cpqlLowMinor: interval?.low ?? null,
    cpqlHighMinor: interval?.high ?? null,
  };
}
