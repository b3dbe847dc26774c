import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Skeleton } from "../parts/panel.tsx";
import { useLong } from "./use-long.ts";

/** Stands where the answer will be; says what takes so long once it does. */
export function Examining(props: { readonly className?: string }): ReactNode {
  const { t } = useSpeech();
  const long = useLong();
  return (
    <>
      {long ? <p className="soft examining">{t("explore.examining")}</p> : null}
      <Skeleton className={props.className ?? "skeleton-table"} />
    </>
  );
}
