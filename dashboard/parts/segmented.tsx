import { type ReactNode, useId } from "react";

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly help?: string;
}

/** One of a few choices, all visible: radio buttons that look like one control. */
export function Segmented<T extends string>(props: {
  readonly name: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}): ReactNode {
  const group = useId();
  return (
    <fieldset className="segmented">
      <legend className="sr-only">{props.name}</legend>
      {props.choices.map((choice) => (
        <label key={choice.value} title={choice.help}>
          <input
            type="radio"
            name={group}
            value={choice.value}
            checked={choice.value === props.value}
            onChange={() => props.onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
