/** Questions of the place Campaigns: its table, one campaign, segments, saved views. */
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type {
  CampaignAnswer,
  CampaignRow,
  CampaignsAnswer,
  SavedView,
  Segmentation,
  SegmentPairAnswer,
  SegmentsAnswer,
  ViewRequest,
  ViewsAnswer,
} from "../../src/contract/campaigns.ts";
import {
  type CampaignSort,
  EVERYTHING,
  type Order,
  type Selection,
  selectionParams,
} from "../route/address.ts";
import { postJson, type Refusal, remove } from "./http.ts";
import { useAnswer } from "./overview.ts";
import { type RowPages, useRowPages } from "./row-pages.ts";

export interface CampaignsAsked {
  readonly search: string;
  readonly state: string | null;
  readonly mark: string | null;
  readonly sort: CampaignSort;
  readonly order: Order;
}

/** What a list of campaigns is asked with. */
export function campaignsParams(selection: Selection, asked: CampaignsAsked): URLSearchParams {
  const params = selectionParams(selection);
  if (asked.search.trim() !== "") params.set("search", asked.search.trim());
  if (asked.state !== null) params.set("state", asked.state);
  if (asked.mark !== null) params.set("mark", asked.mark);
  params.set("sort", asked.sort);
  params.set("order", asked.order);
  return params;
}

/** Every campaign of a selection, by its place in the list. */
export const useCampaignRows = (params: URLSearchParams): RowPages<CampaignRow, CampaignsAnswer> =>
  useRowPages<CampaignRow, CampaignsAnswer>("/campaigns", params);

/** The dearest few, and the totals of all. */
export function useTopCampaigns(
  selection: Selection,
  limit: number,
): UseQueryResult<CampaignsAnswer, Refusal> {
  const params = selectionParams(selection);
  params.set("limit", String(limit));
  return useAnswer("/campaigns", params);
}

/** A campaign's whole life, seen on the basis and day of a selection. */
export function lifeOf(id: string, { basis, asOf }: Selection): Selection {
  return { ...EVERYTHING, from: "all", campaign: [id], basis, asOf };
}

export function useCampaign(
  id: string,
  { basis, asOf }: Selection,
): UseQueryResult<CampaignAnswer, Refusal> {
  const params = selectionParams({ ...EVERYTHING, basis, asOf });
  return useAnswer(`/campaigns/${encodeURIComponent(id)}`, params);
}

/** What segments are asked with. */
export function segmentsParams(
  selection: Selection,
  asked: { readonly by: Segmentation; readonly sort: string; readonly order: Order },
): URLSearchParams {
  const params = selectionParams(selection);
  params.set("by", asked.by);
  params.set("sort", asked.sort);
  params.set("order", asked.order);
  return params;
}

export const useSegments = (params: URLSearchParams): UseQueryResult<SegmentsAnswer, Refusal> =>
  useAnswer("/segments", params);

/** Two segments side by side; asks nothing until both are chosen. */
export function useSegmentPair(
  selection: Selection,
  by: Segmentation,
  left: string | null,
  right: string | null,
): UseQueryResult<SegmentPairAnswer, Refusal> {
  const params = selectionParams(selection);
  params.set("by", by);
  params.set("left", left ?? "");
  params.set("right", right ?? "");
  return useAnswer("/segments/pair", params, { enabled: left !== null && right !== null });
}

export const useViews = () => useAnswer<ViewsAnswer>("/views");

export function useSaveView(): UseMutationResult<SavedView, Refusal, ViewRequest> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (view) => postJson<SavedView>("/api/v1/views", view),
    onSettled: () => queries.invalidateQueries({ queryKey: ["/views"] }),
  });
}

export function useRemoveView(): UseMutationResult<void, Refusal, string> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id) => remove(`/api/v1/views/${encodeURIComponent(id)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ["/views"] }),
  });
}
