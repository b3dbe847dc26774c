/** The work on leads: whom to call, who has what, and handing it over. Outcomes go through the outbox, not through here. */
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import type {
  AssignRequest,
  HeldAnswer,
  KeptAnswer,
  LeaveAnswer,
  LeaveRequest,
  MineAnswer,
  TeamAnswer,
  WorkHistoryAnswer,
} from "../../src/contract/work.ts";
import { getJson, postJson, type Refusal } from "./http.ts";
import { useAnswer } from "./overview.ts";

const API = "/api/v1";
/** A list of calls is short; whoever has more than this sees the first of them. */
const MOST = "200";
/** New leads come in while the page stands open, on devices that hold no live stream too. */
const ASK_EVERY_MS = 20_000;

/** The caller's leads; `keptAt`: there was no signal, and this is what was known then. */
export interface Mine extends MineAnswer {
  readonly keptAt?: string;
  /** When it was asked for, by this device's clock. */
  readonly askedAt: number;
}

export function useMine(search: string): UseQueryResult<Mine, Refusal> {
  return useQuery<Mine, Refusal>({
    queryKey: ["/work", "mine", search],
    queryFn: async ({ signal }) => {
      const askedAt = Date.now();
      const params = new URLSearchParams({ limit: MOST });
      if (search !== "") params.set("search", search);
      return { ...(await getJson<MineAnswer>(`${API}/work/mine`, params, signal)), askedAt };
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ASK_EVERY_MS,
    refetchOnWindowFocus: true,
  });
}

export function useHistory(
  lead: { readonly account: string; readonly leadId: string } | null,
): UseQueryResult<WorkHistoryAnswer, Refusal> {
  return useQuery<WorkHistoryAnswer, Refusal>({
    queryKey: ["/work", "history", lead?.account, lead?.leadId],
    queryFn: ({ signal }) =>
      getJson(`${API}/work/history`, new URLSearchParams({ ...lead }), signal),
    enabled: lead !== null,
    staleTime: 0,
  });
}

export const useTeam = (): UseQueryResult<TeamAnswer, Refusal> =>
  useAnswer<TeamAnswer>("/work/team", undefined, { staleTime: 10_000, refetchOnWindowFocus: true });

/** Open leads of somebody, or of nobody in an account; null asks nothing yet. */
export function useHeld(
  whose: { readonly person: string } | { readonly account: string } | null,
  search: string,
): UseQueryResult<HeldAnswer, Refusal> {
  const params = new URLSearchParams({ limit: MOST, ...whose });
  if (search !== "") params.set("search", search);
  return useQuery<HeldAnswer, Refusal>({
    queryKey: ["/work", "held", params.toString()],
    queryFn: ({ signal }) => getJson(`${API}/work/leads`, params, signal),
    placeholderData: keepPreviousData,
    enabled: whose !== null,
    staleTime: 0,
  });
}

function useWorkChange<Answer, Asked>(path: string): UseMutationResult<Answer, Refusal, Asked> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked) => postJson<Answer>(`${API}${path}`, asked),
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith("/work"),
      }),
  });
}

export const useAssign = () => useWorkChange<KeptAnswer, AssignRequest>("/work/assign");
export const useLeave = () =>
  useWorkChange<LeaveAnswer, z.input<typeof LeaveRequest>>("/work/leave");
