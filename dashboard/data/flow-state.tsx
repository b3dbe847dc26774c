import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import type { Mapping, PreviewAnswer } from "../../src/contract/imports.ts";
import { Refusal } from "../query/http.ts";
import { commitImport, discardPreview, previewImport, uploadFile } from "../query/imports.ts";

export interface Uploading {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

/** What an import needs beyond its files. */
export interface Draft {
  readonly uploadIds: readonly string[];
  readonly account: string;
  /** File name → mapping given by hand. */
  readonly mappings: Readonly<Record<string, Mapping>>;
}

export type Level = "campaign" | "ad_set" | "ad";

/** Where the import stands, from choosing files to its result. */
export type Flow =
  | { readonly step: "closed" }
  | { readonly step: "choose" }
  | { readonly step: "uploading"; readonly files: readonly Uploading[] }
  | { readonly step: "reading" }
  | { readonly step: "preview"; readonly answer: PreviewAnswer; readonly error: Refusal | null }
  | { readonly step: "failed"; readonly error: Refusal }
  /** `importId` is null until the server has answered the commit. */
  | { readonly step: "running"; readonly importId: string | null };

export interface ImportFlowDeeds {
  readonly flow: Flow;
  readonly draft: Draft;
  /** Offers to choose files. */
  open(): void;
  /** Uploads files and shows what they hold. */
  start(files: readonly File[]): void;
  /** Reads the uploaded files again, with other answers. */
  readAgain(change: Partial<Draft>): void;
  commit(answers: {
    readonly levelCounts: Level | null;
    readonly skipProblems: boolean;
    readonly saveMappings: boolean;
  }): void;
  /** Closes; what was not committed is discarded, what runs goes on. */
  close(): void;
}

const NO_DRAFT: Draft = { uploadIds: [], account: "", mappings: {} };
const FlowContext = createContext<ImportFlowDeeds | null>(null);

function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal(0, null);
}

/** Holds the one import that may be under way in this page, wherever the reader goes meanwhile. */
export function FlowProvider(props: { readonly children: ReactNode }): ReactNode {
  const [flow, setFlow] = useState<Flow>({ step: "closed" });
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const queries = useQueryClient();
  const abort = useRef<AbortController | null>(null);
  /** Grows when the reader closes or starts anew, so that a late answer of the former round is dropped. */
  const round = useRef(0);

  const read = useCallback(async (asked: Draft) => {
    const mine = round.current;
    setDraft(asked);
    setFlow({ step: "reading" });
    try {
      const answer = await previewImport({
        uploadIds: [...asked.uploadIds],
        ...(asked.account.trim() === "" ? {} : { account: asked.account.trim() }),
        ...(Object.keys(asked.mappings).length === 0 ? {} : { mappings: asked.mappings }),
      });
      if (mine === round.current) setFlow({ step: "preview", answer, error: null });
      else await discardPreview(answer.previewId);
    } catch (error) {
      if (mine === round.current) setFlow({ step: "failed", error: asRefusal(error) });
    }
  }, []);

  const start = useCallback(
    async (files: readonly File[]) => {
      const mine = ++round.current;
      abort.current?.abort();
      const controller = new AbortController();
      abort.current = controller;
      const sent = files.map((file) => ({ name: file.name, sent: 0, total: file.size }));
      const show = () => setFlow({ step: "uploading", files: [...sent] });
      show();
      try {
        const uploadIds: string[] = [];
        for (const [index, file] of files.entries()) {
          const answer = await uploadFile(
            file,
            (bytes) => {
              sent[index] = { name: file.name, sent: bytes, total: file.size };
              if (mine === round.current) show();
            },
            controller.signal,
          );
          uploadIds.push(answer.uploadId);
        }
        if (mine === round.current) await read({ ...NO_DRAFT, uploadIds });
      } catch (error) {
        if (mine === round.current) setFlow({ step: "failed", error: asRefusal(error) });
      }
    },
    [read],
  );

  const deeds = useMemo<ImportFlowDeeds>(
    () => ({
      flow,
      draft,
      open: () => setFlow((now) => (now.step === "closed" ? { step: "choose" } : now)),
      start: (files) => {
        if (files.length > 0) void start(files);
      },
      readAgain: (change) => {
        if (flow.step === "preview") void discardPreview(flow.answer.previewId).catch(() => {});
        void read({ ...draft, ...change });
      },
      commit: async (answers) => {
        if (flow.step !== "preview") return;
        const { answer } = flow;
        const mine = round.current;
        setFlow({ step: "running", importId: null });
        try {
          const row = await commitImport({
            previewId: answer.previewId,
            skipProblems: answers.skipProblems,
            saveMappings: answers.saveMappings,
            ...(answers.levelCounts === null ? {} : { levelCounts: answers.levelCounts }),
          });
          if (mine === round.current) setFlow({ step: "running", importId: row.importId });
          void queries.invalidateQueries({ queryKey: ["/imports"] });
        } catch (error) {
          if (mine === round.current) setFlow({ step: "preview", answer, error: asRefusal(error) });
        }
      },
      close: () => {
        round.current++;
        abort.current?.abort();
        // A preview that is forgotten expires on the server too: failing to discard it changes nothing.
        if (flow.step === "preview") void discardPreview(flow.answer.previewId).catch(() => {});
        setDraft(NO_DRAFT);
        setFlow({ step: "closed" });
      },
    }),
    [flow, draft, start, read, queries],
  );

  return <FlowContext value={deeds}>{props.children}</FlowContext>;
}

export function useImportFlow(): ImportFlowDeeds {
  const deeds = use(FlowContext);
  if (deeds === null) throw new Error("useImportFlow needs a FlowProvider above it");
  return deeds;
}
