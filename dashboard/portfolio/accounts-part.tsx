import { type ReactNode, useMemo } from "react";
import type { FacetsAnswer } from "../../src/contract/overview.ts";
import type { PortfolioAnswer, PortfolioRow } from "../../src/contract/portfolio.ts";
import { useSpeech } from "../i18n/language.tsx";
import type { Speech } from "../i18n/speech.ts";
import { FilterBar } from "../overview/filter-bar.tsx";
import { FrameLine } from "../overview/frame-line.tsx";
import { AddressSearch } from "../parts/address-search.tsx";
import { type DataColumn, DataTable } from "../parts/data-table.tsx";
import { Answered, Panel, Skeleton } from "../parts/panel.tsx";
import { type Findings, useFindings } from "../query/explore.ts";
import { usePortfolio } from "../query/portfolio.ts";
import { type Order, selectionParams } from "../route/address.ts";
import { changeAddress, goTo, useAddress } from "../route/use-address.ts";
import { type Around, cellHelp, PortfolioCell, TotalCell } from "./cells.tsx";
import { narrowedTo } from "./narrowed-to.ts";
import { Needs } from "./needs.tsx";
import { PORTFOLIO_COLUMNS, type PortfolioColumn, portfolioLines } from "./order.ts";
import { targetText } from "./target-cell.tsx";
import "../styles/portfolio.css";

const TEXTS: ReadonlySet<PortfolioColumn> = new Set(["account", "target", "trend", "last"]);
const SUMMED = ["spend", "leads", "qualified", "cpl", "cpql", "judged", "never"] as const;
const WIDTHS: Readonly<Record<PortfolioColumn, number>> = {
  account: 92,
  spend: 98,
  leads: 64,
  qualified: 78,
  cpl: 88,
  cpql: 116,
  target: 172,
  change: 96,
  judged: 72,
  never: 108,
  trend: 134,
  last: 150,
  critical: 70,
};
/** So many lines need no box as high as the window. */
const FEW = 8;
const NOTHING_FOUND: ReadonlyMap<string, number> = new Map();

/** Critical findings by account that nothing is done about; nothing until the data were examined. */
function criticalOf(findings: Findings | undefined): ReadonlyMap<string, number> {
  if (findings === undefined) return NOTHING_FOUND;
  const found = new Map<string, number>();
  for (const { severity, items } of findings.findings) {
    if (severity !== "critical") continue;
    const open = items.filter(({ account, treatment }) => account !== null && treatment === null);
    for (const account of new Set(open.map((item) => item.account ?? "")))
      found.set(account, (found.get(account) ?? 0) + 1);
  }
  return found;
}

function headOf({ t }: Speech, column: PortfolioColumn): string {
  return column === "account" ||
    column === "spend" ||
    column === "leads" ||
    column === "qualified" ||
    column === "cpl"
    ? t(`column.${column}`)
    : t(`portfolio.column.${column}`);
}

/** Every account of the selection in one line, and who needs somebody first. */
export function AccountsPart(props: { readonly facets: FacetsAnswer }): ReactNode {
  const { t } = useSpeech();
  const { selection } = useAddress();
  const query = usePortfolio(selection);
  const frame = query.data?.frame;
  return (
    <>
      <FilterBar facets={props.facets} shown={frame?.period} />
      {frame ? <FrameLine frame={frame} facets={props.facets} /> : null}
      <Answered query={query} stacked skeleton={<Skeleton className="skeleton-table" />}>
        {(answer) => (
          <>
            {answer.items.length > 1 ? <Needs answer={answer} /> : null}
            <Panel
              title={t("portfolio.title")}
              className={`panel-campaigns ${answer.items.length > FEW ? "" : "portfolio-few"}`}
              actions={
                <AddressSearch name={t("portfolio.search")} hint={t("portfolio.searchHint")} />
              }
            >
              <p className="soft portfolio-intro">{t("portfolio.intro")}</p>
              <Lines answer={answer} />
            </Panel>
          </>
        )}
      </Answered>
    </>
  );
}

function Lines(props: { readonly answer: PortfolioAnswer }): ReactNode {
  const speech = useSpeech();
  const { t, n } = speech;
  const { answer } = props;
  const { selection, search, order, own } = useAddress();
  const findings = useFindings(selection.asOf).data;
  const critical = useMemo(() => criticalOf(findings), [findings]);
  const sort = PORTFOLIO_COLUMNS.find((column) => column === own.rank) ?? "spend";
  const lines = useMemo(
    () => portfolioLines(answer.items, search, sort, order, critical),
    [answer, search, sort, order, critical],
  );
  const around = useMemo<Around>(
    () => ({ speech, frame: answer.frame, bucketDays: answer.bucketDays, critical }),
    [speech, answer, critical],
  );
  const columns = useMemo(() => tableColumns(around), [around]);
  if (lines.length === 0)
    return (
      <div className="empty-small">
        <p className="soft">{t("portfolio.none")}</p>
        <button type="button" className="button" onClick={() => changeAddress({ search: "" })}>
          {t("portfolio.clearSearch")}
        </button>
      </div>
    );
  return (
    <DataTable
      name={t("portfolio.title")}
      columns={columns}
      card={(row) => cardOf(speech, row)}
      total={lines.length}
      rowAt={(index) => lines[index]}
      rowId={(row) => row.account}
      onNeed={ask}
      sort={sort}
      order={order}
      onSort={(column, direction: Order) =>
        changeAddress({ order: direction, own: { ...own, rank: column } })
      }
      onOpen={(row) => goTo(narrowedTo(selection, row.account))}
      footer={{
        name: n("portfolio.total", answer.items.length),
        cells: Object.fromEntries(
          SUMMED.map((column) => [
            column,
            <TotalCell key={column} around={around} totals={answer.totals} column={column} />,
          ]),
        ),
      }}
      question={`${selectionParams(selection)} ${search} ${sort} ${order}`}
    />
  );
}

/** All lines are here already. */
function ask(): void {}

function tableColumns(around: Around): readonly DataColumn<PortfolioRow>[] {
  return PORTFOLIO_COLUMNS.map((column) => ({
    id: column,
    head: headOf(around.speech, column),
    kind: TEXTS.has(column) ? "text" : "number",
    width: WIDTHS[column],
    sorts: true,
    cell: (row) => <PortfolioCell around={around} row={row} column={column} />,
    title: (row) => cellHelp(around, row, column),
  }));
}

function cardOf(speech: Speech, row: PortfolioRow) {
  const { t, formats } = speech;
  return {
    title: <bdi>{row.account}</bdi>,
    under: targetText(speech, row),
    numbers: [
      { name: t("column.spend"), value: formats.moneyShort(row.spendMinor, row) },
      {
        name: t("portfolio.column.cpql"),
        value: formats.moneyRough(row.cpqlAllInMinor.value, row),
      },
    ],
  };
}
