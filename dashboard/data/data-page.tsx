import { lazy, type ReactNode, Suspense } from "react";
import { DataTabs } from "../explore/tabs.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { useMay, useMayEverywhere } from "../query/may.ts";
import { useFacets } from "../query/overview.ts";
import { useAddress } from "../route/use-address.ts";
import { ImportList } from "./import-list.tsx";
import { NoData } from "./no-data.tsx";
import { RejectsPanel } from "./rejects-panel.tsx";

/** Large, and not needed for the first look at the figures. */
const ExplorePart = lazy(() =>
  import("../explore/parts.tsx").then((module) => ({ default: module.ExplorePart })),
);

const JobsPart = lazy(() =>
  import("../jobs/jobs-part.tsx").then((module) => ({ default: module.JobsPart })),
);

/** Data: what was imported, whether it is right, what it says, and what only people can say. */
export function DataPage(): ReactNode {
  const { t } = useSpeech();
  const { tab } = useAddress();
  const facets = useFacets();
  return (
    <>
      <h1 className="page-title">{t("data.title")}</h1>
      {facets.data?.empty === false ? <DataTabs /> : null}
      {tab === "imports" ? (
        <Imports empty={facets.data?.empty ?? false} />
      ) : tab === "jobs" ? (
        <Suspense fallback={<Skeleton className="skeleton-table" />}>
          <JobsPart />
        </Suspense>
      ) : (
        <Answered query={facets} stacked skeleton={<Skeleton className="skeleton-table" />}>
          {({ empty }) =>
            empty ? (
              <NoData />
            ) : (
              <Suspense fallback={<Skeleton className="skeleton-table" />}>
                <ExplorePart tab={tab} />
              </Suspense>
            )
          }
        </Answered>
      )}
    </>
  );
}

function Imports(props: { readonly empty: boolean }): ReactNode {
  const { t } = useSpeech();
  const may = useMayEverywhere("import");
  const seesRejects = useMay("import");
  return (
    <>
      {props.empty ? <NoData /> : may ? <p className="soft">{t("data.dropHint")}</p> : null}
      <Panel title={t("data.imports")}>
        <ImportList />
      </Panel>
      {seesRejects ? <RejectsPanel /> : null}
    </>
  );
}
