import type { ReactNode } from "react";
import { TabLink } from "../explore/tab-link.tsx";
import { useTold } from "../explore/told.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { useFiguresCame } from "../query/ask-again.ts";
import { useSelectionInsights } from "../query/today.ts";
import { useAddress } from "../route/use-address.ts";
import { QuietButton } from "./insight-quiet.tsx";

/** On Today only the dearest; the rest is one link away. */
const SHOWN = 3;

/** The first insights of the selection, in one sentence each. */
export function TopInsights(): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { selection } = useAddress();
  const query = useSelectionInsights(selection, useFiguresCame());
  return (
    <Panel title={t("insights.title")}>
      <Answered query={query} stacked skeleton={<Skeleton className="skeleton-waiting" />}>
        {({ items, frame }) => {
          const heard = items.filter((one) => one.silenced === null);
          const { period } = frame;
          const whole = selection.from === null && selection.to === null;
          return (
            <>
              <p className="label-soft">
                {whole || period.days === 0
                  ? t("insights.ofAll")
                  : t("insights.ofDays", { period: formats.period(period.from, period.to) })}
              </p>
              {heard.length === 0 ? <p className="soft">{t("insights.none")}</p> : null}
              <ol className="top-insights">
                {heard.slice(0, SHOWN).map((one) => (
                  <li key={one.id} data-insight={one.id}>
                    <p>
                      <strong>{told(one.title)}.</strong> {told(one.sentence)}
                    </p>
                    <QuietButton insight={one} />
                  </li>
                ))}
              </ol>
              {heard.length > SHOWN ? (
                <TabLink tab="insights">
                  {t("insights.all", { n: formats.count(heard.length) })}
                </TabLink>
              ) : null}
            </>
          );
        }}
      </Answered>
    </Panel>
  );
}
