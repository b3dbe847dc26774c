/** What a child tells its parent, through a pipe that outlives it. */
import { writeSync } from "node:fs";
import type { CommitObserver } from "../../src/store/engine.ts";

const PIPE = 3;

/** One whole line, written before this returns. */
export function acknowledge(fact: unknown): void {
  writeSync(PIPE, `${JSON.stringify(fact)}\n`);
}

/** Reports where each COMMIT begins and ends. */
export const reportedCommits: CommitObserver = {
  begin: () => writeSync(PIPE, "B\n"),
  end: () => writeSync(PIPE, "E\n"),
};
