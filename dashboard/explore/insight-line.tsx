import { type ReactNode, useMemo } from "react";
import type { Insight } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";
import { EVERYTHING } from "../route/address.ts";
import { useAddress } from "../route/use-address.ts";
import { TabLink } from "./tab-link.tsx";
import { useTold } from "./told.ts";

/** The sentence of an insight, and the way to where it is told in full. */
export function InsightLine(props: { readonly insight: Insight }): ReactNode {
  const { t } = useSpeech();
  const told = useTold();
  const { selection } = useAddress();
  const { insight } = props;
  // The sentence speaks of everything, whatever the filters of this page.
  const everything = useMemo(
    () => ({ selection: { ...EVERYTHING, asOf: selection.asOf } }),
    [selection.asOf],
  );
  return (
    <>
      {told(insight.sentence)}{" "}
      {insight.id === "ads-or-follow-up" ? (
        <TabLink tab="ads" part={everything}>
          {t("explore.tab.ads")}
        </TabLink>
      ) : (
        <TabLink tab="insights">{t("explore.tab.insights")}</TabLink>
      )}
    </>
  );
}
