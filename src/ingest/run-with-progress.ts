import type { LoadContext } from "./load.ts";
import type { RecordSet } from "./read/record-sets.ts";

/** How often a running statement is asked how far it is. */
const ASK_MS = 200;

/** Runs one long statement over a record set, telling how far it is, and stops it when the signal says so. */
export async function runWithProgress(
  context: Pick<LoadContext, "session" | "onProgress" | "signal">,
  set: Pick<RecordSet, "name" | "records">,
  sql: string,
): Promise<void> {
  const { session, onProgress, signal } = context;
  const tell = (fraction: number) =>
    onProgress?.({
      phase: "typing",
      file: set.name,
      rows: Math.round(fraction * set.records),
      fraction,
    });
  const timer = setInterval(() => {
    const { percentage } = session.connection.progress;
    if (percentage >= 0) tell(Math.min(1, percentage / 100));
  }, ASK_MS);
  const stop = () => session.connection.interrupt();
  signal?.addEventListener("abort", stop);
  try {
    signal?.throwIfAborted();
    await session.run(sql);
    tell(1);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", stop);
  }
}
