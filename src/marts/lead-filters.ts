/** What narrows the list of leads beside the selection: fixed clauses here, values as parameters. */
import type { z } from "zod";
import type { LeadsQuery } from "../contract/leads.ts";
import type { Params } from "../warehouse/values.ts";
import { stageClause } from "./lead-stage.ts";
import type { Clauses } from "./narrow.ts";

type Query = z.infer<typeof LeadsQuery>;

const PHONES: Readonly<Record<NonNullable<Query["phone"]>, string>> = {
  valid: "s.phone_valid",
  invalid: "s.phone IS NOT NULL AND NOT coalesce(s.phone_valid, false)",
  none: "s.phone IS NULL",
};

const yes = (asked: "yes" | "no" | undefined, clause: string): string[] =>
  asked === undefined ? [] : [asked === "yes" ? clause : `NOT (${clause})`];

/** Clauses on `lead_waits AS w`, which must be made where there are any. */
function waitClauses(query: Query): string[] {
  return [
    ...(query.contact === undefined ? [] : ["w.contact = $contact"]),
    ...yes(query.late, "w.late"),
    ...yes(query.afterHours, "w.after_hours"),
    ...(query.weekday === undefined ? [] : ["w.weekday = $weekday::INTEGER"]),
    ...(query.hour === undefined ? [] : ["w.hour = $hour::INTEGER"]),
    ...(query.attempts === undefined ? [] : ["least(w.attempts, 5) = $attempts::INTEGER"]),
    ...(query.youngerThan === undefined ? [] : ["w.age_days < $younger_than::BIGINT"]),
    ...(query.olderThan === undefined ? [] : ["w.age_days >= $older_than::BIGINT"]),
  ];
}

export interface LeadFilters {
  readonly clauses: Clauses;
  readonly params: Params;
  /** Whether the clauses ask the table `lead_waits`. */
  readonly waits: boolean;
}

/** @throws Problem `UNKNOWN_STAGE` */
export function leadFilters(query: Query): LeadFilters {
  const waits = waitClauses(query);
  const clauses = [
    ...(query.status.length === 0 ? [] : ["l.status IN (SELECT unnest($statuses::VARCHAR[]))"]),
    ...yes(query.judged, "(l.stage IS NOT NULL AND NOT l.undecided)"),
    ...yes(query.logged, "l.logged"),
    ...(query.phone === undefined
      ? []
      : [
          `(l.file_id, l.line) IN (SELECT (s.file_id, s.line) FROM staging.campaign_leads AS s WHERE ${PHONES[query.phone]})`,
        ]),
    ...(query.rep === undefined ? [] : ["coalesce(l.assigned_to, '') = $rep"]),
    ...(waits.length === 0
      ? []
      : [`l.lead_key IN (SELECT w.lead_key FROM lead_waits AS w WHERE ${waits.join(" AND ")})`]),
  ];
  return {
    clauses: {
      ...stageClause(query.stage),
      ...(clauses.length === 0 ? {} : { filters: clauses.join(" AND ") }),
    },
    params: {
      statuses: query.status,
      rep: query.rep ?? null,
      contact: query.contact ?? null,
      weekday: query.weekday ?? null,
      hour: query.hour ?? null,
      attempts: query.attempts ?? null,
      younger_than: query.youngerThan ?? null,
      older_than: query.olderThan ?? null,
    },
    waits: waits.length > 0 || query.sort === "attempts",
  };
}
