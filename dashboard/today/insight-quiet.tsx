import { type ReactNode, useState } from "react";
import type { SelectionInsight } from "../../src/contract/today.ts";
import { useTold } from "../explore/told.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { Field } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useMayEverywhere } from "../query/may.ts";
import { useHear, useSilence } from "../query/today.ts";
import "../styles/today.css";

const DAYS = { week: 7, month: 30, ever: null } as const;
type For = keyof typeof DAYS;
/** Shares by which its money must grow to be told again; 0 stands for never. */
const WORSE = [0.25, 0.5, 1, 0] as const;

/** The calendar day so many days from now, `YYYY-MM-DD`. */
function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Keeps an insight quiet, or brings it back, for whoever may decide that for all. */
export function QuietButton(props: { readonly insight: SelectionInsight }): ReactNode {
  const { t, formats } = useSpeech();
  const personName = usePersonName();
  const may = useMayEverywhere("treat");
  const [open, setOpen] = useState(false);
  const hear = useHear();
  const { id, silenced } = props.insight;
  if (silenced === null) {
    if (!may) return null;
    return (
      <>
        <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
          {t("insights.dismiss")}
        </button>
        {open ? <QuietDialog insight={props.insight} onClose={() => setOpen(false)} /> : null}
      </>
    );
  }
  return (
    <p className="label-soft quiet-line">
      <span>
        {formats.list([
          t("insights.quietBy", {
            person: personName(silenced.by),
            when: formats.instant(silenced.at),
          }),
          ...(silenced.until === null
            ? []
            : [t("insights.quietUntil", { day: formats.day(silenced.until) })]),
          ...(silenced.worseBy === null
            ? []
            : [t("insights.quietWorse", { share: formats.change(silenced.worseBy) })]),
        ])}
      </span>
      {may ? (
        <button
          type="button"
          className="button button-quiet"
          disabled={hear.isPending}
          onClick={() => hear.mutate(id)}
        >
          {t("insights.hear")}
        </button>
      ) : null}
    </p>
  );
}

function QuietDialog(props: {
  readonly insight: SelectionInsight;
  readonly onClose: () => void;
}): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const silence = useSilence();
  const [until, setUntil] = useState<For>("week");
  const [worse, setWorse] = useState<number>(0.5);
  const { insight, onClose } = props;
  return (
    <FormDialog
      title={t("insights.dismissTitle", { name: told(insight.title) })}
      deed={t("insights.dismiss")}
      busy={silence.isPending}
      error={silence.error}
      onClose={onClose}
      onSubmit={() => {
        const days = DAYS[until];
        silence.mutate(
          {
            insight: insight.id,
            until: days === null ? null : dayFromNow(days),
            worseBy: worse === 0 ? null : worse,
            moneyMinor: insight.moneyMinor,
          },
          { onSuccess: onClose },
        );
      }}
    >
      <p className="soft">{t("insights.dismissHelp")}</p>
      <Field label={t("insights.for")}>
        {(names) => (
          <select
            {...names}
            className="input"
            value={until}
            onChange={(event) =>
              setUntil(
                (["week", "month", "ever"] as const).find((one) => one === event.target.value) ??
                  "week",
              )
            }
          >
            {(["week", "month", "ever"] as const).map((one) => (
              <option key={one} value={one}>
                {t(`insights.for.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {insight.moneyMinor === null ? null : (
        <Field label={t("insights.worse")}>
          {(names) => (
            <select
              {...names}
              className="input"
              value={String(worse)}
              onChange={(event) => setWorse(Number(event.target.value))}
            >
              {WORSE.map((share) => (
                <option key={share} value={String(share)}>
                  {share === 0 ? t("insights.worse.never") : formats.change(share)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </FormDialog>
  );
}
