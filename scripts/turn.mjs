// @ts-check
import { randomUUID } from "node:crypto";
import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const HEARTBEAT_MS = 2_000;
const STALE_AFTER_MS = 20_000;

/**
 * Runs `work` while no other process does so under the same lock file; waits for its turn.
 * A lock whose process is gone, or which nobody has touched for 20 s, is taken over.
 *
 * @template T
 * @param {string} file the lock file
 * @param {{ work: () => Promise<T>, onWait: (holder: string) => void }} options
 * @returns {Promise<T>}
 */
export async function takeTurn(file, { work, onWait }) {
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, token: randomUUID() });
  let told = false;
  while (!create(file, mine)) {
    const holder = read(file);
    if (holder === null) continue;
    if (isStale(file, holder)) {
      evict(file, holder, mine);
      continue;
    }
    if (!told) onWait(String(parsed(holder).pid ?? "another process"));
    told = true;
    await sleep(100);
  }
  const heart = setInterval(() => {
    const now = new Date();
    if (read(file) === mine) utimesSync(file, now, now);
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    if (read(file) === mine) rmSync(file, { force: true });
  }
}

/** @param {string} file @param {string} content */
function create(file, content) {
  try {
    writeFileSync(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} file @returns {string | null} null when the lock was released meanwhile */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** @param {string} holder @returns {{ host?: string, pid?: number }} */
function parsed(holder) {
  try {
    return JSON.parse(holder);
  } catch {
    return {}; // caught between creation and first byte, or left by a full disk: age decides
  }
}

/** @param {string} file @param {string} holder */
function isStale(file, holder) {
  const { host, pid } = parsed(holder);
  if (host === hostname() && pid !== undefined && !isAlive(pid)) return true;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > STALE_AFTER_MS;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/**
 * Moves a stale lock aside. Whoever moves a fresh one by mistake (another waiter was quicker) puts it back.
 *
 * @param {string} file
 * @param {string} holder what was found stale
 * @param {string} mine
 */
function evict(file, holder, mine) {
  const aside = `${file}.${parsed(mine).pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== holder) linkSync(aside, file);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" && errorCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {unknown} error @returns {string | undefined} */
function errorCode(error) {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
