import { useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import type { Chosen } from "./grants.ts";

/** What people and keys are made of, while it is typed: a name and roles, none of them without. */
export function useNamedRoles(
  first: { readonly name: string; readonly chosen: Chosen },
  /** What is said where no name is given. */
  needsName: string,
) {
  const { t } = useSpeech();
  const [typed, setName] = useState(first.name);
  const [chosen, setChosen] = useState(first.chosen);
  const [tried, setTried] = useState(false);
  const name = typed.trim();
  return {
    name,
    chosen,
    nameField: {
      value: typed,
      autoComplete: "off",
      fault: tried && name === "" ? needsName : null,
      onChange: setName,
    },
    grantsField: {
      chosen,
      fault: tried && chosen.size === 0 ? t("people.needsRole") : null,
      onChange: setChosen,
    },
    /** Whether both are there; if not, says so and puts the cursor where one is missing. */
    check: (form: HTMLFormElement): boolean => {
      setTried(true);
      const missing = name === "" ? "input" : chosen.size === 0 ? 'input[type="checkbox"]' : null;
      if (missing !== null) form.querySelector<HTMLElement>(missing)?.focus();
      return missing === null;
    },
  };
}
