import { type ReactNode, useRef, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** SQL to take along: a button copies it; where the browser forbids that it is selected instead. */
export function SqlText(props: { readonly sql: string }): ReactNode {
  const { t } = useSpeech();
  const text = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.sql);
      setCopied(true);
    } catch {
      if (text.current) getSelection()?.selectAllChildren(text.current);
    }
  };
  return (
    <div className="sql">
      <div className="sql-head">
        <span className="label-soft">{t("explore.sqlHelp")}</span>
        <button type="button" className="button" onClick={() => void copy()}>
          {t(copied ? "explore.copied" : "explore.copy")}
        </button>
      </div>
      <section
        className="sql-scroll"
        aria-label={t("explore.sql")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <pre ref={text} className="code" dir="ltr" translate="no">
          {props.sql}
        </pre>
      </section>
    </div>
  );
}
