import type { ReactNode } from "react";
import { useImportFlow } from "../data/flow-state.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { useFacets, useKpis } from "../query/overview.ts";
import { useAddress } from "../route/use-address.ts";
import { BreakdownPanel } from "./breakdown.tsx";
import { CampaignsPanel } from "./campaigns.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FunnelPanel } from "./funnel.tsx";
import { KpiGrid } from "./kpi-grid.tsx";
import { Notices } from "./notices.tsx";
import { RowsDrawer } from "./rows-drawer.tsx";
import { SampleNotice } from "./sample-notice.tsx";
import { TrendPanel } from "./trend-panel.tsx";

/** Today: what changed, and where the money and the leads are. */
export function Overview(): ReactNode {
  const { t } = useSpeech();
  const facets = useFacets();
  return (
    <>
      <h1 className="sr-only">{t("overview.title")}</h1>
      <Answered
        query={facets}
        stacked
        skeleton={
          <>
            <Skeleton className="skeleton-filters" />
            <Skeleton className="skeleton-cards" />
            <Skeleton className="skeleton-chart" />
          </>
        }
      >
        {(data) => (data.empty ? <NoData /> : <Figures facets={data} />)}
      </Answered>
    </>
  );
}

function Figures(props: { readonly facets: Parameters<typeof FilterBar>[0]["facets"] }): ReactNode {
  const { t, formats } = useSpeech();
  const { selection, kpi } = useAddress();
  const kpis = useKpis(selection);
  const frame = kpis.data?.frame;
  return (
    <>
      <SampleNotice />
      <FilterBar facets={props.facets} shown={frame?.period} />
      {frame ? (
        <p className="compared soft">
          {frame.previous
            ? t("overview.compared", {
                period: formats.period(frame.previous.from, frame.previous.to),
              })
            : t("overview.noPrevious")}
        </p>
      ) : null}
      <Answered query={kpis} stacked skeleton={<Skeleton className="skeleton-cards" />}>
        {(answer) => (
          <>
            <Notices answer={answer} />
            <KpiGrid answer={answer} />
          </>
        )}
      </Answered>
      <div className="side-by-side side-wide">
        <TrendPanel />
        <FunnelPanel />
      </div>
      <div className="side-by-side">
        <BreakdownPanel by="project" />
        <BreakdownPanel by="account" />
      </div>
      <CampaignsPanel facts={kpis.data} />
      {kpi === null ? null : <RowsDrawer kpi={kpi} kpis={kpis.data} />}
    </>
  );
}

/** Nothing imported yet: say what is needed and offer it. */
export function NoData(): ReactNode {
  const { t } = useSpeech();
  const flow = useImportFlow();
  return (
    <div className="empty">
      <h2>{t("empty.title")}</h2>
      <p>{t("empty.body")}</p>
      <button type="button" className="button button-main" onClick={flow.open}>
        <Icon name="upload" />
        {t("action.importFiles")}
      </button>
    </div>
  );
}
