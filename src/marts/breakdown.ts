import type { z } from "zod";
import type { BreakdownAnswer, BreakdownQuery } from "../contract/overview.ts";
import type { Session } from "../warehouse/warehouse.ts";
import type { Selected } from "./selection.ts";
import { type TallyRow, tallyOf } from "./tally.ts";

type Query = z.infer<typeof BreakdownQuery>;

/** Largest first; costs cheapest first, and where there is no cost last. */
const ORDERS: Readonly<Record<Query["sort"], string>> = {
  spend: "coalesce(spend_minor, 0) DESC NULLS LAST",
  leads: "leads DESC NULLS LAST",
  qualified: "qualified DESC NULLS LAST",
  cpql: "marts.ratio(cpql_spend, cpql_count, 1) ASC NULLS LAST",
};

interface LineRow extends TallyRow {
  /** 1, 2, … for groups, limit + 1 for the rest, null for all. */
  line: number | null;
  group_key: number | null;
  groups: number;
  campaigns: number;
  project_name: string | null;
  account_id: string | null;
}

/** The selection by project or account: the first `limit` groups, the rest as one line, and the total. */
export async function breakdownOf(
  session: Session,
  selected: Selected,
  query: Query,
): Promise<BreakdownAnswer> {
  const byAccount = query.by === "account";
  const text = selected
    .sql("breakdown")
    .replace(
      "project_key AS group_key",
      `${byAccount ? "account_key" : "project_key"} AS group_key`,
    )
    .replace(ORDERS.spend, ORDERS[query.sort]);
  const rows = await session.all<LineRow>(text, { ...selected.params, limit: query.limit });
  const mixed = selected.mixedCurrency;
  const nameOf = (row: LineRow) => (byAccount ? row.account_id : row.project_name) ?? "";
  const rest = rows.find((row) => row.line === query.limit + 1);
  const total = rows.find((row) => row.line === null) as LineRow;
  return {
    frame: selected.frame,
    by: query.by,
    items: rows
      .filter((row) => row.line !== null && row.line <= query.limit)
      .map((row) => ({
        ...tallyOf(row, mixed),
        id: nameOf(row),
        name: nameOf(row),
        campaigns: row.campaigns,
      })),
    rest: rest === undefined ? null : { ...tallyOf(rest, mixed), groups: rest.groups },
    total: tallyOf(total, mixed),
  };
}
