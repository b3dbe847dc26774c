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
  PasskeyOptions,
  PasskeyRow,
  PasskeysAnswer,
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
          ["/people", "/keys", "/names", "/audit", "/me", "/me/passkeys"].includes(
            String(queryKey[0]),
          ),
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

export const usePasskeys = () => useAnswer<PasskeysAnswer>("/me/passkeys");

/** Has this device make a passkey, and the server keep it. */
export const useAddPasskey = () =>
  usePeopleChange(async (name: string) => {
    const optionsJSON = await postJson<PasskeyOptions>("/api/v1/me/passkeys/options", {});
    const { startRegistration } = await import("@simplewebauthn/browser");
    type Options = Parameters<typeof startRegistration>[0]["optionsJSON"];
    const credential = await startRegistration({ optionsJSON: optionsJSON as unknown as Options });
    return postJson<PasskeyRow>("/api/v1/me/passkeys", { name, credential });
  });

export const useRemovePasskey = () =>
  usePeopleChange((id: string) => remove(`/api/v1/me/passkeys/${encodeURIComponent(id)}`));

/** Passkeys belong to a name; an address in numbers has none. */
export const takesPasskeys = (): boolean =>
  "PublicKeyCredential" in window &&
  window.isSecureContext &&
  !/^[\d.]+$|^\[/.test(location.hostname);

/** Signs this browser in with a passkey of this device. */
export function usePasskeySignIn(): UseMutationResult<void, Error, void> {
  return useMutation({
    mutationFn: async () => {
      const optionsJSON = await postJson<PasskeyOptions>("/api/v1/session/passkey/options", {});
      const { startAuthentication } = await import("@simplewebauthn/browser");
      type Options = Parameters<typeof startAuthentication>[0]["optionsJSON"];
      const credential = await startAuthentication({
        optionsJSON: optionsJSON as unknown as Options,
      });
      return postJson<void>("/api/v1/session/passkey", { credential });
    },
  });
}

/** Signs this browser in. */
export function useSignIn(): UseMutationResult<void, Refusal, SignInRequest> {
  return useMutation({ mutationFn: (request) => postJson<void>("/api/v1/session", request) });
}
