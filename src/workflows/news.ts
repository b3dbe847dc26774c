import type { StreamMessage } from "../contract/imports.ts";

/** Messages of a workspace on their way to whoever listens: pages over the live stream, terminals. */
export interface News {
  tell(message: StreamMessage): void;
  /** Returns the way to stop listening. */
  listen(listener: (message: StreamMessage) => void): () => void;
}

export function createNews(): News {
  const listeners = new Set<(message: StreamMessage) => void>();
  return {
    tell(message) {
      for (const listener of listeners) listener(message);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
