/** What words mean here: asked of the server, and changed there. */
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { DefinitionsAnswer, DefinitionsChange } from "../../src/contract/server.ts";
import { askAgain } from "./ask-again.ts";
import { patchJson, type Refusal } from "./http.ts";
import { useAnswer } from "./overview.ts";

export const useDefinitions = () => useAnswer<DefinitionsAnswer>("/definitions");

/** The currency of amounts that name none: that of the account they are given to, else the workspace's. */
export function useCurrencyOf(account: string): string | null {
  const definitions = useDefinitions().data;
  const own = definitions?.accounts[account.trim()]?.currency;
  return own ?? definitions?.default.currency ?? null;
}

/** Changes settings of the workspace; every number on the page is asked for anew. */
export function useDefine(): UseMutationResult<
  DefinitionsAnswer,
  Refusal,
  NonNullable<DefinitionsChange["default"]>
> {
  return useDefining((change) => ({ default: change }));
}

/** What one account sets for itself. */
export type AccountChange = NonNullable<DefinitionsChange["accounts"]>[string];

/** Changes settings of one account. */
export function useDefineFor(
  account: string,
): UseMutationResult<DefinitionsAnswer, Refusal, AccountChange> {
  return useDefining((change) => ({ accounts: { [account]: change } }));
}

function useDefining<T>(
  bodyOf: (change: T) => DefinitionsChange,
): UseMutationResult<DefinitionsAnswer, Refusal, T> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change) => patchJson<DefinitionsAnswer>("/api/v1/definitions", bodyOf(change)),
    onSuccess: (answer) => queries.setQueryData(["/definitions", ""], answer),
    onSettled: () => askAgain(queries),
  });
}
