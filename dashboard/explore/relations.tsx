import type { ReactNode } from "react";
import type { Relation } from "../../src/contract/explore.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useTableName } from "../i18n/table-name.ts";
import { Panel } from "../parts/panel.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";

/** Which columns name rows of other tables, and how well: orphans one way, unnamed ones the other. */
export function Relations(props: { readonly relations: readonly Relation[] }): ReactNode {
  const { t, n, formats } = useSpeech();
  const tableName = useTableName();
  if (props.relations.length === 0) return null;
  const end = ({ table, column }: Relation["from"]) => (
    <>
      {tableName(table)} <code>{column}</code>
    </>
  );
  return (
    <Panel title={t("explore.relations")}>
      <ScrollBox name={t("explore.relations")}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t("explore.from")}</th>
              <th scope="col">{t("explore.to")}</th>
              <th scope="col" className="number">
                {t("explore.orphans")}
              </th>
              <th scope="col" className="number">
                {t("explore.childless")}
              </th>
              <th scope="col">{t("explore.perParent")}</th>
            </tr>
          </thead>
          <tbody>
            {props.relations.map((one) => (
              <tr key={`${one.from.table}.${one.from.column} ${one.to.table}.${one.to.column}`}>
                <th scope="row">{end(one.from)}</th>
                <td>{end(one.to)}</td>
                <td className="number" data-orphans={one.orphans}>
                  {formats.count(one.orphans)} / {n("count.rows", one.rows)}
                </td>
                <td className="number">
                  {formats.count(one.childless)} / {n("count.rows", one.parents)}
                </td>
                <td className="nowrap">
                  {one.perParent
                    ? t("explore.perParentIs", {
                        median: formats.number(one.perParent[2] ?? null),
                        high: formats.count(Math.ceil(one.perParent[4] ?? 0)),
                        most: formats.number(one.perParent[5] ?? null),
                      })
                    : "—"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}
