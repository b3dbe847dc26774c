import type { ReactNode } from "react";

/** A sentence whose first letter is Arabic. */
const ARABIC = /^\P{L}*\p{Script=Arabic}/u;

/** A sentence of the server, marked with the language it came in. */
export function ServerText(props: {
  readonly text: string;
  readonly className?: string;
}): ReactNode {
  const { text, className } = props;
  return (
    <bdi lang={ARABIC.test(text) ? "ar" : "en"} className={className}>
      {text}
    </bdi>
  );
}
