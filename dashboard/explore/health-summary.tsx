import type { ReactNode } from "react";
import type { Finding, Waterfall } from "../../src/contract/explore.ts";
import { openFindings, waitingQuestions } from "../../src/contract/open.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useInsights, useQuestions } from "../query/explore.ts";
import { useAddress } from "../route/use-address.ts";
import { signed } from "./figures.ts";
import { InsightLine } from "./insight-line.tsx";
import { TabLink } from "./tab-link.tsx";

/** In one line of sight: how much is wrong, what it does to the totals, what is to be asked. */
export function HealthSummary(props: {
  readonly findings: readonly Finding[];
  readonly waterfall: Waterfall | null | undefined;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const { selection } = useAddress();
  const { findings, waterfall } = props;
  const questions = useQuestions(selection.asOf).data?.questions ?? [];
  const open = waitingQuestions(questions, findings).length;
  const { critical, warning, info } = openFindings(findings);
  const costs = useInsights(selection.asOf).data?.insights.find(
    ({ id }) => id === "ads-or-follow-up",
  );
  const change =
    waterfall?.proposed.spendMinor == null || waterfall.spend.corrected === null
      ? null
      : waterfall.proposed.spendMinor - waterfall.spend.corrected;
  const differs =
    waterfall != null &&
    (waterfall.proposed.spendMinor !== waterfall.spend.corrected ||
      waterfall.proposed.leads !== waterfall.leads.corrected);
  return (
    <>
      <div className="summary">
        <section className="panel" aria-label={t("explore.wrong")}>
          <h2 className="label-soft">{t("explore.wrong")}</h2>
          <p className="summary-value" data-critical={critical} data-warning={warning}>
            {critical > 0
              ? n("explore.critical", critical)
              : warning > 0
                ? n("explore.warnings", warning)
                : t("explore.nothingWrong")}
          </p>
          <p className="soft">
            {critical > 0 && warning > 0 ? <>{n("explore.warnings", warning)} · </> : null}
            {n("explore.infos", info)}
          </p>
        </section>
        {waterfall ? (
          <>
            <section className="panel" aria-label={t("explore.spendCorrected")}>
              <h2 className="label-soft">{t("explore.spendCorrected")}</h2>
              <p
                className="summary-value"
                data-corrected={waterfall.spend.corrected ?? ""}
                title={formats.money(waterfall.spend.corrected, waterfall)}
              >
                <bdi>{formats.moneyShort(waterfall.spend.corrected, waterfall)}</bdi>
              </p>
              <p className="soft" data-raw={waterfall.spend.raw ?? ""}>
                {t("kpi.raw", { value: formats.money(waterfall.spend.raw, waterfall) })}
              </p>
              {differs ? (
                <p data-proposed={waterfall.proposed.spendMinor ?? ""}>
                  {t("explore.ifAcceptedIs", {
                    value: formats.money(waterfall.proposed.spendMinor, waterfall),
                  })}
                  {change ? (
                    <>
                      {" "}
                      <strong className="nowrap">
                        <bdi>{signed(change, (size) => formats.moneyShort(size, waterfall))}</bdi>
                      </strong>
                    </>
                  ) : null}
                </p>
              ) : null}
            </section>
            <section className="panel" aria-label={t("explore.leadsCorrected")}>
              <h2 className="label-soft">{t("explore.leadsCorrected")}</h2>
              <p className="summary-value" data-corrected={waterfall.leads.corrected ?? ""}>
                {formats.count(waterfall.leads.corrected)}
              </p>
              <p className="soft" data-raw={waterfall.leads.raw ?? ""}>
                {t("kpi.raw", { value: formats.count(waterfall.leads.raw) })}
              </p>
              {differs && waterfall.proposed.leads !== waterfall.leads.corrected ? (
                <p>
                  {t("explore.ifAcceptedIs", { value: formats.count(waterfall.proposed.leads) })}
                </p>
              ) : null}
            </section>
          </>
        ) : null}
        <section className="panel" aria-label={t("explore.ask")}>
          <h2 className="label-soft">{t("explore.ask")}</h2>
          <p className="summary-value" data-open={open}>
            {n("explore.openQuestions", open)}
          </p>
          <p>
            <TabLink tab="questions">{t("explore.toQuestions")}</TabLink>
          </p>
        </section>
      </div>
      {costs ? (
        <section className="panel summary-costs" aria-label={t("explore.costs")}>
          <h2 className="label-soft">{t("explore.costs")}</h2>
          <p>
            <InsightLine insight={costs} />
          </p>
        </section>
      ) : null}
    </>
  );
}
