import type { ReactNode, Ref } from "react";

/** A part of the page that scrolls by itself, in sight of keyboards and screen readers. */
export function ScrollBox(props: {
  readonly name: string;
  readonly className?: string;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section
      ref={props.ref}
      className={`table-scroll ${props.className ?? ""}`}
      aria-label={props.name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
