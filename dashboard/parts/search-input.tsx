import type { ReactNode } from "react";

/** Narrows a list by typing; its name stands inside it until then. */
export function SearchInput(props: {
  readonly name: string;
  readonly className?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { name, className = "" } = props;
  return (
    <input
      type="search"
      className={`input ${className}`}
      value={props.value}
      placeholder={name}
      aria-label={name}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
