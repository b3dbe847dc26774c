/** Who has a home open: a lock of the operating system, which lets go of whatever ended, however it ended. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { Problem } from "../base/problem.ts";

export interface HomeLock {
  /** Lets the next one in; doing it twice changes nothing. */
  release(): void;
}

const FILE = "home.lock";
/** The holder lets go for an instant while it writes its name; whoever asks then asks again. */
const ATTEMPTS = 4;
const PAUSE_MS = 50;

/**
 * Locks a home for this process, until released or until the process ends; creates the folder when it is missing.
 *
 * The lock is a write transaction held open on a file of its own: others are refused, and can still read in it which
 * process holds it.
 *
 * @throws Problem `HOME_IN_USE` with the process id of the holder, `HOME_NOT_WRITABLE`
 */
export async function lockHome(home: string): Promise<HomeLock> {
  const database = opened(home);
  for (let attempt = 1; ; attempt++) {
    try {
      take(database);
      break;
    } catch (error) {
      if (!isBusy(error)) {
        database.close();
        throw notWritable(home, error);
      }
      if (attempt < ATTEMPTS) {
        await pause(PAUSE_MS);
        continue;
      }
      const pid = holderOf(database);
      database.close();
      throw inUse(home, pid, error);
    }
  }
  let held = true;
  return {
    release: () => {
      if (!held) return;
      held = false;
      // Closing alone may wait for the collector, and the lock with it.
      database.exec("ROLLBACK");
      database.close();
    },
  };
}

function opened(home: string): Database.Database {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const database = new Database(path.join(home, FILE));
    database.exec("PRAGMA busy_timeout = 0");
    // Nothing in it outlives its holder.
    database.exec("PRAGMA synchronous = OFF");
    return database;
  } catch (error) {
    throw notWritable(home, error);
  }
}

/** Writes the holder's name, then keeps the write lock: readers may read, nobody may write. */
function take(database: Database.Database): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL)");
    database.exec("DELETE FROM holder");
    database.exec(`INSERT INTO holder VALUES (${process.pid})`);
    database.exec("COMMIT");
  } catch (error) {
    // After some failures, such as a full disk, SQLite has rolled back by itself.
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
  database.exec("BEGIN IMMEDIATE");
}

/** The process that holds the home; null where its name cannot be read at this moment. */
function holderOf(database: Database.Database): number | null {
  try {
    const [row] = database.prepare("SELECT pid FROM holder").all() as { pid: number }[];
    return row?.pid ?? null;
  } catch {
    // It may be writing it, or be the first and not have written any: that the home is held is certain all the same.
    return null;
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith("SQLITE_BUSY");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function inUse(home: string, pid: number | null, cause: unknown): Problem {
  const who = pid === null ? "Another leadsmart process" : `Another leadsmart process (pid ${pid})`;
  return new Problem("HOME_IN_USE", {
    what: `${who} has this home open`,
    where: home,
    fix: "Use the running one (its page can import too), stop it first, or choose another --home.",
    details: { pid },
    cause,
  });
}

function notWritable(home: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return new Problem("HOME_NOT_WRITABLE", {
    what: `The home cannot be written: ${reason}`,
    where: home,
    fix: "Mend its permissions, make room on its disk, or choose another --home.",
    cause: error,
  });
}
