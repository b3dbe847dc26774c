import { lazy, type ReactNode, Suspense, useRef } from "react";
import type { CampaignAnswer } from "../../src/contract/campaigns.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { ChartFiles } from "../charts/chart-files.tsx";
import { trendCsv } from "../charts/trend-csv.ts";
import { SeverityBadge } from "../explore/severity.tsx";
import { TabLink } from "../explore/tab-link.tsx";
import { useTold } from "../explore/told.ts";
import { daysBetween } from "../format/days.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Funnel } from "../overview/funnel.tsx";
import { RowsDrawer } from "../overview/rows-drawer.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { lifeOf, useCampaign } from "../query/campaigns.ts";
import { useFindings } from "../query/explore.ts";
import { useFunnel, useKpis, useTrend } from "../query/overview.ts";
import { changeOwn, changeSelection, useAddress } from "../route/use-address.ts";
import { AdSets } from "./ad-sets.tsx";
import { nameOf } from "./columns.ts";
import { Facts, Figures } from "./drawer-facts.tsx";
import { ownDays } from "./own-days.ts";
import { Peers } from "./peers.tsx";
import { Verdict } from "./verdict.tsx";

const TrendChart = lazy(async () => ({
  default: (await import("../charts/trend-chart.tsx")).TrendChart,
}));

/** Up to so many days are shown one by one; longer lives by week. */
const DAYS_SHOWN = 120;

/** One campaign over its whole life: what it is, what it brought, and where it stands. */
export function CampaignDrawer(props: { readonly id: string }): ReactNode {
  const speech = useSpeech();
  const { t } = speech;
  const { selection, kpi } = useAddress();
  const { id } = props;
  const query = useCampaign(id, selection);
  const life = lifeOf(id, selection);
  const kpis = useKpis(life);
  const campaign = query.data?.campaign;
  return (
    <>
      <Dialog
        kind="drawer"
        title={<bdi>{campaign ? nameOf(speech, campaign) : t("campaigns.noName", { id })}</bdi>}
        onClose={() => changeOwn({ open: null })}
      >
        <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
          {(answer) => (
            <div className="campaign">
              <Facts answer={answer} />
              <Figures answer={answer} />
              <Verdict id={id} />
              <Delivery id={id} answer={answer} />
              <section>
                <h3>{t("funnel.title")}</h3>
                <FunnelOf id={id} />
              </section>
              <section>
                <h3>{t("campaign.peers")}</h3>
                <Peers answer={answer} />
              </section>
              <section>
                <h3>{t("campaign.adSets")}</h3>
                <AdSets answer={answer} />
              </section>
              <Notices id={id} money={answer.frame} />
            </div>
          )}
        </Answered>
      </Dialog>
      {kpi === null ? null : <RowsDrawer kpi={kpi} kpis={kpis.data} selection={life} />}
    </>
  );
}

/** Spend and leads over its days; days without a row are gaps. */
function Delivery(props: { readonly id: string; readonly answer: CampaignAnswer }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const { firstDay, lastDay } = props.answer.campaign;
  const days = firstDay && lastDay ? daysBetween(firstDay, lastDay) : 0;
  const query = useTrend(lifeOf(props.id, selection), days > DAYS_SHOWN ? "week" : "day");
  const svg = useRef<SVGSVGElement>(null);
  return (
    <section>
      <h3 className="chart-head">
        {t("campaign.delivery")}
        <span className="chart-files">
          <ChartFiles
            svg={svg}
            name={`campaign-${props.id}`}
            csv={() => {
              const trend = query.data ? ownDays(query.data) : null;
              return trend === null ? "" : trendCsv(trend);
            }}
            disabled={!query.data || ownDays(query.data) === null}
          />
        </span>
      </h3>
      <Answered query={query} skeleton={<Skeleton className="skeleton-chart" />}>
        {(whole) => {
          const trend = ownDays(whole);
          // Not one row on any day: there is no picture of that.
          if (trend === null) return <p className="soft">{t("campaigns.state.never.means")}</p>;
          return (
            <Suspense fallback={<Skeleton className="skeleton-chart" />}>
              <TrendChart
                trend={trend}
                svgRef={svg}
                onZoom={(from, to) => changeSelection({ from, to })}
              />
            </Suspense>
          );
        }}
      </Answered>
    </section>
  );
}

function FunnelOf(props: { readonly id: string }): ReactNode {
  const { selection } = useAddress();
  const query = useFunnel(lifeOf(props.id, selection));
  return (
    <Answered query={query} skeleton={<Skeleton className="skeleton-filters" />}>
      {(answer) => <Funnel answer={answer} />}
    </Answered>
  );
}

/** What the checks of the data found about it, as far as it is among the gravest of each finding. */
function Notices(props: { readonly id: string; readonly money: Currency }): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { selection } = useAddress();
  const report = useFindings(selection.asOf).data;
  const named = (report?.findings ?? []).flatMap((finding) => {
    const item = finding.items.find(({ id }) => id === props.id);
    return item === undefined ? [] : [{ finding, item }];
  });
  if (report === undefined || named.length === 0) return null;
  return (
    <section>
      <h3>{t("campaign.notices")}</h3>
      <ul className="campaign-notices">
        {named.map(({ finding, item }) => (
          <li key={finding.key}>
            <SeverityBadge severity={finding.severity} />
            <TabLink tab="health" className="link">
              {told(finding.title)}
            </TabLink>
            <span className="soft">
              {item.detail === null ? null : told(item.detail)}{" "}
              {item.moneyMinor === null ? null : (
                <bdi>{formats.moneyShort(item.moneyMinor, props.money)}</bdi>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
