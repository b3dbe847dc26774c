/** What a full disk looks like from here, and how much would have been enough. */
import { statfsSync } from "node:fs";
import { isProblem, Problem } from "../base/problem.ts";

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** True for the refusals of a full disk or quota, from the system itself or quoted by DuckDB. */
export function isDiskFull(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    const code = "code" in one ? String(one.code) : "";
    if (code === "ENOSPC" || code === "EDQUOT" || code === "SQLITE_FULL") return true;
    if (/no space left on device|disk quota exceeded/i.test(one.message)) return true;
  }
  return false;
}

/** Bytes in words: "1.5 GiB", "12 MiB". */
export function sizeInWords(bytes: number): string {
  if (bytes >= GIB) return `${(bytes / GIB).toFixed(1)} GiB`;
  return `${Math.max(1, Math.ceil(bytes / MIB))} MiB`;
}

/** Bytes free for this user on the disk of a folder; null where the system does not tell. */
function freeBytes(folder: string): number | null {
  try {
    const disk = statfsSync(folder);
    return disk.bavail * disk.bsize;
  } catch {
    return null;
  }
}

/**
 * `DISK_FULL`, with what is needed (bytes; a lower bound, null when nobody knows) and what is free. A cause that says so
 * already is given back: who told first knew best what was needed.
 */
export function diskFull(folder: string, neededBytes: number | null, cause?: unknown): Problem {
  if (isProblem(cause) && cause.code === "DISK_FULL") return cause;
  const free = freeBytes(folder);
  const is = free === null ? "" : `; ${sizeInWords(free)} are free`;
  const needs =
    neededBytes === null ? "" : `: at least ${sizeInWords(neededBytes)} are needed for this`;
  return new Problem("DISK_FULL", {
    what: `The disk is full${needs}${is}`,
    where: folder,
    fix: "Make room on this disk, or move the home to a larger one, and repeat the step; what was acknowledged is kept.",
    details: { neededBytes, freeBytes: free },
    cause,
  });
}

/**
 * Does a deed that writes below `folder`.
 *
 * @param neededBytes what it will take at least; null when unknown
 * @throws Problem `DISK_FULL` before the deed when the disk is known to be too small, or in place of its failure
 */
export async function withRoom<T>(
  folder: string,
  neededBytes: number | null,
  deed: () => Promise<T>,
): Promise<T> {
  const free = freeBytes(folder);
  if (free !== null && neededBytes !== null && neededBytes > free) {
    throw diskFull(folder, neededBytes);
  }
  try {
    return await deed();
  } catch (error) {
    throw isDiskFull(error) ? diskFull(folder, neededBytes, error) : error;
  }
}
