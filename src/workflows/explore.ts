/** What the data look like, what is wrong with them, what it costs and what to ask: all of it over one look. */
import type { ExploreReport, Finding, FindingRowsAnswer, Waterfall } from "../contract/explore.ts";
import { AdsOrFollowUpQuery } from "../contract/explore.ts";
import type { Scope } from "../domain/scope.ts";
import type { TreatmentAction } from "../domain/treatments.ts";
import { findAll } from "../explore/find.ts";
import type { Look } from "../explore/look.ts";
import { askAll } from "../explore/questions.ts";
import { quoteName } from "../ingest/sql-text.ts";
import { decodeCursor, encodeCursor } from "../marts/cursor.ts";
import type { WaterfallFigures } from "../marts/waterfall.ts";
import { tryTreatments } from "../quality/treatments.ts";
import { fileNames, withFileNames } from "./file-names.ts";
import { activeSamples } from "./ledger.ts";
import { maskedFinding, maskedListing } from "./mask-contacts.ts";
import { lookAndTell, recommendedAction, type Told } from "./told.ts";
import { findingUnknown, notesInForce, rulesOf, ruleTitle } from "./treat.ts";
import type { Workspace } from "./workspace.ts";

export interface ExploreOptions {
  readonly scope: Scope;
  /** Only what was known at the end of this day, `YYYY-MM-DD`. */
  readonly asOf: string | null;
}

/** Reports kept per workspace: a page asks for one part after the other, in few scopes. */
const KEPT = 6;

const kept = new WeakMap<Workspace, Map<string, Promise<ExploreReport>>>();

type Notes = Awaited<ReturnType<typeof notesInForce>>;

/** A finding with its files by name, the treatments in force, and each item with the newest that covers it. */
function treated(finding: Finding, notes: Notes, names: ReadonlyMap<number, string>): Finding {
  const own = notes.filter(({ note }) => note.finding === finding.key);
  return {
    ...finding,
    examples: withFileNames(finding.examples, names),
    treatments: own.map(({ note }) => note),
    items: finding.items.map((item) => ({
      ...item,
      treatment:
        own.find(({ items }) => items === null || items.includes(item.id))?.note.id ?? null,
    })),
  };
}

interface Proposed {
  readonly rule: string;
  readonly action: TreatmentAction;
}

/** What is recommended and not decided: whole findings, and of findings decided in part the items left. */
async function proposedActions(look: Look, told: Told, notes: Notes): Promise<Proposed[]> {
  const proposed: Proposed[] = [];
  for (const { key, rule, items } of told.findings) {
    const whole = told.recommended.get(key);
    const own = notes.filter(({ note }) => note.finding === key);
    if (whole === undefined || own.some((one) => one.items === null)) continue;
    if (own.length === 0) {
      proposed.push({ rule, action: whole });
      continue;
    }
    const decided = new Set(own.flatMap((one) => one.items ?? []));
    const left = items.map((item) => item.id).filter((id) => !decided.has(id));
    if (left.length === 0) continue;
    const live = (await findAll(look, rulesOf(key))).live.find((one) => one.found.key === key);
    const action = live ? await recommendedAction(live, left) : null;
    if (action !== null) proposed.push({ rule, action });
  }
  return proposed;
}

/** Effects of the same rule as one step, in the order in which rules come first. */
function byRule(
  steps: readonly { readonly rule: string; readonly spendMinor: number; readonly leads: number }[],
): { rule: string; spendMinor: number; leads: number }[] {
  const sums = new Map<string, { rule: string; spendMinor: number; leads: number }>();
  for (const { rule, spendMinor, leads } of steps) {
    const sum = sums.get(rule) ?? { rule, spendMinor: 0, leads: 0 };
    sums.set(rule, {
      rule,
      spendMinor: sum.spendMinor + spendMinor,
      leads: sum.leads + leads,
    });
  }
  return [...sums.values()];
}

const less = (one: number | null, other: number | null) =>
  one === null || other === null ? null : one - other;

/** The figures with their labels, and after them what each recommended treatment would change on top. */
async function waterfallWith(
  look: Look,
  figures: WaterfallFigures,
  told: Told,
  notes: Notes,
): Promise<Waterfall> {
  const { spend, leads, frame } = figures;
  const mixed = spend.corrected === null;
  const actions = await proposedActions(look, told, notes);
  const effects = await tryTreatments(
    look.session,
    actions.map((one) => one.action),
    frame.asOf,
  );
  const further = byRule(
    actions.map(({ rule }, i) => ({ rule, ...(effects[i] ?? { spendMinor: 0, leads: 0 }) })),
  ).filter((step) => step.spendMinor !== 0 || step.leads !== 0);
  const more = further.reduce((sum, step) => sum + step.spendMinor, 0);
  const moreLeads = further.reduce((sum, step) => sum + step.leads, 0);
  return {
    currency: frame.currency,
    currencyDecimals: frame.currencyDecimals,
    spend: { raw: spend.raw, corrected: spend.corrected },
    leads: { raw: leads.raw, corrected: leads.corrected },
    steps: [
      {
        id: "deduplication",
        label: { en: "Exact duplicates counted once", ar: "احتساب الصفوف المكررة مرة واحدة" },
        spendMinor: less(spend.deduplicated, spend.raw),
        leads: less(leads.deduplicated, leads.raw),
        accepted: true,
      },
      ...figures.steps.map(({ rule, spendMinor, leads: fewer }) => ({
        id: rule,
        label: ruleTitle(rule),
        spendMinor,
        leads: leads.corrected === null ? null : fewer,
        accepted: true,
      })),
      ...further.map(({ rule, spendMinor, leads: fewer }) => ({
        id: rule,
        label: ruleTitle(rule),
        spendMinor: mixed ? null : spendMinor,
        leads: leads.corrected === null ? null : fewer,
        accepted: false,
      })),
    ],
    proposed: {
      spendMinor: spend.corrected === null ? null : spend.corrected + more,
      leads: leads.corrected === null ? null : leads.corrected + moreLeads,
    },
  };
}

/** The view that tells most: accounts where there are several, else projects, else campaigns. */
async function groupingOf(look: Look): Promise<"account" | "project" | "campaign"> {
  const row = await look.session.first<{ accounts: number; projects: number }>(
    "SELECT count(DISTINCT account_id) AS accounts, count(DISTINCT project_name) AS projects FROM campaigns",
  );
  if ((row?.accounts ?? 0) > 1) return "account";
  return (row?.projects ?? 0) > 1 ? "project" : "campaign";
}

async function makeReport(workspace: Workspace, options: ExploreOptions): Promise<ExploreReport> {
  const { scope, asOf } = options;
  const { queries, ledger } = workspace;
  const definitions = workspace.definitions();
  const { look, telling } = await lookAndTell(workspace, definitions, options);
  try {
    const everything = AdsOrFollowUpQuery.parse({
      from: "all",
      by: await groupingOf(look),
      ...(asOf === null ? {} : { asOf }),
    });
    const empty = look.firstDay === null;
    const [told, figures, adsOrFollowUp] = await Promise.all([
      telling,
      empty ? null : queries.waterfall(everything, scope),
      empty ? null : queries.adsOrFollowUp(everything, scope),
    ]);
    const notes = await notesInForce(workspace);
    const names = fileNames(ledger);
    const findings = told.findings.map((one) => maskedFinding(treated(one, notes, names), scope));
    return {
      madeAt: workspace.clock.now().toISOString(),
      firstDay: look.firstDay,
      lastDay: look.lastDay,
      ...look.unit,
      definitionsVersion: definitions.version,
      sample: activeSamples(ledger).length > 0,
      tables: told.tables,
      relations: told.relations,
      findings,
      checked: told.checked,
      waterfall: figures && (await waterfallWith(look, figures, told, notes)),
      insights: told.insights,
      questions: await askAll(look, findings, told.insights, ledger.answers),
      adsOrFollowUp,
    };
  } finally {
    // A connection is closed only when nothing runs on it any more.
    await Promise.allSettled([telling]);
    await look.close();
  }
}

/**
 * The whole report of what a scope may see. Made once per state of the data, definitions, answers and scope; whoever
 * asks while it is being made gets the same one.
 */
export async function explore(
  workspace: Workspace,
  options: ExploreOptions,
): Promise<ExploreReport> {
  const { scope, asOf } = options;
  const sorted = (accounts: Scope["accounts"] = []) =>
    accounts === "all" ? accounts : [...accounts].sort();
  const key = JSON.stringify([
    workspace.ledger.position,
    workspace.dataVersion,
    workspace.definitions().version,
    sorted(scope.accounts),
    sorted(scope.leads),
    sorted(scope.contacts),
    asOf,
  ]);
  const reports = kept.get(workspace) ?? new Map<string, Promise<ExploreReport>>();
  kept.set(workspace, reports);
  const known = reports.get(key);
  if (known) return known;
  const made = makeReport(workspace, options);
  reports.set(key, made);
  for (const old of [...reports.keys()].slice(0, -KEPT)) reports.delete(old);
  made.catch(() => reports.delete(key));
  return made;
}

/**
 * One page of all rows of a finding, in the order of their files where they have one.
 *
 * @throws Problem `FINDING_UNKNOWN`, `BAD_CURSOR`
 */
export async function findingRows(
  workspace: Workspace,
  finding: string,
  options: ExploreOptions,
  page: { readonly cursor: string | undefined; readonly limit: number },
): Promise<FindingRowsAnswer> {
  const { findings } = await explore(workspace, options);
  const found = findings.find((one) => one.key === finding);
  if (!found) throw findingUnknown(finding);
  const list = `finding ${finding}`;
  const from = page.cursor === undefined ? 0 : Number(decodeCursor(list, page.cursor)[0]);
  return workspace.warehouse.snapshot(async (session) => {
    const described = await session.all<{ column_name: string }>(`DESCRIBE ${found.sql}`);
    const columns = described.map((one) => one.column_name);
    // Lines that stand twice, under two items, must keep their places from page to page.
    const places = ["file_id", "line"].filter((name) => columns.includes(name));
    const order = new Set([...places, ...columns]);
    // Numbers written in: a `$` in the finding's own text belongs to a name, never to a parameter.
    const rows = await session.columns(
      `SELECT * FROM (${found.sql}) ORDER BY ${[...order].map(quoteName).join(", ")}
       LIMIT ${Math.trunc(page.limit)} OFFSET ${Math.trunc(from)}`,
    );
    const counted = await session.first<{ n: number }>(`SELECT count(*) AS n FROM (${found.sql})`);
    const total = counted?.n ?? 0;
    const shown = (rows[columns[0] ?? ""] ?? []).length;
    const cells = Array.from({ length: shown }, (_, i) =>
      columns.map((name) => {
        const value = rows[name]?.[i] ?? null;
        return typeof value === "number" || typeof value === "boolean" || value === null
          ? value
          : String(value);
      }),
    );
    const named = withFileNames({ columns, rows: cells }, fileNames(workspace.ledger));
    return {
      ...maskedListing(named, options.scope),
      next: from + shown < total ? encodeCursor(list, [from + shown]) : null,
      total,
    };
  });
}
