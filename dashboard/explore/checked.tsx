import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Panel } from "../parts/panel.tsx";
import type { Findings } from "../query/explore.ts";
import { useTold } from "./told.ts";

/** What was looked for and not found, and what could not be looked for. */
export function CheckedPanel(props: { readonly checked: Findings["checked"] }): ReactNode {
  const { t, n } = useSpeech();
  const told = useTold();
  const { rules, quiet, skipped, titles } = props.checked;
  const nameOf = (rule: string) => {
    const title = titles?.[rule];
    return title ? told(title) : <code>{rule}</code>;
  };
  return (
    <Panel title={t("explore.checked")}>
      <p className="soft">{n("explore.rulesRan", rules)}</p>
      {skipped.length > 0 ? (
        <>
          <h3>{t("explore.couldNot")}</h3>
          <ul className="plain">
            {skipped.map(({ rule, why }) => (
              <li key={rule}>
                <strong>{nameOf(rule)}</strong>: {told(why)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {quiet.length > 0 ? (
        <details>
          <summary>{n("explore.quiet", quiet.length)}</summary>
          <ul className="plain columns">
            {quiet.map((rule) => (
              <li key={rule}>{nameOf(rule)}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </Panel>
  );
}
