import { type ReactNode, useId, useMemo } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Field } from "../parts/field.tsx";
import { weekdays } from "../settings/choices.ts";
import { shownSetting } from "../settings/draft.ts";
import { WorkDaysField, WorkHoursField } from "../settings/work-fields.tsx";
import type { StepProps } from "./first-hour.tsx";

/** Working days and hours, proposed from the hours in which the log was written. */
export function HoursStep({ evidence, answer, draft, onChange }: StepProps): ReactNode {
  const { t, language, formats } = useSpeech();
  const id = useId();
  const { hours } = evidence;
  const { proposed } = hours;
  const days = useMemo(() => weekdays(language), [language]);
  const set = (settings: typeof draft.settings) =>
    onChange({ ...draft, settings: { ...draft.settings, ...settings } });
  const names = (part: string) => ({
    id: `${id}-${part}`,
    "aria-labelledby": `${id}-${part}-name`,
    "aria-describedby": `${id}-told`,
    "aria-invalid": false,
  });
  return (
    <>
      <p id={`${id}-told`}>
        {proposed === null
          ? t("first.hours.thin", { changes: formats.count(hours.changes) })
          : t("first.hours.log", {
              changes: formats.count(hours.changes),
              bulk: formats.count(hours.bulk),
            })}{" "}
        {hours.arriveOutside === null
          ? null
          : t("first.hours.outside", { share: formats.rate(hours.arriveOutside) })}
      </p>
      {hours.changes > 0 ? (
        <div className="first-pair">
          <Bars
            name={t("first.hours.byDay")}
            labels={days.map((one) => one.name)}
            values={hours.byWeekday}
          />
          <Bars
            name={t("first.hours.byHour")}
            labels={hours.byHour.map((_, hour) => formats.count(hour))}
            values={hours.byHour}
          />
        </div>
      ) : null}
      {proposed === null ? null : (
        <p>
          <button
            type="button"
            className="button first-propose"
            onClick={() => set({ workDays: proposed.workDays, workHours: proposed.workHours })}
          >
            {t("first.hours.propose", {
              days:
                proposed.workDays.length === 7
                  ? t("first.hours.everyDay")
                  : formats.list(proposed.workDays.map((day) => days[day]?.name ?? String(day))),
              // From the earlier to the later hour, left to right in both languages.
              hours: `\u2066${formats.count(proposed.workHours[0])}:00–${formats.count(proposed.workHours[1])}:00\u2069`,
            })}
          </button>{" "}
          <span className="label-soft">
            {t("first.hours.proposeHelp", { share: formats.rate(proposed.share) })}
          </span>
        </p>
      )}
      <div className="field">
        <span id={`${id}-days-name`}>{t("settings.workDays")}</span>
        <WorkDaysField
          names={names("days")}
          days={days}
          value={shownSetting(draft, answer, "workDays")}
          onChange={(workDays) => set({ workDays })}
        />
      </div>
      <div className="field">
        <span id={`${id}-hours-name`}>{t("settings.workHours")}</span>
        <WorkHoursField
          names={names("hours")}
          value={shownSetting(draft, answer, "workHours")}
          onChange={(workHours) => set({ workHours })}
        />
      </div>
      <Field
        label={t("settings.firstContactMinutes")}
        help={t("settings.firstContactMinutes.help")}
      >
        {(field) => (
          <input
            {...field}
            className="input"
            type="number"
            inputMode="numeric"
            dir="ltr"
            min={1}
            max={10_080}
            value={shownSetting(draft, answer, "firstContactMinutes")}
            onChange={(event) => set({ firstContactMinutes: Number(event.target.value) })}
          />
        )}
      </Field>
    </>
  );
}

/** Counts as bars from zero; each says its own number. */
function Bars(props: {
  readonly name: string;
  readonly labels: readonly string[];
  readonly values: readonly number[];
}): ReactNode {
  const { formats } = useSpeech();
  const most = Math.max(1, ...props.values);
  const few = props.values.length <= 7;
  return (
    <figure className="first-bars">
      <figcaption className="label-soft">{props.name}</figcaption>
      <ol>
        {props.values.map((value, i) => {
          const label = props.labels[i] ?? "";
          return (
            <li key={label} title={`${label}: ${formats.count(value)}`}>
              <span className="first-bar-room">
                <span className="first-bar" style={{ blockSize: `${(value / most) * 100}%` }} />
              </span>
              <span className="first-bar-name" aria-hidden={!few && i % 3 !== 0}>
                {few ? label.slice(0, shortLength(label)) : i % 3 === 0 ? label : ""}
              </span>
              <span className="sr-only">{formats.count(value)}</span>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}

/** Latin day names are known by three letters; Arabic ones are shown whole. */
function shortLength(label: string): number {
  return /^[A-Za-z]/.test(label) ? 3 : label.length;
}
