import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import type { MeAnswer } from "../src/contract/people.ts";
import { DataPage } from "./data/data-page.tsx";
import { FlowProvider } from "./data/flow-state.tsx";
import { ImportFlow } from "./data/import-flow.tsx";
import { usePreferences } from "./frame/preferences.ts";
import { Shell } from "./frame/shell.tsx";
import { SignIn } from "./frame/sign-in.tsx";
import { LanguageProvider, useSpeech } from "./i18n/language.tsx";
import { Overview } from "./overview/overview.tsx";
import { Failure, Skeleton } from "./parts/panel.tsx";
import { startLive } from "./query/live.ts";
import { useMe } from "./query/overview.ts";
import { HOME } from "./route/address.ts";
import { useAddress, useLink } from "./route/use-address.ts";

/** Opened seldom, so loaded when it is. */
const DefinitionsPage = lazy(() =>
  import("./settings/definitions-page.tsx").then((module) => ({ default: module.DefinitionsPage })),
);

/** The whole page in the reader's language. */
export function App(): ReactNode {
  const { language, digits } = usePreferences();
  return (
    <LanguageProvider language={language} digits={digits}>
      <Door />
    </LanguageProvider>
  );
}

/** Nothing is asked of the server before it knows who asks. */
function Door(): ReactNode {
  const { t } = useSpeech();
  const me = useMe();
  if (me.data) return <House me={me.data} />;
  if (me.error?.status === 401) return <SignIn />;
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
  useEffect(() => startLive(queries), [queries]);
  useEffect(() => {
    document.title = place === null ? t("app.name") : `${t(`place.${place}`)} · ${t("app.name")}`;
  }, [place, t]);
  return (
    <FlowProvider>
      <Shell me={props.me}>
        {place === "today" ? (
          <Overview />
        ) : place === "data" ? (
          <DataPage />
        ) : place === "settings" ? (
          <Suspense fallback={<Skeleton className="skeleton-chart" />}>
            <DefinitionsPage />
          </Suspense>
        ) : (
          <Nowhere />
        )}
      </Shell>
      <ImportFlow />
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
