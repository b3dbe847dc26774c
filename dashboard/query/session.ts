/** Whether this browser has a session, as far as the page knows: true until the server says otherwise. */
import { useSyncExternalStore } from "react";

let present = true;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (present === next) return;
  present = next;
  for (const listener of listeners) listener();
}

/** The server does not know who asks. */
export const loseSession = () => set(false);
/** Somebody has signed in. */
export const findSession = () => set(true);

export function useSession(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => present,
  );
}
