/** Worker threads and the queue of jobs before them. */
import { Worker } from "node:worker_threads";
import { breakGang, cancelGang, GangBroken, gangWords } from "./gang.ts";
import type { TrainingControl } from "./model.ts";
import { errorTold, type FromWorker, type ToWorker } from "./pool-messages.ts";

interface Order {
  readonly work: string;
  readonly shared: unknown;
  readonly parts: readonly unknown[];
  /** Threads at once. */
  readonly limit: number;
  /** All parts start at the same moment or none. */
  readonly together: boolean;
}

export interface Threads {
  /** Starts threads up to so many and has them load a work, before there is a job for them. */
  prepare(work: string, many: number): void;
  run(order: Order, control: TrainingControl): Promise<unknown[]>;
  close(): Promise<void>;
}

interface Job extends Order {
  readonly id: number;
  readonly gang: Int32Array;
  readonly results: unknown[];
  readonly knownBy: Set<Thread>;
  next: number;
  done: number;
  running: number;
  progress: ((done: number) => void) | undefined;
  settle(error: unknown): void;
  settled: boolean;
}

interface Thread {
  readonly worker: Worker;
  /** The job whose part it is doing; null when idle. */
  job: Job | null;
}

/**
 * What a thread sets aside for short-lived objects, MB. The arrays that training works on lie elsewhere; left to itself
 * each thread would take some 15 MB more.
 */
const YOUNG_MEGABYTES = 2;

/**
 * @param worker the built worker file
 * @param works the module whose `works` the threads offer
 * @param idleMs how long the threads outlive the last job
 */
export function threadsFor(worker: URL, works: URL, idleMs: number): Threads {
  const threads = new Set<Thread>();
  /** Jobs with parts that nobody has begun, first come first. */
  const waiting: Job[] = [];
  let lastId = 0;
  let idleTimer: NodeJS.Timeout | null = null;

  const say = (thread: Thread, message: ToWorker) => thread.worker.postMessage(message);

  const start = (): Thread => {
    const thread: Thread = {
      worker: new Worker(worker, {
        workerData: { works: works.href },
        execArgv: [],
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      }),
      job: null,
    };
    thread.worker.on("message", (message: FromWorker) => hear(thread, message));
    const lost = (error: unknown) => {
      if (!threads.delete(thread)) return;
      if (thread.job) {
        breakGang(thread.job.gang);
        thread.job.running--;
        thread.job.settle(error);
      }
      dispatch();
    };
    thread.worker.on("error", lost);
    thread.worker.on("exit", (code) => lost(new Error(`A training thread ended with ${code}`)));
    thread.worker.unref();
    threads.add(thread);
    return thread;
  };

  const begin = (thread: Thread, job: Job) => {
    const place = job.next++;
    job.running++;
    thread.job = job;
    thread.worker.ref();
    const { id, work, shared, gang, parts } = job;
    try {
      if (!job.knownBy.has(thread)) {
        job.knownBy.add(thread);
        say(thread, { kind: "job", job: id, work, shared, gang });
      }
      say(thread, { kind: "part", job: id, place, part: parts[place] });
    } catch (error) {
      // What cannot be cloned was not sent: the thread knows nothing of it.
      free(thread, job);
      job.settle(error);
    }
  };

  const free = (thread: Thread, job: Job) => {
    thread.job = null;
    thread.worker.unref();
    job.running--;
  };

  const tell = (job: Job, done: number) => {
    if (job.settled) return;
    try {
      job.progress?.(done);
    } catch (error) {
      job.settle(error);
    }
  };

  const idleThreads = () => [...threads].filter((thread) => thread.job === null);

  /** Idle threads up to `wanted`, started where there are not so many threads as the job may use. */
  const gather = (job: Job, wanted: number): Thread[] => {
    const idle = idleThreads().slice(0, wanted);
    while (idle.length < wanted && threads.size < job.limit) idle.push(start());
    return idle;
  };

  const dispatch = () => {
    for (const job of [...waiting]) {
      const wanted = job.together
        ? job.parts.length
        : Math.min(job.limit - job.running, job.parts.length - job.next);
      const hands = gather(job, wanted);
      if (job.together && hands.length < wanted) break; // its turn comes when enough are idle
      for (const thread of hands) if (!job.settled) begin(thread, job);
      const place = waiting.indexOf(job);
      if (place >= 0 && job.next === job.parts.length) waiting.splice(place, 1);
    }
    const busy = waiting.length > 0 || [...threads].some((thread) => thread.job !== null);
    if (idleTimer !== null) clearTimeout(idleTimer);
    idleTimer = busy || threads.size === 0 ? null : setTimeout(() => void close(), idleMs).unref();
  };

  const hear = (thread: Thread, message: FromWorker) => {
    const { job } = thread;
    if (job === null || job.id !== message.job) return;
    if (message.kind === "progress") {
      tell(job, message.done);
      return;
    }
    free(thread, job);
    if (message.kind === "failed") {
      // A member that was left alone may tell it before the one that failed does.
      const echo = message.error.name === GangBroken.name && job.running > 0;
      if (!echo) job.settle(errorTold(message.error));
    } else {
      job.results[message.place] = message.result;
      job.done++;
      if (!job.together) tell(job, job.done / job.parts.length);
      if (job.done === job.parts.length) job.settle(null);
    }
    dispatch();
  };

  const close = async () => {
    const idle = idleThreads();
    for (const thread of idle) threads.delete(thread);
    await Promise.all(idle.map((thread) => thread.worker.terminate()));
  };

  const prepare = (work: string, many: number) => {
    while (threads.size < many) say(start(), { kind: "load", work });
    dispatch();
  };

  const run = (order: Order, control: TrainingControl) =>
    new Promise<unknown[]>((resolve, reject) => {
      const { signal } = control;
      const aborted = () => {
        job.settle(signal?.reason);
        dispatch();
      };
      const job: Job = {
        ...order,
        id: ++lastId,
        gang: gangWords(),
        results: new Array(order.parts.length),
        knownBy: new Set(),
        next: 0,
        done: 0,
        running: 0,
        progress: control.onProgress,
        settled: false,
        settle(error) {
          if (job.settled) return;
          job.settled = true;
          signal?.removeEventListener("abort", aborted);
          const place = waiting.indexOf(job);
          if (place >= 0) waiting.splice(place, 1);
          if (error !== null) cancelGang(job.gang);
          for (const thread of job.knownBy)
            if (threads.has(thread)) say(thread, { kind: "end", job: job.id });
          if (error === null) resolve(job.results);
          else reject(error);
        },
      };
      signal?.addEventListener("abort", aborted, { once: true });
      waiting.push(job);
      dispatch();
    });

  return { prepare, run, close };
}
