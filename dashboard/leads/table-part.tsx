import { type ReactNode, useMemo } from "react";
import type { LeadRow } from "../../src/contract/leads.ts";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import { ExportMenu } from "../export/export-menu.tsx";
import { useSpeech } from "../i18n/language.tsx";
import type { Speech } from "../i18n/speech.ts";
import { FilterBar } from "../overview/filter-bar.tsx";
import { AddressSearch } from "../parts/address-search.tsx";
import { type DataCard, type DataColumn, DataTable } from "../parts/data-table.tsx";
import { Failure, Panel, Skeleton } from "../parts/panel.tsx";
import { Popover } from "../parts/popover.tsx";
import { leadsParams, useLeadRows } from "../query/leads.ts";
import { changeOwn, useAddress } from "../route/use-address.ts";
import { clearLeadFilters, LeadChips, LeadFilters } from "./filters.tsx";
import { stageText } from "./stage-text.ts";

const COLUMNS = [
  "name",
  "phone",
  "email",
  "stage",
  "status",
  "arrival",
  "wait",
  "campaign",
  "project",
  "account",
  "rep",
  "id",
] as const;
type Column = (typeof COLUMNS)[number];
const USUAL: readonly Column[] = [
  "name",
  "phone",
  "stage",
  "arrival",
  "wait",
  "campaign",
  "project",
  "account",
];
const WIDTHS: Readonly<Record<Column, number>> = {
  name: 180,
  phone: 136,
  email: 190,
  stage: 100,
  status: 130,
  arrival: 150,
  wait: 110,
  campaign: 170,
  project: 150,
  account: 100,
  rep: 120,
  id: 110,
};
const SORTED: ReadonlySet<string> = new Set(["stage", "arrival", "wait", "campaign"]);

/** Columns that an address names, in the order of the list; the name always leads. */
function columnsFrom(text: string | undefined): readonly Column[] {
  if (text === undefined) return USUAL;
  const named = new Set(text.split("."));
  return COLUMNS.filter((column) => column === "name" || named.has(column));
}

type SortOrder = readonly [sort: string, order: "asc" | "desc"];

function sortFrom(text: string | undefined): SortOrder {
  const [sort = "", order] = (text ?? "").split(".");
  return SORTED.has(sort) || sort === "attempts"
    ? [sort, order === "asc" ? "asc" : "desc"]
    : ["arrival", "desc"];
}

/** What a lead is called: its name, else its id. */
export function leadName({ t }: Speech, lead: Pick<LeadRow, "name" | "leadId">): string {
  return lead.name ?? t("lead.noName", { id: lead.leadId });
}

function textOf(speech: Speech, lead: LeadRow, column: Column): string | null {
  const { formats } = speech;
  if (column === "name") return leadName(speech, lead);
  if (column === "id") return lead.leadId;
  if (column === "stage") return stageText(speech, lead.stage);
  if (column === "arrival") return formats.wallTime(lead.arrivalAt);
  if (column === "wait") return formats.duration(lead.waitMinutes);
  if (column === "campaign") return lead.campaignName ?? lead.campaignId;
  if (column === "rep") return lead.assignedTo;
  return lead[column];
}

const CODES: ReadonlySet<Column> = new Set(["phone", "email", "status", "id"]);

function Cell(props: { readonly column: Column; readonly text: string | null }): ReactNode {
  const { formats } = useSpeech();
  const { column, text } = props;
  if (text === null) return formats.count(null);
  if (column === "wait") return text;
  // Phones, ids and codes run from left to right in every language.
  return (
    <bdi className="cut" dir={CODES.has(column) ? "ltr" : "auto"}>
      {text}
    </bdi>
  );
}

/** Every lead of the selection: searched, filtered and sorted by the server, any of them within reach. */
export function TablePart(props: { readonly facets: FacetsAnswer }): ReactNode {
  const speech = useSpeech();
  const { t, n } = speech;
  const address = useAddress();
  const { own } = address;
  const [sort, order] = sortFrom(own.sorted);
  const params = leadsParams(address, sort, order);
  const rows = useLeadRows(params);
  const { answer } = rows;
  const shown = useMemo(() => columnsFrom(own.cols), [own.cols]);
  const columns = useMemo<readonly DataColumn<LeadRow>[]>(
    () =>
      shown.map((id) => ({
        id,
        head: t(`lead.${id}`),
        kind: id === "wait" ? "number" : "text",
        width: WIDTHS[id],
        sorts: SORTED.has(id),
        cell: (row) => <Cell column={id} text={textOf(speech, row, id)} />,
        title: (row) => textOf(speech, row, id) ?? undefined,
      })),
    [shown, speech, t],
  );
  const cardOf = (row: LeadRow): DataCard => ({
    title: <bdi>{leadName(speech, row)}</bdi>,
    under: (
      <>
        {stageText(speech, row.stage)} · <bdi>{row.project ?? row.account}</bdi>
      </>
    ),
    numbers: [
      { name: t("lead.arrival"), value: speech.formats.dayShort(row.arrivalAt) },
      { name: t("lead.wait"), value: speech.formats.duration(row.waitMinutes) },
    ],
  });
  return (
    <>
      <FilterBar facets={props.facets} shown={answer?.frame.period} />
      <Panel
        title={answer === undefined ? t("place.leads") : n("leads.matching", answer.total)}
        className="panel-leads"
        actions={
          <>
            <AddressSearch name={t("leads.search")} hint={t("leads.searchHint")} />
            <LeadFilters />
            <ColumnChoice shown={shown} />
            <ExportMenu table="leads" of={t("place.leads")} params={params} />
          </>
        }
      >
        <LeadChips />
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
          <div className="empty-small">
            <p className="soft">{t("leads.none")}</p>
            <button type="button" className="button" onClick={() => clearLeadFilters(own)}>
              {t("leads.clear")}
            </button>
          </div>
        ) : (
          <div
            className={rows.isOld ? "is-old" : ""}
            aria-busy={rows.isOld}
            data-total={answer.total}
          >
            <DataTable
              name={t("place.leads")}
              columns={columns}
              card={cardOf}
              total={answer.total}
              rowAt={rows.rowAt}
              rowId={(row) => row.leadId}
              onNeed={rows.need}
              sort={sort}
              order={order}
              onSort={(column, direction) => changeOwn({ sorted: `${column}.${direction}` })}
              onOpen={(row) => changeOwn({ open: row.leadId })}
              question={rows.question}
            />
          </div>
        )}
      </Panel>
    </>
  );
}

/** Which columns are shown; the name always leads. */
function ColumnChoice(props: { readonly shown: readonly Column[] }): ReactNode {
  const { t } = useSpeech();
  const { shown } = props;
  return (
    <Popover name={t("leads.columns")} className="popover-end" label={t("leads.columns")}>
      {() => (
        <ul className="lead-columns">
          {COLUMNS.filter((column) => column !== "name").map((column) => (
            <li key={column}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={shown.includes(column)}
                  onChange={(event) => {
                    const next = event.target.checked
                      ? [...shown, column]
                      : shown.filter((one) => one !== column);
                    const same =
                      next.length === USUAL.length && USUAL.every((one) => next.includes(one));
                    changeOwn({ cols: same ? null : next.join(".") }, { replace: true });
                  }}
                />
                {t(`lead.${column}`)}
              </label>
            </li>
          ))}
        </ul>
      )}
    </Popover>
  );
}
