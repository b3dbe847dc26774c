import { type ReactNode, useMemo } from "react";
import type { CampaignRow, CampaignsAnswer } from "../../src/contract/campaigns.ts";
import { CAMPAIGN_MARKS, CAMPAIGN_STATES } from "../../src/contract/names.ts";
import type { FacetsAnswer, Frame } from "../../src/contract/overview.ts";
import { ExportMenu } from "../export/export-menu.tsx";
import { useSpeech } from "../i18n/language.tsx";
import type { Speech } from "../i18n/speech.ts";
import { FilterBar } from "../overview/filter-bar.tsx";
import { FrameLine } from "../overview/frame-line.tsx";
import { AddressSearch } from "../parts/address-search.tsx";
import { type DataColumn, DataTable } from "../parts/data-table.tsx";
import { Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { campaignsParams, useCampaignRows } from "../query/campaigns.ts";
import type { CampaignSort } from "../route/address.ts";
import { changeAddress, changeOwn, useAddress } from "../route/use-address.ts";
import { ColumnChoice } from "./column-choice.tsx";
import {
  type CampaignColumn,
  columnsFrom,
  figureOf,
  headOf,
  isSummed,
  isText,
  nameOf,
  textOf,
  titleOf,
  widthOf,
} from "./columns.ts";
import { SavedViews } from "./saved-views.tsx";
import { StateBadge } from "./state-badge.tsx";

/** Every campaign of the selection: chosen columns, sorted and searched by the server, totals that tie out. */
export function TablePart(props: { readonly facets: FacetsAnswer }): ReactNode {
  const speech = useSpeech();
  const { t, formats } = speech;
  const { selection, search, sort, order, own } = useAddress();
  const state = own.state ?? null;
  const mark = own.mark ?? null;
  const params = campaignsParams(selection, { search, sort, order, state, mark });
  const rows = useCampaignRows(params);
  const { answer } = rows;
  const frame = answer?.frame;
  const currency = frame?.currency ?? null;
  const decimals = frame?.currencyDecimals ?? 2;
  const shown = useMemo(() => columnsFrom(own.cols), [own.cols]);
  // Only what a cell is written with: another period must not draw every row anew.
  const columns = useMemo(
    () => tableColumns(speech, shown, { currency, currencyDecimals: decimals } as Frame),
    [speech, shown, currency, decimals],
  );
  return (
    <>
      <FilterBar facets={props.facets} shown={frame?.period} />
      {frame ? <FrameLine frame={frame} facets={props.facets} /> : null}
      <Panel
        title={t("campaigns.title")}
        className="panel-campaigns"
        actions={
          <>
            <AddressSearch name={t("campaigns.search")} hint={t("campaigns.searchHint")} />
            <ListFilters />
            <ColumnChoice shown={shown} />
            <SavedViews />
            <ExportMenu table="campaigns" of={t("campaigns.title")} params={params} />
          </>
        }
      >
        {rows.error ? (
          <Failure
            error={rows.error}
            onRetry={rows.refetch}
            {...(answer ? { shownSince: rows.dataUpdatedAt } : {})}
          />
        ) : null}
        {answer === undefined ? (
          rows.error ? null : (
            <div role="status">
              <span className="sr-only">{t("app.loading")}</span>
              <Skeleton className="skeleton-table" />
            </div>
          )
        ) : answer.total === 0 ? (
          <NoCampaign narrowed={search !== "" || state !== null || mark !== null} />
        ) : (
          <div className={rows.isOld ? "is-old" : ""} aria-busy={rows.isOld}>
            <DataTable
              name={t("campaigns.title")}
              columns={columns}
              card={(row) => cardOf(speech, row, answer.frame)}
              total={answer.total}
              rowAt={rows.rowAt}
              rowId={(row) => row.campaignId}
              onNeed={rows.need}
              sort={sort}
              order={order}
              onSort={(column, direction) =>
                changeAddress({ sort: column as CampaignSort, order: direction })
              }
              onOpen={(row) => changeOwn({ open: row.campaignId })}
              footer={{
                name: t("campaigns.total", { n: formats.count(answer.total) }),
                cells: totalCells(speech, shown, answer),
              }}
              question={rows.question}
            />
          </div>
        )}
      </Panel>
    </>
  );
}

/** The columns as the table wants them; kept the same until language, choice or currency change. */
function tableColumns(
  speech: Speech,
  shown: readonly CampaignColumn[],
  frame: Frame,
): readonly DataColumn<CampaignRow>[] {
  return shown.map((id) => ({
    id,
    head: headOf(speech, id, frame),
    kind: isText(id) ? "text" : "number",
    width: widthOf(id),
    sorts: true,
    cell: (row) => <Cell row={row} column={id} frame={frame} />,
    title: (row) => titleIn(speech, row, id, frame),
  }));
}

function titleIn(
  speech: Speech,
  row: CampaignRow,
  column: CampaignColumn,
  frame: Frame,
): string | undefined {
  if (column === "campaign") return `${nameOf(speech, row)}\n${row.campaignId}`;
  if (column === "project") return row.project ?? undefined;
  if (column === "start" && row.startTime) return speech.formats.wallTime(row.startTime);
  return isSummed(column) ? titleOf(speech, row, column, frame) : undefined;
}

function Cell(props: {
  readonly row: CampaignRow;
  readonly column: CampaignColumn;
  readonly frame: Frame;
}): ReactNode {
  const speech = useSpeech();
  const { formats } = speech;
  const { row, column, frame } = props;
  if (column === "campaign")
    return (
      <button
        type="button"
        className="link cut"
        dir="auto"
        tabIndex={-1}
        onClick={() => changeOwn({ open: row.campaignId })}
      >
        <bdi>{nameOf(speech, row)}</bdi>
      </button>
    );
  if (column === "state") return <StateBadge state={row.state} />;
  if (column === "project" || column === "account")
    return <bdi className="cut">{row[column] ?? formats.count(null)}</bdi>;
  if (column === "start" || column === "last") {
    const day = column === "start" ? row.startTime : row.lastDay;
    return day === null ? formats.count(null) : formats.day(day);
  }
  const value = isSummed(column) ? figureOf(row, column) : row.dailyBudgetMinor;
  return <Value value={value} column={column} frame={frame} />;
}

function Value(props: {
  readonly value: number | null;
  readonly column: CampaignColumn;
  readonly frame: Frame;
}): ReactNode {
  const speech = useSpeech();
  const { value, column, frame } = props;
  return <span data-value={value ?? ""}>{textOf(speech, value, column, frame)}</span>;
}

function totalCells(
  speech: Speech,
  shown: readonly CampaignColumn[],
  { totals, frame }: CampaignsAnswer,
): Readonly<Record<string, ReactNode>> {
  return Object.fromEntries(
    shown.filter(isSummed).map((column) => [
      column,
      <span key={column} title={titleOf(speech, totals, column, frame)}>
        <Value value={figureOf(totals, column)} column={column} frame={frame} />
      </span>,
    ]),
  );
}

function cardOf(speech: Speech, row: CampaignRow, frame: Frame) {
  const { t, formats } = speech;
  return {
    title: <bdi>{nameOf(speech, row)}</bdi>,
    under: <bdi>{row.project ?? row.account}</bdi>,
    numbers: [
      { name: t("column.spend"), value: formats.moneyShort(row.spendMinor, frame) },
      { name: t("column.cpql"), value: formats.moneyShort(row.cpqlMinor, frame) },
    ],
  };
}

/** Live or ended, and what stands out; each in the address. */
function ListFilters(): ReactNode {
  const { t } = useSpeech();
  const { own } = useAddress();
  const choices = [
    {
      name: "state",
      label: t("campaigns.state"),
      options: ["any" as const, ...CAMPAIGN_STATES].map((value) => ({
        value,
        label: t(`campaigns.state.${value}`),
      })),
    },
    {
      name: "mark",
      label: t("campaigns.mark"),
      options: ["any" as const, ...CAMPAIGN_MARKS].map((value) => ({
        value,
        label: t(`campaigns.mark.${value}`),
      })),
    },
  ];
  return choices.map(({ name, label, options }) => (
    <select
      key={name}
      className={`input ${own[name] === undefined ? "" : "is-active"}`}
      aria-label={label}
      value={own[name] ?? "any"}
      onChange={({ target }) => changeOwn({ [name]: target.value === "any" ? null : target.value })}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  ));
}

function NoCampaign(props: { readonly narrowed: boolean }): ReactNode {
  const { t } = useSpeech();
  const { own } = useAddress();
  return (
    <div className="empty-small">
      <p className="soft">{t("campaigns.none")}</p>
      {props.narrowed ? (
        <button
          type="button"
          className="button"
          onClick={() => {
            const { state: _state, mark: _mark, ...rest } = own;
            changeAddress({ search: "", own: rest });
          }}
        >
          {t("campaigns.clearSearch")}
        </button>
      ) : null}
    </div>
  );
}
