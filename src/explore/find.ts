/** Runs every rule over a look, and ranks what they find: the gravest first, then by the money at stake. */
import { type Finding, SEVERITIES, type Text } from "../contract/explore.ts";
import { DELIVERY_RULES } from "./delivery-rules.ts";
import type { Look } from "./look.ts";
import type { Found, Remedy, Rule } from "./rule.ts";
import { SALES_RULES } from "./sales-rules.ts";

export const RULES: readonly Rule[] = [...DELIVERY_RULES, ...SALES_RULES];

/** A finding with its remedies still live: they make the action when somebody accepts. */
export interface LiveFinding {
  readonly rule: Rule;
  readonly found: Found;
}

export interface Findings {
  readonly live: readonly LiveFinding[];
  /** Rules that ran and found nothing. */
  readonly quiet: readonly string[];
  /** Rules that could not run, and why. */
  readonly skipped: readonly { readonly rule: string; readonly why: Text }[];
}

const TABLE_NAMES: Readonly<Record<string, Text>> = {
  campaigns: { en: "campaigns", ar: "الحملات" },
  insights: { en: "insights", ar: "أداء الإعلانات" },
  leads: { en: "leads", ar: "العملاء المحتملين" },
  log: { en: "status log", ar: "سجل الحالات" },
};

/** The value in force of a rule's threshold: the definitions', else the rule's own. */
function thresholdsOf(rule: Rule, look: Look): (name: string) => number {
  return (name) => {
    const own = rule.thresholds[name];
    if (own === undefined) throw new Error(`${rule.id} has no threshold "${name}"`);
    return look.settings.thresholds[`${rule.id}.${name}`] ?? own;
  };
}

/** Money at stake in a finding, by which those of one severity are ranked. */
function weight({ found }: LiveFinding): number {
  return Math.abs(found.moneyMinor ?? 0);
}

/** Runs the rules. A rule that lacks a table is skipped by name, never silently. */
export async function findAll(look: Look, rules: readonly Rule[] = RULES): Promise<Findings> {
  const live: LiveFinding[] = [];
  const quiet: string[] = [];
  const skipped: { rule: string; why: Text }[] = [];
  for (const rule of rules) {
    const missing = rule.needs.filter((table) => look.rows[table] === 0);
    if (missing.length > 0) {
      const names = (language: "en" | "ar") =>
        missing
          .map((table) => TABLE_NAMES[table]?.[language] ?? table)
          .join(language === "en" ? ", " : "، ");
      skipped.push({
        rule: rule.id,
        why: {
          en: `There is no data of: ${names("en")}.`,
          ar: `لا توجد بيانات لـ: ${names("ar")}.`,
        },
      });
      continue;
    }
    const found = await rule.find(look, thresholdsOf(rule, look));
    if (found.length === 0) quiet.push(rule.id);
    for (const one of found) live.push({ rule, found: one });
  }
  return ranked([{ live, quiet, skipped }]);
}

/** Findings of several runs as one: the gravest first, then by money, then by rows. */
export function ranked(parts: readonly Findings[]): Findings {
  const live = parts.flatMap((part) => part.live);
  live.sort(
    (left, right) =>
      SEVERITIES.indexOf(left.found.severity) - SEVERITIES.indexOf(right.found.severity) ||
      weight(right) - weight(left) ||
      right.found.rows - left.found.rows ||
      left.found.key.localeCompare(right.found.key),
  );
  return {
    live,
    quiet: parts.flatMap((part) => part.quiet),
    skipped: parts.flatMap((part) => part.skipped),
  };
}

/** A finding as it is sent; treatments are added by who knows them. */
export function plainFinding({ rule, found }: LiveFinding): Finding {
  const { remedies, items, ...rest } = found;
  return {
    ...rest,
    rule: rule.id,
    title: rule.title,
    items: items.map((item) => ({ ...item, treatment: null })),
    proposals: remedies.map(({ action: _, ...proposal }: Remedy) => proposal),
    treatments: [],
  };
}
