import type { ReactNode } from "react";
import type { AdsOrFollowUpAnswer, AdsOrFollowUpItem } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { PHONE, useMedia } from "../parts/use-media.ts";
import { signed } from "./figures.ts";
import { GAP_PARTS, GapBars, largestGap } from "./gap-bars.tsx";
import { TabLink } from "./tab-link.tsx";

type Verdict = AdsOrFollowUpItem["verdict"];
const VERDICTS: Readonly<Record<Verdict, string>> = {
  ads: "badge badge-ads",
  follow_up: "badge badge-follow",
  lead_quality: "badge badge-quality",
  in_line: "badge",
  too_little: "badge badge-soft",
};

/** Each against its norm: the parts, what they add per qualified lead, and whom that speaks to. */
export function AdsTable(props: {
  readonly answer: AdsOrFollowUpAnswer;
  /** How much of whose spend open findings doubt, by id. */
  readonly doubted: ReadonlyMap<string, number>;
}): ReactNode {
  const { t, n } = useSpeech();
  const phone = useMedia(PHONE);
  const { answer, doubted } = props;
  if (answer.items.length === 0) return <p className="soft">{t("state.noRowsForFilters")}</p>;
  return (
    <>
      <p className="keys">
        {GAP_PARTS.map((part) => (
          <span key={part} className={`key key-${part}`}>
            {t(`explore.gap.${part}`)}
          </span>
        ))}
      </p>
      {phone ? (
        <AdsList answer={answer} doubted={doubted} />
      ) : (
        <WideTable answer={answer} doubted={doubted} />
      )}
      {answer.more > 0 ? <p className="soft">{n("count.restGroups", answer.more)}</p> : null}
    </>
  );
}

function VerdictBadge(props: { readonly verdict: Verdict }): ReactNode {
  const { t } = useSpeech();
  return <span className={VERDICTS[props.verdict]}>{t(`explore.verdict.${props.verdict}`)}</span>;
}

/** "+EGP 12.40 cost per lead, …": what the bars say, for those who do not see them. */
function useGapText(answer: AdsOrFollowUpAnswer): (item: AdsOrFollowUpItem) => string {
  const { t, formats } = useSpeech();
  return ({ gap }) => {
    if (gap === null) return t("explore.gapUnknown");
    const money = (minor: number) =>
      signed(Math.round(minor), (size) => formats.money(size, answer));
    return GAP_PARTS.map(
      (part) => `${t(`explore.gap.${part}`)}: ${money(gap[`${part}Minor`])}`,
    ).join(" · ");
  };
}

/** Beside a spend of which findings say that part of it was never spent. */
function Doubt(props: {
  readonly minor: number | undefined;
  readonly answer: AdsOrFollowUpAnswer;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { minor, answer } = props;
  if (minor === undefined) return null;
  return (
    <TabLink tab="health" className="sample doubt">
      {t("explore.inDoubt", { money: formats.moneyShort(minor, answer) })}
    </TabLink>
  );
}

type Shown = Parameters<typeof AdsTable>[0];

function WideTable(props: Shown): ReactNode {
  const { t, formats } = useSpeech();
  const { answer, doubted } = props;
  const gapText = useGapText(answer);
  const most = largestGap(answer.items);
  return (
    <ScrollBox name={t("explore.againstNorm")}>
      <table className="table table-ads">
        <thead>
          <tr>
            <th scope="col">{t(`column.${answer.by}`)}</th>
            <th scope="col" className="number">
              {t("column.spend")}
            </th>
            <th scope="col" className="number">
              {t("column.leads")}
            </th>
            <th scope="col" className="number">
              {t("kpi.cpl")}
            </th>
            <th scope="col" className="number">
              {t("explore.judgedShare")}
            </th>
            <th scope="col" className="number">
              {t("explore.qualifiedOfJudged")}
            </th>
            <th scope="col" className="number">
              {t("kpi.cpql")}
            </th>
            <th scope="col" className="number">
              {t("explore.norm")}
            </th>
            <th scope="col">{t("explore.gap")}</th>
            <th scope="col">{t("explore.verdict")}</th>
          </tr>
        </thead>
        <tbody>
          {answer.items.map((item) => (
            <tr key={`${item.account} ${item.id}`} data-id={item.id}>
              <th scope="row" className="ads-name">
                <bdi className="cut" title={item.name}>
                  {item.name}
                </bdi>
                {answer.by === "account" ? null : (
                  <bdi className="label-soft cut">{item.account}</bdi>
                )}
              </th>
              <td className="number" data-column="spend" data-value={item.spendMinor ?? ""}>
                <bdi title={formats.money(item.spendMinor, answer)}>
                  {formats.moneyShort(item.spendMinor, answer)}
                </bdi>
                <Doubt minor={doubted.get(item.id)} answer={answer} />
              </td>
              <td className="number" data-column="leads" data-value={item.leads}>
                {formats.count(item.leads)}
              </td>
              <td className="number" data-column="cpl" data-value={item.cplMinor.value ?? ""}>
                <bdi>{formats.moneyRough(item.cplMinor.value, answer)}</bdi>
              </td>
              <td className="number">
                {formats.rate(item.judgedShare.value)}
                <span className="sample">{formats.count(item.judged)}</span>
              </td>
              <td className="number">
                {formats.rate(item.qualifiedOfJudged.value)}
                <span className="sample">{formats.count(item.qualified)}</span>
              </td>
              <td className="number" data-column="cpql" data-value={item.cpqlMinor.value ?? ""}>
                <bdi>{formats.moneyRough(item.cpqlMinor.value, answer)}</bdi>
              </td>
              <td className="number soft">
                <bdi>{formats.moneyRough(item.norm?.cpqlMinor.value, answer)}</bdi>
              </td>
              <td title={gapText(item)}>
                <GapBars item={item} most={most} />
                <span className="sr-only">{gapText(item)}</span>
              </td>
              <td>
                <VerdictBadge verdict={item.verdict} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** On a phone: the name, whom it speaks to, and the two numbers that matter. */
function AdsList(props: Shown): ReactNode {
  const { t, formats } = useSpeech();
  const { answer, doubted } = props;
  const gapText = useGapText(answer);
  const most = largestGap(answer.items);
  return (
    <ul className="list ads-list">
      {answer.items.map((item) => (
        <li key={`${item.account} ${item.id}`} data-id={item.id}>
          <div className="list-name">
            <bdi className="cut">{item.name}</bdi>
            <VerdictBadge verdict={item.verdict} />
          </div>
          <dl className="two-numbers">
            <div>
              <dt>{t("column.spend")}</dt>
              <dd className="number">
                <bdi>{formats.moneyShort(item.spendMinor, answer)}</bdi>
                <Doubt minor={doubted.get(item.id)} answer={answer} />
              </dd>
            </div>
            <div>
              <dt>{t("column.cpql")}</dt>
              <dd className="number">
                <bdi>{formats.moneyRough(item.cpqlMinor.value, answer)}</bdi>
              </dd>
            </div>
          </dl>
          {item.gap === null ? null : <GapBars item={item} most={most} />}
          <span className="sr-only">{gapText(item)}</span>
        </li>
      ))}
    </ul>
  );
}
