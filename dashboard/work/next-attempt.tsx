import { type ReactNode, useId, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { ATTEMPTS, type Attempt, attemptAt, fieldOf, ofField } from "./due.ts";

/** When to try again, chosen before the outcome that carries it; wall clock of the lead's account. */
export function NextAttempt(props: {
  readonly timeZone: string;
  readonly nowMs: number;
  readonly value: number | null;
  readonly onChange: (at: number | null) => void;
}): ReactNode {
  const { t } = useSpeech();
  const { timeZone, nowMs, value, onChange } = props;
  const [which, setWhich] = useState<Attempt | "pick" | null>(null);
  const id = useId();
  const choose = (one: Attempt | "pick", at: number | null) => {
    const off = which === one;
    setWhich(off ? null : one);
    onChange(off ? null : at);
  };
  return (
    <fieldset className="attempts">
      <legend>{t("work.again")}</legend>
      {ATTEMPTS.map((one) => {
        const at = attemptAt(one, timeZone, nowMs);
        if (at === null && which !== one) return null;
        return (
          <button
            key={one}
            type="button"
            className={`button ${which === one ? "is-active" : ""}`}
            aria-pressed={which === one}
            onClick={() => choose(one, at)}
          >
            {t(`work.again.${one}`)}
          </button>
        );
      })}
      <button
        type="button"
        className={`button ${which === "pick" ? "is-active" : ""}`}
        aria-pressed={which === "pick"}
        onClick={() => choose("pick", attemptAt("tomorrow", timeZone, nowMs))}
      >
        {t("work.again.pick")}
      </button>
      {which === "pick" ? (
        <span className="attempt-field">
          <label className="sr-only" htmlFor={id}>
            {t("work.again.when")}
          </label>
          <input
            id={id}
            type="datetime-local"
            className="input"
            min={fieldOf(timeZone, nowMs)}
            value={value === null ? "" : fieldOf(timeZone, value)}
            onChange={(event) => onChange(ofField(timeZone, event.target.value))}
          />
        </span>
      ) : null}
    </fieldset>
  );
}
