/**
 * From the listing of a rule to what a finding shows: how many rows and how much money, by which items, the first rows,
 * and all of them as lines of files. A listing is SQL over the look's tables, one row per faulty row, with the columns
 * item, label, account_id, money_minor, leads, file_id and line beside those worth showing.
 */
import type { Listing } from "../contract/explore.ts";
import type { LineRanges } from "../domain/treatments.ts";
import type { Params } from "../warehouse/values.ts";
import type { Look } from "./look.ts";
import type { Found } from "./rule.ts";

const SHOWN_ROWS = 10;
const SHOWN_ITEMS = 50;
/** Columns of a listing that serve the counting and are not shown. */
const INNER = new Set(["item", "label", "money_minor", "leads"]);

export interface Tally {
  readonly rows: number;
  readonly moneyMinor: number | null;
  readonly leads: number | null;
  readonly items: Found["items"];
  readonly itemsTotal: number;
}

/** Counts a listing: as a whole, and by item, the most money (then rows) first. */
export async function tally(look: Look, sql: string, params: Params = {}): Promise<Tally> {
  // By item first: the sums of the sums are those of the whole, and one query tells both.
  const items = await look.session.all<{
    item: string;
    label: string;
    account: string | null;
    rows: number;
    money: number | null;
    leads: number | null;
    all_rows: number;
    all_money: number | null;
    all_leads: number | null;
    all_items: number;
  }>(
    `SELECT *, sum(rows) OVER ()::BIGINT AS all_rows, sum(money) OVER ()::BIGINT AS all_money,
            sum(leads) OVER ()::BIGINT AS all_leads, count(item) OVER () AS all_items
     FROM (SELECT item::VARCHAR AS item, min(label)::VARCHAR AS label, min(account_id) AS account, count(*) AS rows,
                  sum(money_minor)::BIGINT AS money, sum(leads)::BIGINT AS leads
           FROM (${sql}) GROUP BY item)
     ORDER BY abs(coalesce(money, 0)) DESC, rows DESC, item LIMIT ${SHOWN_ITEMS}`,
    params,
  );
  const [first] = items;
  if (!first) return { rows: 0, moneyMinor: null, leads: null, items: [], itemsTotal: 0 };
  return {
    rows: first.all_rows,
    moneyMinor: first.all_money,
    leads: first.all_leads,
    itemsTotal: first.all_items,
    items: items.map(({ item, label, account, rows, money, leads }) => ({
      id: item,
      label,
      account,
      rows,
      leads,
      moneyMinor: money,
      detail: null,
    })),
  };
}

/** The first rows of a listing in the order of their files. */
export async function examples(look: Look, sql: string, params: Params = {}): Promise<Listing> {
  const rows = await look.session.all<Record<string, unknown>>(
    `SELECT * FROM (${sql}) ORDER BY file_id, line, item LIMIT ${SHOWN_ROWS}`,
    params,
  );
  const columns = Object.keys(rows[0] ?? {}).filter((name) => !INNER.has(name));
  return {
    columns,
    rows: rows.map((row) =>
      columns.map((name) => {
        const value = row[name] ?? null;
        return typeof value === "number" || typeof value === "boolean" || value === null
          ? value
          : String(value);
      }),
    ),
  };
}

/** All rows of a listing, or those of some items, as ranges of lines per file. */
export async function lineRanges(
  look: Look,
  table: LineRanges["table"],
  sql: string,
  params: Params,
  items: readonly string[] | null,
): Promise<LineRanges[]> {
  const rows = await look.session.all<{ file_id: number; first: number; last: number }>(
    `WITH listed AS (
       SELECT DISTINCT file_id, line FROM (${sql})
       ${items === null ? "" : "WHERE list_contains($chosen_items::VARCHAR[], item::VARCHAR)"}
     ),
     numbered AS (
       SELECT file_id, line, line - row_number() OVER (PARTITION BY file_id ORDER BY line) AS run FROM listed
     )
     SELECT file_id, min(line) AS first, max(line) AS last FROM numbered
     GROUP BY file_id, run ORDER BY file_id, first`,
    items === null ? params : { ...params, chosen_items: [...items] },
  );
  const files = new Map<number, [number, number][]>();
  for (const { file_id, first, last } of rows) {
    const lines = files.get(file_id);
    if (lines) lines.push([first, last]);
    else files.set(file_id, [[first, last]]);
  }
  return [...files].map(([fileId, lines]) => ({ table, fileId, lines }));
}
