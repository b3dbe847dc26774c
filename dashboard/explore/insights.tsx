import type { ReactNode } from "react";
import type { Insight } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered } from "../parts/panel.tsx";
import { useInsights } from "../query/explore.ts";
import { useAddress } from "../route/use-address.ts";
import { Examining } from "./examining.tsx";
import { PictureView } from "./picture.tsx";
import { SqlText } from "./sql-text.tsx";
import { TabLink } from "./tab-link.tsx";
import { useTold } from "./told.ts";
import { useMoney } from "./use-money.ts";

/** What the data say about the business, one sentence each, the largest money first. */
export function InsightsView(): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const query = useInsights(selection.asOf);
  const money = useMoney(selection.asOf);
  return (
    <Answered query={query} stacked skeleton={<Examining />}>
      {({ insights }) => (
        <>
          <p className="soft">{t("explore.insightsHelp")}</p>
          {insights.length === 0 ? <p>{t("explore.noInsights")}</p> : null}
          <div className="insights">
            {insights.map((one) => (
              <InsightCard key={one.id} insight={one} money={money} />
            ))}
          </div>
        </>
      )}
    </Answered>
  );
}

function InsightCard(props: { readonly insight: Insight; readonly money: Currency }): ReactNode {
  const { t, formats } = useSpeech();
  const told = useTold();
  const { insight, money } = props;
  const { estimate } = insight;
  const isShare =
    estimate?.value != null &&
    estimate.low !== null &&
    estimate.high !== null &&
    estimate.high <= 1;
  return (
    <article className="panel insight" data-insight={insight.id}>
      <h2>{told(insight.title)}</h2>
      <p>{told(insight.sentence)}</p>
      {isShare ? (
        <p className="label-soft">
          {formats.rate(estimate.value)} ·{" "}
          {t("kpi.interval", {
            low: formats.rate(estimate.low),
            high: formats.rate(estimate.high),
          })}
          {" · "}
          {t("kpi.sample", { n: formats.count(estimate.n) })}
        </p>
      ) : estimate?.n != null ? (
        <p className="label-soft">{t("kpi.sample", { n: formats.count(estimate.n) })}</p>
      ) : null}
      {insight.picture ? (
        <PictureView picture={insight.picture} money={money} name={told(insight.title)} />
      ) : null}
      {insight.advice ? <p className="advice">{told(insight.advice)}</p> : null}
      {insight.id === "ads-or-follow-up" ? (
        <p>
          <TabLink tab="ads">{t("explore.seeSplit")}</TabLink>
        </p>
      ) : null}
      <details>
        <summary>{t("explore.sql")}</summary>
        <SqlText sql={insight.sql} />
      </details>
    </article>
  );
}
