/** Brings the warehouse to what the ledger says: files that are missing come in, files that were undone go out. */
import { canonicalJson } from "../base/canonical-json.ts";
import { isProblem, Problem } from "../base/problem.ts";
import { insertLive, type LiveChange, liveUntil } from "../ingest/live.ts";
import { insertLoaded, type LoadedFile, loadSource, removeFiles } from "../ingest/load.ts";
import { createRawSchema } from "../ingest/schema.ts";
import { buildMarts } from "../marts/build.ts";
import { createMartsSchema } from "../marts/schema.ts";
import { createStagingSchema } from "../quality/schema.ts";
import { buildStaging } from "../quality/staging.ts";
import { treatAnew } from "../quality/treatments.ts";
import type { Session, Warehouse } from "../warehouse/warehouse.ts";
import {
  activeFiles,
  type ImportedFile,
  importPositions,
  treatmentsInForce,
  treatmentsVersion,
} from "./ledger.ts";
import { liveChangeAfter } from "./live-rows.ts";
import type { Workspace } from "./workspace.ts";

/** How far a projection is. */
export interface ProjectionNews {
  readonly phase: "reading" | "typing" | "storing" | "building";
  readonly file: string | null;
  readonly rows: number;
  readonly fraction: number | null;
}

export interface ProjectOptions {
  /** Files that were already read for a preview, by content key, and the session that holds their tables. */
  readonly ready?: { readonly session: Session; readonly loaded: ReadonlyMap<string, LoadedFile> };
  readonly onProgress?: (news: ProjectionNews) => void;
}

interface Built {
  position: number;
  definitions_version: string;
  code_version: string;
  treatments_version: string;
}

/** What raw rows depend on besides the bytes: the code, and the definitions that typing uses. */
export function rawVersion(workspace: Workspace): string {
  const { default: base, accounts } = workspace.definitions();
  const own = Object.entries(accounts)
    .map(([account, one]) => [account, one.currency ?? null, one.timeZone ?? null])
    .filter(([, currency, timeZone]) => currency !== null || timeZone !== null);
  return `${workspace.codeVersion} ${base.currency} ${base.timeZone} ${canonicalJson(own)}`;
}

/** What the warehouse was last made from; null when it was never built. */
export async function builtBefore(warehouse: Warehouse): Promise<Built | null> {
  const table = await warehouse.first(
    "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = 'built'",
  );
  if (!table) return null;
  return warehouse.first<Built>("SELECT * FROM marts.built");
}

async function createSchemas(session: Session): Promise<void> {
  for (const schema of ["marts", "staging", "raw"]) {
    await session.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  }
  await createRawSchema(session);
  await createStagingSchema(session);
  await createMartsSchema(session);
}

/** Reads the recorded files again with the readings recorded for them. */
async function loadAgain(
  workspace: Workspace,
  session: Session,
  files: readonly ImportedFile[],
  options: ProjectOptions,
): Promise<Map<number, LoadedFile>> {
  const loaded = new Map<number, LoadedFile>();
  const bySource = new Map<string, ImportedFile[]>();
  for (const file of files) {
    const source = `${file.blob} ${file.importId} ${file.source}`;
    const members = bySource.get(source);
    if (members) members.push(file);
    else bySource.set(source, [file]);
  }
  for (const members of bySource.values()) {
    const [first] = members;
    if (!first) continue;
    const byName = new Map(members.map((file) => [file.name, file]));
    try {
      const result = await loadSource(
        {
          session,
          workDirectory: workspace.scratchDirectory,
          definitions: workspace.definitions(),
          account: first.account,
          mappingFor: (file) => byName.get(file.name)?.mapping ?? null,
          only: (name) => byName.has(name),
          ...(options.onProgress ? { onProgress: options.onProgress } : {}),
        },
        { name: first.source, path: await workspace.store.blobs.path(first.blob) },
      );
      for (const one of result.loaded) {
        const file = byName.get(one.name);
        if (file) loaded.set(file.fileId, { ...one, format: file.format });
      }
      for (const one of result.failed) {
        const file = byName.get(one.name);
        if (file) workspace.unreadable.set(file.fileId, one.problem);
      }
    } catch (error) {
      if (!isProblem(error)) throw error;
      for (const file of members) workspace.unreadable.set(file.fileId, error);
    }
    for (const file of members) {
      if (loaded.has(file.fileId) || workspace.unreadable.has(file.fileId)) continue;
      const problem = new Problem("FILE_NOT_READ_AGAIN", {
        what: "The file was imported before, but reading its bytes again does not give that table",
        where: file.name,
        fix: "Undo this import and import the file anew.",
      });
      workspace.unreadable.set(file.fileId, problem);
    }
  }
  return loaded;
}

/** What it takes to bring the warehouse to the ledger. */
interface Gap {
  readonly before: Built | null;
  /** Everything has to be made again: other code, or definitions that change how rows are typed. */
  readonly renew: boolean;
  readonly leaving: readonly number[];
  readonly coming: readonly ImportedFile[];
  /** Rows that came in one by one; null: none that are not in. */
  readonly live: LiveChange | null;
  /** Nothing but treatments can differ. */
  readonly sameRows: boolean;
  /** Nothing is missing but perhaps rows that came in one by one, which may wait a moment. */
  readonly whole: boolean;
  readonly none: boolean;
}

async function gapOf(workspace: Workspace): Promise<Gap> {
  const { ledger, warehouse } = workspace;
  const before = await builtBefore(warehouse);
  const renew = before?.code_version !== rawVersion(workspace);
  const present = renew
    ? new Set<number>()
    : new Set(
        (
          await warehouse.all<{ file_id: number }>(
            "SELECT file_id FROM raw.files WHERE format <> 'live'",
          )
        ).map((row) => row.file_id),
      );
  const active = activeFiles(ledger);
  const wanted = new Set(active.map((file) => file.fileId));
  const leaving = [...present].filter((fileId) => !wanted.has(fileId));
  // Read with other definitions, a file may be readable after all.
  const coming = active.filter(
    (file) => !present.has(file.fileId) && (renew || !workspace.unreadable.has(file.fileId)),
  );
  const live = await liveChangeAfter(
    workspace.store,
    renew ? 0 : await liveUntil(warehouse),
    importPositions(ledger),
    workspace.definitions(),
  );
  const sameFiles =
    !renew &&
    leaving.length === 0 &&
    coming.length === 0 &&
    before?.definitions_version === workspace.definitions().version;
  const sameRows = sameFiles && live === null;
  const sameTreatments = before?.treatments_version === treatmentsVersion(ledger);
  const whole = sameFiles && sameTreatments;
  const none = sameRows && sameTreatments;
  return { before, renew, leaving, coming, live, sameRows, whole, none };
}

/**
 * Whether numbers asked for now leave out something that is kept; leads and statuses that came in within the last moments
 * are brought in by themselves and are not waited for.
 */
export async function isBehind(workspace: Workspace): Promise<boolean> {
  return !(await gapOf(workspace)).whole;
}

/**
 * Makes the warehouse equal to the ledger in one transaction; does nothing when it already is.
 *
 * @returns whether anything changed
 */
export async function project(
  workspace: Workspace,
  options: ProjectOptions = {},
): Promise<boolean> {
  const { ledger, warehouse } = workspace;
  const { before, renew, leaving, coming, live, sameRows, none } = await gapOf(workspace);
  if (renew) workspace.unreadable.clear();
  if (none && before) {
    workspace.dataVersion = before.position;
    return false;
  }

  let position = ledger.position;
  const own = options.ready ? null : await warehouse.openScratch();
  const session = options.ready?.session ?? own;
  if (!session) throw new Error("A projection needs a session");
  try {
    const loaded = new Map<number, LoadedFile>();
    for (const file of coming) {
      const ready = options.ready?.loaded.get(file.contentKey);
      if (ready) loaded.set(file.fileId, ready);
    }
    const missing = coming.filter((file) => !loaded.has(file.fileId));
    for (const [fileId, one] of await loadAgain(workspace, session, missing, options)) {
      loaded.set(fileId, one);
    }
    const news = (phase: ProjectionNews["phase"], file: string | null, rows: number) =>
      options.onProgress?.({ phase, file, rows, fraction: null });
    await warehouse.writeOn(session, async (writer) => {
      if (renew) await createSchemas(writer);
      if (leaving.length > 0) await removeFiles(writer, leaving);
      for (const file of coming) {
        const one = loaded.get(file.fileId);
        if (!one) continue;
        news("storing", one.name, one.rowsAccepted);
        const made = ledger.imports.get(file.importId);
        await insertLoaded(writer, one, {
          fileId: file.fileId,
          importId: file.importId,
          blob: file.blob,
          importedAt: made?.at ?? workspace.clock.now(),
        });
      }
      if (live) await insertLive(writer, live);
      const until = await liveUntil(writer);
      position = Math.max(ledger.position, until);
      const rows = [...loaded.values()].reduce((sum, one) => sum + one.rowsAccepted, 0);
      news("building", null, rows);
      const treatments = treatmentsInForce(ledger);
      if (!(sameRows && (await treatAnew(writer, treatments)))) {
        await buildStaging(writer, workspace.definitions(), treatments);
      }
      await buildMarts(writer, workspace.definitions(), {
        position,
        codeVersion: rawVersion(workspace),
        treatmentsVersion: treatmentsVersion(ledger),
      });
    });
    await warehouse.checkpoint();
  } finally {
    own?.close();
  }
  workspace.dataVersion = position;
  return true;
}
