/** Who may come in and with what, as the server keeps it; and signing in. */
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import type {
  AuditAnswer,
  InviteRequest,
  KeyAnswer,
  KeyRequest,
  KeysAnswer,
  LinkAnswer,
  NamesAnswer,
  PasswordRequest,
  PeopleAnswer,
  PersonChangeRequest,
  PersonRow,
  SignInRequest,
} from "../../src/contract/people.ts";
import { patchJson, postJson, type Refusal, remove } from "./http.ts";
import { useAnswer, usePages } from "./overview.ts";

const addressOf = (list: "people" | "keys", id: string) =>
  `/api/v1/${list}/${encodeURIComponent(id)}`;

export const usePeople = () => useAnswer<PeopleAnswer>("/people");
export const useKeys = () => useAnswer<KeysAnswer>("/keys");
export const useRecord = () => usePages<AuditAnswer>("/audit", new URLSearchParams());

/** Colleagues by id: one question for the whole page, asked again only when something changed. */
export const useNames = (): UseQueryResult<NamesAnswer, Refusal> =>
  useAnswer<NamesAnswer>("/names", undefined, { staleTime: Number.POSITIVE_INFINITY });

/** Changes who may come in; what the page says about people is asked for anew. */
function usePeopleChange<Answer, Asked>(
  change: (asked: Asked) => Promise<Answer>,
): UseMutationResult<Answer, Refusal, Asked> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey }) =>
          ["/people", "/keys", "/names", "/audit", "/me"].includes(String(queryKey[0])),
      }),
  });
}

export const useInvite = () =>
  usePeopleChange((request: InviteRequest) => postJson<LinkAnswer>("/api/v1/people", request));

/** A new link for a person, by id. */
export const useRenewLink = () =>
  usePeopleChange((id: string) => postJson<LinkAnswer>(`${addressOf("people", id)}/link`, {}));

export const useChangePerson = () =>
  usePeopleChange(({ id, change }: { readonly id: string; readonly change: PersonChangeRequest }) =>
    patchJson<PersonRow>(addressOf("people", id), change),
  );

export const useRemovePerson = () =>
  usePeopleChange((id: string) => remove(addressOf("people", id)));

export const useCreateKey = () =>
  usePeopleChange((request: z.input<typeof KeyRequest>) =>
    postJson<KeyAnswer>("/api/v1/keys", request),
  );

export const useRevokeKey = () => usePeopleChange((id: string) => remove(addressOf("keys", id)));

export const useSetPassword = () =>
  usePeopleChange((request: PasswordRequest) => postJson<void>("/api/v1/me/password", request));

/** Signs this browser in. */
export function useSignIn(): UseMutationResult<void, Refusal, SignInRequest> {
  return useMutation({ mutationFn: (request) => postJson<void>("/api/v1/session", request) });
}
