/** The desk where files come in: what the doors may ask of an import, whichever door they are. */
import type { Readable } from "node:stream";
import type {
  CommitRequest,
  ImportRow,
  ImportsAnswer,
  PreviewAnswer,
  PreviewRequest,
  RejectsAnswer,
  StreamMessage,
  UploadAnswer,
} from "../contract/imports.ts";
import type { Scope } from "../domain/scope.ts";

export interface ImportDesk {
  /**
   * Keeps the bytes for a preview; nothing counts until a commit.
   *
   * @param bytes announced length; null when unknown
   * @throws Problem `UPLOAD_TOO_LARGE`, `DISK_FULL`
   */
  upload(name: string, content: Readable, bytes: number | null): Promise<UploadAnswer>;
  preview(request: PreviewRequest, signal?: AbortSignal): Promise<PreviewAnswer>;
  /** Starts the import and resolves as soon as its events are durable; building goes on, with messages. */
  commit(request: CommitRequest, by: string): Promise<ImportRow>;
  /** Resolves when the import's numbers can be queried. */
  settled(importId: string): Promise<ImportRow>;
  /** Drops a preview; its uploads stay for another one until nobody has asked for them during an hour. */
  discard(previewId: string): Promise<void>;
  /** Takes an import back; resolves when that was built or failed, which the row's `problem` tells. */
  undo(importId: string, by: string): Promise<ImportRow>;
  imports(
    query: { cursor?: string | undefined; limit: number },
    scope: Scope,
  ): Promise<ImportsAnswer>;
  rejects(
    query: { importId?: string | undefined; cursor?: string | undefined; limit: number },
    scope: Scope,
  ): Promise<RejectsAnswer>;
  /** Grows with every change of the numbers, also across restarts. */
  dataVersion(): number;
  /** Messages for the live stream; returns the way to stop listening. */
  listen(listener: (message: StreamMessage) => void): () => void;
}
