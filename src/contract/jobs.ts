/** Work in the background: what runs, what ran, how it ended. */
import { z } from "zod";
import { Instant } from "./common.ts";
import { ProblemFacts } from "./imports.ts";

export const JobRow = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(["waiting", "running", "done", "failed", "cancelled", "interrupted"]),
  phase: z.string().nullable(),
  /** 0…1 where it is known. */
  progress: z.number().nullable(),
  /** Times it was begun. */
  attempts: z.int(),
  /** Id of who asked for it. */
  owner: z.string(),
  accounts: z.union([z.literal("all"), z.array(z.string())]),
  /** What it is about, for the reader: the name of a digest, a file. */
  about: z.string().nullable(),
  createdAt: Instant,
  /** When it is begun, where it waits. */
  dueAt: Instant,
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Why it did not end well; of one that waits, why it is tried again. */
  problem: ProblemFacts.nullable(),
});
export type JobRow = z.infer<typeof JobRow>;

/** Newest first: those under way, and those of the last 30 days. */
export const JobsAnswer = z.object({ items: z.array(JobRow) });
export type JobsAnswer = z.infer<typeof JobsAnswer>;
