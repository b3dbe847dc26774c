/** Columns that no field claims are kept as attributes (JSON): here they become columns again, each of one kind. */
import type { Session } from "../../warehouse/warehouse.ts";
import type { ProfiledColumn } from "./profiled.ts";

/** Attributes beyond these, in the order of their names, are not profiled. */
const MOST_ATTRIBUTES = 200;

/** SQL of one attribute's text; null where it is absent, null or empty. */
export function attributeSql(key: string): string {
  const pointer = `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return `nullif(json_extract_string(attributes, '${pointer.replaceAll("'", "''")}'), '')`;
}

/**
 * The attributes that occur in a relation, typed by what all of their values are.
 *
 * @param from FROM-able SQL with a column `attributes`
 */
export async function attributeColumns(session: Session, from: string): Promise<ProfiledColumn[]> {
  const found = await session.all<{ key: string }>(
    `SELECT DISTINCT unnest(json_keys(attributes)) AS key FROM ${from} WHERE attributes IS NOT NULL
     ORDER BY key LIMIT ${MOST_ATTRIBUTES}`,
  );
  if (found.length === 0) return [];
  const tests = found.map(({ key }, i) => {
    const text = attributeSql(key);
    const all = (test: string) => `bool_and(coalesce(${test}, ${text} IS NULL))`;
    return `CASE WHEN count(${text}) = 0 THEN 'empty'
      WHEN ${all(`regexp_full_match(${text}, '-?[0-9]{1,15}')`)} THEN 'integer'
      WHEN ${all(`regexp_full_match(${text}, '-?[0-9]{1,15}([.][0-9]+)?')`)} THEN 'number'
      WHEN ${all(`${text} IN ('true', 'false')`)} THEN 'boolean'
      WHEN ${all(`TRY_CAST(${text} AS DATE)::VARCHAR = ${text}`)} THEN 'date' ELSE 'undecided' END AS k${i}`;
  });
  const kinds = await session.first<Record<string, ProfiledColumn["kind"]>>(
    `SELECT ${tests.join(", ")} FROM ${from} WHERE attributes IS NOT NULL`,
  );
  return found.map(({ key }, i) => {
    const kind = kinds?.[`k${i}`] ?? "undecided";
    const text = attributeSql(key);
    const types: Partial<Record<ProfiledColumn["kind"], string>> = {
      integer: "BIGINT",
      number: "DOUBLE",
      boolean: "BOOLEAN",
      date: "DATE",
    };
    const type = types[kind];
    return { name: key, kind, sql: type ? `TRY_CAST(${text} AS ${type})` : text };
  });
}
