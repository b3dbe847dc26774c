/** Work in the background as it is kept: what was asked for, how far it is, and how it ended. */
import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { Clock } from "../base/clock.ts";
import type { Scope } from "../domain/scope.ts";
import type { Engine } from "./engine.ts";
import type { Json } from "./events.ts";
import type { StoreTables } from "./tables.ts";

export const JOB_STATES = [
  "waiting",
  "running",
  "done",
  "failed",
  "cancelled",
  "interrupted",
] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface Job {
  readonly id: string;
  readonly kind: string;
  /** Of one key only one job waits or runs. */
  readonly key: string;
  /** Id of the person, or of what asked for it. */
  readonly owner: string;
  /** Accounts whose rows it touches. */
  readonly accounts: Scope["accounts"];
  readonly input: Json;
  readonly state: JobState;
  readonly phase: string | null;
  /** 0…1 where it is known. */
  readonly progress: number | null;
  /** Times it was begun. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** Not to be begun before. */
  readonly dueAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Why it did not end well, or waits again. */
  readonly problem: Json | null;
  readonly result: Json | null;
  /** What it has got done for good, should it be begun again. */
  readonly checkpoint: Json | null;
}

export interface NewJob {
  /** A job of this id that was ever kept is not kept again: for what happens once. Default: a new one. */
  readonly id?: string;
  readonly kind: string;
  readonly key: string;
  readonly owner: string;
  readonly accounts: Scope["accounts"];
  readonly input: Json;
}

export interface JobEnd {
  readonly state: Exclude<JobState, "waiting" | "running">;
  readonly problem?: Json | null;
  readonly result?: Json | null;
}

export interface JobTable {
  /** Keeps a job, or gives the one that is it already: of the same id, or of the same key and not ended. */
  add(job: NewJob): Promise<{ readonly job: Job; readonly added: boolean }>;
  find(id: string): Promise<Job | null>;
  /** Those not ended, and those that ended after `since`; newest first. */
  list(since: Date): Promise<Job[]>;
  /** The first that waits and is due, begun: from now on it runs. */
  take(): Promise<Job | null>;
  /** When the next one that waits is due; null without. */
  nextDue(): Promise<Date | null>;
  /** Of one that runs. */
  note(
    id: string,
    how: { readonly phase: string | null; readonly progress: number | null },
  ): Promise<void>;
  /** Durable when it resolves. */
  keep(id: string, checkpoint: Json): Promise<void>;
  /** Ends one that has not ended; false where there is none. */
  end(id: string, end: JobEnd): Promise<boolean>;
  /** Puts one that does not wait back; false where there is none, or its key is taken again. */
  again(id: string, how: { readonly dueAt: Date; readonly problem: Json | null }): Promise<boolean>;
  /** Those that run, as far as the table knows: after a start, what the process before left. */
  running(): Promise<Job[]>;
  /** Drops those that ended before. */
  forget(before: Date): Promise<void>;
}

const json = (value: Json | null | undefined) =>
  value === null || value === undefined ? null : JSON.stringify(value);
const parsed = (text: string | null) => (text === null ? null : (JSON.parse(text) as Json));
const at = (ms: number | null) => (ms === null ? null : new Date(ms));

function jobOf(row: Selectable<StoreTables["jobs"]>): Job {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    owner: row.owner,
    accounts: JSON.parse(row.accounts) as Scope["accounts"],
    input: JSON.parse(row.input) as Json,
    state: row.state as JobState,
    phase: row.phase,
    progress: row.progress,
    attempts: row.attempts,
    createdAt: new Date(row.created_at),
    dueAt: new Date(row.due_at),
    startedAt: at(row.started_at),
    endedAt: at(row.ended_at),
    problem: parsed(row.problem),
    result: parsed(row.result),
    checkpoint: parsed(row.checkpoint),
  };
}

const OPEN = ["waiting", "running"];

export function jobTable({ db, write }: Engine, clock: Clock): JobTable {
  const now = () => clock.now().getTime();
  return {
    add: ({ id = randomUUID(), kind, key, owner, accounts, input }) =>
      write(async (trx) => {
        const known = await trx
          .selectFrom("jobs")
          .selectAll()
          .where((is) =>
            is.or([is("id", "=", id), is.and([is("key", "=", key), is("state", "in", OPEN)])]),
          )
          .executeTakeFirst();
        if (known) return { job: jobOf(known), added: false };
        const row = {
          id,
          kind,
          key,
          owner,
          accounts: JSON.stringify(accounts),
          input: JSON.stringify(input),
          state: "waiting",
          phase: null,
          progress: null,
          attempts: 0,
          created_at: now(),
          due_at: now(),
          started_at: null,
          ended_at: null,
          problem: null,
          result: null,
          checkpoint: null,
        };
        await trx.insertInto("jobs").values(row).execute();
        return { job: jobOf(row), added: true };
      }),
    async find(id) {
      const row = await db.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : jobOf(row);
    },
    async list(since) {
      const rows = await db
        .selectFrom("jobs")
        .selectAll()
        .where((is) => is.or([is("ended_at", "is", null), is("ended_at", ">=", since.getTime())]))
        .orderBy("created_at", "desc")
        .orderBy("id")
        .execute();
      return rows.map(jobOf);
    },
    take: () =>
      write(async (trx) => {
        const row = await trx
          .selectFrom("jobs")
          .selectAll()
          .where("state", "=", "waiting")
          .where("due_at", "<=", now())
          .orderBy("due_at")
          .orderBy("created_at")
          .orderBy("id")
          .executeTakeFirst();
        if (row === undefined) return null;
        const begun = {
          state: "running",
          attempts: row.attempts + 1,
          started_at: row.started_at ?? now(),
        };
        await trx.updateTable("jobs").set(begun).where("id", "=", row.id).execute();
        return jobOf({ ...row, ...begun });
      }),
    async nextDue() {
      const row = await db
        .selectFrom("jobs")
        .select("due_at")
        .where("state", "=", "waiting")
        .orderBy("due_at")
        .executeTakeFirst();
      return row === undefined ? null : new Date(row.due_at);
    },
    async note(id, { phase, progress }) {
      await write((trx) =>
        trx
          .updateTable("jobs")
          .set({ phase, progress })
          .where("id", "=", id)
          .where("state", "=", "running")
          .execute(),
      );
    },
    async keep(id, checkpoint) {
      await write((trx) =>
        trx
          .updateTable("jobs")
          .set({ checkpoint: json(checkpoint) })
          .where("id", "=", id)
          .execute(),
      );
    },
    end: (id, { state, problem, result }) =>
      write(async (trx) => {
        const done = await trx
          .updateTable("jobs")
          .set({
            state,
            ended_at: now(),
            problem: json(problem),
            result: json(result),
            ...(state === "done" ? { progress: 1 } : {}),
          })
          .where("id", "=", id)
          .where("state", "in", OPEN)
          .executeTakeFirst();
        return done.numUpdatedRows > 0n;
      }),
    again: (id, { dueAt, problem }) =>
      write(async (trx) => {
        const row = await trx
          .selectFrom("jobs")
          .selectAll()
          .where("id", "=", id)
          .executeTakeFirst();
        if (row === undefined || row.state === "waiting") return false;
        const taken = await trx
          .selectFrom("jobs")
          .select("id")
          .where("key", "=", row.key)
          .where("id", "!=", id)
          .where("state", "in", OPEN)
          .executeTakeFirst();
        if (taken) return false;
        await trx
          .updateTable("jobs")
          .set({
            state: "waiting",
            due_at: dueAt.getTime(),
            problem: json(problem),
            phase: null,
            progress: null,
            ended_at: null,
          })
          .where("id", "=", id)
          .execute();
        return true;
      }),
    async running() {
      const rows = await db.selectFrom("jobs").selectAll().where("state", "=", "running").execute();
      return rows.map(jobOf);
    },
    async forget(before) {
      await write((trx) =>
        trx.deleteFrom("jobs").where("ended_at", "<", before.getTime()).execute(),
      );
    },
  };
}
