/** The lines of files behind a number, or those that do not count, page by page. */
import type { z } from "zod";
import { Problem } from "../base/problem.ts";
import type { RowsAnswer, RowsQuery, SourceRow } from "../contract/overview.ts";
import { KPIS, type Kpi } from "../domain/kpis.ts";
import { type Scope, showsContacts, showsLeads } from "../domain/scope.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { isMoney, type KpiRow, valueIn } from "./kpi-answers.ts";
import { stageClause } from "./lead-stage.ts";
import { type Cell, withoutContact, withoutPerson } from "./row-contacts.ts";
import { type Part, partsOf, type Table } from "./row-parts.ts";
import type { Selected } from "./selection.ts";

type Query = z.infer<typeof RowsQuery>;

function queryOf(table: Table, query: Query): string {
  if (table === "insights") return "rows-insights";
  if (table === "deals") return "rows-deals";
  return query.dropped || query.basis === "raw" ? "rows-leads" : "rows-leads-counted";
}

interface PageRow {
  total: number;
  file: string | null;
  import_id: string;
  file_id: number | null;
  line: number;
  dropped: string | null;
  attributes: string | null;
  [column: string]: string | number | boolean | null;
}

const COPIES = "('exact_duplicate', 'conflicting_key')";

/** Which rows count on a basis: the raw one takes copies as they come. */
function countingClause(table: Table, basis: Query["basis"], dropped: boolean): string {
  const copies = table === "insights" ? "('exact_duplicate')" : COPIES;
  if (basis === "raw" && table !== "deals") {
    return dropped
      ? `x.reason IS NOT NULL AND x.reason NOT IN ${copies}`
      : `(x.reason IS NULL OR x.reason IN ${copies})`;
  }
  return dropped ? "x.reason IS NOT NULL" : "x.reason IS NULL";
}

const END_OF_AS_OF = "$as_of::DATE + INTERVAL 1 DAY";

function clausesFor(part: Part, query: Query): Record<string, string> {
  const past = query.asOf !== undefined;
  const contract = past
    ? `r.deal_date <= $as_of::DATE AND (r.cancelled_at IS NULL OR r.cancelled_at >= ${END_OF_AS_OF})`
    : "r.cancelled_at IS NULL";
  return {
    counting: countingClause(part.table, query.basis, query.dropped),
    ...(past
      ? {
          known: `r.day + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND + to_seconds(coalesce(c.lag_hours, 0) * 3600) < ${END_OF_AS_OF}`,
        }
      : {}),
    ...(query.dropped
      ? {}
      : {
          ...(part.both === null ? {} : { both: part.both }),
          measure: `l.lead_id IS NOT NULL AND ${part.measure}`,
          contract: `l.lead_id IS NOT NULL AND staging.fold(r.stage) = 'contract' AND ${contract}`,
        }),
    ...(part.table === "campaign_leads" ? stageClause(query.stage) : {}),
  };
}

function sourceRow(table: Table, row: PageRow, scope: Scope): SourceRow {
  const {
    total: _total,
    file,
    import_id,
    file_id: _file,
    line,
    dropped,
    attributes,
    ...typed
  } = row;
  const owner = typeof row.account_id === "string" ? row.account_id : null;
  const whole = table === "insights" || showsContacts(scope, owner);
  const ofNobody = table !== "insights" && !showsLeads(scope, owner);
  const plain = (_name: string | null, value: Cell) => value;
  const show = ofNobody ? withoutPerson : whole ? plain : withoutContact;
  const cells: SourceRow["cells"] = {};
  for (const [name, value] of Object.entries(typed)) {
    if (value !== null) cells[name] = show(name, value);
  }
  if (attributes !== null) {
    for (const [name, value] of Object.entries(JSON.parse(attributes) as SourceRow["cells"])) {
      const plain = typeof value === "object" && value !== null ? JSON.stringify(value) : value;
      cells[name] = show(null, plain);
    }
  }
  return { table, file: file ?? "", line, importId: import_id, dropped, cells };
}

/**
 * The rows of files behind a KPI over a selection, with its value and formula. Every row comes once, in the order
 * of table, file and line; over all pages their sum (or count) is the KPI's numerator or denominator. Phones,
 * e-mails and names that the scope does not show are masked.
 *
 * @throws Problem `UNKNOWN_KPI`, `UNKNOWN_STAGE`, `BAD_CURSOR`
 */
export async function sourceRows(
  session: Session,
  selected: Selected,
  query: Query,
  scope: Scope,
): Promise<RowsAnswer> {
  const kpi: Kpi | undefined = KPIS.find((one) => one.id === query.kpi);
  if (kpi === undefined) {
    throw new Problem("UNKNOWN_KPI", {
      what: `There is no KPI "${query.kpi}"`,
      where: "kpi",
      fix: `Use one of ${KPIS.map((one) => one.id).join(", ")}.`,
    });
  }
  const parts = partsOf(kpi);
  const list = `rows ${query.kpi} ${query.dropped} ${query.table ?? ""}`;
  const [startPart, startFile, startLine] =
    query.cursor === undefined ? [0, -1, -1] : decodeCursor(list, query.cursor).map(Number);
  const items: SourceRow[] = [];
  let next: string | null = null;
  const tables: RowsAnswer["tables"] = [];
  for (const [index, part] of parts.entries()) {
    const unasked = query.table !== undefined && query.table !== part.table;
    const passed = index < (startPart ?? 0);
    const resumed = index === startPart;
    const rows = await session.all<PageRow>(
      selected.sql(queryOf(part.table, query), clausesFor(part, query)),
      {
        ...selected.params,
        treated: query.basis === "corrected",
        after_file: resumed ? (startFile ?? -1) : -1,
        after_line: resumed ? (startLine ?? -1) : -1,
        limit: unasked || passed ? 0 : query.limit - items.length,
      },
    );
    tables.push({ table: part.table, total: rows[0]?.total ?? 0 });
    const found = rows.filter((row) => row.file_id !== null);
    items.push(...found.map((row) => sourceRow(part.table, row, scope)));
    const last = found.at(-1);
    if (last !== undefined && items.length === query.limit) {
      next = encodeCursor(list, [index, last.file_id, last.line]);
    }
  }
  const row = await session.first<KpiRow>(selected.sql("kpis"), selected.params);
  const voided = selected.mixedCurrency && isMoney(kpi);
  return {
    items,
    next,
    total: tables
      .filter(({ table }) => query.table === undefined || query.table === table)
      .reduce((sum, one) => sum + one.total, 0),
    frame: selected.frame,
    kpi: kpi.id,
    formula:
      kpi.kind === "sum"
        ? { over: kpi.measure, under: null, scale: 1 }
        : { over: kpi.over, under: kpi.under, scale: kpi.scale },
    value: row === null || voided ? null : valueIn(kpi, row),
    tables,
  };
}
