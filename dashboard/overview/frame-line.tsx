import type { ReactNode } from "react";
import type { FacetsAnswer, Frame } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { changeSelection, useAddress } from "../route/use-address.ts";
import { clippedEnd } from "./period-filter.tsx";

/** Under the filters: what the figures are compared with, and what about them one would not expect. */
export function FrameLine(props: {
  readonly frame: Frame;
  readonly facets: FacetsAnswer;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { frame, facets } = props;
  const { previous } = frame;
  return (
    <div className="compared soft">
      {frame.recomputing ? (
        <p role="status">
          <strong>{t("overview.recomputing")}</strong>
        </p>
      ) : null}
      <p>
        {previous
          ? t("overview.compared", { period: formats.period(previous.from, previous.to) })
          : t("overview.noPrevious")}
        <WholeTime frame={frame} facets={facets} />
      </p>
      <StrayDays facets={facets} />
    </div>
  );
}

/** Beside days that nobody chose: the way to all there are, of which these may be a thin end. */
function WholeTime(props: { readonly frame: Frame; readonly facets: FacetsAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const { firstDay, lastDay } = props.facets;
  if (selection.from !== null || firstDay === null || lastDay === null) return null;
  if (props.frame.period.from <= firstDay) return null;
  return (
    <>
      {" · "}
      <button
        type="button"
        className="link"
        onClick={() => changeSelection({ from: "all", to: clippedEnd(props.facets) })}
      >
        {t("overview.showWhole", { period: formats.period(firstDay, lastDay) })}
      </button>
    </>
  );
}

/** Under "all data": whether rows dated in the future are among it, and the way to the other choice. */
function StrayDays(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t, formats } = useSpeech();
  const { selection } = useAddress();
  const { endDay } = props.facets;
  const clipped = clippedEnd(props.facets);
  if (selection.from !== "all" || clipped === null || endDay === null) return null;
  const counted = selection.to === null || selection.to > clipped;
  const days = { day: formats.day(clipped), end: formats.day(endDay) };
  return (
    <p>
      {t(counted ? "overview.strayIn" : "overview.strayLeft", days)}{" "}
      <button
        type="button"
        className="link"
        onClick={() => changeSelection({ from: "all", to: counted ? clipped : null })}
      >
        {t(counted ? "overview.strayLeave" : "overview.strayCount")}
      </button>
    </p>
  );
}
