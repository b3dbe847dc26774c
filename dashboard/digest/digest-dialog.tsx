import { type ReactNode, useState } from "react";
import type { DigestRequest, DigestRow } from "../../src/contract/digests.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Field, TextField } from "../parts/field.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useKeepDigest } from "../query/jobs.ts";
import { EMPTY_VIEW, isWhole, ViewFields } from "./view-fields.tsx";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** A Sunday, from which the names of days are taken. */
const SUNDAY = Date.UTC(2023, 0, 1);
const ADDRESS = /^[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+$/;

const addressesIn = (text: string) => text.split(/[\s,;]+/).filter((one) => one !== "");

function draftOf(row: DigestRow | null): DigestRequest {
  if (row === null) return { ...EMPTY_VIEW, recipients: [], schedule: null };
  const { id: _id, by: _by, changedAt: _changedAt, nextAt: _nextAt, ...request } = row;
  return request;
}

/** Makes a digest or changes one: what it shows, whom it goes to, when. */
export function DigestDialog(props: {
  readonly row: DigestRow | null;
  readonly onClose: () => void;
}): ReactNode {
  const { t, language } = useSpeech();
  const keep = useKeepDigest();
  const [draft, setDraft] = useState(() => draftOf(props.row));
  const [to, setTo] = useState(() => draft.recipients.join(", "));
  const [tried, setTried] = useState(false);
  const { schedule } = draft;
  const recipients = addressesIn(to);
  const wrong = recipients.find((one) => !ADDRESS.test(one));
  const dayName = (day: number) =>
    new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(
      SUNDAY + day * 86_400_000,
    );
  return (
    <FormDialog
      title={t(props.row === null ? "digest.make" : "digest.change")}
      deed={t("action.save")}
      busy={keep.isPending}
      error={keep.error}
      onClose={props.onClose}
      onSubmit={() => {
        setTried(true);
        if (!isWhole(draft) || wrong !== undefined) return;
        keep.mutate(
          { id: props.row?.id ?? null, digest: { ...draft, recipients } },
          { onSuccess: props.onClose },
        );
      }}
    >
      <ViewFields draft={draft} tried={tried} onChange={setDraft} />
      <TextField
        label={t("digest.recipients")}
        help={t("digest.recipientsHelp")}
        value={to}
        fault={tried && wrong !== undefined ? t("digest.badAddress", { address: wrong }) : null}
        autoComplete="off"
        ltr
        onChange={setTo}
      />
      <div className="field">
        <p aria-hidden="true">{t("digest.when")}</p>
        <Segmented
          name={t("digest.when")}
          value={schedule?.every ?? "never"}
          choices={[
            { value: "never", label: t("digest.when.never") },
            { value: "day", label: t("digest.when.day") },
            { value: "week", label: t("digest.when.week") },
          ]}
          onChange={(every) =>
            setDraft({
              ...draft,
              schedule: every === "never" ? null : { hour: 9, weekday: 0, ...schedule, every },
            })
          }
        />
      </div>
      {schedule === null ? null : (
        <div className="view-choices">
          {schedule.every === "week" ? (
            <Field label={t("digest.weekday")}>
              {(names) => (
                <select
                  {...names}
                  className="input"
                  value={schedule.weekday}
                  onChange={(event) =>
                    setDraft({
                      ...draft,
                      schedule: { ...schedule, weekday: Number(event.target.value) },
                    })
                  }
                >
                  {[0, 1, 2, 3, 4, 5, 6].map((day) => (
                    <option key={day} value={day}>
                      {dayName(day)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ) : null}
          <Field label={t("digest.hour")}>
            {(names) => (
              <select
                {...names}
                className="input"
                value={schedule.hour}
                onChange={(event) =>
                  setDraft({
                    ...draft,
                    schedule: { ...schedule, hour: Number(event.target.value) },
                  })
                }
              >
                {HOURS.map((hour) => (
                  <option key={hour} value={hour}>
                    {`${String(hour).padStart(2, "0")}:00`}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
    </FormDialog>
  );
}
