/** What goes on without anybody waiting for it: the runner of jobs, digests that are due, and links for clients. */
import { createDigests, type DigestDesk } from "./digests.ts";
import type { JobDesk } from "./jobs.ts";
import { mailerOf } from "./mail.ts";
import { createJobRunner } from "./run-jobs.ts";
import { createShareDesk, type ShareDesk } from "./shares.ts";
import type { Workspace } from "./workspace.ts";

export interface Background {
  readonly jobs: JobDesk;
  readonly digests: DigestDesk;
  readonly shares: ShareDesk;
  /** Takes up what an earlier process left, and runs what is due from now on. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param env names the mail server, if there is one
 * @throws Problem `MAIL_NOT_SET`
 */
export function createBackground(
  workspace: Workspace,
  options: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly onError?: (error: unknown) => void;
  },
): Background {
  const { desk: digests, kind } = createDigests(workspace, mailerOf(options.env));
  const jobs = createJobRunner({
    jobs: workspace.store.jobs,
    clock: workspace.clock,
    kinds: [kind],
    news: workspace.news,
    ...(options.onError ? { onError: options.onError } : {}),
  });
  return {
    jobs,
    digests,
    shares: createShareDesk(workspace),
    async start() {
      await jobs.start();
      digests.start(jobs);
    },
    async close() {
      digests.close();
      await jobs.close();
    },
  };
}
