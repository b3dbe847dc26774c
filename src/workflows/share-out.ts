/** Several looks at one state share out what is to be told: none waits while there is something it can do. */
import type { Look } from "../explore/look.ts";

/** Something to ask of a look. */
export interface Errand {
  /** Whether only a look with contacts can answer. */
  readonly contacts: boolean;
  run(look: Look): Promise<void>;
}

/**
 * Runs every errand once, each look taking the first that is left and that it can answer, one at a time. Ends only when
 * nothing runs on any look any more, also after a failure; then no further errand is begun.
 *
 * @param looks at least one of them with contacts where an errand needs them
 * @throws what the first failed errand threw
 */
export async function shareOut(looks: readonly Look[], errands: readonly Errand[]): Promise<void> {
  const left = [...errands];
  const failures: unknown[] = [];
  const work = async (look: Look) => {
    for (;;) {
      const at = left.findIndex(({ contacts }) => look.contacts || !contacts);
      const [errand] = at < 0 || failures.length > 0 ? [] : left.splice(at, 1);
      if (!errand) return;
      await errand.run(look).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(looks.map(work));
  if (failures.length > 0) throw failures[0];
}
