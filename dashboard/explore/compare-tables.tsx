import type { ReactNode } from "react";
import type { Comparison } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useTableName } from "../i18n/table-name.ts";
import { Panel } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { ListingTable } from "./listing-table.tsx";

type Table = Comparison["tables"][number];
const SHOWN_VALUES = 4;

/** Per table: rows added, removed and changed, and the columns whose values moved. */
export function CompareTables(props: {
  readonly answer: Comparison;
  readonly money: Currency;
}): ReactNode {
  const tableName = useTableName();
  return props.answer.tables.map((table) => (
    <TableChanges
      key={table.table}
      table={table}
      name={tableName(table.table)}
      money={props.money}
    />
  ));
}

/** Only these say something: others are as they were. */
function moved(column: Table["columns"][number]): boolean {
  const { missingShare, psi, newValues, goneValues } = column;
  return (
    missingShare.left !== missingShare.right ||
    (psi ?? 0) >= 0.01 ||
    newValues.length + goneValues.length > 0
  );
}

function TableChanges(props: {
  readonly table: Table;
  readonly name: string;
  readonly money: Currency;
}): ReactNode {
  const { t, n, formats } = useSpeech();
  const { table, name } = props;
  const columns = table.columns.filter(moved);
  const values = (list: readonly string[]) =>
    list.length === 0
      ? ""
      : formats.list([
          ...list.slice(0, SHOWN_VALUES),
          ...(list.length > SHOWN_VALUES
            ? [n("count.restGroups", list.length - SHOWN_VALUES)]
            : []),
        ]);
  return (
    <Panel title={name}>
      <p>
        {t("explore.rowsFromTo", {
          left: formats.count(table.rows.left),
          right: formats.count(table.rows.right),
        })}
        {" · "}
        {t("explore.rowsChanged", {
          added: formats.count(table.added),
          removed: formats.count(table.removed),
          changed: formats.count(table.changed),
        })}
      </p>
      {columns.length > 0 ? (
        <ScrollBox name={name}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t("explore.column")}</th>
                <th scope="col" className="number">
                  {t("explore.missing")}
                </th>
                <th scope="col" className="number">
                  <abbr title={t("explore.psiHelp")}>{t("explore.psi")}</abbr>
                </th>
                <th scope="col">{t("explore.newValues")}</th>
                <th scope="col">{t("explore.goneValues")}</th>
              </tr>
            </thead>
            <tbody>
              {columns.map((column) => (
                <tr key={column.name}>
                  <th scope="row">
                    <code>{column.name}</code>
                  </th>
                  <td className="number">
                    {formats.rate(column.missingShare.left)} →{" "}
                    {formats.rate(column.missingShare.right)}
                  </td>
                  <td className="number">{formats.ratio(column.psi)}</td>
                  <td className="wrap">
                    <bdi>{values(column.newValues)}</bdi>
                  </td>
                  <td className="wrap">
                    <bdi>{values(column.goneValues)}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      ) : null}
      {table.examples.rows.length > 0 ? (
        <details>
          <summary>{t("explore.examples")}</summary>
          <ListingTable
            listing={table.examples}
            name={`${name}: ${t("explore.examples")}`}
            money={props.money}
          />
        </details>
      ) : null}
    </Panel>
  );
}
