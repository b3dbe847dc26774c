import { type ReactNode, useEffect, useState } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Skeleton } from "../parts/panel.tsx";

const LONG_MS = 2500;

/** Stands where the answer will be; says what takes so long once it does. */
export function Examining(props: { readonly className?: string }): ReactNode {
  const { t } = useSpeech();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {long ? <p className="soft examining">{t("explore.examining")}</p> : null}
      <Skeleton className={props.className ?? "skeleton-table"} />
    </>
  );
}
