import { type ReactNode, useId, useState } from "react";
import type { Origin } from "../../src/contract/server.ts";
import { useSpeech } from "../i18n/language.tsx";
import { usePersonName } from "../i18n/person.ts";
import { ServerText } from "../parts/server-text.tsx";
import type { Fault } from "../query/http.ts";
import type { SettingName } from "./draft.ts";

const CONFIG_FILE = "leadsmart.config.json";

/** Who set a value last. */
export function OriginText(props: { readonly origin: Origin | undefined }): ReactNode {
  const { t, formats } = useSpeech();
  const personName = usePersonName();
  const { from, by, at } = props.origin ?? { from: "default", by: null, at: null };
  if (from === "file") return <bdi>{t("settings.origin.file", { file: CONFIG_FILE })}</bdi>;
  if (from === "default" || by === null || at === null) return t("settings.origin.default");
  return (
    <bdi>{t("settings.origin.change", { person: personName(by), when: formats.instant(at) })}</bdi>
  );
}

/** What a control of a setting needs to be named, described and marked as refused. */
export interface ControlNames {
  readonly id: string;
  readonly "aria-labelledby": string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean;
}

/** True for a refusal of this setting of the workspace, or of something within it. */
export function isAbout(fault: Fault, name: SettingName): boolean {
  const path = `default.${name}`;
  return fault.name === path || fault.name.startsWith(`${path}.`);
}

/** One setting: its name and meaning, its control, who set it, and why the server refused what was typed. */
export function Setting(props: {
  readonly name: SettingName;
  /** Null: nothing is said of it. */
  readonly origin: Origin | undefined | null;
  readonly faults: readonly Fault[];
  /** What to say of a refusal, where the server's own words do not fit what was typed. */
  readonly refusal?: string | undefined;
  /** True where the control is several: then no single one of them carries the name. */
  readonly several?: boolean;
  readonly children: (names: ControlNames) => ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  const id = useId();
  const { name } = props;
  const faults = props.faults.filter((fault) => isAbout(fault, name));
  return (
    <div className="setting" data-setting={name}>
      <div className="setting-name">
        {props.several ? (
          <span id={`${id}-name`}>{t(`settings.${name}`)}</span>
        ) : (
          <label id={`${id}-name`} htmlFor={id}>
            {t(`settings.${name}`)}
          </label>
        )}
        <p id={`${id}-help`} className="label-soft">
          {t(`settings.${name}.help`)}
        </p>
      </div>
      <div className="setting-control">
        {props.children({
          id,
          "aria-labelledby": `${id}-name`,
          "aria-describedby": `${id}-help ${id}-fault`,
          "aria-invalid": faults.length > 0,
        })}
        <p id={`${id}-fault`} className="bad" role="alert">
          {faults.length > 0 && props.refusal !== undefined
            ? props.refusal
            : faults.map((fault) => (
                <ServerText key={fault.name + fault.message} text={fault.message} />
              ))}
        </p>
      </div>
      <p className="label-soft setting-origin">
        {props.origin === null ? null : <OriginText origin={props.origin} />}
      </p>
    </div>
  );
}

/** Both ends can be chosen. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A number as somebody types it; what is no number is kept as typed and refused when it is saved. */
export function NumberField(
  props: ControlNames & {
    readonly value: number;
    readonly unit?: string;
    readonly step?: number;
    readonly range: Range;
    readonly onChange: (value: number) => void;
  },
): ReactNode {
  const { t, formats } = useSpeech();
  const { value, unit, step, range, onChange, ...names } = props;
  const { low, high } = range;
  const [text, setText] = useState(String(value));
  const read = (typed: string) => (typed.trim() === "" ? Number.NaN : Number(typed));
  // What was discarded or changed elsewhere is shown as it is, not as it was typed.
  const shown = Object.is(read(text), value) ? text : Number.isNaN(value) ? "" : String(value);
  return (
    <span className="number-field">
      <input
        {...names}
        className="input"
        type="number"
        inputMode="decimal"
        dir="ltr"
        min={low}
        max={high}
        step={step ?? "any"}
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          onChange(read(event.target.value));
        }}
      />
      {unit === undefined ? null : <span>{unit}</span>}
      <span className="label-soft">
        {t("settings.range", { low: formats.count(low), high: formats.count(high) })}
      </span>
    </span>
  );
}
