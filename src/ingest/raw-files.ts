/** Rows of loaded files into the raw layer and out of it again. */
import { canonicalJson } from "../base/canonical-json.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { LoadedFile } from "./load.ts";
import { dropRowsStatement, insertStatement, RAW_COLUMNS } from "./typing-sql.ts";

/** By what an imported file is known. */
export interface FileIdentity {
  /** Grows with time: newer files have larger numbers. */
  readonly fileId: number;
  readonly importId: string;
  /** sha-256 of the bytes as received. */
  readonly blob: string;
  readonly importedAt: Date;
}

/** Copies a loaded file into `raw.files`, its table and `raw.rejects`, inside the caller's transaction. */
export async function insertLoaded(
  session: Session,
  loaded: LoadedFile,
  identity: FileIdentity,
): Promise<void> {
  await session.run(sqlFile(import.meta.url, "sql/insert-file.sql"), {
    file_id: identity.fileId,
    import_id: identity.importId,
    name: loaded.name,
    blob: identity.blob,
    table_name: loaded.table,
    format: loaded.format,
    level: loaded.level,
    account: loaded.account,
    currency: loaded.currency,
    header: JSON.stringify(loaded.header),
    mapping: canonicalJson(loaded.mapping),
    rows_read: loaded.rowsRead,
    rows_accepted: loaded.rowsAccepted,
    rows_rejected: loaded.rowsRejected,
    total_rows: loaded.totalRows,
    imported_at: identity.importedAt.toISOString().replace("T", " ").replace("Z", ""),
  });
  await session.run(insertStatement(loaded.table, loaded.rowsTable), { file_id: identity.fileId });
  await session.run(
    `INSERT INTO raw.rejects SELECT CAST($file_id AS INTEGER), line, column_name, value, code, reason, record
     FROM ${loaded.rejectsTable}`,
    { file_id: identity.fileId },
  );
}

/** Takes files and all that came with them out of the raw layer, inside the caller's transaction. */
export async function removeFiles(session: Session, fileIds: readonly number[]): Promise<void> {
  if (fileIds.length === 0) return;
  for (const table of [...Object.keys(RAW_COLUMNS), "rejects", "files"]) {
    await session.run(`DELETE FROM raw.${table} WHERE list_contains($files::INTEGER[], file_id)`, {
      files: fileIds,
    });
  }
}

/** Gives back what a loaded file holds in the session. */
export async function dropLoaded(session: Session, loaded: LoadedFile): Promise<void> {
  await session.run(dropRowsStatement(loaded.rowsTable));
  await session.run(`DROP TABLE IF EXISTS ${loaded.rejectsTable}`);
}
