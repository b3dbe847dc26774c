/** Files that were handed in and wait: uploads for their preview, previews for their commit. Forgotten ones are swept. */
import { randomUUID } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import type { Clock } from "../base/clock.ts";
import { Problem } from "../base/problem.ts";
import type { UploadAnswer } from "../contract/imports.ts";
import { withRoom } from "./disk-space.ts";
import type { PendingImport } from "./pending-import.ts";
import { type Source, spool } from "./sources.ts";

const WAITING_MINUTES = 60;
const MOST_PREVIEWS = 8;

export interface WaitingFiles {
  /** @param bytes announced length, null when unknown. @throws Problem `DISK_FULL` */
  upload(name: string, content: Readable, bytes: number | null): Promise<UploadAnswer>;
  /** @throws Problem `UPLOAD_GONE` */
  uploaded(uploadId: string): Source;
  /** Removes the uploads among sources that were imported. */
  drop(used: readonly Source[]): Promise<void>;
  keepPreview(previewId: string, made: PendingImport): void;
  preview(previewId: string): PendingImport | undefined;
  /** Takes a preview out without closing it: from then on it is the caller's. */
  claimPreview(previewId: string): void;
  forgetPreview(previewId: string): void;
  /** Forgets what nobody asked for during an hour, and the oldest previews when there are many. */
  sweep(): void;
  close(): void;
}

export function createWaitingFiles(scratchDirectory: string, clock: Clock): WaitingFiles {
  const uploads = new Map<string, Source & { readonly at: number }>();
  const pending = new Map<string, PendingImport>();

  const dropUpload = async (id: string, upload: Source) => {
    uploads.delete(id);
    await rm(path.dirname(upload.path), { recursive: true, force: true });
  };
  const forgetPreview = (previewId: string) => {
    pending.get(previewId)?.session.close();
    pending.delete(previewId);
  };

  return {
    async upload(name, content, bytes) {
      const source = await withRoom(scratchDirectory, bytes, () =>
        spool(content, name, scratchDirectory),
      );
      const uploadId = randomUUID();
      uploads.set(uploadId, { ...source, at: clock.now().getTime() });
      const { size } = await stat(source.path);
      return { uploadId, name: source.name, bytes: size };
    },
    uploaded(uploadId) {
      const source = uploads.get(uploadId);
      if (source) return source;
      throw new Problem("UPLOAD_GONE", {
        what: "An uploaded file is gone",
        where: uploadId,
        fix: "Upload the file again.",
      });
    },
    async drop(used) {
      for (const [id, upload] of uploads) {
        if (used.some((source) => source.path === upload.path)) await dropUpload(id, upload);
      }
    },
    keepPreview: (previewId, made) => void pending.set(previewId, made),
    preview: (previewId) => pending.get(previewId),
    claimPreview: (previewId) => void pending.delete(previewId),
    forgetPreview,
    sweep() {
      const oldest = clock.now().getTime() - WAITING_MINUTES * 60_000;
      for (const [id, one] of pending) if (one.madeAt.getTime() < oldest) forgetPreview(id);
      while (pending.size >= MOST_PREVIEWS) forgetPreview(pending.keys().next().value as string);
      for (const [id, upload] of uploads) if (upload.at < oldest) void dropUpload(id, upload);
    },
    close() {
      for (const id of [...pending.keys()]) forgetPreview(id);
    },
  };
}
