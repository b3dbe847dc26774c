/** A scratch warehouse for import tests: text in, loaded files out. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Mapping } from "../../src/contract/imports.ts";
import { readDefinitions } from "../../src/domain/definitions.ts";
import {
  type FailedFile,
  insertLoaded,
  type LoadedFile,
  loadSource,
} from "../../src/ingest/load.ts";
import { createRawSchema } from "../../src/ingest/schema.ts";
import { openWarehouse, type Session } from "../../src/warehouse/warehouse.ts";

export interface Desk {
  readonly session: Session;
  readonly folder: string;
  /** Loads text as a file of that name. */
  load(
    name: string,
    text: string | Uint8Array,
    options?: { mapping?: Mapping; account?: string; definitions?: unknown },
  ): Promise<{ loaded: LoadedFile[]; failed: FailedFile[] }>;
  /** The one table of a file that must load. */
  loadOne(
    name: string,
    text: string | Uint8Array,
    options?: { mapping?: Mapping; account?: string; definitions?: unknown },
  ): Promise<LoadedFile>;
  /** The code of the problem that must keep the file out. */
  refused(
    name: string,
    text: string,
    options?: { mapping?: Mapping },
  ): Promise<FailedFile["problem"]>;
  rows(loaded: LoadedFile, columns?: string): Promise<Record<string, unknown>[]>;
  rejects(loaded: LoadedFile): Promise<Record<string, unknown>[]>;
  insert(loaded: LoadedFile, fileId: number): Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "leadsmart-ingest-"));
  const warehouse = await openWarehouse(":memory:", { threads: 2 });
  await warehouse.write(createRawSchema);
  const session = await warehouse.openScratch();
  let files = 0;
  const desk: Desk = {
    session,
    folder,
    async load(name, text, options = {}) {
      const file = path.join(folder, `in-${++files}`);
      writeFileSync(file, text);
      return loadSource(
        {
          session,
          workDirectory: folder,
          definitions: readDefinitions([options.definitions ?? {}], "test"),
          account: options.account ?? null,
          mappingFor: () => options.mapping ?? null,
        },
        { name, path: file },
      );
    },
    async loadOne(name, text, options) {
      const { loaded, failed } = await desk.load(name, text, options);
      if (failed[0]) throw failed[0].problem;
      if (!loaded[0]) throw new Error("nothing was loaded");
      return loaded[0];
    },
    async refused(name, text, options) {
      const { failed } = await desk.load(name, text, options);
      if (!failed[0]) throw new Error("the file was accepted");
      return failed[0].problem;
    },
    rows: (loaded, columns = "*") =>
      session.all(`SELECT ${columns} FROM ${loaded.rowsTable} ORDER BY line`),
    rejects: (loaded) =>
      session.all(
        `SELECT line, column_name, value, code FROM ${loaded.rejectsTable} ORDER BY line, column_name`,
      ),
    insert: (loaded, fileId) =>
      warehouse.writeOn(session, (writer) =>
        insertLoaded(writer, loaded, {
          fileId,
          importId: `i-${fileId}`,
          blob: "0".repeat(64),
          importedAt: new Date("2026-01-02T03:04:05Z"),
        }),
      ),
    async close() {
      (session as Session & { close(): void }).close();
      await warehouse.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return desk;
}

/** Lines of a CSV file. */
export function csv(...lines: string[]): string {
  return `${lines.join("\n")}\n`;
}
