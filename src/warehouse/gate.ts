/** Lets a bounded number of deeds run at once; the others wait in the order they came. */
export interface Gate {
  pass<T>(deed: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs and nothing waits. */
  drained(): Promise<void>;
}

/** @param width how many may run at once, at least 1 */
export function createGate(width: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  const idleListeners: (() => void)[] = [];

  const leave = () => {
    // A waiter takes over the leaver's place, so that nobody slips in between.
    const next = waiting.shift();
    if (next) {
      next();
      return;
    }
    running--;
    if (running === 0) for (const listener of idleListeners.splice(0)) listener();
  };
  return {
    async pass(deed) {
      if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve));
      else running++;
      try {
        return await deed();
      } finally {
        leave();
      }
    },
    async drained() {
      while (running > 0 || waiting.length > 0) {
        await new Promise<void>((resolve) => idleListeners.push(resolve));
      }
    },
  };
}
