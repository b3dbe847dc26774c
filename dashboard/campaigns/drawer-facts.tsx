import type { ReactNode } from "react";
import type { CampaignAnswer } from "../../src/contract/campaigns.ts";
import type { Estimate } from "../../src/contract/common.ts";
import { useSpeech } from "../i18n/language.tsx";
import { changeAddress } from "../route/use-address.ts";
import { StateBadge } from "./state-badge.tsx";

/** What the campaign is: whose, for which project, with which budget, from when to when. */
export function Facts(props: { readonly answer: CampaignAnswer }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { campaign, frame } = props.answer;
  const { firstDay, lastDay, startTime, stopTime } = campaign;
  const none = formats.count(null);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t("campaign.id"),
      <span key="id" className="code">
        {campaign.campaignId}
      </span>,
    ],
    [t("column.project"), campaign.project ?? none],
    [t("column.account"), campaign.account],
    [t("column.budget"), formats.money(campaign.dailyBudgetMinor, frame)],
    [
      t("campaign.planned"),
      `${startTime ? formats.wallTime(startTime) : none} – ${stopTime ? formats.wallTime(stopTime) : none}`,
    ],
    [
      t("campaign.delivered"),
      firstDay && lastDay
        ? `${formats.period(firstDay, lastDay)} · ${n("count.days", campaign.days)}`
        : none,
    ],
  ];
  return (
    <>
      <p className="campaign-life">
        <StateBadge state={campaign.state} />{" "}
        <span className="soft">
          {t("campaign.wholeLife")} · {t(`basis.${frame.basis}`)}
          {frame.asOf === null ? null : ` · ${t("filters.asOf", { day: formats.day(frame.asOf) })}`}
        </span>
      </p>
      <dl className="facts-list campaign-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Its figures with their intervals; each opens the rows behind it. */
export function Figures(props: { readonly answer: CampaignAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { campaign, cost, frame } = props.answer;
  const money = (minor: number | null) => formats.moneyRough(minor, frame);
  const tiles: readonly {
    readonly kpi: string;
    readonly name: string;
    readonly value: string;
    readonly exact: number | null;
    readonly estimate?: Estimate;
    readonly show?: (value: number | null) => string;
  }[] = [
    {
      kpi: "spend",
      name: t("kpi.spend"),
      value: formats.moneyShort(campaign.spendMinor, frame),
      exact: campaign.spendMinor,
    },
    {
      kpi: "leads",
      name: t("kpi.leads"),
      value: formats.count(campaign.leads),
      exact: campaign.leads,
    },
    {
      kpi: "qualified",
      name: t("kpi.qualified"),
      value: formats.count(campaign.qualified),
      exact: campaign.qualified,
    },
    {
      kpi: "ctr",
      name: t("column.ctr"),
      value: formats.rate(campaign.ctr),
      exact: campaign.ctr,
    },
    {
      kpi: "cpl",
      name: t("column.cpl"),
      value: money(cost.cplMinor.value),
      exact: cost.cplMinor.value,
      estimate: cost.cplMinor,
      show: money,
    },
    {
      kpi: "cpql",
      name: t("column.cpql"),
      value: money(cost.cpqlMinor.value),
      exact: cost.cpqlMinor.value,
      estimate: cost.cpqlMinor,
      show: money,
    },
    {
      kpi: "leads",
      name: t("explore.judgedShare"),
      value: formats.rate(cost.judgedShare.value),
      exact: cost.judgedShare.value,
      estimate: cost.judgedShare,
      show: formats.rate,
    },
    {
      kpi: "conversionRate",
      name: t("explore.qualifiedOfJudged"),
      value: formats.rate(cost.qualifiedOfJudged.value),
      exact: cost.qualifiedOfJudged.value,
      estimate: cost.qualifiedOfJudged,
      show: formats.rate,
    },
  ];
  return (
    <ul className="campaign-figures">
      {tiles.map((tile) => (
        <li key={tile.name} data-figure={tile.name} data-value={tile.exact ?? ""}>
          <button
            type="button"
            className="link label-soft"
            title={t("action.showRows")}
            onClick={() => changeAddress({ kpi: tile.kpi, view: "rows", stage: null, table: null })}
          >
            {tile.name}
          </button>
          <strong>
            <bdi>{tile.value}</bdi>
          </strong>
          {tile.estimate && tile.show ? (
            <IntervalLine estimate={tile.estimate} show={tile.show} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** "95 %: a – b · n = 12", as far as there is one. */
export function IntervalLine(props: {
  readonly estimate: Estimate;
  readonly show: (value: number | null) => string;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { low, high, n } = props.estimate;
  const { show } = props;
  const interval =
    low === null
      ? null
      : high === null
        ? t("kpi.intervalFrom", { low: show(low) })
        : t("kpi.interval", { low: show(low), high: show(high) });
  return (
    <span className="label-soft interval">
      {interval ? <bdi>{interval}</bdi> : null}{" "}
      <bdi className="whole">{t("kpi.sample", { n: formats.count(n) })}</bdi>
    </span>
  );
}
