/** The events of an import: what is written, and under which keys, so that doing it twice changes nothing. */
import { createHash } from "node:crypto";
import type { CommitRequest } from "../contract/imports.ts";
import type { Json, NewEvent } from "../store/events.ts";
import { activeSamples, type Ledger, WORKSPACE } from "./ledger.ts";
import type { PendingFile, PendingImport } from "./pending-import.ts";

/** A file as the store keeps it. */
export interface KeptBlob {
  readonly hash: string;
  readonly bytes: number;
}

export interface ImportFacts {
  readonly importId: string;
  readonly by: string;
  readonly at: Date;
  /** Tables of the sample world; they leave when a person's own come. */
  readonly sample: boolean;
  /** Digest of the code that read the files. */
  readonly codeVersion: string;
}

/** Content that was undone and comes again is a new fact: its key says for the how-manieth time. */
function keyOf({ contentKey }: PendingFile, ledger: Ledger): string {
  const undone = ledger.undoneTimes.get(contentKey) ?? 0;
  return undone === 0 ? contentKey : `${contentKey}#${undone}`;
}

/** The same files, undone as often, give the same id. */
export function importIdOf(files: readonly PendingFile[], ledger: Ledger): string {
  const identity = files.map(
    ({ contentKey }) => `${contentKey}#${ledger.undoneTimes.get(contentKey) ?? 0}`,
  );
  return `i-${createHash("sha256").update(identity.sort().join()).digest("hex").slice(0, 12)}`;
}

export function undoEvent(importId: string, by: string, at: Date): NewEvent {
  return {
    account: WORKSPACE,
    type: "import.undone",
    key: importId,
    occurredAt: at,
    payload: { importId, by },
  };
}

function fileEvent(
  file: PendingFile,
  blob: KeptBlob,
  account: string | null,
  ledger: Ledger,
  facts: ImportFacts,
): NewEvent {
  const { loaded, contentKey, source } = file;
  const { importId, by, at, sample, codeVersion } = facts;
  return {
    account: WORKSPACE,
    type: "file.imported",
    key: keyOf(file, ledger),
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
      parser: codeVersion,
      rowsRead: loaded.rowsRead,
      rowsAccepted: loaded.rowsAccepted,
      rowsRejected: loaded.rowsRejected,
      totalRows: loaded.totalRows,
      sample,
      by,
    },
  };
}

/** One mapping per set of headers: of several files with the same ones, the last. */
function mappingEvents(
  files: readonly PendingFile[],
  { importId, by, at }: ImportFacts,
): NewEvent[] {
  const given = files.filter(({ loaded }) => loaded.origin === "given");
  const kept = new Map(given.map(({ loaded }) => [loaded.signature, loaded.kept]));
  return [...kept].map(([signature, mapping]) => ({
    account: WORKSPACE,
    type: "mapping.saved",
    key: `${importId} ${signature}`,
    occurredAt: at,
    payload: { signature, mapping: mapping as unknown as Json, by },
  }));
}

function levelEvents(
  made: PendingImport,
  request: CommitRequest,
  { importId, by, at }: ImportFacts,
): NewEvent[] {
  if (!made.levelQuestion || !request.levelCounts) return [];
  const { account } = made.levelQuestion;
  const decided = { insightLevel: request.levelCounts };
  const change = account === null ? { default: decided } : { accounts: { [account]: decided } };
  return [
    {
      account: WORKSPACE,
      type: "definitions.changed",
      key: importId,
      occurredAt: at,
      payload: { change, by },
    },
  ];
}

/**
 * Everything that an import writes: the sample world leaves, the files come, and what was said about them is kept.
 *
 * @param fresh the files of the preview that do not count yet
 * @param blobs where each source lies in the store, by its path
 */
export function importEvents(
  made: PendingImport,
  request: CommitRequest,
  fresh: readonly PendingFile[],
  blobs: ReadonlyMap<string, KeptBlob>,
  ledger: Ledger,
  facts: ImportFacts,
): NewEvent[] {
  const leaving = facts.sample ? [] : activeSamples(ledger);
  return [
    ...leaving.map((one) => undoEvent(one.importId, facts.by, facts.at)),
    ...fresh.flatMap((file) => {
      const blob = blobs.get(file.source.path);
      return blob ? [fileEvent(file, blob, made.account, ledger, facts)] : [];
    }),
    ...(request.saveMappings ? mappingEvents(fresh, facts) : []),
    ...levelEvents(made, request, facts),
  ];
}
