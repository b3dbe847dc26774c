import type { ReactNode } from "react";
import type { AdsOrFollowUpItem } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { lifeOf } from "../query/campaigns.ts";
import { useAdsOrFollowUp } from "../query/explore.ts";
import { useAddress } from "../route/use-address.ts";

const NOTICES: Readonly<Record<AdsOrFollowUpItem["verdict"], string>> = {
  ads: "notice notice-warn",
  follow_up: "notice notice-warn",
  lead_quality: "notice notice-warn",
  in_line: "notice notice-plain",
  too_little: "notice notice-plain",
};

/** Whether what its qualified leads cost speaks to the ads or to the follow-up, against its account. */
export function Verdict(props: { readonly id: string }): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const query = useAdsOrFollowUp(lifeOf(props.id, selection), "campaign", 1);
  return (
    <section aria-label={t("campaigns.tab.ads")}>
      <Answered query={query} skeleton={<Skeleton className="skeleton-filters" />}>
        {(answer) => {
          const item = answer.items[0];
          if (item === undefined) return <p className="soft">{t("campaign.noVerdict")}</p>;
          const { norm } = item;
          return (
            <div className={NOTICES[item.verdict]} data-verdict={item.verdict}>
              <div className="notice-text">
                <p>
                  <strong>{t(`campaign.verdict.${item.verdict}`)}</strong>
                </p>
                {norm === null ? null : (
                  <p className="soft">
                    {t("campaign.againstAccount", {
                      cpl: formats.moneyRough(item.cplMinor.value, answer),
                      normCpl: formats.moneyRough(norm.cplMinor.value, answer),
                      judged: formats.rate(item.judgedShare.value),
                      normJudged: formats.rate(norm.judgedShare.value),
                      qualified: formats.rate(item.qualifiedOfJudged.value),
                      normQualified: formats.rate(norm.qualifiedOfJudged.value),
                    })}
                  </p>
                )}
              </div>
            </div>
          );
        }}
      </Answered>
    </section>
  );
}
