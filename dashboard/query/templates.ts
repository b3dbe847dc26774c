/** Templates: asked of the server, kept, applied and taken back there. */
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type {
  Template,
  TemplateApplied,
  TemplatePreview,
  TemplateRequest,
  TemplatesAnswer,
} from "../../src/contract/templates.ts";
import { askAgain } from "./ask-again.ts";
import { postJson, type Refusal, remove } from "./http.ts";
import { useAnswer } from "./overview.ts";

const API = "/api/v1/templates";

export const useTemplates = () => useAnswer<TemplatesAnswer>("/templates");

/** What a template would change; no account asks nothing. */
export function useTemplatePreview(
  id: string,
  accounts: readonly string[],
): UseQueryResult<TemplatePreview, Refusal> {
  const params = new URLSearchParams(accounts.map((account) => ["account", account]));
  return useAnswer(`/templates/${encodeURIComponent(id)}/preview`, params, {
    enabled: accounts.length > 0,
  });
}

/** A deed after which everything on the page is asked for anew. */
function useDeed<A, T>(deed: (asked: T) => Promise<A>): UseMutationResult<A, Refusal, T> {
  const queries = useQueryClient();
  return useMutation({ mutationFn: deed, onSettled: () => askAgain(queries) });
}

export const useSaveTemplate = () =>
  useDeed((request: TemplateRequest) => postJson<Template>(API, request));
export const useRemoveTemplate = () =>
  useDeed((id: string) => remove(`${API}/${encodeURIComponent(id)}`));
export const useApplyTemplate = (id: string) =>
  useDeed((accounts: readonly string[]) =>
    postJson<TemplateApplied>(`${API}/${encodeURIComponent(id)}/apply`, { accounts }),
  );
export const useTakeTemplateBack = () =>
  useDeed((key: string) => remove(`${API}/uses/${encodeURIComponent(key)}`));
