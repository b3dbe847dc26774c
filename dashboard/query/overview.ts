/** The Overview's questions to the server, one hook each; the key of a query is its path and parameters. */
import {
  type InfiniteData,
  keepPreviousData,
  type QueryKey,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type {
  BreakdownAnswer,
  FacetsAnswer,
  FunnelAnswer,
  KpisAnswer,
  RowsAnswer,
  TrendAnswer,
} from "../../src/contract/overview.ts";
import type { MeAnswer } from "../../src/contract/people.ts";
import {
  type Grain,
  type RowTable,
  type Selection,
  selectionParams,
  type TallySort,
} from "../route/address.ts";
import { getJson, type Refusal } from "./http.ts";

const API = "/api/v1";
const PAGE = 100;

/** The answer of an address, kept under its path and parameters. */
export function useAnswer<T>(
  path: string,
  params?: URLSearchParams,
  options: {
    readonly enabled?: boolean;
    readonly staleTime?: number;
    readonly refetchOnWindowFocus?: boolean;
  } = {},
): UseQueryResult<T, Refusal> {
  return useQuery<T, Refusal>({
    queryKey: [path, params?.toString() ?? ""],
    queryFn: ({ signal }) => getJson<T>(`${API}${path}`, params, signal),
    placeholderData: keepPreviousData,
    ...options,
  });
}

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A cursor list, page by page; `null` params ask nothing yet. */
export function usePages<A extends PageOf<unknown>>(
  path: string,
  params: URLSearchParams | null,
  options: { readonly keep?: boolean } = {},
): UseInfiniteQueryResult<InfiniteData<A, string | null>, Refusal> {
  return useInfiniteQuery<A, Refusal, InfiniteData<A, string | null>, QueryKey, string | null>({
    queryKey: [path, "pages", params?.toString() ?? null],
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(params ?? undefined);
      asked.set("limit", String(PAGE));
      if (pageParam !== null) asked.set("cursor", pageParam);
      return getJson<A>(`${API}${path}`, asked, signal);
    },
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    enabled: params !== null,
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

export const useMe = () => useAnswer<MeAnswer>("/me");
export const useFacets = (options: { readonly enabled?: boolean } = {}) =>
  useAnswer<FacetsAnswer>("/facets", undefined, options);
export const useKpis = (selection: Selection) =>
  useAnswer<KpisAnswer>("/kpis", selectionParams(selection));
export const useFunnel = (selection: Selection) =>
  useAnswer<FunnelAnswer>("/funnel", selectionParams(selection));

export function useTrend(selection: Selection, grain: Grain): UseQueryResult<TrendAnswer, Refusal> {
  const params = selectionParams(selection);
  params.set("grain", grain);
  return useAnswer("/trend", params);
}

/** What a breakdown is asked with. */
export function breakdownParams(
  selection: Selection,
  by: "project" | "account",
  sort: TallySort,
): URLSearchParams {
  const params = selectionParams(selection);
  params.set("by", by);
  params.set("sort", sort);
  return params;
}

export const useBreakdown = (params: URLSearchParams): UseQueryResult<BreakdownAnswer, Refusal> =>
  useAnswer("/breakdown", params);

export interface RowsAsked {
  readonly kpi: string;
  readonly dropped: boolean;
  readonly stage: string | null;
  readonly table?: RowTable | null;
}

/** What the rows behind a number are asked with. */
export function rowsParams(selection: Selection, asked: RowsAsked): URLSearchParams {
  const params = selectionParams(selection);
  params.set("kpi", asked.kpi);
  if (asked.dropped) params.set("dropped", "true");
  if (asked.stage) params.set("stage", asked.stage);
  if (asked.table) params.set("table", asked.table);
  return params;
}

/** The rows of files behind a number: those that count, or those that do not; of leads, those of one stage. Null asks nothing. */
export const useRows = (selection: Selection, asked: RowsAsked | null) =>
  usePages<RowsAnswer>("/rows", asked === null ? null : rowsParams(selection, asked));
