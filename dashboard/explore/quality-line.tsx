import type { ReactNode } from "react";
import { useSpeech } from "../i18n/language.tsx";
import { Icon } from "../parts/icon.tsx";
import { useFiguresCame } from "../query/ask-again.ts";
import { useSummary } from "../query/explore.ts";
import { useAddress } from "../route/use-address.ts";
import { InsightLine } from "./insight-line.tsx";
import { TabLink } from "./tab-link.tsx";
import { useLong } from "./use-long.ts";

/** On Today: whether the data can be trusted, and the first thing they say; each one click from where it is told. */
export function QualityLine(): ReactNode {
  const { t, n } = useSpeech();
  const { selection } = useAddress();
  // What Today is opened for are its figures: the data are examined once those have come.
  const ready = useFiguresCame();
  const { data, error } = useSummary(selection.asOf, ready);
  const long = useLong();
  // Its room is kept while the data are examined, so that the figures below do not move.
  if (!data) {
    return error ? null : (
      <p className="quality soft">{long ? t("explore.examiningShort") : null}</p>
    );
  }
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
          <InsightLine insight={insight} />
        </span>
      ) : null}
    </aside>
  );
}
