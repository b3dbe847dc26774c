import { useSyncExternalStore } from "react";

/** Whether a media query matches, followed as the window changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

/** A phone: tables become lists. */
export const PHONE = "(max-width: 640px)";
