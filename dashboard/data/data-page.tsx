import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Panel } from "../parts/panel.tsx";
import { useFacets } from "../query/overview.ts";
import { ImportList } from "./import-list.tsx";
import { NoData } from "./no-data.tsx";
import { RejectsPanel } from "./rejects-panel.tsx";

/** Data: what was imported, and what could not be read. */
export function DataPage(): ReactNode {
  const { t } = useSpeech();
  const facets = useFacets();
  return (
    <>
      <h1 className="page-title">{t("data.title")}</h1>
      {facets.data?.empty ? <NoData /> : <p className="soft">{t("data.dropHint")}</p>}
      <Panel title={t("data.imports")}>
        <ImportList />
      </Panel>
      <RejectsPanel />
    </>
  );
}
