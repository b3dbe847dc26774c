/**
 * The threads that training shares: one pool per process, as many as there are cores, started when first needed and
 * let go when idle. Where no worker was built (the sources run as TypeScript) the work is done on this thread.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Problem } from "../base/problem.ts";
import { gangWords } from "./gang.ts";
import type { TrainingControl } from "./model.ts";
import { type Threads, threadsFor } from "./threads.ts";
import { type Work, type WorkContext, type WorkName, type Works, works } from "./works.ts";

const MOST_THREADS = 64;
const IDLE_MS = 5000;

export interface Pool {
  /** How many threads a control's work is done by: what it asks for, else one per core; 1 without workers. */
  threadsOf(control: TrainingControl): number;
  /** Starts the threads that a work of so many parts will need, so that they come up while it is made ready. */
  prepare(work: string, parts: number, control?: TrainingControl): void;
  /**
   * Does the parts, several at once, and gives their results in the order of the parts. `shared` is sent once per
   * thread; SharedArrayBuffers in it stay shared.
   *
   * @throws the first error of a part; the signal's reason when aborted; Problem `LEARN_OPTION` (threads)
   */
  runParts<R>(
    work: string,
    shared: unknown,
    parts: readonly unknown[],
    control?: TrainingControl,
  ): Promise<R[]>;
  /**
   * Runs all members at the same time, each on a thread of its own, so that they may `meet`; at most `threadsOf`.
   *
   * @throws as runParts
   */
  runGang<R>(
    work: string,
    shared: unknown,
    members: readonly unknown[],
    control?: TrainingControl,
  ): Promise<R[]>;
  /** Ends the idle threads at once; those at work end when they are done. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** The built worker; null or not there = everything on this thread. */
  readonly worker: URL | null;
  /** The works for this thread, and where a worker finds the same. */
  readonly works: Works;
  readonly worksUrl: URL;
  /** Threads when nobody asks for a number. Default: one per core. */
  readonly size?: number;
  /** After how long without work threads end. */
  readonly idleMs?: number;
}

function checkedThreads(control: TrainingControl, size: number): number {
  const { threads = size } = control;
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw new Problem("LEARN_OPTION", {
    what: `threads is ${threads}`,
    where: "threads",
    fix: `Give a whole number from 1 to ${MOST_THREADS}, or leave it out for one per core.`,
  });
}

/** Makes a pool; the process's own is `pool`. */
export function createPool(options: PoolOptions): Pool {
  const { worker, size = availableParallelism(), idleMs = IDLE_MS } = options;
  const threads: Threads | null =
    worker !== null && existsSync(worker) ? threadsFor(worker, options.worksUrl, idleMs) : null;

  const threadsOf = (control: TrainingControl) => {
    const wanted = checkedThreads(control, size);
    return threads === null ? 1 : wanted;
  };

  const here = async <R>(
    name: string,
    shared: unknown,
    parts: readonly unknown[],
    control: TrainingControl,
    tellParts: boolean,
  ): Promise<R[]> => {
    const { signal, onProgress } = control;
    const load = options.works[name];
    if (!load) throw new Error(`There is no work ${name}`);
    const work: Work = await load();
    const context: WorkContext = {
      gang: gangWords(),
      cancelled: () => signal?.aborted ?? false,
      progress: (done) => onProgress?.(done),
      pause: () => nextTurn(),
    };
    const results: R[] = [];
    for (const part of parts) {
      signal?.throwIfAborted();
      results.push((await work(shared as never, part as never, context)) as R);
      signal?.throwIfAborted();
      if (tellParts) onProgress?.(results.length / parts.length);
      await nextTurn();
    }
    return results;
  };

  return {
    threadsOf,
    prepare(work: string, parts: number, control: TrainingControl = {}) {
      threads?.prepare(work, Math.min(parts, threadsOf(control)));
    },
    async runParts<R>(
      work: string,
      shared: unknown,
      parts: readonly unknown[],
      control: TrainingControl = {},
    ) {
      const limit = threadsOf(control);
      control.signal?.throwIfAborted();
      if (parts.length === 0) return [];
      return threads === null
        ? here<R>(work, shared, parts, control, true)
        : ((await threads.run({ work, shared, parts, limit, together: false }, control)) as R[]);
    },
    async runGang<R>(
      work: string,
      shared: unknown,
      members: readonly unknown[],
      control: TrainingControl = {},
    ) {
      const limit = threadsOf(control);
      control.signal?.throwIfAborted();
      if (members.length === 0 || members.length > limit)
        throw new Error(`A gang of ${members.length} cannot work on ${limit} threads`);
      return threads === null
        ? here<R>(work, shared, members, control, false)
        : ((await threads.run(
            { work, shared, parts: members, limit, together: true },
            control,
          )) as R[]);
    },
    async close() {
      await threads?.close();
    },
  };
}

const built = import.meta.url.endsWith(".js");

/** The process's pool. */
export const pool: Pool = createPool({
  worker: built ? new URL("./worker.js", import.meta.url) : null,
  works,
  worksUrl: new URL("./works.js", import.meta.url),
});

/** `pool.runParts` for the works of this room. */
export function runParts<R>(
  work: WorkName,
  shared: unknown,
  parts: readonly unknown[],
  control: TrainingControl = {},
): Promise<R[]> {
  return pool.runParts<R>(work, shared, parts, control);
}
