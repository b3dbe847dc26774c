/** How one reader wants the page: theme, language, digits. Kept in this browser, applied to the root element. */
import { useSyncExternalStore } from "react";
import type { Digits, Language } from "../../src/contract/formats.ts";
import { loadTexts } from "../i18n/messages.ts";
import { readIn } from "../query/http.ts";

/** Each language is named in itself, so that one finds one's own. */
export const LANGUAGES = [
  { value: "en", label: "English" },
  { value: "ar", label: "العربية" },
] as const;

export type Theme = "system" | "light" | "dark";

export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  readonly digits: Digits;
}

const KEY = "leadsmart.preferences";
const listeners = new Set<() => void>();

/** What was saved, made whole; anything unknown falls back to the browser's own language and theme. */
export function readPreferences(saved: string | null, browserLanguage: string): Preferences {
  let given: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    given = (JSON.parse(saved ?? "{}") as typeof given | null) ?? {};
  } catch {
    given = {};
  }
  const language = given.language ?? browserLanguage.slice(0, 2);
  return {
    theme: given.theme === "light" || given.theme === "dark" ? given.theme : "system",
    language: language === "ar" ? "ar" : "en",
    digits: given.digits === "arab" ? "arab" : "latn",
  };
}

let current: Preferences | null = null;

function preferences(): Preferences {
  current ??= readPreferences(localStorage.getItem(KEY), navigator.language);
  return current;
}

/** Puts the preferences on `<html>`: language, direction, theme; and tells the server which language is read. */
export function applyPreferences(): Preferences {
  const { theme, language } = preferences();
  const root = document.documentElement;
  root.lang = language;
  readIn(language);
  root.dir = language === "ar" ? "rtl" : "ltr";
  if (theme === "system") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
  return preferences();
}

/** The language the page is read in now. */
export const currentLanguage = (): Language => preferences().language;

/** A new language is put on once its texts are here; where they do not come, the old one stays. */
export async function changePreferences(part: Partial<Preferences>): Promise<void> {
  try {
    if (part.language !== undefined) await loadTexts(part.language);
  } catch {
    return;
  }
  current = { ...preferences(), ...part };
  localStorage.setItem(KEY, JSON.stringify(current));
  applyPreferences();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, preferences);
}
