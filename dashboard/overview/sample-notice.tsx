import type { ReactNode } from "react";
import { useImportFlow } from "../data/flow-state.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { useImports } from "../query/imports.ts";
import { useMayEverywhere } from "../query/may.ts";

/** While the figures are those of the invented sample world, every reader is told so. */
export function SampleNotice(): ReactNode {
  const { t } = useSpeech();
  const flow = useImportFlow();
  const imports = useImports();
  const may = useMayEverywhere("import");
  const rows = imports.data?.pages.flatMap((page) => page.items) ?? [];
  if (!rows.some((row) => row.sample && row.state !== "undone")) return null;
  return (
    <div className="notice" role="note" aria-label={t("notice.sample")}>
      <Icon name="data" />
      <div className="notice-text">
        <p>
          <strong>{t("notice.sample")}</strong> {t("notice.sampleBody")}
        </p>
      </div>
      {may ? (
        <button type="button" className="button" onClick={flow.open}>
          {t("action.importFiles")}
        </button>
      ) : null}
    </div>
  );
}
