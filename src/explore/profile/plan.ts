/** What of a home is profiled: its tables with their attributes as columns, and how they name each other. */

import type { Look } from "../look.ts";
import { quoted } from "../quoted.ts";
import type { relationsOf } from "../relations.ts";
import { attributeColumns } from "./attributes.ts";
import { HOME_TABLES, type HomeTable } from "./home-tables.ts";
import type { Profiled, ProfiledColumn } from "./profiled.ts";

interface FileRow {
  file_id: number;
  name: string;
  table_name: string;
  fields: string[] | null;
}

/** Deals carry accounts; a look's scope is put around them here, as the look does for its own tables. */
function withinScope(home: HomeTable, look: Look): string {
  const { accounts } = look.scope;
  if (home.table !== "deals" || accounts === "all") return home.from;
  const list = accounts.map(quoted).join(", ");
  return `(SELECT * FROM ${home.from} WHERE list_contains([${list}]::VARCHAR[], account_id))`;
}

/** Columns that a file maps or that hold something. */
async function presentColumns(
  look: Look,
  home: HomeTable,
  from: string,
  files: readonly FileRow[],
): Promise<ProfiledColumn[]> {
  const mapped = new Set(files.flatMap(({ fields }) => fields ?? []));
  const unmapped = home.columns.filter(({ field }) => !mapped.has(field));
  const held =
    unmapped.length === 0
      ? null
      : await look.session.first<Record<string, boolean>>(
          `SELECT ${unmapped.map(({ sql }, i) => `count(${sql}) > 0 AS h${i}`).join(", ")} FROM ${from}`,
        );
  return home.columns.filter((column) => {
    const at = unmapped.indexOf(column);
    return at < 0 || held?.[`h${at}`] === true;
  });
}

/** A table of the look that has rows, with what of it is to be profiled. */
export interface PlannedTable extends Profiled {
  /** Whether only a look with contacts can profile it. */
  readonly contacts: boolean;
}

/** What a home's profile is made of: parts that any look at the same state may take over. */
export interface ProfilePlan {
  readonly tables: readonly PlannedTable[];
  readonly related: Parameters<typeof relationsOf>[1];
}

/** Which tables have rows, and which columns they have. */
export async function planProfile(look: Look): Promise<ProfilePlan> {
  const { session } = look;
  const files = await session.all<FileRow>(
    "SELECT file_id, name, table_name, json_keys(mapping, '$.fields') AS fields FROM files ORDER BY file_id",
  );
  const tables: PlannedTable[] = [];
  const shown = new Set<string>();
  let deals: string | null = null;
  for (const home of HOME_TABLES) {
    if (home.everyAccount && look.scope.accounts !== "all") continue;
    const from = withinScope(home, look);
    const any = await session.first(`SELECT 1 FROM ${from} LIMIT 1`);
    if (any === null) continue;
    const own = files.filter(({ table_name }) => table_name === home.table);
    const columns = await presentColumns(look, home, from, own);
    const extras = home.attributes ? await attributeColumns(session, from) : [];
    const names = new Set(columns.map(({ name }) => name));
    const key = home.keys.find((one) => one.every((name) => names.has(name)));
    for (const name of names) shown.add(`${home.table}.${name}`);
    shown.add(home.table);
    if (home.table === "deals") deals = from;
    tables.push({
      table: home.table,
      from,
      contacts: home.table === "campaign_leads",
      columns: [...columns, ...extras.filter(({ name }) => !names.has(name))],
      sources: own.map(({ name }) => name),
      parts: {
        ...(home.day === null ? {} : { month: `strftime(${home.day}, '%Y-%m')` }),
        ...(home.everyAccount ? {} : { account: "account_id" }),
        ...(own.length > 1
          ? {
              source: `CASE file_id ${own.map(({ file_id, name }) => `WHEN ${file_id} THEN ${quoted(name)}`).join(" ")} END`,
            }
          : {}),
      },
      keys: key ? [key] : [],
    });
  }
  return {
    tables,
    related: {
      people: shown.has("people") && shown.has("campaign_leads.assigned_to"),
      deals,
      adSets: shown.has("insights.ad_set_id"),
    },
  };
}
