/**
 * Series whose rows are no daily amounts: totals since the start, and totals of the last so many days. The first days of
 * a window are a running total too, so both are searched for together, and what explains more days of a campaign holds.
 */
import type { TreatedMeasure } from "../domain/treatments.ts";
import type { Params } from "../warehouse/values.ts";
import type { Look } from "./look.ts";
import { oncePerLook } from "./once.ts";
import { type RunningTotal, searchRunningTotals } from "./running-totals.ts";
import { searchWindowTotals, type WindowTotal } from "./window-totals.ts";

interface Totals {
  readonly running: readonly RunningTotal[];
  readonly windows: readonly WindowTotal[];
}

/** Of the days that a window explains, the share that a running total must explain to be one. */
const EXPLAINED = 0.9;

const campaignOf = (one: { readonly account: string; readonly campaignId: string }) =>
  `${one.account}\u001f${one.campaignId}`;

function rowsBy(totals: readonly (RunningTotal | WindowTotal)[]): Map<string, number> {
  const rows = new Map<string, number>();
  for (const one of totals) rows.set(campaignOf(one), (rows.get(campaignOf(one)) ?? 0) + one.rows);
  return rows;
}

const totalsOf = oncePerLook(async (look: Look): Promise<Totals> => {
  const running = await searchRunningTotals(look);
  const windows = await searchWindowTotals(look);
  const told = rowsBy(running);
  const explained = rowsBy(windows);
  const isWindow = (one: RunningTotal | WindowTotal) =>
    (told.get(campaignOf(one)) ?? 0) < EXPLAINED * (explained.get(campaignOf(one)) ?? 0);
  return {
    running: running.filter((one) => !isWindow(one)),
    windows: windows.filter(isWindow),
  };
});

/** All running totals of a look, found once. */
export const runningTotalsOf = async (look: Look) => (await totalsOf(look)).running;

/** All window totals of a look, found once. */
export const windowTotalsOf = async (look: Look) => (await totalsOf(look)).windows;

/** A stretch of an entity's life in which measures are totals. */
export interface TotalSpan {
  readonly account: string;
  readonly campaignId: string;
  readonly entity: string;
  readonly measures: readonly TreatedMeasure[];
  /** First and last day, both inclusive. */
  readonly from: string;
  readonly until: string;
}

/** Running and window totals: where rows of a day tell more than that day. */
export async function totalSpansOf(look: Look): Promise<readonly TotalSpan[]> {
  const { running, windows } = await totalsOf(look);
  return [...running, ...windows];
}

/** Stands in where there is none: a parameter cannot hold an empty list. */
const NO_TOTAL: TotalSpan = {
  account: "",
  campaignId: "",
  entity: "",
  measures: [],
  from: "0001-01-01",
  until: "0001-01-01",
};

/** Spans as parallel lists, for SQL that unnests them: $accounts, $campaigns, $entities, $measures, $froms, $untils. */
export function spanParams(found: readonly TotalSpan[]): Params {
  const totals = found.length > 0 ? found : [NO_TOTAL];
  return {
    accounts: totals.map((one) => one.account),
    campaigns: totals.map((one) => one.campaignId),
    entities: totals.map((one) => one.entity),
    measures: totals.map((one) => one.measures.join(",")),
    froms: totals.map((one) => one.from),
    untils: totals.map((one) => one.until),
  };
}
