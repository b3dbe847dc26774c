import type { ReactNode } from "react";
import type { Listing } from "../../src/contract/explore.ts";
import type { Currency } from "../../src/contract/formats.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ScrollBox } from "../parts/scroll-box.tsx";
import { useMay } from "../query/may.ts";

/** Amounts are stored in minor units; people read major ones. */
const MINOR = /_minor$/;
/** Numbers that name something are not grouped. */
const NAMING = /(?:^|_)(?:id|line)$/;

/** A row with one of these speaks of somebody. */
const OF_LEADS: ReadonlySet<string> = new Set(["lead_id", "phone", "email"]);

/** Rows as they stand in the tables; those of leads only for who sees leads. */
export function ListingTable(props: {
  readonly listing: Listing;
  readonly name: string;
  readonly money: Currency;
}): ReactNode {
  const { t, formats } = useSpeech();
  const seesLeads = useMay("leads");
  const { columns, rows } = props.listing;
  if (!seesLeads && columns.some((column) => OF_LEADS.has(column)))
    return <p className="soft">{t("access.noLeads")}</p>;
  const numeric = columns.map((column, i) =>
    NAMING.test(column) ? column === "line" : rows.some((row) => typeof row[i] === "number"),
  );
  const show = (column: string, value: Listing["rows"][number][number] | undefined): string => {
    if (value === null || value === undefined) return "";
    if (typeof value !== "number") return String(value);
    if (MINOR.test(column)) return formats.amount(value, props.money);
    return NAMING.test(column) ? formats.plain(value) : formats.number(value);
  };
  return (
    <ScrollBox name={props.name}>
      <table className="table table-source">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" className={numeric[i] ? "number" : undefined}>
                <span className="code">{column.replace(MINOR, "")}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name, and never move
            <tr key={at} data-row={at}>
              {columns.map((column, i) => (
                <td
                  key={column}
                  className={numeric[i] ? "number" : undefined}
                  data-column={column}
                  data-value={String(row[i] ?? "")}
                >
                  <bdi>{show(column, row[i])}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
