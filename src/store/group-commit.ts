/** Many callers, few commits: what arrives while a commit runs goes into the next one together. */
import { setImmediate as turn } from "node:timers/promises";

interface Waiting<T, R> {
  readonly task: T;
  readonly size: number;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A queue whose tasks share commits, in the order of arrival.
 *
 * When a shared commit fails, each of its tasks is tried alone, so that only the guilty one is refused.
 *
 * @param commit commits all tasks or none; one result per task
 * @param most the summed size at which a commit takes no further task; a task alone may be larger
 */
export function groupCommits<T, R>(
  commit: (tasks: readonly T[]) => Promise<R[]>,
  most: number,
): (task: T, size: number) => Promise<R> {
  const waiting: Waiting<T, R>[] = [];
  let running = false;

  const settle = async (group: readonly Waiting<T, R>[]) => {
    try {
      const results = await commit(group.map((entry) => entry.task));
      group.forEach((entry, index) => {
        entry.resolve(results[index] as R);
      });
    } catch (error) {
      if (group.length > 1) {
        for (const entry of group) await settle([entry]);
      } else group[0]?.reject(error);
    }
  };
  const drain = async () => {
    while (waiting.length > 0) {
      await turn(); // callers of the same turn join
      let size = 0;
      let count = 0;
      for (const entry of waiting) {
        if (count > 0 && size + entry.size > most) break;
        size += entry.size;
        count++;
      }
      await settle(waiting.splice(0, count));
    }
    running = false;
  };
  return (task, size) =>
    new Promise((resolve, reject) => {
      waiting.push({ task, size, resolve, reject });
      if (running) return;
      running = true;
      void drain();
    });
}
