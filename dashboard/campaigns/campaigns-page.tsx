import { lazy, type ReactNode, Suspense, useMemo } from "react";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { NoData } from "../data/no-data.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { useFacets } from "../query/overview.ts";
import { type Address, CAMPAIGNS_TABS, type CampaignsTab, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { CampaignDrawer } from "./drawer.tsx";
import { SegmentsPart } from "./segments-part.tsx";
import { TablePart } from "./table-part.tsx";
import "../styles/overview.css";
import "../styles/campaigns.css";

/** Shared with Data, where it stands among what the data say. */
const AdsView = lazy(() =>
  import("../explore/ads.tsx").then((module) => ({ default: module.AdsView })),
);

/** Only where somebody has several accounts. */
const AccountsPart = lazy(() =>
  import("../portfolio/accounts-part.tsx").then((module) => ({ default: module.AccountsPart })),
);

/** Campaigns: every one of them, who differs, and whether the ads or the follow-up are at fault. */
export function CampaignsPage(): ReactNode {
  const { t } = useSpeech();
  const facets = useFacets();
  return (
    <>
      <h1 className="page-title">{t("place.campaigns")}</h1>
      <Answered query={facets} stacked skeleton={<Skeleton className="skeleton-table" />}>
        {(data) => (data.empty ? <NoData /> : <Parts facets={data} />)}
      </Answered>
    </>
  );
}

function Parts(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t } = useSpeech();
  const { campaigns, own } = useAddress();
  return (
    <>
      <nav className="tabs" aria-label={t("campaigns.parts")}>
        {CAMPAIGNS_TABS.filter(
          (tab) => tab !== "accounts" || tab === campaigns || props.facets.accounts.length > 1,
        ).map((tab) => (
          <PartLink key={tab} tab={tab} current={tab === campaigns} />
        ))}
      </nav>
      {campaigns === "accounts" ? (
        <Suspense fallback={<Skeleton className="skeleton-table" />}>
          <AccountsPart facets={props.facets} />
        </Suspense>
      ) : campaigns === "table" ? (
        <TablePart facets={props.facets} />
      ) : campaigns === "segments" ? (
        <SegmentsPart facets={props.facets} />
      ) : (
        <Suspense fallback={<Skeleton className="skeleton-table" />}>
          <AdsView />
        </Suspense>
      )}
      {own.open === undefined ? null : <CampaignDrawer key={own.open} id={own.open} />}
    </>
  );
}

/** A part of the place; it keeps the filters. */
function PartLink(props: { readonly tab: CampaignsTab; readonly current: boolean }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const { tab } = props;
  const target = useMemo<Address>(
    () => ({ ...HOME, place: "campaigns", campaigns: tab, selection }),
    [tab, selection],
  );
  const link = useLink(target);
  return (
    <a {...link} className="tab" aria-current={props.current ? "page" : undefined}>
      {t(`campaigns.tab.${tab}`)}
    </a>
  );
}
