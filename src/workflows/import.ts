/** Import: bytes in, previewed, made durable in the store, built into the warehouse; and undone as a whole. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Problem } from "../base/problem.ts";
import type {
  CommitRequest,
  ImportRow,
  Mapping,
  PreviewAnswer,
  RejectsAnswer,
} from "../contract/imports.ts";
import type { Scope } from "../domain/scope.ts";
import { withRoom } from "./disk-space.ts";
import { createImportBuilds } from "./import-builds.ts";
import type { ImportDesk } from "./import-desk.ts";
import { importEvents, importIdOf, type KeptBlob, undoEvent } from "./import-events.ts";
import type { LedgerImport } from "./ledger.ts";
import { type PendingImport, preparePreview } from "./pending-import.ts";
import { rawVersion } from "./project.ts";
import { foreignCursor, rejectsPage } from "./rejects.ts";
import type { Source, Sources } from "./sources.ts";
import { createWaitingFiles } from "./waiting-files.ts";
import type { Workspace } from "./workspace.ts";

/** The desk of a process that also has local paths at hand. */
export interface LocalImportDesk extends ImportDesk {
  previewSources(
    sources: Sources,
    options: {
      readonly account?: string | undefined;
      readonly mappings?: Readonly<Record<string, Mapping>>;
      readonly signal?: AbortSignal;
    },
  ): Promise<PreviewAnswer>;
  /** As `commit`, for tables of the sample world, which leave when a person's own come. */
  commitSample(previewId: string): Promise<ImportRow>;
  close(): Promise<void>;
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

/** Bytes of files together, each counted once: whoever reads or keeps them needs as much room at least. */
async function bytesOf(sources: readonly Source[]): Promise<number> {
  let bytes = 0;
  for (const file of new Set(sources.map((source) => source.path))) {
    bytes += (await stat(file).catch(() => null))?.size ?? 0;
  }
  return bytes;
}

export function createImportDesk(workspace: Workspace): LocalImportDesk {
  const { store, clock, ledger, turn } = workspace;
  const builds = createImportBuilds(workspace);
  const waiting = createWaitingFiles(workspace.scratchDirectory, clock);
  const committed = new Map<string, Promise<ImportRow>>();

  const madeImport = (importId: string): LedgerImport => {
    const made = ledger.imports.get(importId);
    if (!made) {
      throw new Problem("NO_SUCH_IMPORT", {
        what: "There is no such import",
        where: importId,
        fix: "List the imports to find its id.",
      });
    }
    return made;
  };

  const prepare: LocalImportDesk["previewSources"] = async (sources, options) => {
    waiting.sweep();
    const previewId = randomUUID();
    const bytes = await bytesOf(sources.sources);
    const made = await withRoom(workspace.home, bytes, () =>
      preparePreview(workspace, sources, {
        previewId,
        account: options.account ?? null,
        mappings: options.mappings ?? {},
        hashOf: (source) => digestOf(source.path),
        ...(options.signal ? { signal: options.signal } : {}),
        onProgress: builds.progressOf(previewId),
      }),
    );
    waiting.keepPreview(previewId, made);
    return made.answer;
  };

  const commit = async (
    request: CommitRequest,
    by: string,
    sample: boolean,
  ): Promise<ImportRow> => {
    const again = committed.get(request.previewId);
    if (again) return again;
    const made = waiting.preview(request.previewId);
    if (!made) throw previewGone(request, "The preview is gone");
    checkAnswered(made, request);
    // Claimed: nobody else may close or commit it; who asks again gets the same import.
    waiting.claimPreview(request.previewId);
    const deed = inTurn(made, request, by, sample);
    committed.set(request.previewId, deed);
    deed.catch(() => {
      committed.delete(request.previewId);
      made.session.close();
    });
    return deed;
  };

  /** Waits for the turn, makes the import durable, and gives the turn back when it is built. */
  const inTurn = async (
    made: PendingImport,
    request: CommitRequest,
    by: string,
    sample: boolean,
  ): Promise<ImportRow> =>
    new Promise<ImportRow>((resolve, reject) => {
      void turn.pass(async () => {
        try {
          const { row, building } = await append(made, request, by, sample);
          resolve(row);
          await building;
        } catch (error) {
          reject(error);
        }
      });
    });

  /** Makes the import durable and starts the building; of files that count already there is nothing to build. */
  const append = async (
    made: PendingImport,
    request: CommitRequest,
    by: string,
    sample: boolean,
  ): Promise<{ row: ImportRow; building: Promise<void> }> => {
    await workspace.refreshLedger();
    if (made.rawVersion !== rawVersion(workspace)) {
      throw previewGone(
        request,
        "The currency or time zone of the definitions changed after this preview was made",
      );
    }
    const active = new Map(
      [...ledger.imports.values()]
        .filter((one) => one.undone === null)
        .flatMap((one) => one.files.map((file) => [file.contentKey, one] as const)),
    );
    const fresh = made.files.filter((file) => !active.has(file.contentKey));
    if (fresh.length === 0) {
      const [known] = made.files;
      const before = known ? active.get(known.contentKey) : undefined;
      if (!before) {
        throw new Problem("NOTHING_TO_IMPORT", {
          what: "No file of this preview can be imported",
          where: request.previewId,
          fix: "Mend the files named in the preview, or map their columns by hand.",
        });
      }
      made.session.close();
      return { row: builds.rowOf(before), building: Promise.resolve() };
    }
    const importId = importIdOf(fresh, ledger);
    const sources = fresh.map((file) => file.source);
    const blobs = new Map<string, KeptBlob>();
    await withRoom(workspace.home, await bytesOf(sources), async () => {
      for (const { path } of sources) {
        if (!blobs.has(path)) blobs.set(path, await store.blobs.put(createReadStream(path)));
      }
    });
    const { codeVersion } = workspace;
    const facts = { importId, by, at: clock.now(), sample, codeVersion };
    const events = importEvents(made, request, fresh, blobs, ledger, facts);
    for (const result of await store.append(events)) {
      if (result.outcome === "conflict") throw result.problem;
    }
    await workspace.refreshLedger();
    const building = builds.start(importId, made).then(async () => {
      made.session.close();
      await waiting.drop(sources);
    });
    return { row: builds.rowOf(madeImport(importId)), building };
  };

  return {
    upload: waiting.upload,
    async preview(request, signal) {
      return prepare(
        { sources: request.uploadIds.map(waiting.uploaded), skipped: [] },
        {
          account: request.account,
          ...(request.mappings ? { mappings: request.mappings } : {}),
          ...(signal ? { signal } : {}),
        },
      );
    },
    previewSources: prepare,
    commit: (request, by) => commit(request, by, false),
    commitSample: (previewId) =>
      commit({ previewId, skipProblems: false, saveMappings: false }, "sample", true),
    async settled(importId) {
      await builds.ended(importId);
      return builds.rowOf(madeImport(importId));
    },
    async discard(previewId) {
      waiting.forgetPreview(previewId);
    },
    async undo(importId, by) {
      return turn.pass(async () => {
        await workspace.refreshLedger();
        const made = madeImport(importId);
        if (made.undone) return builds.rowOf(made);
        const [result] = await store.append([undoEvent(importId, by, clock.now())]);
        if (result?.outcome === "conflict") throw result.problem;
        await workspace.refreshLedger();
        await builds.start(importId);
        return builds.rowOf(made);
      });
    },
    async imports(query, scope: Scope) {
      const visible = [...ledger.imports.values()]
        .filter(
          (one) =>
            scope.accounts === "all" || one.files.some((file) => inScope(file.account, scope)),
        )
        .reverse();
      const place = visible.findIndex((one) => one.importId === query.cursor);
      if (query.cursor !== undefined && place === -1) throw foreignCursor();
      const start = place + 1;
      const items = visible.slice(start, start + query.limit);
      const more = start + query.limit < visible.length;
      return {
        items: items.map(builds.rowOf),
        next: more ? (items.at(-1)?.importId ?? null) : null,
        total: visible.length,
      };
    },
    rejects: (query, scope): Promise<RejectsAnswer> =>
      rejectsPage(workspace.warehouse, query, scope),
    dataVersion: () => workspace.dataVersion,
    listen: workspace.news.listen,
    async close() {
      waiting.close();
      await builds.idle();
    },
  };
}

function previewGone(request: CommitRequest, what: string): Problem {
  return new Problem("PREVIEW_GONE", {
    what,
    where: request.previewId,
    fix: "Preview the files again, then import.",
  });
}

/** @throws Problem `FILE_NOT_READABLE`, `LEVEL_UNDECIDED` for what the preview asked and the commit leaves open */
function checkAnswered(made: PendingImport, request: CommitRequest): void {
  const [first] = made.problems;
  if (first?.problem && !request.skipProblems) {
    const { code, what, fix } = first.problem;
    throw new Problem("FILE_NOT_READABLE", {
      what: `${first.name} cannot be imported as it is (${code}): ${what}`,
      where: first.name,
      fix,
      details: { files: made.problems.map((one) => ({ name: one.name, problem: one.problem })) },
    });
  }
  if (made.levelQuestion && !request.levelCounts) {
    throw new Problem("LEVEL_UNDECIDED", {
      what: "The same campaigns and days are exported at several levels, which must not be added up",
      fix: "Say which level counts: campaign, ad_set or ad (on the command line with --level-counts).",
      details: { levelQuestion: made.levelQuestion },
    });
  }
}

function inScope(account: string | null, scope: Scope): boolean {
  return scope.accounts === "all" || (account !== null && scope.accounts.includes(account));
}
