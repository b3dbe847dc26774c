import type { ReactNode } from "react";
import type { CampaignRow } from "../../src/contract/campaigns.ts";
import { useSpeech } from "../i18n/language.tsx";

const BADGES = { live: "badge badge-good", ended: "badge", never: "badge badge-warn" } as const;

/** Whether a campaign runs, as far as the data tell. */
export function StateBadge(props: { readonly state: CampaignRow["state"] }): ReactNode {
  const { t, formats } = useSpeech();
  const { state } = props;
  if (state === null)
    return <span title={t("campaigns.state.unknown")}>{formats.count(null)}</span>;
  return (
    <span className={BADGES[state]} title={t(`campaigns.state.${state}.means`)} data-state={state}>
      {t(`campaigns.state.${state}`)}
    </span>
  );
}
