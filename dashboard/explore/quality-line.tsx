import { type ReactNode, useMemo } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { useFiguresCame } from "../query/ask-again.ts";
import { useSummary } from "../query/explore.ts";
import { EVERYTHING } from "../route/address.ts";
import { useAddress } from "../route/use-address.ts";
import { TabLink } from "./tab-link.tsx";
import { useTold } from "./told.ts";

/** On Today: whether the data can be trusted, and the first thing they say; each one click from where it is told. */
export function QualityLine(): ReactNode {
  const { t, n } = useSpeech();
  const told = useTold();
  const { selection } = useAddress();
  // What Today is opened for are its figures: the data are examined once those have come.
  const ready = useFiguresCame();
  const { data, error } = useSummary(selection.asOf, ready);
  // The sentence speaks of everything, whatever the filters of this page.
  const everything = useMemo(
    () => ({ selection: { ...EVERYTHING, asOf: selection.asOf } }),
    [selection.asOf],
  );
  // Its room is kept while the data are examined, so that the figures below do not move.
  if (!data) return error ? null : <div className="quality" />;
  const { insight } = data;
  const { critical, warning } = data.open;
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
