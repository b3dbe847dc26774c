import { type ReactNode, useEffect, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Failure } from "../parts/panel.tsx";
import { Refusal } from "../query/http.ts";
import { usePush, useTryPush } from "../query/push.ts";
import { type DeviceState, deviceState, turnOff, turnOn } from "./device-alerts.ts";

/** Alerts of new leads on this device, where the browser can give them. */
export function AlertsLine(props: { readonly person: string }): ReactNode {
  const { t, n, language } = useSpeech();
  const push = usePush();
  const attempt = useTryPush();
  const [state, setState] = useState<DeviceState | null>(null);
  const [error, setError] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person may have other alerts on this device
  useEffect(() => void deviceState().then(setState), [props.person]);
  const change = async (deed: () => Promise<DeviceState>) => {
    setBusy(true);
    setError(null);
    try {
      setState(await deed());
    } catch (problem) {
      setError(problem instanceof Refusal ? problem : new Refusal(0, null));
    }
    setBusy(false);
    void push.refetch();
  };
  if (state === null) return null;
  const silenced = push.data?.alerts === false;
  return (
    <section className="alerts" aria-labelledby="alerts" data-alerts={state}>
      <h2 id="alerts">{t("alerts.title")}</h2>
      <p>{t(silenced ? "alerts.silenced" : `alerts.${state}`)}</p>
      {error ? <Failure error={error} /> : null}
      {silenced ? null : (
        <div className="buttons">
          {state === "off" ? (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void change(() => turnOn(language))}
            >
              {t("alerts.turnOn")}
            </button>
          ) : null}
          {state === "on" ? (
            <>
              <button
                type="button"
                className="button"
                disabled={attempt.isPending}
                onClick={() => attempt.mutate(undefined)}
              >
                {t("alerts.try")}
              </button>
              <button
                type="button"
                className="button"
                disabled={busy}
                onClick={() => void change(turnOff)}
              >
                {t("alerts.turnOff")}
              </button>
            </>
          ) : null}
        </div>
      )}
      {attempt.error ? <Failure error={attempt.error} /> : null}
      {attempt.data ? (
        <p role="status">
          {attempt.data.sent > 0 ? n("alerts.tried", attempt.data.sent) : t("alerts.triedNone")}
        </p>
      ) : null}
    </section>
  );
}
