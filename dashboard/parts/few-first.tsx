import { type ReactNode, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** The first of a list, and the button that shows the others where there are any. */
export function useFewFirst<T>(
  items: readonly T[],
  few: number,
): { readonly shown: readonly T[]; readonly others: ReactNode } {
  const { t, formats } = useSpeech();
  const [all, setAll] = useState(false);
  const rest = items.length - few;
  if (all || rest <= 0) return { shown: items, others: null };
  return {
    shown: items.slice(0, few),
    others: (
      <button type="button" className="button" onClick={() => setAll(true)}>
        {t("action.others", { n: formats.count(rest) })}
      </button>
    ),
  };
}
