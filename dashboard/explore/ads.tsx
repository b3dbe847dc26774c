import type { ReactNode } from "react";
import type { Period } from "../../src/contract/common.ts";
import type { AdsOrFollowUpAnswer, CostSplit } from "../../src/contract/explore.ts";
import { spendInDoubt } from "../../src/contract/open.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { daysBetween } from "../format/days.ts";
import { useSpeech } from "../i18n/language.tsx";
import { FilterBar } from "../overview/filter-bar.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useAdsOrFollowUp, useFindings } from "../query/explore.ts";
import { useFacets } from "../query/overview.ts";
import type { Grouping } from "../route/address.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { AdsTable } from "./ads-table.tsx";

const SHOWN = 50;
const GROUPINGS: readonly Grouping[] = ["account", "project", "campaign"];

/** Whom the cost of a qualified lead speaks to: the ads, the follow-up, or the quality of the leads. */
export function AdsView(): ReactNode {
  const { t } = useSpeech();
  const { selection, by } = useAddress();
  const facets = useFacets().data;
  const query = useAdsOrFollowUp(selection, by, SHOWN);
  const findings = useFindings(selection.asOf).data?.findings ?? [];
  const whole = selection.to === null && (selection.from === null || selection.from === "all");
  return (
    <>
      {facets ? (
        <FilterBar facets={facets} shown={shownPeriod(facets, selection)} wholeByDefault />
      ) : null}
      <Answered query={query} stacked skeleton={<Skeleton className="skeleton-table" />}>
        {(answer) => (
          <>
            <NoQualified answer={answer} />
            <Panel title={t("explore.split")}>
              <Equation total={answer.total} answer={answer} />
              <details>
                <summary>{t("action.howComputed")}</summary>
                <ul className="how">
                  <li>{t("explore.how.split")}</li>
                  <li>{t("explore.how.norm")}</li>
                  <li>{t("explore.how.gap")}</li>
                  <li>{t("explore.how.verdict")}</li>
                  <li>{t("explore.how.judged")}</li>
                </ul>
              </details>
            </Panel>
            <Panel
              title={t("explore.againstNorm")}
              actions={
                <Segmented
                  name={t("explore.groupBy")}
                  value={by}
                  choices={GROUPINGS.map((value) => ({ value, label: t(`column.${value}`) }))}
                  onChange={(value) => changeAddress({ by: value })}
                />
              }
            >
              <AdsTable
                answer={answer}
                // Findings speak of all days: of fewer nobody knows what part is in doubt.
                doubted={spendInDoubt(answer, whole ? findings : [])}
              />
            </Panel>
          </>
        )}
      </Answered>
    </>
  );
}

/** The days meant: those chosen, or all there are. */
function shownPeriod(
  facets: FacetsAnswer,
  selection: { readonly from: string | null; readonly to: string | null },
): Period | undefined {
  const whole = selection.from === null || selection.from === "all";
  const from = whole ? facets.firstDay : selection.from;
  const to = selection.to ?? facets.lastDay;
  if (from === null || to === null) return undefined;
  return { from, to, days: daysBetween(from, to) };
}

/** The headline: money on campaigns whose leads were judged bad, and on those whose leads nobody judged. */
function NoQualified(props: { readonly answer: AdsOrFollowUpAnswer }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { answer } = props;
  const { noQualified, total } = answer;
  const parts = [
    { id: "neverJudged", name: t("explore.neverJudged"), part: noQualified.neverJudged },
    { id: "judgedBad", name: t("explore.judgedBad"), part: noQualified.judgedBad },
  ] as const;
  const whole = noQualified.spendMinor;
  const share = whole !== null && total.spendMinor ? whole / total.spendMinor : null;
  if (noQualified.campaigns === 0)
    return (
      <section className="panel">
        <p>{t(total.leads === 0 ? "state.noRowsForFilters" : "explore.allQualified")}</p>
      </section>
    );
  return (
    <section className="panel no-qualified" aria-label={t("explore.noQualified")}>
      <h2>
        {t("explore.noQualifiedSays", {
          campaigns: n("count.campaigns", noQualified.campaigns),
          leads: n("count.leads", noQualified.leads),
          money: formats.moneyShort(whole, answer),
          share: formats.rate(share),
        })}
      </h2>
      {noQualified.undecidedShare === null ? null : (
        <p data-undecided={noQualified.undecidedShare}>
          {t("explore.noQualifiedUndecided", { share: formats.rate(noQualified.undecidedShare) })}
        </p>
      )}
      {whole ? (
        <div className="split-bar" aria-hidden="true">
          {parts.map(({ id, part }) => (
            <span key={id} className={`split-${id}`} style={{ flexGrow: part.spendMinor ?? 0 }} />
          ))}
        </div>
      ) : null}
      <dl className="split-parts">
        {parts.map(({ id, name, part }) => (
          <div key={id} className={`split-key split-key-${id}`} data-part={id}>
            <dt>{name}</dt>
            <dd data-spend={part.spendMinor ?? ""}>
              <bdi className="summary-value">{formats.moneyShort(part.spendMinor, answer)}</bdi>
              <span className="soft">
                {n("count.campaigns", part.campaigns)} · {n("count.leads", part.leads)}
              </span>
            </dd>
            <dd className="soft">{t(`explore.${id}.means`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Cost per lead ÷ share judged ÷ share qualified of the judged = cost per qualified lead. */
function Equation(props: {
  readonly total: CostSplit;
  readonly answer: AdsOrFollowUpAnswer;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { total, answer } = props;
  const terms = [
    { sign: "", id: "cpl", name: t("kpi.cpl"), value: formats.money(total.cplMinor.value, answer) },
    {
      sign: "÷",
      id: "judged",
      name: t("explore.judgedShare"),
      value: formats.rate(total.judgedShare.value),
    },
    {
      sign: "÷",
      id: "qualified",
      name: t("explore.qualifiedOfJudged"),
      value: formats.rate(total.qualifiedOfJudged.value),
    },
    {
      sign: "=",
      id: "cpql",
      name: t("kpi.cpql"),
      value: formats.money(total.cpqlMinor.value, answer),
    },
  ];
  return (
    <dl className="equation">
      {terms.map(({ sign, id, name, value }) => (
        <div key={id} data-sign={sign}>
          <dt className="label-soft">{name}</dt>
          <dd className="summary-value">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
