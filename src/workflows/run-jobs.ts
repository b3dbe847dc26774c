/** Runs jobs one after the other, tries again what failed, and takes up what a killed process left. */

import type { Clock } from "../base/clock.ts";
import { isProblem, Problem } from "../base/problem.ts";
import type { Json } from "../store/events.ts";
import type { Job, JobEnd, JobTable } from "../store/jobs.ts";
import type { JobCaller, JobDesk, JobKind } from "./jobs.ts";
import type { News } from "./news.ts";

const DAY_MS = 86_400_000;
/** Days for which jobs that ended are listed and kept. */
const HISTORY_DAYS = 30;
/** Before the second try, the third, and all after. */
const BACK_OFF_MS = [5000, 60_000, 600_000] as const;
/** Progress is told no more often, and kept even less. */
const TELL_MS = 250;
const NOTE_MS = 2000;
/** The longest sleep: clocks are put forward, laptops wake up. */
const LOOK_MS = 30_000;

/** Why a run was ended from outside. */
type Stop = "cancelled" | "closing";

interface Running {
  readonly job: Job;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

function problemJson(error: unknown): Json {
  if (isProblem(error)) {
    const { code, what, where, fix } = error;
    return { code, what, where, fix, details: null };
  }
  return {
    code: "INTERNAL",
    what: "Something went wrong that nobody foresaw",
    where: null,
    fix: "Try it again; if it stays so, the server's log says more.",
    details: null,
  };
}

function unknownJob(id: string): Problem {
  return new Problem("JOB_UNKNOWN", {
    what: "There is no such job",
    where: id,
    fix: "Reload the list of jobs.",
  });
}

export interface JobRunnerOptions {
  readonly jobs: JobTable;
  readonly clock: Clock;
  readonly kinds: readonly JobKind[];
  readonly news: Pick<News, "tell">;
  /** Told of failures that nobody foresaw. */
  readonly onError?: (error: unknown) => void;
  /** Waits before further tries; for tests. */
  readonly backOffMs?: readonly number[];
}

export function createJobRunner(options: JobRunnerOptions): JobDesk {
  const { jobs, clock, news } = options;
  const backOff = options.backOffMs ?? BACK_OFF_MS;
  const kinds = new Map(options.kinds.map((one) => [one.kind, one]));
  let running: Running | null = null;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let started = false;
  let closed = false;

  const tell = ({ id, kind, state, phase, progress, accounts }: Job) =>
    news.tell({
      type: "job.progress",
      jobId: id,
      kind,
      state,
      phase,
      progress,
      accounts: accounts === "all" ? accounts : [...accounts],
    });
  const tellOf = async (id: string) => {
    const job = await jobs.find(id);
    if (job) tell(job);
    return job;
  };
  const end = async (id: string, how: JobEnd) => {
    await jobs.end(id, how);
    await tellOf(id);
  };

  /** Progress on its way out: at once to pages, seldom to the disk. */
  const createReport = (job: Job) => {
    let told = 0;
    let noted = 0;
    let writing: Promise<void> = Promise.resolve();
    const report = (phase: string, progress: number | null) => {
      const now = performance.now();
      if (now - told >= TELL_MS) {
        told = now;
        tell({ ...job, state: "running", phase, progress });
      }
      if (now - noted >= NOTE_MS) {
        noted = now;
        writing = writing.then(() => jobs.note(job.id, { phase, progress }));
      }
    };
    return { report, settled: () => writing };
  };

  /** What becomes of a job that failed: another try later, or its end. */
  const failed = async (job: Job, error: unknown, kind: JobKind | undefined) => {
    if (!isProblem(error)) options.onError?.(error);
    const problem = problemJson(error);
    // What trying again cannot mend says so.
    const hopeless = isProblem(error) && error.details?.hopeless === true;
    const triesLeft = kind !== undefined && !hopeless && job.attempts < kind.attempts;
    if (!triesLeft) return end(job.id, { state: "failed", problem });
    const wait = backOff[Math.min(job.attempts, backOff.length) - 1] ?? 0;
    await jobs.again(job.id, { dueAt: new Date(clock.now().getTime() + wait), problem });
    await tellOf(job.id);
  };

  const run = async (job: Job, signal: AbortSignal): Promise<void> => {
    const kind = kinds.get(job.kind);
    const { report, settled } = createReport(job);
    tell(job);
    try {
      if (kind === undefined) {
        throw new Problem("JOB_KIND_UNKNOWN", {
          what: "This version does not know how to do this job",
          where: job.kind,
          fix: "Cancel it, or start the version that asked for it.",
        });
      }
      const result = await kind.run(job, {
        signal,
        checkpoint: job.checkpoint,
        keep: (checkpoint) => jobs.keep(job.id, checkpoint),
        progress: report,
      });
      await settled();
      // Done is done, also where somebody wanted to stop it too late.
      await end(job.id, { state: "done", result });
    } catch (error) {
      await settled();
      const why = signal.aborted ? (signal.reason as Stop) : null;
      if (why === "cancelled") await end(job.id, { state: "cancelled" });
      else if (why === "closing") await putAside((await jobs.find(job.id)) ?? job);
      else await failed(job, error, kind);
    }
  };

  /** What a process leaves that stops or was killed: begun again, or marked for somebody to look at. */
  const putAside = async (job: Job) => {
    if (kinds.get(job.kind)?.afterDeath(job) === "again") {
      await jobs.again(job.id, { dueAt: clock.now(), problem: job.problem });
    } else {
      await end(job.id, {
        state: "interrupted",
        problem: problemJson(
          new Problem("JOB_INTERRUPTED", {
            what: "The server stopped while this job ran, and how far it got is not known",
            fix: "Look whether it took effect; then begin it anew, or leave it.",
          }),
        ),
      });
    }
  };

  const sleep = async () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const due = await jobs.nextDue();
    if (closed || due === null) return;
    const wait = Math.min(LOOK_MS, Math.max(0, due.getTime() - clock.now().getTime()));
    timer = setTimeout(() => void look(), wait).unref();
  };

  const runAll = async () => {
    while (!closed) {
      const job = await jobs.take();
      if (job === null) break;
      const stop = new AbortController();
      const ended = run(job, stop.signal);
      running = { job, stop, ended };
      try {
        await ended;
      } finally {
        running = null;
      }
    }
    await sleep();
  };

  /** Runs what is due; what is asked for meanwhile is found before it ends. */
  const look = (): Promise<void> => {
    if (!started || closed) return Promise.resolve();
    looking ??= runAll()
      .catch((error: unknown) => options.onError?.(error))
      .finally(() => {
        looking = null;
      });
    return looking;
  };

  const seen = async (id: string, { person, scope }: JobCaller): Promise<Job> => {
    const job = await jobs.find(id);
    const visible =
      job !== null &&
      (job.owner === person ||
        scope.accounts === "all" ||
        (job.accounts !== "all" &&
          job.accounts.every((one) => (scope.accounts as readonly string[]).includes(one))));
    if (!visible) throw unknownJob(id);
    return job;
  };

  return {
    async ask(asked) {
      const { job, added } = await jobs.add(asked);
      if (added) {
        tell(job);
        // One look may be about to end: the next begins after it.
        void (looking ?? Promise.resolve()).then(look);
      }
      return job;
    },
    async list({ person, scope }) {
      const since = new Date(clock.now().getTime() - HISTORY_DAYS * DAY_MS);
      return (await jobs.list(since)).filter(
        ({ owner, accounts }) =>
          owner === person ||
          scope.accounts === "all" ||
          (accounts !== "all" && accounts.every((one) => scope.accounts.includes(one))),
      );
    },
    async cancel(id, caller) {
      const job = await seen(id, caller);
      if (running?.job.id === id) {
        running.stop.abort("cancelled" satisfies Stop);
        await running.ended;
      } else if (job.state === "waiting" && (await jobs.end(id, { state: "cancelled" }))) {
        await tellOf(id);
      } else {
        throw new Problem("JOB_NOT_CANCELLED", {
          what: "This job has ended already",
          where: id,
          fix: "Reload the list of jobs.",
        });
      }
      return (await jobs.find(id)) ?? job;
    },
    async retry(id, caller) {
      const job = await seen(id, caller);
      const ended = job.state !== "running" && job.state !== "waiting" && job.state !== "done";
      if (
        !ended ||
        !kinds.has(job.kind) ||
        !(await jobs.again(id, { dueAt: clock.now(), problem: null }))
      ) {
        throw new Problem("JOB_NOT_RETRIED", {
          what: "This job was done, is under way, or another like it is",
          where: id,
          fix: "Reload the list of jobs.",
        });
      }
      await tellOf(id);
      void (looking ?? Promise.resolve()).then(look);
      return (await jobs.find(id)) ?? job;
    },
    async start() {
      await jobs.forget(new Date(clock.now().getTime() - HISTORY_DAYS * DAY_MS));
      for (const job of await jobs.running()) await putAside(job);
      started = true;
      void look();
    },
    async idle() {
      while (looking) await looking;
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      running?.stop.abort("closing" satisfies Stop);
      await looking;
    },
  };
}
