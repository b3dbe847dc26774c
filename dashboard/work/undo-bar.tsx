import { type ReactNode, useEffect, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { keepLast, takeLastBack, useOutbox } from "./outbox-live.ts";
import { statusWords } from "./statuses.ts";

const SECONDS = 10;

/** What was just set, and the way to take it back, for ten seconds; `u` does it too. */
export function UndoBar(): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { last } = useOutbox();
  const [left, setLeft] = useState(SECONDS);
  useEffect(() => {
    if (last === null) return;
    setLeft(SECONDS);
    const until = Date.parse(last.at) + SECONDS * 1000;
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      if (seconds <= 0) keepLast();
      else setLeft(seconds);
    }, 250);
    return () => clearInterval(timer);
  }, [last]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.code !== "KeyU" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      void takeLastBack();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <div className="undo-place" role="status">
      {last?.deed.kind === "outcome" ? (
        <div className="undo">
          <p>
            {t("work.set", {
              who: last.about ?? last.deed.leadId,
              what: statusWords(speech, last.deed.status),
            })}
          </p>
          <button type="button" className="button" onClick={() => void takeLastBack()}>
            <Icon name="undo" />
            {t("work.undo")}
            <span aria-hidden="true">{formats.count(left)}</span>
          </button>
        </div>
      ) : null}
    </div>
  );
}
