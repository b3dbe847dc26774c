import { type ReactNode, useMemo } from "react";
import type { Currency } from "../../src/contract/formats.ts";
import type { SelectionInsight } from "../../src/contract/today.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered } from "../parts/panel.tsx";
import { useSelectionInsights } from "../query/today.ts";
import { type Address, HOME } from "../route/address.ts";
import { useAddress, useLink } from "../route/use-address.ts";
import { QuietButton } from "../today/insight-quiet.tsx";
import { Examining } from "./examining.tsx";
import { PictureView } from "./picture.tsx";
import { SqlText } from "./sql-text.tsx";
import { TabLink } from "./tab-link.tsx";
import { useTold } from "./told.ts";

/** What the data say about the business, one sentence each, the largest money first; those kept quiet last. */
export function InsightsView(): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const query = useSelectionInsights(selection);
  return (
    <Answered query={query} stacked skeleton={<Examining />}>
      {({ items, frame }) => {
        const heard = items.filter((one) => one.silenced === null);
        const quiet = items.filter((one) => one.silenced !== null);
        return (
          <>
            <p className="soft">
              {selection.from === null && selection.to === null
                ? t("insights.ofAll")
                : t("insights.ofDays", {
                    period: formats.period(frame.period.from, frame.period.to),
                  })}
            </p>
            {heard.length === 0 ? <p>{t("explore.noInsights")}</p> : null}
            <div className="insights">
              {heard.map((one) => (
                <InsightCard key={one.id} insight={one} money={frame} />
              ))}
            </div>
            {quiet.length > 0 ? (
              <details className="quiet-insights">
                <summary>
                  {t("insights.quiet")} ({formats.count(quiet.length)})
                </summary>
                <div className="insights">
                  {quiet.map((one) => (
                    <InsightCard key={one.id} insight={one} money={frame} />
                  ))}
                </div>
              </details>
            ) : null}
          </>
        );
      }}
    </Answered>
  );
}

/** The way to the campaigns that an insight names. */
function CampaignsLink(props: { readonly campaigns: readonly string[] }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const target = useMemo<Address>(
    () => ({
      ...HOME,
      place: "campaigns",
      selection: { ...selection, from: selection.from ?? "all", campaign: props.campaigns },
    }),
    [selection, props.campaigns],
  );
  const link = useLink(target);
  return (
    <p>
      <a {...link}>{t("insights.campaigns")}</a>
    </p>
  );
}

function InsightCard(props: {
  readonly insight: SelectionInsight;
  readonly money: Currency;
}): ReactNode {
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
      {insight.campaigns.length > 0 ? <CampaignsLink campaigns={insight.campaigns} /> : null}
      <details>
        <summary>{t("explore.sql")}</summary>
        <SqlText sql={insight.sql} />
      </details>
      <QuietButton insight={insight} />
    </article>
  );
}
