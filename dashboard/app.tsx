import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, useEffect, useRef } from "react";
import type { MeAnswer } from "../src/contract/people.ts";
import { FlowProvider } from "./data/flow-state.tsx";
import { usePreferences } from "./frame/preferences.ts";
import { Shell } from "./frame/shell.tsx";
import { SignIn } from "./frame/sign-in.tsx";
import { LanguageProvider, useSpeech } from "./i18n/language.tsx";
import { Overview } from "./overview/overview.tsx";
import { later } from "./parts/later.ts";
import { Failure, Skeleton } from "./parts/panel.tsx";
import { startLive } from "./query/live.ts";
import { useMay, useMayEverywhere } from "./query/may.ts";
import { useMe } from "./query/overview.ts";
import { useSession } from "./query/session.ts";
import { HOME, SIGN_IN } from "./route/address.ts";
import { goTo, useAddress, useLink } from "./route/use-address.ts";

/** A place of its own, so loaded when it is gone to. */
const CampaignsPage = later(
  async () => (await import("./campaigns/campaigns-page.tsx")).CampaignsPage,
);

const MyLeads = later(async () => (await import("./work/my-leads.tsx")).MyLeads);
const DataPage = later(async () => (await import("./data/data-page.tsx")).DataPage);

/** Not needed before the first figures, so it comes beside them. */
const ImportFlow = later(async () => (await import("./data/import-flow.tsx")).ImportFlow);

/** Opened seldom, so loaded when it is. */
const SettingsPage = later(async () => (await import("./settings/settings-page.tsx")).SettingsPage);

const LeadsPage = later(async () => (await import("./leads/leads-page.tsx")).LeadsPage);

/** The whole page in the reader's language. */
export function App(): ReactNode {
  const { language, digits } = usePreferences();
  return (
    <LanguageProvider language={language} digits={digits}>
      <Door />
    </LanguageProvider>
  );
}

/** Whoever has no session signs in; then the page stands where it did. */
function Door(): ReactNode {
  return useSession() ? <Known /> : <SignIn />;
}

/** Nothing else is asked of the server before it knows who asks. */
function Known(): ReactNode {
  const { t } = useSpeech();
  const me = useMe();
  if (me.data) return <House me={me.data} />;
  return (
    <main className="alone">
      <h1 className="sr-only">{t("app.name")}</h1>
      {me.error ? (
        <Failure error={me.error} onRetry={() => void me.refetch()} />
      ) : (
        <div role="status">
          <span className="sr-only">{t("app.loading")}</span>
          <Skeleton className="skeleton-cards" />
        </div>
      )}
    </main>
  );
}

function House(props: { readonly me: MeAnswer }): ReactNode {
  const { t, language } = useSpeech();
  const { place } = useAddress();
  const queries = useQueryClient();
  // What the server said, it said in the language of then.
  const said = useRef(language);
  useEffect(() => {
    if (said.current === language) return;
    said.current = language;
    void queries.invalidateQueries();
  }, [language, queries]);
  const figures = useMay("figures");
  const imports = useMayEverywhere("import");
  useEffect(() => (figures ? startLive(queries) : undefined), [figures, queries]);
  useEffect(() => {
    // Whoever is signed in has no business at the door.
    if (location.pathname === SIGN_IN) goTo(HOME, { replace: true });
  }, []);
  useEffect(() => {
    // Whoever sees no figures has one place.
    if (!figures && place !== "mine") goTo({ ...HOME, place: "mine" }, { replace: true });
  }, [figures, place]);
  useEffect(() => {
    document.title = place === null ? t("app.name") : `${t(`place.${place}`)} · ${t("app.name")}`;
  }, [place, t]);
  return (
    <FlowProvider>
      <Shell me={props.me}>
        {place === "mine" || !figures ? (
          <Suspense fallback={<Skeleton className="skeleton-table" />}>
            <MyLeads me={props.me} />
          </Suspense>
        ) : place === "today" ? (
          <Overview />
        ) : place === "campaigns" ? (
          <Suspense fallback={<Skeleton className="skeleton-table" />}>
            <CampaignsPage />
          </Suspense>
        ) : place === "data" ? (
          <Suspense fallback={<Skeleton className="skeleton-table" />}>
            <DataPage />
          </Suspense>
        ) : place === "leads" ? (
          <Suspense fallback={<Skeleton className="skeleton-table" />}>
            <LeadsPage />
          </Suspense>
        ) : place === "settings" ? (
          <Suspense fallback={<Skeleton className="skeleton-chart" />}>
            <SettingsPage />
          </Suspense>
        ) : (
          <Nowhere />
        )}
      </Shell>
      {imports ? (
        <Suspense fallback={null}>
          <ImportFlow />
        </Suspense>
      ) : null}
    </FlowProvider>
  );
}

function Nowhere(): ReactNode {
  const { t } = useSpeech();
  const home = useLink(HOME);
  return (
    <div className="empty">
      <h1>{t("state.unknownPlace")}</h1>
      <a {...home} className="button button-main">
        {t("state.goToday")}
      </a>
    </div>
  );
}
