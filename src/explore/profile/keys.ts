/** Which columns name a row: those that ought to, checked, or else those that do. */
import type { TableProfile } from "../../contract/explore.ts";
import type { Session } from "../../warehouse/warehouse.ts";
import { isMeasure, type Profiled, type ProfiledColumn } from "./profiled.ts";
import { valueSql } from "./values.ts";

type Key = TableProfile["keys"][number];

/** What is known of a column when keys are looked for. */
export interface KeyColumn {
  readonly column: ProfiledColumn;
  readonly missing: number;
  readonly distinct: number;
}

const MOST_PAIRS = 12;

async function checked(
  session: Session,
  from: string,
  columns: readonly ProfiledColumn[],
): Promise<Key> {
  const values = columns.map((column, i) => `${valueSql(column)} AS k${i}`);
  const names = columns.map((_, i) => `k${i}`).join(", ");
  const found = await session.first<{ repeated: number }>(
    `SELECT coalesce(sum(n - 1), 0)::BIGINT AS repeated
     FROM (SELECT count(*) AS n FROM (SELECT ${values.join(", ")} FROM ${from}) GROUP BY ${names})`,
  );
  const repeated = found?.repeated ?? 0;
  return { columns: columns.map((column) => column.name), unique: repeated === 0, repeated };
}

/**
 * Given keys are checked. Without any: every column that is complete and never repeats; where there is none, pairs of
 * ids, dates and categories that together never repeat.
 *
 * @param complete what each column's own profile says
 */
export async function keysOf(
  session: Session,
  { from, keys }: Pick<Profiled, "from" | "keys">,
  columns: readonly KeyColumn[],
  rows: number,
): Promise<Key[]> {
  const known = (names: readonly string[]) =>
    names.flatMap((name) => columns.find(({ column }) => column.name === name) ?? []);
  if (keys) {
    const answers: Key[] = [];
    for (const names of keys) {
      const [only, ...more] = known(names);
      if (!only || more.length + 1 !== names.length) continue;
      if (more.length === 0) {
        const repeated = Math.max(0, rows - only.distinct - (only.missing > 0 ? 1 : 0));
        answers.push({ columns: [...names], unique: repeated === 0, repeated });
      } else
        answers.push(
          await checked(
            session,
            from,
            known(names).map(({ column }) => column),
          ),
        );
    }
    return answers;
  }
  if (rows < 2) return [];
  const able = columns.filter(({ column, missing }) => missing === 0 && column.kind !== "number");
  const single = able.filter(({ distinct }) => distinct === rows);
  if (single.length > 0) {
    return single.map(({ column }) => ({ columns: [column.name], unique: true, repeated: 0 }));
  }
  const naming = able
    .filter(({ column, distinct }) => !isMeasure(column.kind) && distinct > 1)
    .sort((left, right) => right.distinct - left.distinct);
  const answers: Key[] = [];
  let tried = 0;
  for (const [i, left] of naming.entries()) {
    for (const right of naming.slice(i + 1)) {
      if (left.distinct * right.distinct < rows || tried >= MOST_PAIRS) continue;
      tried++;
      const key = await checked(session, from, [left.column, right.column]);
      if (key.unique) answers.push(key);
    }
  }
  return answers;
}
