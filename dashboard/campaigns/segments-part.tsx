import type { ReactNode } from "react";
import { SEGMENT_SORTS, SEGMENTATIONS } from "../../src/contract/names.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { ExportMenu } from "../export/export-menu.tsx";
import { useSpeech } from "../i18n/language.tsx";
import { FilterBar } from "../overview/filter-bar.tsx";
import { FrameLine } from "../overview/frame-line.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { segmentsParams, useSegments } from "../query/campaigns.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { SegmentPair } from "./segment-pair.tsx";
import { SegmentTable } from "./segment-table.tsx";
import { SlotMap } from "./slot-map.tsx";

/** Who differs: the selection in segments, each held against the others, and two of them side by side. */
export function SegmentsPart(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t, n } = useSpeech();
  const { selection, own, order, left, right } = useAddress();
  const by = SEGMENTATIONS.find((one) => one === own.seg) ?? "project";
  const natural = by === "age" || by === "weekday" || by === "budget" || by === "slot";
  const sort = SEGMENT_SORTS.find((one) => one === own.rank) ?? (natural ? "segment" : "spend");
  const direction = own.rank === undefined && natural ? "asc" : order;
  const params = segmentsParams(selection, { by, sort, order: direction });
  const query = useSegments(params);
  const frame = query.data?.frame;
  return (
    <>
      <FilterBar facets={props.facets} shown={frame?.period} />
      {frame ? <FrameLine frame={frame} facets={props.facets} /> : null}
      <Panel
        title={t("segments.title")}
        actions={
          <>
            <label>
              <span className="label-soft">{t("segments.by")}</span>{" "}
              <select
                className="input"
                value={by}
                onChange={(event) => {
                  const { rank: _rank, ...rest } = own;
                  changeAddress({
                    left: null,
                    right: null,
                    order: "desc",
                    own: { ...rest, seg: event.target.value },
                  });
                }}
              >
                {SEGMENTATIONS.map((one) => (
                  <option key={one} value={one}>
                    {t(`segments.by.${one}`)}
                  </option>
                ))}
              </select>
            </label>
            <ExportMenu table="segments" of={t("segments.title")} params={params} />
          </>
        }
      >
        <Answered query={query} stacked skeleton={<Skeleton className="skeleton-table" />}>
          {(answer) =>
            answer.segments === 0 ? (
              <p className="soft">
                {t(
                  by === "budget" && answer.frame.currency === null
                    ? "segments.mixedBudgets"
                    : "state.noRowsForFilters",
                )}
              </p>
            ) : (
              <>
                <p className="soft">
                  {answer.tested === 0
                    ? t("segments.noneTested")
                    : n("segments.tested", answer.tested)}{" "}
                  {by === "slot" ? t("segments.noSpend") : null}
                </p>
                {by === "slot" ? <SlotMap answer={answer} /> : null}
                <SegmentTable
                  answer={answer}
                  sort={sort}
                  order={direction}
                  left={left}
                  right={right}
                />
              </>
            )
          }
        </Answered>
      </Panel>
      {query.data ? <SegmentPair answer={query.data} by={by} left={left} right={right} /> : null}
    </>
  );
}
