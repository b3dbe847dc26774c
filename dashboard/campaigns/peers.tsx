import type { ReactNode } from "react";
import type { CampaignAnswer, PeerMeasure } from "../../src/contract/campaigns.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { IntervalLine } from "./drawer-facts.tsx";

/** Where it stands among campaigns of the same project or account. */
export function Peers(props: { readonly answer: CampaignAnswer }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { peers, frame } = props.answer;
  if (peers === null) return <p className="soft">{t("campaign.noPeers")}</p>;
  const show = (measure: PeerMeasure["measure"]) => (value: number | null) =>
    measure === "ctr" ? formats.rate(value) : formats.moneyRough(value, frame);
  return (
    <>
      <p className="soft">
        {t(`campaign.peersOf.${peers.group}`, {
          name: peers.name,
          n: n("count.campaigns", peers.campaigns),
        })}
      </p>
      <ScrollBox name={t("campaign.peers")}>
        <table className="table table-peers">
          <thead>
            <tr>
              <th scope="col">{t("campaign.measure")}</th>
              <th scope="col" className="number">
                {t("campaign.own")}
              </th>
              <th scope="col" className="number">
                {t("campaign.pooled")}
              </th>
              <th scope="col" className="number">
                {t("campaign.shrunken")}
              </th>
              <th scope="col" className="number">
                {t("campaign.place")}
              </th>
            </tr>
          </thead>
          <tbody>
            {peers.measures.map((one) => {
              const text = show(one.measure);
              return (
                <tr key={one.measure} data-measure={one.measure}>
                  <th scope="row">{t(`column.${one.measure}`)}</th>
                  <td className="number">
                    <bdi>{text(one.own.value)}</bdi>
                    {one.own.n === null ? null : <IntervalLine estimate={one.own} show={text} />}
                  </td>
                  <td className="number">
                    <bdi>{text(one.pooled)}</bdi>
                  </td>
                  <td className="number">
                    {one.own.n === null ? (
                      formats.count(null)
                    ) : one.shrunken === null ? (
                      <span className="soft">{t("campaign.notShrunken")}</span>
                    ) : (
                      <>
                        <bdi>{text(one.shrunken.value)}</bdi>
                        <span className="label-soft interval">
                          <bdi>
                            {one.shrunken.high === null
                              ? t("kpi.intervalFrom", { low: text(one.shrunken.low) })
                              : t("kpi.interval", {
                                  low: text(one.shrunken.low),
                                  high: text(one.shrunken.high),
                                })}
                          </bdi>{" "}
                          {t("campaign.ownWeight", { share: formats.rate(one.ownWeight) })}
                        </span>
                      </>
                    )}
                  </td>
                  <td className="number">
                    {one.own.n === null
                      ? formats.count(null)
                      : one.place === null
                        ? t("campaign.noPlace")
                        : t("campaign.placeOf", {
                            place: formats.count(one.place),
                            of: formats.count(one.of),
                          })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
      <p className="label-soft">{t("campaign.peersHow")}</p>
    </>
  );
}
