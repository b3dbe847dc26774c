/** Alerts of new leads: of oneself and one's devices, and of people one manages. */
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type {
  AlertsAnswer,
  HookAnswer,
  PushAnswer,
  PushTestAnswer,
} from "../../src/contract/push.ts";
import { patchJson, postJson, type Refusal } from "./http.ts";
import { useAnswer } from "./overview.ts";

const API = "/api/v1";

export const usePush = (): UseQueryResult<PushAnswer, Refusal> =>
  useAnswer<PushAnswer>("/push", undefined, { staleTime: Number.POSITIVE_INFINITY });
export const useAlerts = (): UseQueryResult<AlertsAnswer, Refusal> =>
  useAnswer<AlertsAnswer>("/alerts");

function usePushChange<Answer, Asked>(
  change: (asked: Asked) => Promise<Answer>,
): UseMutationResult<Answer, Refusal, Asked> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === "/push" || queryKey[0] === "/alerts",
      }),
  });
}

/** A message to all of one's own devices. */
export const useTryPush = () =>
  usePushChange((_: undefined) => postJson<PushTestAnswer>(`${API}/push/test`, {}));
export const useSetAlerts = () =>
  usePushChange(({ person, alerts }: { readonly person: string; readonly alerts: boolean }) =>
    patchJson<AlertsAnswer>(`${API}/alerts/${encodeURIComponent(person)}`, { alerts }),
  );
export const useSetHook = () =>
  usePushChange((url: string | null) => postJson<HookAnswer>(`${API}/alerts/hook`, { url }));
