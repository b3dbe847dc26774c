/** The store in one SQLite file: write-ahead log, every commit fsynced, any number of processes on the machine. */
import { closeSync, openSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Kysely, sql } from "kysely";
import Database from "libsql";
import { Problem } from "../base/problem.ts";
import type { ColumnTypes, CommitObserver, Engine } from "./engine.ts";
import { libsqlDialect } from "./libsql-dialect.ts";
import type { StoreTables } from "./tables.ts";

/** How long SQLite itself waits for a lock; short, because this stops the event loop. */
const BUSY_TIMEOUT_MS = 5;
/** How long a caller waits for a lock all in all, without stopping anyone else. */
const PATIENCE_MS = 15_000;

const columns: ColumnTypes = {
  whole: "integer",
  bytes: "blob",
  identity: "integer",
  asIdentity: (column) => column.primaryKey().autoIncrement(),
};

/**
 * Opens or creates the file, readable by its owner only.
 *
 * @throws Problem `STORE_UNREADABLE` for a file that is not SQLite's, `STORE_BUSY`
 */
export async function openSqliteEngine(file: string, observer?: CommitObserver): Promise<Engine> {
  closeSync(openSync(file, "a", 0o600)); // SQLite gives its log the same mode
  const database = await patiently(file, () => connect(file));
  const db = new Kysely<StoreTables>({ dialect: libsqlDialect(database, observer) });
  return {
    db,
    columns,
    write: (work) => patiently(file, () => db.transaction().execute(work)),
    scrub: () =>
      patiently(file, async () => {
        const checkpoint = sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`;
        const { rows } = await checkpoint.execute(db);
        if (rows[0]?.busy !== 0) throw new StillRead();
      }),
    close: async () => {
      // A reader in another process may keep the log from being emptied; the last one to close does it.
      await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db).catch((error: unknown) => {
        // On a full disk the log stays: what it holds is durable, and the next opening reads it.
        if (!/^SQLITE_(FULL|IOERR)/.test(sqliteCode(error))) throw error;
      });
      await db.destroy();
    },
  };
}

/** Somebody still reads from the write-ahead log. */
class StillRead extends Error {
  readonly code = "SQLITE_BUSY";
}

function connect(file: string): Database.Database {
  const database = new Database(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec("PRAGMA foreign_keys = ON");
    database.exec("PRAGMA secure_delete = ON");
    database.exec("PRAGMA temp_store = MEMORY");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Tries again while another process holds the lock, and says in the house's words what SQLite refuses. */
async function patiently<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  for (let delayMs = 2; ; delayMs = Math.min(2 * delayMs, 50)) {
    try {
      return await work();
    } catch (error) {
      const code = sqliteCode(error);
      if (!code.startsWith("SQLITE_BUSY")) throw explained(error, code, file);
      if (performance.now() - start > PATIENCE_MS) {
        throw new Problem("STORE_BUSY", {
          what: "Another process has held the store for too long",
          where: file,
          fix: "Wait for its import or backup to end, or stop it, and try again.",
          cause: error,
        });
      }
      await pause(delayMs);
    }
  }
}

function explained(error: unknown, code: string, file: string): unknown {
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
    return new Problem("STORE_UNREADABLE", {
      what: `The store is damaged or not a store (${code})`,
      where: file,
      fix: "Restore it from a backup, or choose another --home.",
      cause: error,
    });
  }
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM)/.test(code)) {
    return new Problem("STORE_WRITE_FAILED", {
      what: `The disk refused to keep the store's data (${code}); nothing of it was acknowledged`,
      where: file,
      fix: "Make room on the disk or mend its permissions, and repeat the step.",
      cause: error,
    });
  }
  return error;
}

function sqliteCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}
