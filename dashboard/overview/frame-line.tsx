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
      </p>
      <StrayDays facets={facets} />
    </div>
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
