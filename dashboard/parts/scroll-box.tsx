import type { ReactNode, Ref } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** A part of the page that scrolls by itself, in sight of keyboards and screen readers. */
export function ScrollBox(props: {
  /** What the table is about; it is called "…: table", for the part around it has the plain name. */
  readonly name: string;
  readonly className?: string;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useSpeech();
  return (
    <section
      ref={props.ref}
      className={`table-scroll ${props.className ?? ""}`}
      aria-label={t("app.tableOf", { name: props.name })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
