import { useEffect } from "react";

/** True while the reader types, so that letters stay letters. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

export interface KeyDeeds {
  /** Single keys, e.g. "/". */
  readonly keys: Readonly<Record<string, () => void>>;
  /** The letter after `g`. */
  readonly go: Readonly<Record<string, () => void>>;
}

const GO_WITHIN_MS = 1200;

/** Ctrl+K, or ⌘K; also while somebody types, but not over a dialog. */
export function usePaletteKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!asked || event.code !== "KeyK" || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [open]);
}

/** Shortcuts of the whole page; silent while somebody types or a dialog is open. */
export function useKeys(deeds: KeyDeeds): void {
  useEffect(() => {
    let goUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
      // `code` so that the letters work on an Arabic keyboard too.
      const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
      const going = performance.now() < goUntil;
      goUntil = 0;
      if (letter === "g" && !going) {
        goUntil = performance.now() + GO_WITHIN_MS;
        return;
      }
      const deed = going ? deeds.go[letter] : (deeds.keys[event.key] ?? deeds.keys[letter]);
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [deeds]);
}
