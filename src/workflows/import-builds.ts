/** Imports on their way into the numbers: which are being built, which failed, and what a list says of each. */
import { Problem } from "../base/problem.ts";
import type { ImportRow } from "../contract/imports.ts";
import { buildProblem } from "./build-problem.ts";
import { activeFiles, fileBytes, type LedgerImport } from "./ledger.ts";
import type { PendingImport } from "./pending-import.ts";
import { type ProjectionNews, project } from "./project.ts";
import type { Workspace } from "./workspace.ts";

export interface ImportBuilds {
  /** Tells listeners how an import or preview goes. */
  progressOf(id: string): (news: ProjectionNews) => void;
  /** Brings the numbers to an import whose events are durable; resolves when that ended, well or not. */
  start(importId: string, ready?: PendingImport): Promise<void>;
  /** Resolves when the import is not being built any more. */
  ended(importId: string): Promise<void>;
  /** Resolves when nothing is being built. */
  idle(): Promise<void>;
  /** An import as lists show it. */
  rowOf(made: LedgerImport): ImportRow;
}

function notBuilt(importId: string): Problem {
  return new Problem("NOT_BUILT_YET", {
    what: "The rows are kept, but the numbers do not count them yet",
    where: importId,
    fix: "They are computed at the next start, import or report.",
  });
}

export function createImportBuilds(workspace: Workspace): ImportBuilds {
  const { clock } = workspace;
  const { tell } = workspace.news;
  const running = new Map<string, Promise<void>>();
  const failures = new Map<string, Problem>();
  const finished = new Map<string, Date>();

  const progressOf: ImportBuilds["progressOf"] = (importId) => {
    const began = clock.now().getTime();
    return (news) => {
      const seconds = (clock.now().getTime() - began) / 1000;
      tell({
        type: "import.progress",
        importId,
        ...news,
        rowsPerSecond: seconds > 0.2 && news.rows > 0 ? Math.round(news.rows / seconds) : null,
      });
    };
  };

  const build = async (importId: string, ready?: PendingImport): Promise<void> => {
    const loaded = new Map(ready?.files.map((file) => [file.contentKey, file.loaded]));
    try {
      await project(workspace, {
        onProgress: progressOf(importId),
        ...(ready ? { ready: { session: ready.session, loaded } } : {}),
      });
      // The numbers now rest on everything that is kept, also on what had failed before.
      failures.clear();
      finished.set(importId, clock.now());
      running.delete(importId);
      tell({ type: "import.done", importId });
    } catch (error) {
      const { home } = workspace;
      const made = workspace.ledger.imports.get(importId);
      const problem = buildProblem(error, {
        home,
        where: importId,
        kept: ready ? "The rows are kept" : "The undo is kept",
        fileBytes: fileBytes(ready ? made?.files : activeFiles(workspace.ledger)),
      });
      failures.set(importId, problem);
      running.delete(importId);
      tell({ type: "import.failed", importId, problem: problem.toJSON() });
    }
    tell({ type: "data.changed", version: workspace.dataVersion });
  };

  /** Why an import is not in the numbers as it should be; for one that was undone: why it still is. */
  const problemOf = (made: LedgerImport): Problem | null => {
    if (running.has(made.importId)) return null;
    const failure = failures.get(made.importId) ?? null;
    if (made.undone) return failure;
    if (made.files.some((file) => file.fileId > workspace.dataVersion)) {
      return failure ?? notBuilt(made.importId);
    }
    const unreadable = made.files.map((file) => workspace.unreadable.get(file.fileId));
    return unreadable.find((one) => one) ?? null;
  };

  return {
    progressOf,
    start(importId, ready) {
      failures.delete(importId);
      const ending = build(importId, ready);
      running.set(importId, ending);
      return ending;
    },
    async ended(importId) {
      await running.get(importId);
    },
    async idle() {
      await Promise.all(running.values());
    },
    rowOf(made) {
      const problem = problemOf(made);
      const isRunning = running.has(made.importId) && made.undone === null;
      const state = made.undone ? "undone" : isRunning ? "running" : problem ? "failed" : "done";
      const end = made.undone?.at ?? finished.get(made.importId) ?? made.at;
      return {
        importId: made.importId,
        state,
        startedAt: made.at.toISOString(),
        finishedAt: state === "running" ? null : end.toISOString(),
        by: made.by,
        account: made.files[0]?.account ?? null,
        sample: made.files.some((file) => file.sample),
        files: made.files.map(
          ({ name, table, rowsRead, rowsAccepted, rowsRejected, totalRows }) => ({
            name,
            table,
            rowsRead,
            rowsAccepted,
            rowsRejected,
            totalRows,
          }),
        ),
        problem: problem?.toJSON() ?? null,
      };
    },
  };
}
