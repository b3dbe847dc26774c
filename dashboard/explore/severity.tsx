import type { ReactNode } from "react";
import type { Severity } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";

const BADGES: Readonly<Record<Severity, string>> = {
  critical: "badge badge-bad",
  warning: "badge badge-warn",
  info: "badge",
};

export function SeverityBadge(props: { readonly severity: Severity }): ReactNode {
  const { t } = useSpeech();
  return <span className={BADGES[props.severity]}>{t(`explore.severity.${props.severity}`)}</span>;
}
