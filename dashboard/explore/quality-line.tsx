import { type ReactNode, useMemo } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { useFindings, useInsights } from "../query/explore.ts";
import { EVERYTHING } from "../route/address.ts";
import { useAddress } from "../route/use-address.ts";
import { TabLink } from "./tab-link.tsx";
import { useTold } from "./told.ts";

/** On Today: whether the data can be trusted, and the first thing they say; each one click from where it is told. */
export function QualityLine(): ReactNode {
  const { t, n } = useSpeech();
  const told = useTold();
  const { selection } = useAddress();
  const asked = useFindings(selection.asOf);
  const findings = asked.data?.findings;
  const insight = useInsights(selection.asOf).data?.insights[0];
  // The sentence speaks of everything, whatever the filters of this page.
  const everything = useMemo(
    () => ({ selection: { ...EVERYTHING, asOf: selection.asOf } }),
    [selection.asOf],
  );
  // Its room is kept while the data are examined, so that the figures below do not move.
  if (!findings) return asked.error ? null : <div className="quality" />;
  const open = findings.filter((one) => one.treatments.length === 0);
  const critical = open.filter((one) => one.severity === "critical").length;
  const warning = open.filter((one) => one.severity === "warning").length;
  return (
    <aside className="quality" aria-label={t("explore.quality")}>
      <TabLink
        tab="health"
        className={`badge quality-badge ${critical > 0 ? "badge-bad" : warning > 0 ? "badge-warn" : "badge-good"}`}
      >
        <Icon name={critical + warning > 0 ? "warning" : "check"} />
        <span data-critical={critical} data-warning={warning}>
          {critical > 0
            ? n("explore.criticalOpen", critical)
            : warning > 0
              ? n("explore.warningsOpen", warning)
              : t("explore.noneOpen")}
        </span>
      </TabLink>
      {insight ? (
        <span className="quality-insight">
          {told(insight.sentence)}{" "}
          {insight.id === "ads-or-follow-up" ? (
            <TabLink tab="ads" part={everything}>
              {t("explore.tab.ads")}
            </TabLink>
          ) : (
            <TabLink tab="insights">{t("explore.tab.insights")}</TabLink>
          )}
        </span>
      ) : null}
    </aside>
  );
}
