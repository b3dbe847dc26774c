/** All evidence of a rule from one run of its listing: kept for the look, counted, its first rows taken. */
import type { Finding, Listing, Severity } from "../contract/explore.ts";
import type { Params } from "../warehouse/values.ts";
import { examples, type Tally, tally } from "./evidence.ts";
import { DERIVED_TABLES, type Look } from "./look.ts";

export interface Evidence extends Tally {
  readonly examples: Listing;
  /** Lists every row, for anyone who can read the warehouse. */
  readonly sql: string;
}

/** Name under which the rows of the listing just gathered can be asked for more, until the next is gathered. */
export const GATHERED = "gathered_rows";

const kept = new WeakMap<Look, Set<string>>();

/** Makes tables of the derived views that a statement reads, so that the next to ask finds them made. */
export async function keepDerived(look: Look, sql: string): Promise<void> {
  const known = kept.get(look) ?? new Set<string>();
  kept.set(look, known);
  for (const name of DERIVED_TABLES) {
    if (known.has(name) || !new RegExp(`\\b(?:FROM|JOIN)\\s+${name}\\b`, "i").test(sql)) continue;
    const { session } = look;
    await session.run(`CREATE TEMP TABLE kept_${name} AS FROM ${name}`);
    await session.run(`CREATE OR REPLACE TEMP VIEW ${name} AS FROM kept_${name}`);
    known.add(name);
  }
}

/**
 * Runs a listing once and keeps its rows.
 *
 * @returns null when it lists nothing
 */
export async function gather(
  look: Look,
  sql: string,
  params: Params = {},
): Promise<Evidence | null> {
  await keepDerived(look, sql);
  // Most listings are empty, and the statement that keeps the rows tells how many there are.
  const made = await look.session.first<{ Count: number }>(
    `CREATE OR REPLACE TEMP TABLE ${GATHERED} AS\n${sql}`,
    params,
  );
  if (made?.Count === 0) return null;
  const counted = await tally(look, `SELECT * FROM ${GATHERED}`);
  return {
    ...counted,
    examples: await examples(look, `SELECT * FROM ${GATHERED}`),
    sql: look.listing(sql, params),
  };
}

/** How grave a share of faulty rows is. @param levels smallest share that is a warning, and that is critical */
export function severityOf(
  share: number,
  levels: { readonly warning: number; readonly critical: number },
): Severity {
  return share >= levels.critical ? "critical" : share >= levels.warning ? "warning" : "info";
}

/** Counted rows, as `Finding.unit`. */
export const UNITS = {
  logRows: { en: "log rows", ar: "صفوف السجل" },
  leads: { en: "leads", ar: "العملاء المحتملون" },
} as const satisfies Record<string, Finding["unit"]>;
