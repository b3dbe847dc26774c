import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { ServerText } from "../parts/server-text.tsx";
import type { Refusal } from "../query/http.ts";
import type { Waiting } from "./outbox.ts";
import { dropRefused, flush, tryRefused, useOutbox } from "./outbox-live.ts";
import { statusWords } from "./statuses.ts";

/** Whether the page is cut off, what waits to be sent, and what the server refused. */
export function SignalLine(props: {
  readonly keptAt: string | null;
  readonly refused: Refusal | null;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const { waiting, state } = useOutbox();
  const refused = waiting.filter((item) => item.refused !== null);
  const unsent = waiting.length - refused.length;
  const cut = props.keptAt !== null || props.refused !== null || state === "no-signal";
  return (
    <div className="signal" role="status">
      {cut ? (
        <div className="notice notice-warn" data-signal="none">
          <Icon name="warning" />
          <p className="notice-text">
            {t("work.noSignal")}
            {props.keptAt === null
              ? ""
              : ` ${t("work.keptAt", { ago: formats.ago(Date.now() - Date.parse(props.keptAt)) })}`}
          </p>
        </div>
      ) : null}
      {unsent > 0 ? (
        <p className="signal-waits" data-waiting={unsent}>
          {n("work.waits", unsent)}
          <button type="button" className="button" onClick={() => void flush()}>
            {t(state === "sending" ? "work.sending" : "work.sendNow")}
          </button>
        </p>
      ) : null}
      {refused.map((item) => (
        <RefusedItem key={item.seq} item={item} />
      ))}
    </div>
  );
}

function RefusedItem(props: { readonly item: Waiting }): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { deed, about, refused, at } = props.item;
  const what =
    deed.kind === "outcome" ? statusWords(speech, deed.status) : t(`work.deed.${deed.kind}`);
  return (
    <div className="notice notice-bad" data-refused={refused?.code}>
      <Icon name="warning" />
      <div className="notice-text">
        <p>
          {t("work.refused", { what, who: about ?? t("work.thePool"), when: formats.instant(at) })}
        </p>
        {refused?.what ? (
          <p>
            <ServerText text={refused.what} />
          </p>
        ) : null}
        {refused?.fix ? (
          <p>
            <ServerText text={refused.fix} />
          </p>
        ) : null}
        <p className="buttons">
          <button type="button" className="button" onClick={() => void tryRefused(props.item)}>
            {t("action.retry")}
          </button>
          <button type="button" className="button" onClick={() => void dropRefused(props.item)}>
            {t("work.drop")}
          </button>
        </p>
      </div>
    </div>
  );
}
