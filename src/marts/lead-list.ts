import type { z } from "zod";
import type { LeadsAnswer, LeadsQuery } from "../contract/overview.ts";
import { masked } from "../domain/contacts.ts";
import { type Scope, showsContacts } from "../domain/scope.ts";
import type { Session } from "../warehouse/warehouse.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { stageClause } from "./lead-stage.ts";
import { statement } from "./narrow.ts";
import type { Selected } from "./selection.ts";

type Query = z.infer<typeof LeadsQuery>;

/** All sorts compare integers; leads rank by arrival, campaigns by id, stages by the order of the funnel. */
const SORTS: Readonly<Record<Query["sort"], string>> = {
  arrival: "lead_key",
  stage: "enum_code(stage)::INTEGER",
  campaign: "campaign_key",
};

interface PageRow {
  lead_key: number;
  sort_value: number | null;
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
  project_name: string | null;
  account_id: string;
  logged: boolean;
  first_touch_at: string | null;
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
 * One page of leads: by arrival, stage or campaign; searched by id, name, e-mail, or digits of the phone. Phones and
 * e-mails that the scope does not show are masked, and not searched either.
 *
 * @throws Problem `BAD_CURSOR`, `UNKNOWN_STAGE`
 */
export async function leadList(
  session: Session,
  selected: Selected,
  query: Query,
  scope: Scope,
): Promise<LeadsAnswer> {
  const list = `leads ${query.sort} ${query.order}`;
  const place = query.cursor === undefined ? null : decodeCursor(list, query.cursor);
  const search = query.search?.trim() ?? "";
  const clauses = {
    ...stageClause(query.stage),
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
    search,
    contacts: scope.contacts === "all" ? null : [...(scope.contacts ?? [])],
    after_value: place?.[0] ?? null,
    after_key: place?.[1] ?? null,
    limit: query.limit,
  };
  if (search !== "") {
    // Looking through millions of names is dear: once for the page and the count.
    const found = statement(DIGITS.test(search) ? "lead-search-digits" : "lead-search");
    await session.run(`CREATE OR REPLACE TEMP TABLE found_leads AS ${found}`, params);
  }
  const rows = await session.all<PageRow>(text, params);
  const count = await session.first<{ total: number }>(
    selected.sql("leads-total", clauses),
    params,
  );
  if (search !== "") await session.run("DROP TABLE found_leads");
  const last = rows.at(-1);
  return {
    frame: selected.frame,
    items: rows.map((row) => {
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
        project: row.project_name,
        account: row.account_id,
        logged: row.logged,
        firstTouchAt: row.first_touch_at,
      };
    }),
    next:
      last !== undefined && rows.length === query.limit
        ? encodeCursor(list, [last.sort_value, last.lead_key])
        : null,
    total: count?.total ?? 0,
  };
}
