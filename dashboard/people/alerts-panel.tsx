import { type ReactNode, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { TextField } from "../parts/field.tsx";
import { Answered, Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { useMayEverywhere } from "../query/may.ts";
import { useAlerts, useSetAlerts, useSetHook } from "../query/push.ts";
import { CopyField } from "./copy-field.tsx";

/** Settings → People: who is alerted of new leads, and the program that hears of them too. */
export function AlertsPanel(): ReactNode {
  const { t, n } = useSpeech();
  const personName = usePersonName();
  const alerts = useAlerts();
  const change = useSetAlerts();
  const everywhere = useMayEverywhere("people");
  return (
    <Panel title={t("alerts.people")}>
      <p className="soft">{t("alerts.peopleHelp")}</p>
      <Answered query={alerts} skeleton={<Skeleton className="skeleton-table" />}>
        {({ items, hook }) => (
          <>
            {items.length === 0 ? <p>{t("alerts.peopleNone")}</p> : null}
            <ul className="list">
              {items.map((one) => (
                <li key={one.person} data-alerted={one.person}>
                  <label className="check">
                    <input
                      type="checkbox"
                      checked={one.alerts}
                      disabled={change.isPending}
                      aria-label={t("alerts.switch", { name: personName(one.name) })}
                      onChange={(event) =>
                        change.mutate({ person: one.person, alerts: event.target.checked })
                      }
                    />
                    <bdi>{personName(one.name)}</bdi>
                  </label>
                  <span className="soft">
                    {one.devices === 0 ? t("alerts.noDevice") : n("alerts.devices", one.devices)}
                  </span>
                </li>
              ))}
            </ul>
            {change.error ? <Failure error={change.error} /> : null}
            {everywhere ? <Hook hook={hook} /> : null}
          </>
        )}
      </Answered>
    </Panel>
  );
}

function Hook(props: { readonly hook: string | null }): ReactNode {
  const { t } = useSpeech();
  const { hook } = props;
  const [url, setUrl] = useState(hook ?? "");
  const change = useSetHook();
  return (
    <form
      className="fields alerts-hook"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() !== "") change.mutate(url.trim());
      }}
    >
      <h3>{t("alerts.hook")}</h3>
      <p className="soft">{t("alerts.hookHelp")}</p>
      <TextField label={t("alerts.hookUrl")} value={url} autoComplete="off" ltr onChange={setUrl} />
      {change.error ? <Failure error={change.error} /> : null}
      {change.data?.secret ? (
        <>
          <CopyField label={t("alerts.hookSecret")} value={change.data.secret} />
          <p className="soft">{t("alerts.hookSecretHelp")}</p>
        </>
      ) : null}
      <div className="buttons">
        <button type="submit" className="button" disabled={change.isPending}>
          {t("alerts.hookSave")}
        </button>
        {hook === null ? null : (
          <button
            type="button"
            className="button"
            disabled={change.isPending}
            onClick={() => change.mutate(null)}
          >
            {t("alerts.hookRemove")}
          </button>
        )}
      </div>
    </form>
  );
}
