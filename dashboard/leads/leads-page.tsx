import { lazy, type ReactNode, Suspense, useMemo } from "react";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { NoData } from "../data/no-data.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { useMay } from "../query/may.ts";
import { useFacets } from "../query/overview.ts";
import { type Address, HOME, LEADS_TABS, type LeadsTab } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { CohortsPart } from "./cohorts-part.tsx";
import { LeadDrawer } from "./drawer.tsx";
import { FunnelPart } from "./funnel-part.tsx";
import { SpeedPart } from "./speed-part.tsx";
import { TablePart } from "./table-part.tsx";
import "../styles/leads.css";

/** For those who hand leads out, so loaded when one of them opens it. */
const TeamPart = lazy(() =>
  import("../work/team-part.tsx").then((module) => ({ default: module.TeamPart })),
);

/** Leads: every one of them, where they stall, how weeks ripen, and whether they are called in time. */
export function LeadsPage(): ReactNode {
  const { t } = useSpeech();
  const facets = useFacets();
  return (
    <>
      <h1 className="page-title">{t("place.leads")}</h1>
      <Answered query={facets} stacked skeleton={<Skeleton className="skeleton-table" />}>
        {(data) => (data.empty ? <NoData /> : <Parts facets={data} />)}
      </Answered>
    </>
  );
}

function Parts(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t } = useSpeech();
  const { leads, own } = useAddress();
  const seesLeads = useMay("leads");
  const handsOut = useMay("work_leads");
  const { facets } = props;
  return (
    <>
      <nav className="tabs" aria-label={t("leads.parts")}>
        {LEADS_TABS.filter((tab) => handsOut || tab !== "team").map((tab) => (
          <PartLink key={tab} tab={tab} current={tab === leads} />
        ))}
      </nav>
      {leads === "table" ? (
        seesLeads ? (
          <TablePart facets={facets} />
        ) : (
          <p className="soft">{t("access.noLeads")}</p>
        )
      ) : leads === "team" ? (
        handsOut ? (
          <Suspense fallback={<Skeleton className="skeleton-table" />}>
            <TeamPart />
          </Suspense>
        ) : (
          <p className="soft">{t("access.none")}</p>
        )
      ) : leads === "funnel" ? (
        <FunnelPart facets={facets} />
      ) : leads === "cohorts" ? (
        <CohortsPart facets={facets} />
      ) : (
        <SpeedPart facets={facets} />
      )}
      {own.open !== undefined && seesLeads ? <LeadDrawer key={own.open} id={own.open} /> : null}
    </>
  );
}

/** A part of the place; it keeps the filters. */
function PartLink(props: { readonly tab: LeadsTab; readonly current: boolean }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const { tab } = props;
  const target = useMemo<Address>(
    () => ({ ...HOME, place: "leads", leads: tab, selection }),
    [tab, selection],
  );
  const link = useLink(target);
  return (
    <a {...link} className="tab" aria-current={props.current ? "page" : undefined}>
      {t(`leads.tab.${tab}`)}
    </a>
  );
}
