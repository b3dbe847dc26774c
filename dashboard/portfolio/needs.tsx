import type { ReactNode } from "react";
import type { PortfolioAnswer, PortfolioNeed } from "../../src/contract/portfolio.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Panel } from "../parts/panel.tsx";
import { useAddress, useLink } from "../route/use-address.ts";
import { narrowedTo } from "./narrowed-to.ts";

/** The accounts with most at stake, each with why and a way in. */
export function Needs(props: { readonly answer: PortfolioAnswer }): ReactNode {
  const { t } = useSpeech();
  const { needs, needsRankedBy, items } = props.answer;
  const aimless = items.every(({ targetMinor }) => targetMinor === null);
  return (
    <Panel title={t("portfolio.needs")} className="panel-needs">
      {needs.length === 0 ? (
        <p className="soft">{t("portfolio.needs.none")}</p>
      ) : (
        <>
          <p className="soft">
            {t(needsRankedBy === "money" ? "portfolio.needs.byMoney" : "portfolio.needs.byShare")}
          </p>
          <ol className="portfolio-needs">
            {needs.map((need) => (
              <Need key={need.account} need={need} />
            ))}
          </ol>
        </>
      )}
      {aimless ? <p className="soft">{t("portfolio.needs.noTarget")}</p> : null}
    </Panel>
  );
}

function Need(props: { readonly need: PortfolioNeed }): ReactNode {
  const { n, formats } = useSpeech();
  const { selection } = useAddress();
  const { need } = props;
  const link = useLink(narrowedTo(selection, need.account));
  const reasons = need.reasons.map(({ why, moneyMinor, share, n: count }) =>
    n(`portfolio.why.${why}`, count, {
      money: formats.moneyShort(moneyMinor, need),
      share: formats.rate(share),
    }),
  );
  return (
    <li data-account={need.account}>
      <a {...link} className="link">
        <bdi>{need.account}</bdi>
      </a>
      {" · "}
      <span>{formats.list(reasons)}</span>
    </li>
  );
}
