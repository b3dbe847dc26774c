import type { ReactNode } from "react";
import type { ColumnProfile, TableProfile } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useTableName } from "../i18n/table-name.ts";
import { Answered, Panel } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { Segmented } from "../parts/segmented.tsx";
import { useProfile } from "../query/explore.ts";
import { changeAddress, useAddress } from "../route/use-address.ts";
import { ColumnDrawer } from "./column-drawer.tsx";
import { useColumnValue } from "./column-value.ts";
import { Examining } from "./examining.tsx";
import { Relations } from "./relations.tsx";
import { columnCounts, Spark } from "./spark.tsx";
import { useMoney } from "./use-money.ts";

/** What the tables hold: each column with its missing, distinct and usual values; keys and relations. */
export function TablesView(): ReactNode {
  const { t } = useSpeech();
  const { selection, profile, column } = useAddress();
  const tableName = useTableName();
  const query = useProfile(selection.asOf);
  const money = useMoney(selection.asOf);
  return (
    <Answered query={query} stacked skeleton={<Examining />}>
      {({ tables, relations }) => {
        const table = tables.find((one) => one.table === profile) ?? tables[0];
        const open = table?.columns.find((one) => one.name === column);
        return (
          <>
            {tables.length > 1 && table ? (
              <div className="table-choice">
                <Segmented
                  name={t("explore.tables")}
                  value={table.table}
                  choices={tables.map((one) => ({
                    value: one.table,
                    label: tableName(one.table),
                  }))}
                  onChange={(value) => changeAddress({ profile: value, column: null })}
                />
              </div>
            ) : null}
            {table ? <TablePanel table={table} money={money} /> : null}
            <Relations relations={relations} />
            {table && open ? <ColumnDrawer table={table} column={open} money={money} /> : null}
          </>
        );
      }}
    </Answered>
  );
}

function TablePanel(props: { readonly table: TableProfile; readonly money: Currency }): ReactNode {
  const { t, n, formats } = useSpeech();
  const { table, money } = props;
  const name = useTableName()(table.table);
  return (
    <Panel title={name}>
      <p className="soft">
        <span data-rows={table.rows}>{n("count.rows", table.rows)}</span>
        {table.sources.length > 0 ? (
          <>
            {" · "}
            <bdi>{formats.list([...table.sources])}</bdi>
          </>
        ) : null}
        {table.keys.map((key) => (
          <span key={key.columns.join()}>
            {" · "}
            <code>{key.columns.join(" + ")}</code>{" "}
            {key.unique ? t("explore.keyUnique") : n("explore.keyRepeated", key.repeated)}
          </span>
        ))}
      </p>
      <ScrollBox name={name}>
        <table className="table table-profile">
          <thead>
            <tr>
              <th scope="col">{t("explore.column")}</th>
              <th scope="col">{t("explore.kindOfColumn")}</th>
              <th scope="col" className="number">
                {t("explore.missing")}
              </th>
              <th scope="col" className="number">
                {t("explore.distinct")}
              </th>
              <th scope="col">{t("explore.distribution")}</th>
              <th scope="col">{t("explore.usual")}</th>
              <th scope="col">{t("explore.range")}</th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column) => (
              <ColumnRow key={column.name} column={column} money={money} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {table.correlations.length > 0 ? (
        <details>
          <summary>{t("explore.correlations")}</summary>
          <ul className="plain">
            {table.correlations.map((one) => (
              <li key={`${one.left} ${one.right}`}>
                <code>{one.left}</code> · <code>{one.right}</code>: {formats.ratio(one.rho)}{" "}
                <span className="soft">{t("kpi.sample", { n: formats.count(one.n) })}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </Panel>
  );
}

function ColumnRow(props: { readonly column: ColumnProfile; readonly money: Currency }): ReactNode {
  const { t, formats } = useSpeech();
  const { column, money } = props;
  const show = useColumnValue(column, money);
  const { numbers, time, top } = column;
  const [first] = top;
  return (
    <tr data-column={column.name}>
      <th scope="row">
        <button
          type="button"
          className="link code"
          onClick={() => changeAddress({ column: column.name })}
        >
          {column.name}
        </button>
      </th>
      <td>{t(`explore.columnKind.${column.kind}`)}</td>
      <td className={`number ${column.missing > 0 ? "" : "soft"}`} data-missing={column.missing}>
        {column.missing === 0 ? formats.count(0) : formats.rate(column.missingShare)}
      </td>
      <td className="number" data-distinct={column.distinct.value}>
        {column.distinct.exact ? "" : "≈ "}
        {formats.count(column.distinct.value)}
      </td>
      <td>
        <Spark counts={columnCounts(column)} />
      </td>
      <td className="usual">
        {numbers ? (
          <bdi>
            {t("explore.median")} {show(numbers.quantiles[3] ?? null)}
          </bdi>
        ) : first ? (
          <>
            <bdi className="cut" title={first.value}>
              {first.value}
            </bdi>
            <span className="sample">{formats.rate(first.share)}</span>
          </>
        ) : null}
      </td>
      <td className="nowrap">
        {numbers && column.kind !== "date" ? (
          <bdi>
            {show(numbers.min)} – {show(numbers.max)}
          </bdi>
        ) : time ? (
          <bdi>{formats.period(time.first.slice(0, 10), time.last.slice(0, 10))}</bdi>
        ) : null}
      </td>
    </tr>
  );
}
