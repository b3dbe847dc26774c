/** Work in the background, digests and links for clients. */
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  DigestRequest,
  DigestRow,
  DigestsAnswer,
  ShareMade,
  ShareRequest,
  SharesAnswer,
} from "../../src/contract/digests.ts";
import type { JobRow, JobsAnswer } from "../../src/contract/jobs.ts";
import { patchJson, postJson, type Refusal, remove } from "./http.ts";
import { useAnswer } from "./overview.ts";

const of = (list: "jobs" | "digests" | "shares", id: string) =>
  `/api/v1/${list}/${encodeURIComponent(id)}`;

export const useJobs = () => useAnswer<JobsAnswer>("/jobs");
export const useDigests = () => useAnswer<DigestsAnswer>("/digests");
export const useShares = () => useAnswer<SharesAnswer>("/shares");
export const digestFile = (id: string) => `${of("digests", id)}/file`;

/** Does something; the three lists are asked for anew. */
function useDeed<Answer, Asked>(
  deed: (asked: Asked) => Promise<Answer>,
): UseMutationResult<Answer, Refusal, Asked> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey }) => ["/jobs", "/digests", "/shares"].includes(String(queryKey[0])),
      }),
  });
}

export const useCancelJob = () =>
  useDeed((id: string) => postJson<JobRow>(`${of("jobs", id)}/cancel`, {}));
export const useRetryJob = () =>
  useDeed((id: string) => postJson<JobRow>(`${of("jobs", id)}/retry`, {}));

/** A new digest, or one as it is to be from now on. */
export const useKeepDigest = () =>
  useDeed(({ id, digest }: { readonly id: string | null; readonly digest: DigestRequest }) =>
    id === null
      ? postJson<DigestRow>("/api/v1/digests", digest)
      : patchJson<DigestRow>(of("digests", id), digest),
  );
export const useSendDigest = () =>
  useDeed((id: string) => postJson<JobRow>(`${of("digests", id)}/send`, {}));
export const useRemoveDigest = () => useDeed((id: string) => remove(of("digests", id)));
export const useAddShare = () =>
  useDeed((share: z.input<typeof ShareRequest>) => postJson<ShareMade>("/api/v1/shares", share));
export const useRevokeShare = () => useDeed((id: string) => remove(of("shares", id)));
