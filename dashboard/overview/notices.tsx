import { type ReactNode, useState } from "react";
import type { KpisAnswer } from "../../src/contract/overview.ts";
import { useWaiting } from "../data/waiting.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { PHONE, useMedia } from "../parts/use-media.ts";
import { useMayEverywhere } from "../query/may.ts";
import { HOME } from "../route/address.ts";
import { useLink } from "../route/use-address.ts";
import { NameStages, type Unnamed } from "../settings/name-stages.tsx";

/** Statuses named before "more". */
const SHOWN = 6;
const SHOWN_ON_PHONE = 2;
const DATA = { ...HOME, place: "data" } as const;

/** What the figures leave out, so that nobody takes them for more than they are. */
export function Notices(props: { readonly answer: KpisAnswer }): ReactNode {
  const { t, n } = useSpeech();
  const data = useLink(DATA);
  const mayDefine = useMayEverywhere("define");
  const shown = useMedia(PHONE) ? SHOWN_ON_PHONE : SHOWN;
  // As they were when the dialog opened: naming them empties the answer's own list.
  const [naming, setNaming] = useState<readonly Unnamed[] | null>(null);
  const stopNaming = () => {
    setNaming(null);
    // The button that opened the dialog is gone with the last status: the focus goes to the page, not to nowhere.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.getElementById("content")?.focus();
    });
  };
  const { unresolved, unmappedStatuses } = props.answer;
  const counts = useWaiting(unresolved);
  const waiting = unresolved.insights + unresolved.leads + unresolved.statusChanges;
  return (
    <>
      {waiting > 0 ? (
        <div className="notice notice-warn" role="note" aria-label={t("notice.unresolved")}>
          <Icon name="warning" />
          <div className="notice-text">
            <p>
              <strong>{t("notice.unresolved")}</strong>
            </p>
            <p>{t("notice.unresolvedBody", { counts })}</p>
          </div>
          <a {...data} className="button">
            {t("notice.goToData")}
          </a>
        </div>
      ) : null}
      {unmappedStatuses.length > 0 ? (
        <div className="notice notice-warn" role="note" aria-label={t("notice.unmapped")}>
          <Icon name="warning" />
          <div className="notice-text">
            <p>
              <strong>{t("notice.unmapped")}</strong>
            </p>
            <p>{t("notice.unmappedBody")}</p>
            <ul className="status-chips">
              {unmappedStatuses.slice(0, shown).map((item) => (
                <li key={item.status}>
                  <bdi className="status-text">{item.status}</bdi>{" "}
                  <span className="soft">{n("count.rows", item.rows)}</span>
                </li>
              ))}
              {unmappedStatuses.length > shown ? (
                <li>{n("count.restGroups", unmappedStatuses.length - shown)}</li>
              ) : null}
            </ul>
          </div>
          {mayDefine ? (
            <button type="button" className="button" onClick={() => setNaming(unmappedStatuses)}>
              {t("notice.nameStages")}
            </button>
          ) : null}
        </div>
      ) : null}
      {naming ? <NameStages statuses={naming} onClose={stopNaming} /> : null}
    </>
  );
}
