/** Import: bytes in, previewed, made durable in the store, built into the warehouse; and undone as a whole. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { Problem } from "../base/problem.ts";
import type {
  CommitRequest,
  ImportRow,
  Mapping,
  PreviewAnswer,
  RejectsAnswer,
} from "../contract/imports.ts";
import type { Scope } from "../domain/scope.ts";
import type { Json, NewEvent } from "../store/events.ts";
import { buildProblem } from "./build-problem.ts";
import type { ImportDesk } from "./import-desk.ts";
import { activeSamples, type LedgerImport, WORKSPACE } from "./ledger.ts";
import { type PendingFile, type PendingImport, preparePreview } from "./pending-import.ts";
import { type ProjectionNews, project, rawVersion } from "./project.ts";
import { foreignCursor, rejectsPage } from "./rejects.ts";
import { type Source, type Sources, spool } from "./sources.ts";
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

const PREVIEW_MINUTES = 60;
const MOST_PREVIEWS = 8;

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

function notBuilt(importId: string): Problem {
  return new Problem("NOT_BUILT_YET", {
    what: "The rows are kept, but the numbers do not count them yet",
    where: importId,
    fix: "They are computed at the next start, import or report.",
  });
}

export function createImportDesk(workspace: Workspace): LocalImportDesk {
  const { store, clock, ledger, turn } = workspace;
  const { tell } = workspace.news;
  const uploads = new Map<string, Source & { readonly at: number }>();
  const pending = new Map<string, PendingImport>();
  const committed = new Map<string, Promise<ImportRow>>();
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, Problem>();
  const finished = new Map<string, Date>();

  const progressOf = (importId: string) => {
    const began = clock.now().getTime();
    return (news: ProjectionNews) => {
      const seconds = (clock.now().getTime() - began) / 1000;
      tell({
        type: "import.progress",
        importId,
        ...news,
        rowsPerSecond: seconds > 0.2 && news.rows > 0 ? Math.round(news.rows / seconds) : null,
      });
    };
  };

  const forget = (previewId: string) => {
    pending.get(previewId)?.session.close();
    pending.delete(previewId);
  };

  const sweep = () => {
    const oldest = clock.now().getTime() - PREVIEW_MINUTES * 60_000;
    for (const [id, one] of pending) if (one.madeAt.getTime() < oldest) forget(id);
    while (pending.size >= MOST_PREVIEWS) forget(pending.keys().next().value as string);
    for (const [id, upload] of uploads) if (upload.at < oldest) void dropUpload(id, upload);
  };

  const dropUpload = async (id: string, upload: Source) => {
    uploads.delete(id);
    await rm(path.dirname(upload.path), { recursive: true, force: true });
  };

  const rowOf = (made: LedgerImport): ImportRow => {
    const unreadable = made.files.map((file) => workspace.unreadable.get(file.fileId));
    const built = made.files.every((file) => file.fileId <= workspace.dataVersion);
    const settled = made.undone !== null || running.has(made.importId);
    const problem = settled
      ? null
      : built
        ? (unreadable.find((one) => one) ?? null)
        : (failures.get(made.importId) ?? notBuilt(made.importId));
    const state = made.undone
      ? "undone"
      : running.has(made.importId)
        ? "running"
        : problem
          ? "failed"
          : "done";
    const end = made.undone?.at ?? finished.get(made.importId) ?? made.at;
    return {
      importId: made.importId,
      state,
      startedAt: made.at.toISOString(),
      finishedAt: state === "running" ? null : end.toISOString(),
      by: made.by,
      account: made.files[0]?.account ?? null,
      sample: made.files.some((file) => file.sample),
      files: made.files.map(({ name, table, rowsRead, rowsAccepted, rowsRejected, totalRows }) => ({
        name,
        table,
        rowsRead,
        rowsAccepted,
        rowsRejected,
        totalRows,
      })),
      problem: problem?.toJSON() ?? null,
    };
  };

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

  const prepare = async (
    sources: Sources,
    options: Parameters<LocalImportDesk["previewSources"]>[1],
  ): Promise<PreviewAnswer> => {
    sweep();
    const previewId = randomUUID();
    const made = await preparePreview(workspace, sources, {
      previewId,
      account: options.account ?? null,
      mappings: options.mappings ?? {},
      hashOf: (source) => digestOf(source.path),
      ...(options.signal ? { signal: options.signal } : {}),
      onProgress: progressOf(previewId),
    });
    pending.set(previewId, made);
    return made.answer;
  };

  const fileEvent = (
    file: PendingFile,
    importId: string,
    by: string,
    blob: { hash: string; bytes: number },
    account: string | null,
    sample: boolean,
    at: Date,
  ): NewEvent => {
    const { loaded, contentKey, source } = file;
    const undone = ledger.undoneTimes.get(contentKey) ?? 0;
    return {
      account: WORKSPACE,
      type: "file.imported",
      key: undone === 0 ? contentKey : `${contentKey}#${undone}`,
      occurredAt: at,
      payload: {
        importId,
        contentKey,
        source: source.name,
        name: loaded.name,
        blob: blob.hash,
        bytes: blob.bytes,
        table: loaded.table,
        format: loaded.format,
        encoding: loaded.encoding,
        delimiter: loaded.delimiter,
        account,
        mapping: loaded.mapping as unknown as Json,
        parser: workspace.codeVersion,
        rowsRead: loaded.rowsRead,
        rowsAccepted: loaded.rowsAccepted,
        rowsRejected: loaded.rowsRejected,
        totalRows: loaded.totalRows,
        sample,
        by,
      },
    };
  };

  const undoEvent = (importId: string, by: string): NewEvent => ({
    account: WORKSPACE,
    type: "import.undone",
    key: importId,
    occurredAt: clock.now(),
    payload: { importId, by },
  });

  const build = async (importId: string, ready?: PendingImport): Promise<void> => {
    const loaded = new Map(ready?.files.map((file) => [file.contentKey, file.loaded]));
    await project(workspace, {
      onProgress: progressOf(importId),
      ...(ready ? { ready: { session: ready.session, loaded } } : {}),
    });
    finished.set(importId, clock.now());
  };

  /** Lets the building go on and tells how it ended; the events are durable already. */
  const goOn = (importId: string, deed: Promise<void>) => {
    const ending = deed
      .then(
        () => {
          running.delete(importId);
          tell({ type: "import.done", importId });
        },
        async (error: unknown) => {
          const { home } = workspace;
          const kept = "The rows are kept";
          const problem = await buildProblem(error, { home, where: importId, kept });
          running.delete(importId);
          failures.set(importId, problem);
          tell({ type: "import.failed", importId, problem: problem.toJSON() });
        },
      )
      .then(() => tell({ type: "data.changed", version: workspace.dataVersion }));
    running.set(importId, ending);
    return ending;
  };

  const commit = async (
    request: CommitRequest,
    by: string,
    sample: boolean,
  ): Promise<ImportRow> => {
    const again = committed.get(request.previewId);
    if (again) return again;
    const made = pending.get(request.previewId);
    if (!made) {
      throw new Problem("PREVIEW_GONE", {
        what: "The preview is gone",
        where: request.previewId,
        fix: "Preview the files again, then import.",
      });
    }
    const [firstProblem] = made.problems;
    if (firstProblem?.problem && !request.skipProblems) {
      const { code, what, fix } = firstProblem.problem;
      throw new Problem("FILE_NOT_READABLE", {
        what: `${firstProblem.name} cannot be imported as it is (${code}): ${what}`,
        where: firstProblem.name,
        fix,
        details: { files: made.problems.map((one) => ({ name: one.name, problem: one.problem })) },
      });
    }
    if (made.levelQuestion && !request.levelCounts) {
      throw new Problem("LEVEL_UNDECIDED", {
        what: "The same campaigns and days are exported at several levels, which must not be added up",
        fix: "Say which level counts: campaign, ad_set or ad.",
        details: { levelQuestion: made.levelQuestion },
      });
    }
    // Claimed: nobody else may close or commit it; who asks again gets the same import.
    pending.delete(request.previewId);
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
  ): Promise<ImportRow> => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const result = await new Promise<ImportRow>((resolve, reject) => {
      void turn.pass(async () => {
        try {
          resolve(await append(made, request, by, sample, release));
        } catch (error) {
          release();
          reject(error);
        }
        await held;
      });
    });
    return result;
  };

  /** Makes the import durable and starts the building; `release` gives the turn back when it is built. */
  const append = async (
    made: PendingImport,
    request: CommitRequest,
    by: string,
    sample: boolean,
    release: () => void,
  ): Promise<ImportRow> => {
    await workspace.refreshLedger();
    if (made.rawVersion !== rawVersion(workspace)) {
      throw new Problem("PREVIEW_GONE", {
        what: "The currency or time zone of the definitions changed after this preview was made",
        where: request.previewId,
        fix: "Preview the files again, then import.",
      });
    }
    const active = new Map(
      [...ledger.imports.values()]
        .filter((one) => one.undone === null)
        .flatMap((one) => one.files.map((file) => [file.contentKey, one] as const)),
    );
    const fresh = made.files.filter((file) => !active.has(file.contentKey));
    const [known] = made.files;
    if (fresh.length === 0) {
      const before = known ? active.get(known.contentKey) : undefined;
      if (before) {
        made.session.close();
        release();
        return rowOf(before);
      }
      throw new Problem("NOTHING_TO_IMPORT", {
        what: "No file of this preview can be imported",
        where: request.previewId,
        fix: "Mend the files named in the preview, or map their columns by hand.",
      });
    }
    const identity = fresh.map(
      (file) => `${file.contentKey}#${ledger.undoneTimes.get(file.contentKey) ?? 0}`,
    );
    const importId = `i-${createHash("sha256").update(identity.sort().join()).digest("hex").slice(0, 12)}`;
    const blobs = new Map<string, { hash: string; bytes: number }>();
    for (const { source } of fresh) {
      if (blobs.has(source.path)) continue;
      blobs.set(source.path, await store.blobs.put(createReadStream(source.path)));
    }
    const at = clock.now();
    const events: NewEvent[] = [];
    if (!sample) {
      for (const one of activeSamples(ledger)) events.push(undoEvent(one.importId, by));
    }
    for (const file of fresh) {
      const blob = blobs.get(file.source.path);
      if (blob) events.push(fileEvent(file, importId, by, blob, made.account, sample, at));
    }
    if (request.saveMappings) {
      // One mapping per set of headers: of several files with the same ones, the last.
      const given = fresh.filter(({ loaded }) => loaded.origin === "given");
      const kept = new Map(given.map(({ loaded }) => [loaded.signature, loaded.kept]));
      for (const [signature, mapping] of kept) {
        events.push({
          account: WORKSPACE,
          type: "mapping.saved",
          key: `${importId} ${signature}`,
          occurredAt: at,
          payload: { signature, mapping: mapping as unknown as Json, by },
        });
      }
    }
    if (made.levelQuestion && request.levelCounts) {
      const { account } = made.levelQuestion;
      const decided = { insightLevel: request.levelCounts };
      events.push({
        account: WORKSPACE,
        type: "definitions.changed",
        key: importId,
        occurredAt: at,
        payload: {
          change: account === null ? { default: decided } : { accounts: { [account]: decided } },
          by,
        },
      });
    }
    for (const result of await store.append(events)) {
      if (result.outcome === "conflict") throw result.problem;
    }
    await workspace.refreshLedger();
    failures.delete(importId);
    const ending = goOn(importId, build(importId, made));
    void ending.finally(() => {
      made.session.close();
      release();
      void dropUploads(fresh.map((file) => file.source));
    });
    return rowOf(madeImport(importId));
  };

  const dropUploads = async (used: readonly Source[]) => {
    for (const [id, upload] of uploads) {
      if (used.some((source) => source.path === upload.path)) await dropUpload(id, upload);
    }
  };

  return {
    async upload(name, content) {
      const source = await spool(content, name, workspace.scratchDirectory);
      const uploadId = randomUUID();
      uploads.set(uploadId, { ...source, at: clock.now().getTime() });
      const { size } = await stat(source.path);
      return { uploadId, name: source.name, bytes: size };
    },
    async preview(request, signal) {
      const sources = request.uploadIds.map((id) => {
        const source = uploads.get(id);
        if (source) return source;
        throw new Problem("UPLOAD_GONE", {
          what: "An uploaded file is gone",
          where: id,
          fix: "Upload the file again.",
        });
      });
      return prepare(
        { sources, skipped: [] },
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
      await running.get(importId);
      return rowOf(madeImport(importId));
    },
    async discard(previewId) {
      forget(previewId);
    },
    async undo(importId, by) {
      return turn.pass(async () => {
        await workspace.refreshLedger();
        const made = madeImport(importId);
        if (made.undone) return rowOf(made);
        const [result] = await store.append([undoEvent(importId, by)]);
        if (result?.outcome === "conflict") throw result.problem;
        await workspace.refreshLedger();
        await goOn(importId, build(importId));
        return rowOf(made);
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
        items: items.map(rowOf),
        next: more ? (items.at(-1)?.importId ?? null) : null,
        total: visible.length,
      };
    },
    rejects: (query, scope): Promise<RejectsAnswer> =>
      rejectsPage(workspace.warehouse, query, scope),
    dataVersion: () => workspace.dataVersion,
    listen: workspace.news.listen,
    async close() {
      for (const id of [...pending.keys()]) forget(id);
      await Promise.all(running.values());
    },
  };
}

function inScope(account: string | null, scope: Scope): boolean {
  return scope.accounts === "all" || (account !== null && scope.accounts.includes(account));
}
