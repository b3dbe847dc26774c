import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Skeleton } from "../parts/panel.tsx";
import { useMay, useMayEverywhere } from "../query/may.ts";
import { useFacets } from "../query/overview.ts";
import { type Address, HOME, SETTINGS_TABS, type SettingsTab } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { Definitions } from "./definitions.tsx";

/** Only for some, and only now and then. */
const PeoplePart = lazy(() =>
  import("../people/people-part.tsx").then((module) => ({ default: module.PeoplePart })),
);

/** For who has several accounts. */
const TemplatesPart = lazy(() =>
  import("./templates.tsx").then((module) => ({ default: module.TemplatesPart })),
);

/** Settings: what words mean here, and who may come in. */
export function SettingsPage(): ReactNode {
  const { t } = useSpeech();
  const { settings } = useAddress();
  const managesPeople = useMay("people");
  const defines = useMayEverywhere("define");
  return (
    <>
      <h1 className="page-title">{t("place.settings")}</h1>
      {managesPeople ? <Tabs current={settings} /> : null}
      {settings === "definitions" ? (
        <Definitions />
      ) : settings === "templates" ? (
        defines ? (
          <Suspense fallback={<Skeleton className="skeleton-table" />}>
            <TemplatesPart />
          </Suspense>
        ) : (
          <NotForThem />
        )
      ) : managesPeople ? (
        <Suspense fallback={<Skeleton className="skeleton-table" />}>
          <PeoplePart />
        </Suspense>
      ) : (
        <NotForThem />
      )}
    </>
  );
}

function NotForThem(): ReactNode {
  const { t } = useSpeech();
  return (
    <div className="empty">
      <h2>{t("access.none")}</h2>
      <p>{t("access.noneHelp")}</p>
    </div>
  );
}

function Tabs(props: { readonly current: SettingsTab }): ReactNode {
  const { t } = useSpeech();
  const defines = useMayEverywhere("define");
  const several = (useFacets().data?.accounts.length ?? 0) > 1;
  const shown = SETTINGS_TABS.filter(
    (tab) => tab !== "templates" || tab === props.current || (defines && several),
  );
  return (
    <nav className="tabs" aria-label={t("settings.parts")}>
      {shown.map((tab) => (
        <Tab key={tab} tab={tab} current={tab === props.current} />
      ))}
    </nav>
  );
}

function Tab(props: { readonly tab: SettingsTab; readonly current: boolean }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const { tab } = props;
  const target = useMemo<Address>(
    () => ({ ...HOME, place: "settings", settings: tab, selection }),
    [tab, selection],
  );
  const link = useLink(target);
  return (
    <a {...link} className="tab" aria-current={props.current ? "page" : undefined}>
      {t(`settings.tab.${tab}`)}
    </a>
  );
}
