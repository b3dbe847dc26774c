/** Conditions that look at several cells of a record, and the id of a lead whose table has none. */
import { blankSql } from "./cell-sql.ts";
import { has, typedName } from "./typed-cells.ts";
import type { TypingPlan } from "./typing-plan.ts";

export interface RowRule {
  /** Column under which a breach is told. */
  readonly column: string;
  /** SQL that is true where the record keeps the rule; never null. */
  readonly holds: string;
  readonly reason: string;
}

/** By what a lead is known where the table has no lead ids. */
export const CONTACTS = ["phone", "email"];

export function withoutLeadId(plan: TypingPlan): boolean {
  return plan.mapping.table === "campaign_leads" && !has(plan, "lead_id");
}

/** SQL that is true where a record names somebody to reach. */
function contactSql(plan: TypingPlan): string {
  const mapped = CONTACTS.filter((contact) => has(plan, contact)).map(typedName);
  return `coalesce(${mapped.join(", ")}) IS NOT NULL`;
}

/** Measures that tell whether anything was delivered. */
const DELIVERY = ["impressions", "clicks", "reach"];

export function hasDelivery(plan: TypingPlan): boolean {
  return plan.mapping.table === "insights" && has(plan, "impressions");
}

/** SQL that is true where an amount stands, or nothing was delivered: ads exports leave zeros empty. */
function spendSql(plan: TypingPlan): string {
  const nothing = DELIVERY.filter((measure) => has(plan, measure))
    .map((measure) => `coalesce(${typedName(measure)}, 0) = 0`)
    .join(" AND ");
  return `(${typedName("spend")} IS NOT NULL OR (${nothing}))`;
}

/** Conditions that look at several cells of a record; all hold where every cell has a value. */
export function acrossCells(plan: TypingPlan): RowRule[] {
  const { fields } = plan.mapping;
  const rules: RowRule[] = [];
  if (withoutLeadId(plan)) {
    const column = CONTACTS.map((contact) => fields[contact]).find((name) => name) ?? "";
    const reason = "a lead without an id needs a phone or an e-mail";
    rules.push({ column, holds: contactSql(plan), reason });
  }
  if (hasDelivery(plan)) {
    const reason = "spend is required where something was delivered, and the cell is empty";
    const spend = plan.fields.find(({ field }) => field.field === "spend");
    const blank = spend ? blankSql(spend) : "true";
    // A cell that is filled but no amount is told by its own column.
    const holds = `(${spendSql(plan)} OR NOT (${blank}))`;
    rules.push({ column: fields.spend ?? "", holds, reason });
  }
  return rules;
}

/** SQL of a lead's id made of contact and moment: the same lead gets the same id from every export. */
export function leadIdSql(plan: TypingPlan): string {
  const phone = `regexp_replace(ingest_clean(${typedName("phone")}), '[^0-9]', '', 'g')`;
  const email = `lower(ingest_clean(${typedName("email")}))`;
  const parts = [has(plan, "phone") ? phone : "''", has(plan, "email") ? email : "''"];
  const told = parts.map((part) => `coalesce(${part}, '')`).join(" || '/' || ");
  return `'contact:' || left(md5(${told} || '/' || CAST(${typedName("added_at")} AS VARCHAR)), 16)`;
}
