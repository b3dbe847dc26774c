/** Brings leads and statuses that were just kept into the warehouse, in bursts, and tells pages that leads changed. */
import { bringUp } from "./bring-up.ts";
import type { Workspace } from "./workspace.ts";

export interface LiveOptions {
  /** Quiet time after the last event before the numbers are brought up. */
  readonly quietMs: number;
  /** The longest that an event waits, however many follow it. */
  readonly longestMs: number;
  /** Changes of leads within this time are told together. */
  readonly tellMs: number;
  /** Told when numbers could not be brought up; what was kept stays kept, and the next burst tries again. */
  readonly failed: (error: unknown) => void;
}

export interface LiveBuild {
  /** @param rows whether the change is a row of the warehouse too */
  changed(account: string, rows: boolean): void;
  /** Brings everything up that was kept until now. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const DEFAULTS: LiveOptions = { quietMs: 2000, longestMs: 15_000, tellMs: 250, failed: () => {} };
/** Where building takes long it is done less often: at most every n-th part of the time is spent on it. */
const REST_PER_BUILD = 3;

export function createLiveBuild(
  workspace: Workspace,
  options: Partial<LiveOptions> = {},
): LiveBuild {
  const { quietMs, longestMs, tellMs, failed } = { ...DEFAULTS, ...options };
  const accounts = new Set<string>();
  let telling: NodeJS.Timeout | null = null;
  let building: NodeJS.Timeout | null = null;
  let waitingSince: number | null = null;
  let restUntil = 0;
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  const tell = () => {
    telling = null;
    workspace.news.tell({ type: "leads.changed", accounts: [...accounts].sort() });
    accounts.clear();
  };
  const build = async () => {
    const began = performance.now();
    try {
      await workspace.turn.pass(async () => {
        await workspace.refreshLedger();
        await bringUp(workspace, { where: "leads", kept: "They are kept" });
      });
    } catch (error) {
      failed(error);
    }
    restUntil = performance.now() + REST_PER_BUILD * (performance.now() - began);
  };
  const begin = () => {
    if (building) clearTimeout(building);
    building = null;
    waitingSince = null;
    running = running.then(build);
    return running;
  };
  return {
    changed(account, rows) {
      if (closed) return;
      accounts.add(account);
      telling ??= setTimeout(tell, tellMs).unref();
      if (!rows) return;
      const now = performance.now();
      waitingSince ??= now;
      const at = Math.max(Math.min(now + quietMs, waitingSince + longestMs), restUntil);
      if (building) clearTimeout(building);
      building = setTimeout(() => void begin(), at - now).unref();
    },
    settled: () => (building ? begin() : running),
    async close() {
      closed = true;
      if (telling) clearTimeout(telling);
      if (building) clearTimeout(building);
      await running;
    },
  };
}
