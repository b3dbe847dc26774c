/** Files still being written. Their names tell whose they are, so that only abandoned ones are swept. */
import { createHash, randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";

/** A part of another machine (a shared folder) counts as abandoned after this long without a write. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** Parts this process is writing; a container restarted under the same process id starts with none. */
const mine = new Set<string>();
const host = createHash("sha256").update(hostname()).digest("hex").slice(0, 12);

/** A new name in `folder` for a file that this process is about to write. */
export function beginPart(folder: string): string {
  const part = path.join(folder, `${host}-${process.pid}-${randomUUID()}.part`);
  mine.add(part);
  return part;
}

/** The part was renamed or removed. */
export function endPart(part: string): void {
  mine.delete(part);
}

/** Removes the parts whose writers are dead. */
export async function sweepParts(folder: string, nowMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const part = path.join(folder, name);
    const [, owner, pid] = /^([0-9a-f]{12})-(\d+)-[0-9a-f-]+\.part$/.exec(name) ?? [];
    const abandoned =
      owner === host
        ? !isAlive(Number(pid)) || (Number(pid) === process.pid && !mine.has(part))
        : await isOlder(part, nowMs - ABANDONED_MS);
    if (abandoned) await rm(part, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // alive, another user's
  }
}

async function isOlder(part: string, instantMs: number): Promise<boolean> {
  try {
    return (await stat(part)).mtimeMs < instantMs;
  } catch {
    return false; // its writer has just finished it
  }
}
