/** A preview that waits for its commit: the tables read so far, on a connection of their own. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../base/canonical-json.ts";
import type { FilePreview, LevelQuestion, Mapping, PreviewAnswer } from "../contract/imports.ts";
import { definitionsOf } from "../domain/definitions.ts";
import {
  type LoadedFile,
  levelQuestion,
  loadSource,
  NO_SHARED_IDS,
  previewOf,
  sharedIdsOf,
  withSharedIds,
} from "../ingest/load.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { activeFiles } from "./ledger.ts";
import { type ProjectionNews, rawVersion } from "./project.ts";
import type { Source, Sources } from "./sources.ts";
import type { Workspace } from "./workspace.ts";

export interface PendingFile {
  readonly source: Source;
  readonly loaded: LoadedFile;
  /** Same bytes, same table, same reading, same account: the same content. */
  readonly contentKey: string;
  readonly sourceHash: string;
}

export interface PendingImport {
  readonly session: Session & { close(): void };
  readonly account: string | null;
  readonly files: readonly PendingFile[];
  readonly problems: readonly FilePreview[];
  readonly levelQuestion: LevelQuestion | null;
  readonly answer: PreviewAnswer;
  /** What the rows were typed with; other definitions would type them otherwise. */
  readonly rawVersion: string;
  /** When it was last asked for, for the sweep of forgotten ones. */
  readonly madeAt: Date;
}

export interface PreviewOptions {
  readonly previewId: string;
  readonly account: string | null;
  readonly mappings: Readonly<Record<string, Mapping>>;
  readonly hashOf: (source: Source) => Promise<string>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (news: ProjectionNews) => void;
}

export function contentKeyOf(hash: string, loaded: LoadedFile, account: string | null): string {
  const reading = canonicalJson({ member: loaded.name, mapping: loaded.mapping, account });
  return createHash("sha256").update(`${hash}\0${reading}`).digest("hex").slice(0, 32);
}

function refusal(
  failed: Awaited<ReturnType<typeof loadSource>>["failed"][number],
  fields: FilePreview["fields"],
): FilePreview {
  return {
    name: failed.name,
    table: failed.table,
    format: null,
    level: null,
    encoding: failed.encoding,
    delimiter: failed.delimiter,
    header: [...failed.header],
    mapping: failed.mapping,
    fields,
    sample: failed.sample.map((row) => [...row]),
    bytes: failed.bytes,
    rowsRead: 0,
    rowsAccepted: 0,
    rowsRejected: 0,
    totalRows: 0,
    firstDay: null,
    lastDay: null,
    accounts: [],
    accountCount: 0,
    sums: {},
    currency: null,
    overlap: { same: 0, supersedes: 0 },
    sharedIds: NO_SHARED_IDS,
    alreadyImported: null,
    rejects: [],
    problem: failed.problem.toJSON(),
  };
}

/** Reads the sources as they would be imported, without changing anything that counts. */
export async function preparePreview(
  workspace: Workspace,
  { sources, skipped }: Sources,
  options: PreviewOptions,
): Promise<PendingImport> {
  const typedWith = rawVersion(workspace);
  const session = await workspace.warehouse.openScratch();
  try {
    const known = new Map(
      activeFiles(workspace.ledger).map((file) => [file.contentKey, file.importId]),
    );
    const files: PendingFile[] = [];
    const previews: FilePreview[] = [];
    const problems: FilePreview[] = [];
    const left = [...skipped];
    const seen = new Map<string, string>();
    for (const source of sources) {
      const result = await loadSource(
        {
          session,
          workDirectory: workspace.scratchDirectory,
          definitions: workspace.definitions(),
          account: options.account,
          mappingFor: (file) =>
            options.mappings[file.name] ?? workspace.ledger.mappings.get(file.signature) ?? null,
          ...(options.signal ? { signal: options.signal } : {}),
          ...(options.onProgress ? { onProgress: options.onProgress } : {}),
        },
        source,
      );
      left.push(...result.skipped);
      for (const failed of result.failed) problems.push(refusal(failed, failed.fields));
      const sourceHash = await options.hashOf(source);
      for (const loaded of result.loaded) {
        const contentKey = contentKeyOf(
          sourceHash,
          { ...loaded, name: memberOf(loaded, source) },
          options.account,
        );
        const twin = seen.get(contentKey);
        if (twin !== undefined) {
          left.push({ name: loaded.name, reason: `the same content as ${twin}` });
          continue;
        }
        seen.set(contentKey, loaded.name);
        files.push({ source, loaded, contentKey, sourceHash });
        const preview = await previewOf(session, loaded);
        previews.push({ ...preview, alreadyImported: known.get(contentKey) ?? null });
      }
    }
    const loadedFiles = files.map((file) => file.loaded);
    const shared = await sharedIdsOf(session, loadedFiles);
    const told = previews.map((preview, i) => {
      const loaded = loadedFiles[i];
      return withSharedIds(preview, (loaded && shared.get(loaded)) ?? NO_SHARED_IDS);
    });
    const fresh = files.filter((file) => !known.has(file.contentKey));
    const decided = definitionsOf(workspace.definitions(), options.account).insightLevel;
    const question =
      decided === null
        ? await levelQuestion(
            session,
            fresh.map((file) => file.loaded),
            workspace.definitions(),
          )
        : null;
    return {
      session,
      account: options.account,
      files,
      problems,
      levelQuestion: question,
      rawVersion: typedWith,
      madeAt: workspace.clock.now(),
      answer: {
        previewId: options.previewId,
        files: [...told, ...problems],
        skipped: left,
        levelQuestion: question,
        ready: problems.length === 0 && question === null && files.length > 0,
      },
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

/** The table's place within its source, whatever the source was called this time. */
function memberOf(loaded: LoadedFile, source: Source): string {
  return loaded.name.startsWith(source.name) ? loaded.name.slice(source.name.length) : loaded.name;
}
