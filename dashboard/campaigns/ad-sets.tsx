import type { ReactNode } from "react";
import type { AdSet, CampaignAnswer } from "../../src/contract/campaigns.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { IntervalLine } from "./drawer-facts.tsx";
import { PValue } from "./p-value.tsx";

const ALARM = 0.05;

/** Its ad sets: spend, how often they are clicked and seen, and whether they wear out. */
export function AdSets(props: { readonly answer: CampaignAnswer }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { adSets, frame, campaign } = props.answer;
  if (campaign.state === "never") return <p className="soft">{t("campaigns.state.never.means")}</p>;
  if (!adSets.known) return <p className="soft">{t("campaign.noAdSets")}</p>;
  return (
    <>
      <ScrollBox name={t("campaign.adSets")}>
        <table className="table table-ad-sets">
          <thead>
            <tr>
              <th scope="col">{t("campaign.adSet")}</th>
              <th scope="col" className="number">
                {t("column.spend")}
              </th>
              <th scope="col" className="number">
                {t("column.ctr")}
              </th>
              <th scope="col" className="number">
                {t("campaign.frequency")}
              </th>
              <th scope="col">{t("campaign.ctrByDay")}</th>
              <th scope="col">{t("campaign.wear")}</th>
            </tr>
          </thead>
          <tbody>
            {adSets.items.map((set) => (
              <tr key={set.id} data-id={set.id}>
                <th scope="row" className="cut-cell">
                  <bdi className="cut" title={set.id}>
                    {set.name ?? set.id}
                  </bdi>
                  <span className="label-soft">
                    <bdi>{formats.period(set.firstDay, set.lastDay)}</bdi>
                  </span>
                </th>
                <td className="number" data-column="spend" data-value={set.spendMinor ?? ""}>
                  <bdi title={formats.money(set.spendMinor, frame)}>
                    {formats.moneyShort(set.spendMinor, frame)}
                  </bdi>
                </td>
                <td className="number">
                  {formats.rate(set.ctr.value)}
                  <IntervalLine estimate={set.ctr} show={formats.rate} />
                </td>
                <td className="number">
                  <Frequency set={set} />
                </td>
                <td>
                  <Spark set={set} />
                </td>
                <td>
                  <Wear set={set} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="label-soft">
        {t("campaign.adSetsHow")} {adSets.tested > 0 ? n("campaign.tested", adSets.tested) : null}
      </p>
    </>
  );
}

function Frequency(props: { readonly set: AdSet }): ReactNode {
  const { t, formats } = useSpeech();
  const { frequency } = props.set;
  if (frequency === null) return formats.count(null);
  return (
    <>
      {formats.ratio(frequency.median)}
      <span className="label-soft interval">
        <bdi>
          {t("campaign.frequencySpan", {
            first: formats.ratio(frequency.first),
            last: formats.ratio(frequency.last),
          })}
        </bdi>
      </span>
    </>
  );
}

/** How the fitted rate of clicks moved from its first day to its last, with what that rests on. */
function Wear(props: { readonly set: AdSet }): ReactNode {
  const { t, formats } = useSpeech();
  const { trend } = props.set;
  if (trend === null) return <span className="soft">{t("campaign.wear.tooFew")}</span>;
  const worn = trend.pAdjusted < ALARM;
  const verdict = !worn ? "flat" : trend.ratio < 1 ? "falls" : "rises";
  return (
    <>
      <span
        className={verdict === "falls" ? "badge badge-warn" : "badge"}
        data-wear={verdict}
        data-value={trend.ratio}
      >
        {t(`campaign.wear.${verdict}`)}
      </span>
      <span className="label-soft interval">
        <bdi>
          {formats.change(trend.ratio - 1)} ({formats.change(trend.low - 1)} …{" "}
          {trend.high > 100 ? t("campaign.wear.open") : formats.change(trend.high - 1)})
        </bdi>{" "}
        {t("campaign.p")} <PValue p={trend.pAdjusted} />
      </span>
    </>
  );
}

const WIDTH = 120;
const HEIGHT = 28;

/** CTR of each day as a bar; a day without a row is a gap. */
function Spark(props: { readonly set: AdSet }): ReactNode {
  const { set } = props;
  const first = Date.parse(set.firstDay);
  const place = (day: string) => Math.round((Date.parse(day) - first) / 86_400_000);
  const rates = set.day.map((day, i) => {
    const [clicks, impressions] = [set.dayClicks[i], set.dayImpressions[i]];
    const known = clicks != null && impressions != null && impressions > 0;
    return { at: place(day), rate: known ? clicks / impressions : null };
  });
  const days = place(set.lastDay) + 1;
  const most = Math.max(0, ...rates.map(({ rate }) => rate ?? 0));
  if (most === 0) return null;
  const step = WIDTH / days;
  return (
    <svg
      className="spark-bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      {rates.map(({ at, rate }) =>
        rate === null ? null : (
          <rect
            key={at}
            x={at * step}
            y={HEIGHT - (rate / most) * HEIGHT}
            width={Math.max(1, Math.min(12, step - 1))}
            height={(rate / most) * HEIGHT}
          />
        ),
      )}
    </svg>
  );
}
