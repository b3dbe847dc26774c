/** Work in the background: what runs and ran, and how to end it or begin it anew. */
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import type { Language } from "../contract/formats.ts";
import { type ImportRow, ProblemFacts } from "../contract/imports.ts";
import { JobRow, JobsAnswer } from "../contract/jobs.ts";
import type { Job } from "../store/jobs.ts";
import type { ImportDesk } from "../workflows/import-desk.ts";
import type { JobDesk } from "../workflows/jobs.ts";
import { callerOf } from "./access.ts";
import { languageOf, problemIn } from "./language.ts";
import { type About, jsonOperation } from "./openapi.ts";

const Id = z.object({ id: z.string().min(1).max(300) });
const Named = z.object({ about: z.string() });

const writes = (operationId: string, summary: string, problem: string): About => ({
  operationId,
  summary,
  needs: "figures",
  tag: "Jobs",
  writes: true,
  problems: ["BAD_REQUEST", "JOB_UNKNOWN", problem],
});

export function jobRow(job: Job, language: Language): JobRow {
  const problem = ProblemFacts.safeParse(job.problem).data ?? null;
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    phase: job.phase,
    progress: job.progress,
    attempts: job.attempts,
    owner: job.owner,
    accounts: job.accounts === "all" ? job.accounts : [...job.accounts],
    about: Named.safeParse(job.input).data?.about ?? null,
    createdAt: job.createdAt.toISOString(),
    dueAt: job.dueAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    endedAt: job.endedAt?.toISOString() ?? null,
    problem: problem === null ? null : problemIn(language, problem),
  };
}

/** States of an import in words of jobs. */
const IMPORT_STATES = {
  running: "running",
  failed: "failed",
  done: "done",
  undone: "done",
} as const;
const IMPORTS = 50;
const HISTORY_MS = 30 * 86_400_000;

/** An import is work in the background too; its own list ends and takes it back. */
function importJob(row: ImportRow, language: Language): JobRow {
  return {
    id: row.importId,
    kind: "import",
    state: IMPORT_STATES[row.state],
    phase: null,
    progress: null,
    attempts: 1,
    owner: row.by,
    accounts: row.account === null ? "all" : [row.account],
    about: row.files.map(({ name }) => name).join(", "),
    createdAt: row.startedAt,
    dueAt: row.startedAt,
    startedAt: row.startedAt,
    endedAt: row.finishedAt,
    problem: row.problem === null ? null : problemIn(language, row.problem),
  };
}

export function registerJobRoutes(
  plain: FastifyInstance,
  options: {
    readonly jobs: JobDesk;
    readonly imports: Pick<ImportDesk, "imports">;
    readonly clock: Clock;
  },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { jobs, imports, clock } = options;
  app.get(
    "/jobs",
    {
      schema: jsonOperation(
        {
          operationId: "listJobs",
          summary:
            "Work in the background: what runs, what waits, and what ended in the last 30 days",
          needs: "figures",
          tag: "Jobs",
        },
        JobsAnswer,
      ),
    },
    async (request) => {
      const caller = callerOf(request);
      const language = languageOf(request);
      const since = new Date(clock.now().getTime() - HISTORY_MS).toISOString();
      const own = (await jobs.list(caller)).map((job) => jobRow(job, language));
      const { items } = await imports.imports({ limit: IMPORTS }, caller.scope);
      const brought = items
        .filter((one) => one.finishedAt === null || one.finishedAt >= since)
        .map((one) => importJob(one, language));
      const all = [...own, ...brought];
      return { items: all.sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1)) };
    },
  );
  app.post(
    "/jobs/:id/cancel",
    {
      schema: {
        ...jsonOperation(
          writes("cancelJob", "End a job that waits or runs", "JOB_NOT_CANCELLED"),
          JobRow,
        ),
        params: Id,
      },
    },
    async (request) =>
      jobRow(await jobs.cancel(request.params.id, callerOf(request)), languageOf(request)),
  );
  app.post(
    "/jobs/:id/retry",
    {
      schema: {
        ...jsonOperation(
          writes("retryJob", "Begin a job anew that did not end well", "JOB_NOT_RETRIED"),
          JobRow,
        ),
        params: Id,
      },
    },
    async (request) =>
      jobRow(await jobs.retry(request.params.id, callerOf(request)), languageOf(request)),
  );
}
