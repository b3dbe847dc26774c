/** Work in the background: what a kind of job is, and what may be asked of the desk that runs them. */
import type { Scope } from "../domain/scope.ts";
import type { Json } from "../store/events.ts";
import type { Job } from "../store/jobs.ts";

/** What a job is given while it runs. */
export interface JobContext {
  /** Aborted when somebody cancels it, or the server stops. */
  readonly signal: AbortSignal;
  /** What it kept in an earlier run; null at its first. */
  readonly checkpoint: Json | null;
  /** Keeps what is done for good; durable when it resolves. */
  keep(checkpoint: Json): Promise<void>;
  /** Tells how far it is. @param fraction 0…1, or null where that is not known */
  progress(phase: string, fraction: number | null): void;
}

export interface JobKind {
  readonly kind: string;
  /** Times it is begun at most before a failure stands. */
  readonly attempts: number;
  /**
   * What becomes of one that was running when the process died: `again` where running it twice does no harm, else
   * `interrupted`, which somebody has to look at.
   */
  afterDeath(job: Job): "again" | "interrupted";
  /** @returns what it made, in plain JSON */
  run(job: Job, context: JobContext): Promise<Json>;
}

/** Who asks about jobs. */
export interface JobCaller {
  readonly person: string;
  readonly scope: Scope;
}

export interface JobDesk {
  /** Asks for a job; of the same key only one waits or runs. @returns it, or the one that is there */
  ask(job: {
    readonly kind: string;
    readonly key: string;
    readonly owner: string;
    readonly accounts: Scope["accounts"];
    readonly input: Json;
    /** For what happens once: a job of this id is never run again by itself. */
    readonly id?: string;
  }): Promise<Job>;
  /** One's own and those whose accounts the scope holds, newest first: those under way, and those of the last 30 days. */
  list(caller: JobCaller): Promise<Job[]>;
  /** @throws Problem `JOB_UNKNOWN`, `JOB_NOT_CANCELLED` */
  cancel(id: string, caller: JobCaller): Promise<Job>;
  /** Begins one anew that did not end well. @throws Problem `JOB_UNKNOWN`, `JOB_NOT_RETRIED` */
  retry(id: string, caller: JobCaller): Promise<Job>;
  /** Takes up what an earlier process left, and runs what waits from now on. */
  start(): Promise<void>;
  /** Resolves when nothing that is due waits or runs. */
  idle(): Promise<void>;
  /** Ends what runs; it is taken up, or marked, at the next start. */
  close(): Promise<void>;
}
