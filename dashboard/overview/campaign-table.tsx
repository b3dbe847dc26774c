import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import type { CampaignRow, CampaignsAnswer } from "../../src/contract/campaigns.ts";
import type { Frame, Tally } from "../../src/contract/overview.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { NARROW, useMedia } from "../parts/use-media.ts";
import { CAMPAIGN_COLUMNS, type CampaignSort, type Order } from "../route/address.ts";
import { changeAddress } from "../route/use-address.ts";
import { CampaignName, type More } from "./campaigns.tsx";
import { columnName, type TallyColumn, tallyText, tallyTitle, tallyValue } from "./tally.ts";

const ROW_PX = 32;
const TEXT_COLUMNS = new Set<CampaignSort>(["campaign", "project", "account", "start"]);
/** Left out where the window is too narrow for all; sorting by them still works through the address. */
const WIDE_ONLY = new Set<CampaignSort>(["impressions", "clicks", "start"]);

/** The virtual table: only the rows in sight are in the document, and further pages come as one scrolls. */
export function CampaignTable(props: {
  readonly first: CampaignsAnswer;
  readonly rows: readonly CampaignRow[];
  readonly more: More;
  readonly sort: CampaignSort;
  readonly order: Order;
}): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { first, rows, more } = props;
  const { frame } = first;
  const narrow = useMedia(NARROW);
  const columns = CAMPAIGN_COLUMNS.filter((column) => !(narrow && WIDE_ONLY.has(column)));
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more.has && !more.loading && lastShown >= rows.length - 20) more.load();
  }, [more, lastShown, rows.length]);

  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <ScrollBox ref={box} className="table-virtual" name={t("campaigns.title")}>
      <table className="table table-campaigns" aria-rowcount={first.total + 2}>
        <colgroup>
          {columns.map((column) => (
            <col key={column} className={`col-${column}`} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head
                key={column}
                column={column}
                frame={frame}
                sort={props.sort}
                order={props.order}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Gap px={before} span={columns.length} /> : null}
          {shown.map((item) => {
            const row = rows[item.index] as CampaignRow;
            return (
              <tr key={row.campaignId} data-id={row.campaignId} aria-rowindex={item.index + 2}>
                {columns.map((column) =>
                  TEXT_COLUMNS.has(column) ? (
                    <TextCell key={column} row={row} column={column} />
                  ) : (
                    <NumberCell
                      key={column}
                      tally={row}
                      column={column as TallyColumn}
                      frame={frame}
                    />
                  ),
                )}
              </tr>
            );
          })}
          {after > 0 ? <Gap px={after} span={columns.length} /> : null}
        </tbody>
        <tfoot>
          <tr data-id="total" aria-rowindex={first.total + 2}>
            <th scope="row" colSpan={columns.filter((column) => TEXT_COLUMNS.has(column)).length}>
              {t("campaigns.total", { n: formats.count(first.total) })}
              {more.loading ? <span className="soft"> · {t("campaigns.loadingMore")}</span> : null}
            </th>
            {columns
              .filter((column) => !TEXT_COLUMNS.has(column))
              .map((column) => (
                <NumberCell
                  key={column}
                  tally={first.totals}
                  column={column as TallyColumn}
                  frame={frame}
                />
              ))}
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  );
}

/** Stands for the rows that are not in the document. */
function Gap(props: { readonly px: number; readonly span: number }): ReactNode {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row cannot take the focus
    <tr aria-hidden="true" className="gap">
      <td colSpan={props.span} style={{ blockSize: props.px }} />
    </tr>
  );
}

function Head(props: {
  readonly column: CampaignSort;
  readonly frame: Frame;
  readonly sort: CampaignSort;
  readonly order: Order;
}): ReactNode {
  const speech = useSpeech();
  const { column, sort, order } = props;
  const active = column === sort;
  const isText = TEXT_COLUMNS.has(column);
  const next: Order = active ? (order === "asc" ? "desc" : "asc") : isText ? "asc" : "desc";
  return (
    <th
      scope="col"
      className={isText ? undefined : "number"}
      aria-sort={active ? (order === "asc" ? "ascending" : "descending") : "none"}
    >
      <button
        type="button"
        className="sort"
        onClick={() => changeAddress({ sort: column, order: next })}
      >
        {columnName(speech, column, props.frame)}
      </button>
    </th>
  );
}

function TextCell(props: { readonly row: CampaignRow; readonly column: CampaignSort }): ReactNode {
  const { formats } = useSpeech();
  const { row, column } = props;
  if (column === "campaign")
    return (
      <th scope="row">
        <CampaignName row={row} />
      </th>
    );
  if (column === "start")
    return (
      <td title={row.startTime ? formats.wallTime(row.startTime) : undefined}>
        {row.startTime ? formats.day(row.startTime) : formats.count(null)}
      </td>
    );
  const name = column === "project" ? row.project : row.account;
  return (
    <td className="cut-cell" title={name ?? undefined}>
      <bdi className="cut">{name ?? formats.count(null)}</bdi>
    </td>
  );
}

function NumberCell(props: {
  readonly tally: Tally;
  readonly column: TallyColumn;
  readonly frame: Frame;
}): ReactNode {
  const speech = useSpeech();
  const { tally, column, frame } = props;
  return (
    <td
      className="number"
      data-column={column}
      data-value={tallyValue(tally, column) ?? ""}
      title={tallyTitle(speech, tally, column, frame)}
    >
      {tallyText(speech.formats, tally, column, frame)}
    </td>
  );
}
