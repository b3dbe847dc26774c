import { spawnSync } from "node:child_process";
import { existsSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeTurn } from "../../scripts/turn.mjs";
import { freshFolder, removeFolder } from "./rooms.ts";

let folder = "";
let lock = "";
beforeEach(() => {
  folder = freshFolder();
  lock = path.join(folder, ".setup.lock");
});
afterEach(() => removeFolder(folder));

const lockOf = (host: string, pid: number) => JSON.stringify({ host, pid, token: "another's" });
/** The id of a process that has just ended. */
const endedPid = () => spawnSync(process.execPath, ["--version"]).pid;

describe("processes that set up the same folder", () => {
  it("go one after the other, and the lock is gone at the end", async () => {
    let inside = 0;
    let most = 0;
    const turns = Array.from({ length: 5 }, () =>
      takeTurn(lock, {
        onWait: () => undefined,
        async work() {
          inside++;
          most = Math.max(most, inside);
          await sleep(20);
          inside--;
        },
      }),
    );
    await Promise.all(turns);
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it("say once whom they wait for", async () => {
    const waited: string[] = [];
    const first = takeTurn(lock, { onWait: () => undefined, work: () => sleep(350) });
    await takeTurn(lock, {
      onWait: (holder) => waited.push(holder),
      work: () => Promise.resolve(),
    });
    await first;
    expect(waited).toEqual([String(process.pid)]);
  });

  it("take over from one that was killed", async () => {
    writeFileSync(lock, lockOf(hostname(), endedPid()));
    expect(await takeTurn(lock, { onWait: fail, work: async () => "done" })).toBe("done");
  });

  it("take over a lock from another machine that nobody has touched for long", async () => {
    writeFileSync(lock, lockOf("elsewhere", 1));
    const minuteAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, minuteAgo, minuteAgo);
    expect(await takeTurn(lock, { onWait: fail, work: async () => "done" })).toBe("done");
  });

  it("wait for a fresh lock from another machine", async () => {
    writeFileSync(lock, lockOf("elsewhere", 1));
    let done = false;
    const turn = takeTurn(lock, {
      onWait: () => undefined,
      work: async () => {
        done = true;
      },
    });
    await sleep(300);
    expect(done).toBe(false);
    rmSync(lock);
    await turn;
    expect(done).toBe(true);
  });

  it("let the next one in when the work breaks", async () => {
    const broken = takeTurn(lock, {
      onWait: fail,
      work: () => Promise.reject(new Error("no space left")),
    });
    await expect(broken).rejects.toThrow("no space left");
    expect(existsSync(lock)).toBe(false);
  });
});

function fail(holder: string): never {
  throw new Error(`waited for ${holder}`);
}
