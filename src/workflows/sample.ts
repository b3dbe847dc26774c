import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { ImportRow } from "../contract/imports.ts";
import type { LocalImportDesk } from "./import.ts";
import { sourcesAt } from "./sources.ts";
import type { Workspace } from "./workspace.ts";

/** Writes the sample world's tables into a directory; handed down, because rooms below know no sample. */
export type WriteWorld = (options: {
  readonly directory: string;
  readonly signal?: AbortSignal;
}) => Promise<unknown>;

/** Makes the sample world and imports it as such: it leaves when a person's own tables come. */
export async function importSample(
  workspace: Workspace,
  desk: LocalImportDesk,
  writeWorld: WriteWorld,
  signal?: AbortSignal,
): Promise<ImportRow> {
  const directory = path.join(workspace.scratchDirectory, "sample");
  await mkdir(directory, { recursive: true });
  try {
    const stop = signal ? { signal } : {};
    await writeWorld({ directory, ...stop });
    const preview = await desk.previewSources(
      await sourcesAt(directory, workspace.scratchDirectory),
      stop,
    );
    const { importId } = await desk.commitSample(preview.previewId);
    return await desk.settled(importId);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
