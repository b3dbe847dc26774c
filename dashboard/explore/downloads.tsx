import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Panel } from "../parts/panel.tsx";
import { type ReportFormat, reportUrl } from "../query/explore.ts";

const FILES: readonly { readonly format: ReportFormat; readonly language: "en" | "ar" | null }[] = [
  { format: "html", language: "en" },
  { format: "html", language: "ar" },
  { format: "markdown", language: "en" },
  { format: "markdown", language: "ar" },
  { format: "json", language: null },
];

/** The whole report to take along. */
export function Downloads(props: { readonly asOf: string | null }): ReactNode {
  const { t } = useSpeech();
  return (
    <Panel title={t("explore.report")}>
      <p className="soft">{t("explore.reportHelp")}</p>
      <div className="buttons">
        {FILES.map(({ format, language }) => (
          <a
            key={`${format} ${language}`}
            className="button"
            href={reportUrl(format, language ?? "en", props.asOf)}
            download
          >
            <Icon name="file" />
            {t(`explore.format.${format}`)}
            {language === null ? null : <> · {t(`explore.language.${language}`)}</>}
          </a>
        ))}
      </div>
    </Panel>
  );
}
