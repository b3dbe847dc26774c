/** What DuckDB's own sentences mean: whether the file is damaged, taken, or only out of reach. */
import { Problem } from "../base/problem.ts";

/** Bytes that no DuckDB of this version can have written so; everything else may pass by itself. */
const DAMAGE =
  /not a valid DuckDB database file|corrupt|could not read enough bytes|trying to read a database file with version|serialization error|failed to deserialize|failure while replaying wal/i;
const TAKEN = /could not set lock|conflicting lock|used by another process|already attached/i;

/** True when a file has to be made again, because reading it will never work. */
function isDamage(message: string): boolean {
  return DAMAGE.test(message);
}

const REBUILD =
  "It is derived from the store: stop leadsmart and run `leadsmart lab rebuild` to make it again.";

/** Why a warehouse did not open. Never takes a locked, full or forbidden file for a damaged one. */
export function openingProblem(path: string, error: unknown): Problem {
  const message = messageOf(error).replaceAll(path, "the file");
  if (TAKEN.test(message)) {
    const pid = /PID (\d+)/i.exec(message)?.[1];
    return new Problem("WAREHOUSE_IN_USE", {
      what: `Another program${pid === undefined ? "" : ` (pid ${pid})`} has the warehouse open`,
      where: path,
      fix: "Stop it first, or choose another --home.",
      details: { pid: pid === undefined ? null : Number(pid) },
      cause: error,
    });
  }
  if (isDamage(message)) return damaged(path, error, message);
  return new Problem("WAREHOUSE_NOT_OPENED", {
    what: `The warehouse cannot be opened: ${message}`,
    where: path,
    fix: "Mend its permissions or make room on the disk. It is derived from the store, and may be deleted.",
    cause: error,
  });
}

/** A damaged block shows when it is read: `WAREHOUSE_UNREADABLE` then, and any other error as it is. */
export function readingFailure(path: string, error: unknown): unknown {
  const message = messageOf(error);
  return /corrupt database file|could not read enough bytes/i.test(message) &&
    (message.includes("block at location") || message.includes(path))
    ? damaged(path, error, message.replaceAll(path, "the file"))
    : error;
}

function damaged(path: string, cause: unknown, message: string): Problem {
  return new Problem("WAREHOUSE_UNREADABLE", {
    what: `The warehouse is damaged or of another version: ${message}`,
    where: path,
    fix: REBUILD,
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
