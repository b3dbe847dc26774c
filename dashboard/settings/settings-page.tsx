import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Skeleton } from "../parts/panel.tsx";
import { useMay } from "../query/may.ts";
import { type Address, HOME, SETTINGS_TABS, type SettingsTab } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { Definitions } from "./definitions.tsx";

/** Only for some, and only now and then. */
const PeoplePart = lazy(() =>
  import("../people/people-part.tsx").then((module) => ({ default: module.PeoplePart })),
);

/** Settings: what words mean here, and who may come in. */
export function SettingsPage(): ReactNode {
  const { t } = useSpeech();
  const { settings } = useAddress();
  const managesPeople = useMay("people");
  return (
    <>
      <h1 className="page-title">{t("place.settings")}</h1>
      {managesPeople ? <Tabs current={settings} /> : null}
      {settings === "definitions" ? (
        <Definitions />
      ) : managesPeople ? (
        <Suspense fallback={<Skeleton className="skeleton-table" />}>
          <PeoplePart />
        </Suspense>
      ) : (
        <div className="empty">
          <h2>{t("access.none")}</h2>
          <p>{t("access.noneHelp")}</p>
        </div>
      )}
    </>
  );
}

function Tabs(props: { readonly current: SettingsTab }): ReactNode {
  const { t } = useSpeech();
  return (
    <nav className="tabs" aria-label={t("settings.parts")}>
      {SETTINGS_TABS.map((tab) => (
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
