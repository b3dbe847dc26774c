/** What the Data page asks of the import desk. */
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import type {
  CommitRequest,
  ImportRow,
  ImportsAnswer,
  PreviewAnswer,
  PreviewRequest,
  RejectsAnswer,
  UploadAnswer,
} from "../../src/contract/imports.ts";
import { GUARD, getJson, postJson, Refusal, readersLanguage, refusalOf, remove } from "./http.ts";
import { usePages } from "./overview.ts";

export const useImports = () => usePages<ImportsAnswer>("/imports", new URLSearchParams());

export const useRejects = (importId: string | null) =>
  usePages<RejectsAnswer>("/rejects", new URLSearchParams(importId === null ? {} : { importId }));

/** One import, asked again while it runs, so that its end is seen even without the live stream. */
export function useImport(importId: string | null): UseQueryResult<ImportRow | null, Refusal> {
  return useQuery<ImportRow | null, Refusal>({
    queryKey: ["/imports", "one", importId],
    queryFn: async ({ signal }) => {
      const answer = await getJson<ImportsAnswer>(
        "/api/v1/imports",
        new URLSearchParams({ limit: "50" }),
        signal,
      );
      return answer.items.find((item) => item.importId === importId) ?? null;
    },
    enabled: importId !== null,
    refetchInterval: (query) => (query.state.data?.state === "running" ? 1500 : false),
  });
}

export const previewImport = (request: PreviewRequest) =>
  postJson<PreviewAnswer>("/api/v1/imports/preview", request);

export const discardPreview = (previewId: string) =>
  remove(`/api/v1/imports/preview/${encodeURIComponent(previewId)}`);

/** The same preview with the same answers is one import, however often it is sent. */
export function commitImport(request: z.input<typeof CommitRequest>): Promise<ImportRow> {
  const key = [request.previewId, request.levelCounts, request.skipProblems, request.saveMappings];
  return postJson<ImportRow>("/api/v1/imports", request, { "Idempotency-Key": key.join("-") });
}

export const undoImport = (importId: string) =>
  postJson<ImportRow>(`/api/v1/imports/${encodeURIComponent(importId)}/undo`, {});

export function rejectsCsvUrl(importId: string | null): string {
  const params = new URLSearchParams(importId === null ? {} : { importId });
  return `/api/v1/rejects.csv${params.size > 0 ? `?${params}` : ""}`;
}

/**
 * Sends one file and tells how much of it has gone (`fetch` cannot).
 *
 * @throws Refusal; an abort rejects with the signal's reason
 */
export function uploadFile(
  file: File,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/uploads?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries({ ...GUARD, ...readersLanguage() }))
      request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        resolve(JSON.parse(request.responseText) as UploadAnswer);
      else reject(refusalOf(request.status, request.responseText));
    };
    request.onerror = () => reject(new Refusal(0, null));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}
