import { type ReactNode, useState } from "react";
import type { DefinitionsAnswer } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Named } from "./choices.ts";
import { type ControlNames, NumberField, type Range } from "./setting.tsx";

type Settings = DefinitionsAnswer["default"];
type Names = Pick<ControlNames, "id" | "aria-describedby" | "aria-invalid"> &
  Partial<Pick<ControlNames, "aria-labelledby">>;

export const FIRST_CONTACT_MINUTES: Range = { low: 1, high: 10_080 };
export const ASSIGNMENTS = ["column", "round_robin", "by_load", "by_hand"] as const;
const HOURS = Array.from({ length: 25 }, (_, hour) => hour);

/** An amount per qualified lead in the currency; empty = none. What is no amount is kept as typed and refused when saved. */
export function TargetField(props: {
  readonly names: Names;
  readonly currency: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}): ReactNode {
  const { t } = useSpeech();
  const { names, value } = props;
  const [text, setText] = useState(value === null ? "" : String(value));
  const read = (typed: string) => (typed.trim() === "" ? null : Number(typed));
  // What was discarded or proposed elsewhere is shown as it is, not as it was typed.
  const shown = Object.is(read(text), value) ? text : value === null ? "" : String(value);
  return (
    <span className="number-field">
      <input
        {...names}
        className="input"
        type="number"
        inputMode="decimal"
        dir="ltr"
        min={0}
        step="any"
        placeholder={t("settings.none")}
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          props.onChange(read(event.target.value));
        }}
      />
      <span>{props.currency}</span>
    </span>
  );
}

export function WorkDaysField(props: {
  readonly names: Names;
  readonly days: readonly Named[];
  readonly value: Settings["workDays"];
  readonly onChange: (days: number[]) => void;
}): ReactNode {
  const { names, days, value, onChange } = props;
  const { "aria-invalid": _, ...named } = names;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend could not stand in the column of names
    <div role="group" {...named} className="stage-boxes">
      {days.map((day) => {
        const number = Number(day.value);
        return (
          <label key={day.value} className="check">
            <input
              type="checkbox"
              checked={value.includes(number)}
              onChange={(event) =>
                onChange(
                  [0, 1, 2, 3, 4, 5, 6].filter((one) =>
                    one === number ? event.target.checked : value.includes(one),
                  ),
                )
              }
            />
            {day.name}
          </label>
        );
      })}
    </div>
  );
}

/** From and to, whole hours; the one that is moved past the other pushes it on. */
export function WorkHoursField(props: {
  readonly names: Names;
  readonly value: Settings["workHours"];
  readonly onChange: (hours: [number, number]) => void;
}): ReactNode {
  const { t } = useSpeech();
  const { names, onChange } = props;
  const [from, to] = props.value;
  const { "aria-invalid": _, ...named } = names;
  const hour = (one: number) => (
    <option key={one} value={one}>{`${String(one).padStart(2, "0")}:00`}</option>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend could not stand in the column of names
    <div role="group" {...named} className="hours-field">
      <select
        className="input"
        aria-label={t("settings.workHours.from")}
        dir="ltr"
        value={from}
        onChange={(event) => {
          const next = Number(event.target.value);
          onChange([next, Math.max(to, next + 1)]);
        }}
      >
        {HOURS.slice(0, 24).map(hour)}
      </select>
      <span>{t("settings.workHours.to")}</span>
      <select
        className="input"
        aria-label={t("settings.workHours.to")}
        dir="ltr"
        value={to}
        onChange={(event) => {
          const next = Number(event.target.value);
          onChange([Math.min(from, next - 1), next]);
        }}
      >
        {HOURS.slice(1).map(hour)}
      </select>
    </div>
  );
}

export function MinutesField(props: {
  readonly names: ControlNames;
  readonly value: number;
  readonly onChange: (minutes: number) => void;
}): ReactNode {
  return (
    <NumberField
      {...props.names}
      value={props.value}
      step={1}
      range={FIRST_CONTACT_MINUTES}
      onChange={props.onChange}
    />
  );
}

export function AssignmentField(props: {
  readonly names: Names;
  readonly value: Settings["assignment"];
  readonly onChange: (assignment: Settings["assignment"]) => void;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <select
      {...props.names}
      className="input"
      value={props.value}
      onChange={(event) =>
        props.onChange(ASSIGNMENTS.find((one) => one === event.target.value) ?? "column")
      }
    >
      {ASSIGNMENTS.map((one) => (
        <option key={one} value={one}>
          {t(`settings.assignment.${one}`)}
        </option>
      ))}
    </select>
  );
}
