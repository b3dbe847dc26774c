import type { ReactNode } from "react";

const PATHS = {
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6l4 4 4-4",
  search: "M7 2.500a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9zM10.5 10.500l3 3",
  rows: "M2.5 3.500h11M2.5 8h11M2.5 12.500h11",
  formula:
    "M11.5 3H9.500Q8 3 7.700 4.800L6.300 11.200Q6 13 4.5 13M5 7h5M10.5 9.500l3 3.500M13.5 9.500l-3 3.5",
  upload: "M8 10.500V2.500M4.5 5.500L8 2.500l3.5 3M2.5 10.500v3h11v-3",
  person:
    "M8 2.500a2.75 2.75 0 1 1 0 5.500a2.75 2.75 0 0 1 0-5.500zM2.5 13.500q0-4 5.500-4t5.500 4",
  copy: "M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3",
  today: "M2.5 13.500v-5M6 13.500v-9M9.5 13.500v-6.500M13 13.500V2.5",
  campaigns: "M2.500 6.500v3h2.500l6 3.500v-10l-6 3.500zM13.500 6v4M5 9.500v3.500h2v-2.300",
  data: "M3 4c0-2 10-2 10 0v8c0 2-10 2-10 0zM3 4c0 2 10 2 10 0M3 8c0 2 10 2 10 0",
  warning: "M8 2.500l6 11H2zM8 6.500v3.500M8 11.700v.2",
  undo: "M5.5 3L2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 7.500H6",
  check: "M3 8.500l3.5 3.500L13 4.5",
  settings:
    "M2.5 4.500h6M12.5 4.500h1M2.5 11.500h1M7.5 11.500h6M10.5 2.500a2 2 0 1 1 0 4a2 2 0 0 1 0-4zM5.5 9.500a2 2 0 1 1 0 4a2 2 0 0 1 0-4z",
  file: "M4 2.500h5l3 3v8H4zM9 2.500v3h3",
  phone:
    "M5 2.500l1.500 3.500l-1.500 1.200q1 2.800 3.800 3.800l1.200-1.500l3.500 1.500v2q0 .5-.5.5Q3 13 2.5 3q0-.5.5-.5z",
  chat: "M2.500 13.500l.8-2.800a5.500 5.500 0 1 1 2 2zM6 7h4M6 9.300h2.500",
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing in the colour of the text around it; never the only carrier of a meaning. */
export function Icon(props: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[props.name]} />
    </svg>
  );
}
