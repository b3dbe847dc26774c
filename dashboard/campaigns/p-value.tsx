import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";

/** A chance as people write it: three decimals, and never as nothing. */
export function PValue(props: { readonly p: number }): ReactNode {
  const { formats } = useSpeech();
  const { p } = props;
  return (
    <bdi>{p < 0.001 ? `< ${formats.number(0.001)}` : formats.number(Number(p.toFixed(3)))}</bdi>
  );
}
