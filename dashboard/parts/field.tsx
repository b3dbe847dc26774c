import { type ReactNode, useId } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** What a control needs to be named, described and marked as refused. */
export interface FieldNames {
  readonly id: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean;
}

/** A control under its name, with what helps to fill it in and why it was refused. */
export function Field(props: {
  readonly label: string;
  readonly help?: ReactNode;
  readonly fault?: string | null;
  readonly children: (names: FieldNames) => ReactNode;
}): ReactNode {
  const id = useId();
  const { fault = null } = props;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        "aria-describedby": `${id}-help ${id}-fault`,
        "aria-invalid": fault !== null,
      })}
      <p id={`${id}-help`} className="label-soft">
        {props.help}
      </p>
      <p id={`${id}-fault`} className="bad" role="alert">
        {fault}
      </p>
    </div>
  );
}

/** One line of text. */
export function TextField(props: {
  readonly label: string;
  readonly help?: ReactNode;
  readonly fault?: string | null;
  readonly value: string;
  readonly type?: "text" | "password";
  /** What the browser may fill in; `off` where it knows nothing of it. */
  readonly autoComplete: string;
  /** Addresses and numbers run from left to right in both languages. */
  readonly ltr?: boolean;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { direction } = useSpeech();
  const { label, help, fault, value, type = "text", autoComplete, ltr, onChange } = props;
  const dir = value === "" ? direction : ltr ? "ltr" : "auto";
  return (
    <Field label={label} help={help} {...(fault === undefined ? {} : { fault })}>
      {(names) => (
        <input
          {...names}
          className="input"
          dir={dir}
          type={type}
          value={value}
          autoComplete={autoComplete}
          maxLength={type === "password" ? 1000 : 200}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
