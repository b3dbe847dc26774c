import { type ReactNode, Suspense } from "react";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { NoData } from "../data/no-data.tsx";
import { QualityLine } from "../explore/quality-line.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { later } from "../parts/later.ts";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { useFacets, useKpis } from "../query/overview.ts";
import { useAddress } from "../route/use-address.ts";
import { BreakdownPanel } from "./breakdown.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FrameLine } from "./frame-line.tsx";
import { FunnelPanel } from "./funnel.tsx";
import { KpiGrid } from "./kpi-grid.tsx";
import { Notices } from "./notices.tsx";
import { SampleNotice } from "./sample-notice.tsx";
import { TopCampaigns } from "./top-campaigns.tsx";
import { TrendPanel } from "./trend-panel.tsx";

/** Below the key figures, which come first. */
const TodayParts = later(async () => (await import("../today/today-parts.tsx")).TodayParts);
/** Opened from a number. */
const RowsDrawer = later(async () => (await import("./rows-drawer.tsx")).RowsDrawer);
/** Opened once, and when somebody asks for it again. */
const FirstHour = later(async () => (await import("../first-hour/first-hour.tsx")).FirstHour);

/** Today: what changed, and where the money and the leads are. */
export function Overview(): ReactNode {
  const { t } = useSpeech();
  const { own } = useAddress();
  const facets = useFacets();
  if (own.first !== undefined && facets.data?.empty === false) {
    return (
      <Suspense fallback={<Skeleton className="skeleton-chart" />}>
        <FirstHour at={own.first} />
      </Suspense>
    );
  }
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

function Figures(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { selection, kpi } = useAddress();
  const kpis = useKpis(selection);
  const frame = kpis.data?.frame;
  return (
    <>
      <SampleNotice />
      <FilterBar facets={props.facets} shown={frame?.period} />
      {frame ? <FrameLine frame={frame} facets={props.facets} /> : null}
      <Answered query={kpis} stacked skeleton={<Skeleton className="skeleton-cards" />}>
        {(answer) => (
          <>
            <Notices answer={answer} />
            <QualityLine />
            <KpiGrid answer={answer} />
          </>
        )}
      </Answered>
      <Suspense fallback={<Skeleton className="skeleton-chart" />}>
        <TodayParts />
      </Suspense>
      <div className="side-by-side side-wide">
        <TrendPanel facets={props.facets} />
        <FunnelPanel />
      </div>
      <div className="side-by-side">
        <BreakdownPanel by="project" />
        <BreakdownPanel by="account" />
      </div>
      <TopCampaigns facts={kpis.data} />
      {kpi === null ? null : (
        <Suspense fallback={null}>
          <RowsDrawer kpi={kpi} kpis={kpis.data} />
        </Suspense>
      )}
    </>
  );
}
