import type { ReactNode } from "react";
import type { Frame, KpisAnswer, RowsAnswer, SourceRow } from "../../src/contract/overview.ts";
import { ExportMenu } from "../export/export-menu.tsx";
import { kpiFull } from "../format/kpi.ts";
import { useSpeech } from "../i18n/language.tsx";
import { isTextKey } from "../i18n/messages.ts";
import { useTableName } from "../i18n/table-name.ts";
import { Dialog } from "../parts/dialog.tsx";
import { MoreButton } from "../parts/more-button.tsx";
import { Answered, Skeleton } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useMay } from "../query/may.ts";
import { rowsParams, useRows } from "../query/overview.ts";
import type { DrawerView, Selection } from "../route/address.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { Formula } from "./formula.tsx";
import { useStageName } from "./funnel.tsx";
import { useKpiName } from "./kpi-card.tsx";

/** What stands behind a number: the rows of files that count, those that do not, and the formula. */
export function RowsDrawer(props: {
  readonly kpi: string;
  readonly kpis: KpisAnswer | undefined;
  /** Whose rows; default: what the page looks at. */
  readonly selection?: Selection;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { view, stage, selection } = useAddress();
  const stageName = useStageName();
  const name = useKpiName()(props.kpi);
  const { kpi, kpis } = props;
  const answer = kpis?.kpis.find((item) => item.id === kpi);
  const views: readonly { value: DrawerView; label: string }[] = [
    { value: "rows", label: t("rows.counted") },
    { value: "dropped", label: t("rows.dropped") },
    { value: "formula", label: t("formula.tab") },
  ];
  return (
    <Dialog
      kind="drawer"
      title={stage === null ? name : `${name} · ${stageName(stage)}`}
      onClose={() => changeAddress({ kpi: null, view: "rows", stage: null, table: null })}
    >
      {kpis && answer && stage === null ? (
        <p className="drawer-lead">
          <strong className="card-value">
            <bdi>{kpiFull(formats, answer.unit, answer.value, kpis.frame)}</bdi>
          </strong>
          <span className="soft">
            {formats.period(kpis.frame.period.from, kpis.frame.period.to)} ·{" "}
            {t(`basis.${kpis.frame.basis}`)}
          </span>
        </p>
      ) : null}
      <Segmented
        name={t("action.showRows")}
        value={view}
        choices={views}
        onChange={(value) => changeAddress({ view: value }, { replace: true })}
      />
      {view === "formula" ? (
        <Formula kpi={kpi} kpis={kpis} />
      ) : (
        <Rows
          key={view}
          kpi={kpi}
          dropped={view === "dropped"}
          selection={props.selection ?? selection}
        />
      )}
    </Dialog>
  );
}

/** The rows of one table; a quotient rests on two, and each has its tab. */
function Rows(props: {
  readonly kpi: string;
  readonly dropped: boolean;
  readonly selection: Selection;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const tableName = useTableName();
  const { stage, table } = useAddress();
  const { selection, ...asked } = props;
  const seesLeads = useMay("leads");
  const all = useRows(selection, { ...asked, stage, table: seesLeads ? null : "insights" });
  const tables = (all.data?.pages[0]?.tables ?? []).filter(
    (each) => seesLeads || each.table === "insights",
  );
  const chosen = tables.find((one) => one.table === table) ?? tables[0];
  const several = tables.length > 1 && chosen !== undefined;
  const one = useRows(selection, several ? { ...asked, stage, table: chosen.table } : null);
  const query = several ? one : all;
  if (all.data && tables.length === 0 && !seesLeads)
    return <p className="soft">{t("access.noLeads")}</p>;
  return (
    <>
      {several ? (
        <Segmented
          name={t("rows.tables")}
          value={chosen.table}
          choices={tables.map((each) => ({
            value: each.table,
            label: t("rows.tab", {
              table: tableName(each.table),
              n: formats.count(each.total),
            }),
          }))}
          onChange={(value) => changeAddress({ table: value }, { replace: true })}
        />
      ) : null}
      <Answered query={query} skeleton={<Skeleton className="skeleton-table" />}>
        {({ pages }) => {
          const { total, frame } = pages[0] as RowsAnswer;
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0)
            return <p className="soft">{t(props.dropped ? "rows.noneDropped" : "rows.none")}</p>;
          return (
            <>
              <div className="rows-head">
                <p className="soft" data-total={total}>
                  {n("count.rows", total)}
                </p>
                <ExportMenu
                  table="rows"
                  of={t("rows.counted")}
                  params={rowsParams(selection, {
                    ...asked,
                    stage,
                    table: chosen?.table ?? (seesLeads ? null : "insights"),
                  })}
                />
              </div>
              {tablesOf(rows).map((found) => (
                <SourceTable
                  key={found.key}
                  table={found.name}
                  rows={found.rows}
                  frame={frame}
                  dropped={props.dropped}
                  titled={!several}
                />
              ))}
              {rows.length < total ? <MoreButton pages={query} /> : null}
            </>
          );
        }}
      </Answered>
    </>
  );
}

interface TableRows {
  readonly key: string;
  readonly name: string;
  readonly rows: SourceRow[];
}

/** The rows as they come, one group per run of the same table. */
function tablesOf(rows: readonly SourceRow[]): readonly TableRows[] {
  const tables: TableRows[] = [];
  for (const row of rows) {
    const last = tables.at(-1);
    if (last?.name === row.table) last.rows.push(row);
    else tables.push({ key: `${row.table}-${tables.length}`, name: row.table, rows: [row] });
  }
  return tables;
}

/** Amounts are stored in minor units; people read major ones. */
const MINOR = /_minor$/;

function SourceTable(props: {
  readonly table: string;
  readonly rows: readonly SourceRow[];
  readonly dropped: boolean;
  readonly frame: Frame;
  /** Whether its name stands above it; else a tab says it already. */
  readonly titled: boolean;
}): ReactNode {
  const { t, formats } = useSpeech();
  const { rows, frame } = props;
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.cells)))];
  const numeric = new Set(
    columns.filter((column) =>
      rows.some((row) => typeof row.cells[column] === "number" && !column.endsWith("_id")),
    ),
  );
  const title = t("rows.table", { table: useTableName()(props.table) });
  const reason = (code: string | null) => {
    const words = `dropped.${code}`;
    return isTextKey(words) ? t(words) : code;
  };
  const show = (column: string, value: SourceRow["cells"][string] | undefined) => {
    if (typeof value !== "number") return String(value ?? "");
    return MINOR.test(column) ? formats.amount(value, frame) : formats.number(value);
  };
  return (
    <ScrollBox name={title}>
      <table className="table table-source">
        <caption className={props.titled ? undefined : "sr-only"}>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("rows.file")}</th>
            <th scope="col" className="number">
              {t("rows.line")}
            </th>
            {props.dropped ? <th scope="col">{t("rows.reason")}</th> : null}
            {columns.map((column) => (
              <th key={column} scope="col" className={numeric.has(column) ? "number" : undefined}>
                <span className="code">{column.replace(MINOR, "")}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={`${row.importId} ${row.file} ${row.line}`}
              data-file={row.file}
              data-line={row.line}
            >
              <td>
                <bdi>{row.file}</bdi>
              </td>
              <td className="number">{formats.plain(row.line)}</td>
              {props.dropped ? (
                <td data-reason={row.dropped ?? ""}>{reason(row.dropped)}</td>
              ) : null}
              {columns.map((column) => (
                <td
                  key={column}
                  className={numeric.has(column) ? "number" : undefined}
                  data-column={column}
                  data-value={String(row.cells[column] ?? "")}
                >
                  <bdi>{show(column, row.cells[column])}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
