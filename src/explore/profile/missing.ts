/** Where missing values gather: the months, accounts and sources whose share differs from the column's own. */
import type { ColumnProfile } from "../../contract/explore.ts";
import type { Session } from "../../warehouse/warehouse.ts";
import type { Profiled, ProfiledColumn } from "./profiled.ts";
import { valueSql } from "./values.ts";

type MissingBy = ColumnProfile["missingBy"];
type Part = MissingBy["month"][number];

export const NOWHERE: MissingBy = { month: [], account: [], source: [] };
/** A part's share differs when it is this far from the column's own, and chance would hardly ever do it. */
const LEAST_DIFFERENCE = 0.05;
const LEAST_DEVIATIONS = 5;
const SHOWN_PARTS = 36;

/** Parts that differ, in the order in which they were given (months) or by how many rows they are off. */
export function uneven(parts: readonly Part[], share: number, inOrder: boolean): Part[] {
  const off = (part: Part) => Math.abs(part.missing - share * part.n);
  const differing = parts.filter(
    (part) =>
      Math.abs(part.share - share) >= LEAST_DIFFERENCE &&
      off(part) > LEAST_DEVIATIONS * Math.sqrt(part.n * share * (1 - share)),
  );
  if (differing.length === 0) return [];
  // Months are read as a curve: where one differs, all are shown.
  if (inOrder) return parts.slice(-SHOWN_PARTS);
  return differing.sort((left, right) => off(right) - off(left)).slice(0, SHOWN_PARTS);
}

/**
 * @param columns those with some values missing and some not, with their share
 * @returns by column name
 */
export async function missingParts(
  session: Session,
  { from, parts }: Pick<Profiled, "from" | "parts">,
  columns: readonly { readonly column: ProfiledColumn; readonly share: number }[],
): Promise<Map<string, MissingBy>> {
  const found = new Map(columns.map(({ column }) => [column.name, { ...NOWHERE }]));
  if (columns.length === 0) return found;
  const counts = columns.map(({ column }, i) => `count(*) - count(${valueSql(column)}) AS m${i}`);
  for (const name of ["month", "account", "source"] as const) {
    const part = parts[name];
    if (part === undefined) continue;
    const rows = await session.all<Record<string, number> & { key: string }>(
      `SELECT CAST(${part} AS VARCHAR) AS key, count(*) AS n, ${counts.join(", ")} FROM ${from}
       WHERE ${part} IS NOT NULL GROUP BY key ORDER BY key`,
    );
    if (rows.length < 2) continue;
    for (const [i, { column, share }] of columns.entries()) {
      const list = rows.map((row) => {
        const missing = row[`m${i}`] ?? 0;
        const n = row.n ?? 0;
        return { key: row.key, n, missing, share: missing / n };
      });
      const entry = found.get(column.name);
      if (entry) entry[name] = uneven(list, share, name === "month");
    }
  }
  return found;
}
