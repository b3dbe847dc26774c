/** What Leads asks of the server, one hook each. */
import type {
  CohortsAnswer,
  FlowAnswer,
  LeadAnswer,
  LeadRow,
  LeadsAnswer,
  SpeedAnswer,
} from "../../src/contract/leads.ts";
import { type Address, type Selection, selectionParams } from "../route/address.ts";
import { useAnswer } from "./overview.ts";
import { useRowPages } from "./row-pages.ts";

/** Filters of the list that stand in the address under their own names. */
export const LEAD_FILTERS = [
  "status",
  "contact",
  "judged",
  "logged",
  "phone",
  "late",
  "afterHours",
  "weekday",
  "hour",
  "attempts",
  "youngerThan",
  "olderThan",
  "rep",
] as const;
export type LeadFilter = (typeof LEAD_FILTERS)[number];
export type Bulk = SpeedAnswer["bulk"];

/** The question of the list that an address asks. */
export function leadsParams(
  address: Pick<Address, "selection" | "search" | "stage" | "own">,
  sort: string,
  order: "asc" | "desc",
): URLSearchParams {
  const params = selectionParams(address.selection);
  if (address.search.trim() !== "") params.set("search", address.search.trim());
  if (address.stage !== null) params.set("stage", address.stage);
  for (const name of LEAD_FILTERS) {
    const value = address.own[name];
    if (value !== undefined) params.set(name, value);
  }
  params.set("sort", sort);
  params.set("order", order);
  return params;
}

export const useLeadRows = (params: URLSearchParams) =>
  useRowPages<LeadRow, LeadsAnswer>("/leads", params);

export function useLead(id: string, { basis, asOf }: Pick<Selection, "basis" | "asOf">) {
  const params = new URLSearchParams({ basis });
  if (asOf !== null) params.set("asOf", asOf);
  return useAnswer<LeadAnswer>(`/leads/${encodeURIComponent(id)}`, params);
}

function withBulk(selection: Selection, bulk: Bulk): URLSearchParams {
  const params = selectionParams(selection);
  params.set("bulk", bulk);
  return params;
}

export const useFlow = (selection: Selection, bulk: Bulk) =>
  useAnswer<FlowAnswer>("/lead-flow", withBulk(selection, bulk));
export const useSpeed = (selection: Selection, bulk: Bulk) =>
  useAnswer<SpeedAnswer>("/lead-speed", withBulk(selection, bulk));
export const useCohorts = (selection: Selection) =>
  useAnswer<CohortsAnswer>("/lead-cohorts", selectionParams(selection));
