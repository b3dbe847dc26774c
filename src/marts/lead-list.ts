import type { z } from "zod";
import type { LeadRow, LeadsAnswer, LeadsQuery } from "../contract/leads.ts";
import { masked } from "../domain/contacts.ts";
import { type Scope, showsContacts } from "../domain/scope.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { leadFilters } from "./lead-filters.ts";
import { type WorkingTimes, withWaits } from "./lead-waits.ts";
import { statement } from "./narrow.ts";
import type { Selected } from "./selection.ts";

type Query = z.infer<typeof LeadsQuery>;

/** All sorts compare integers; leads rank by arrival, campaigns by id, stages by the order of the funnel. */
const SORTS: Readonly<Record<Query["sort"], string>> = {
  arrival: "lead_key",
  stage: "enum_code(stage)::INTEGER",
  campaign: "campaign_key",
  wait: `CASE WHEN first_touch_at IS NOT NULL
    THEN greatest(0, epoch_ms(first_touch_at) - epoch_ms(arrival_at)) // 60000 END`,
  attempts: "(SELECT w.attempts FROM lead_waits AS w WHERE w.lead_key = l.lead_key)",
};

/** Columns of a lead as the lists give them. */
export interface LeadColumns {
  lead_id: string;
  name: string | null;
  phone: string | null;
  phone_e164: string | null;
  phone_country: string | null;
  phone_valid: boolean | null;
  email: string | null;
  email_valid: boolean | null;
  status: string | null;
  stage: string | null;
  arrival_at: string;
  campaign_id: string | null;
  campaign_name: string | null;
  project_name: string | null;
  account_id: string;
  assigned_to: string | null;
  logged: boolean;
  first_touch_at: string | null;
  wait_minutes: number | null;
}

interface PageRow extends LeadColumns {
  lead_key: number;
  sort_value: number | null;
}

/** A lead for the wire; phone and e-mail as the scope shows them. */
export function leadRow(row: LeadColumns, scope: Scope): LeadRow {
  const contact = (value: string | null) =>
    value === null || showsContacts(scope, row.account_id) ? value : masked(value);
  return {
    leadId: row.lead_id,
    name: row.name,
    phone: contact(row.phone_e164 ?? row.phone),
    phoneCountry: row.phone_country,
    phoneValid: row.phone_valid,
    email: contact(row.email),
    emailValid: row.email_valid,
    status: row.status,
    stage: row.stage,
    arrivalAt: row.arrival_at,
    campaignId: row.campaign_id,
    campaignName: row.campaign_name,
    project: row.project_name,
    account: row.account_id,
    assignedTo: row.assigned_to,
    logged: row.logged,
    firstTouchAt: row.first_touch_at,
    waitMinutes: row.wait_minutes,
  };
}

/** Four digits or more and nothing but what phones are written with: searched as a number. */
const DIGITS = /^\+?(?:[\s().+/-]*[0-9\u0660-\u0669\u06F0-\u06F9]){4,}[\s().-]*$/;

function afterClause(sort: Query["sort"], value: unknown, order: Query["order"]): string {
  const beyond = order === "desc" ? "<" : ">";
  if (sort === "arrival") return `lead_key ${beyond} $after_key`;
  const expression = SORTS[sort];
  if (value === null) return `${expression} IS NULL AND lead_key ${beyond} $after_key`;
  return `(${expression} ${beyond} $after_value OR ${expression} IS NULL
    OR (${expression} = $after_value AND lead_key ${beyond} $after_key))`;
}

/**
 * One page of leads: by arrival, stage, campaign, wait or attempts; searched by id, name, e-mail, or digits of the
 * phone. Phones and e-mails that the scope does not show are masked, and not searched either.
 *
 * @throws Problem `BAD_CURSOR`, `UNKNOWN_STAGE`
 */
export async function leadList(
  session: Session,
  selected: Selected,
  query: Query,
  scope: Scope,
  times: WorkingTimes,
): Promise<LeadsAnswer> {
  const list = `leads ${query.sort} ${query.order}`;
  const place = query.cursor === undefined ? null : decodeCursor(list, query.cursor);
  const search = query.search?.trim() ?? "";
  const filters = leadFilters(query);
  const clauses = {
    ...filters.clauses,
    ...(search === "" ? {} : { search: "(l.file_id, l.line) IN (FROM found_leads)" }),
  };
  const direction = query.order === "asc" ? "ASC" : "DESC";
  const text = selected
    .sql("leads", {
      ...clauses,
      ...(place === null ? {} : { after: afterClause(query.sort, place[0], query.order) }),
    })
    .replace("lead_key AS sort_value", `${SORTS[query.sort]} AS sort_value`)
    .replaceAll("sort_value DESC", `sort_value ${direction}`)
    .replaceAll("lead_key DESC", `lead_key ${direction}`);
  const params = {
    ...selected.params,
    ...filters.params,
    search,
    contacts: scope.contacts === "all" ? null : [...(scope.contacts ?? [])],
    after_value: place?.[0] ?? null,
    after_key: place?.[1] ?? null,
    limit: query.limit,
    offset: query.offset,
  };
  const read = async (): Promise<LeadsAnswer> => {
    const rows = await session.all<PageRow>(text, params);
    const count = await session.first<{ total: number }>(
      selected.sql("leads-total", clauses),
      params,
    );
    const last = rows.at(-1);
    return {
      frame: selected.frame,
      items: rows.map((row) => leadRow(row, scope)),
      next:
        last !== undefined && rows.length === query.limit
          ? encodeCursor(list, [last.sort_value, last.lead_key])
          : null,
      total: count?.total ?? 0,
    };
  };
  const answer = () => (filters.waits ? withWaits(session, selected, times, read) : read());
  if (search === "") return answer();
  // Looking through millions of names is dear: once for the page and the count.
  const found = statement(DIGITS.test(search) ? "lead-search-digits" : "lead-search");
  await session.run(`CREATE OR REPLACE TEMP TABLE found_leads AS ${found}`, params);
  try {
    return await answer();
  } finally {
    await session.run("DROP TABLE IF EXISTS found_leads");
  }
}
