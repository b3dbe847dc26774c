/** Treatments: a proposal of a finding is accepted, and can be withdrawn; both are events, and every number follows. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../base/canonical-json.ts";
import { Problem } from "../base/problem.ts";
import type {
  Text,
  TreatmentNote,
  TreatmentRequest,
  TreatmentRow,
  TreatmentsAnswer,
} from "../contract/explore.ts";
import { currencyDecimals } from "../domain/money.ts";
import { EVERYTHING, type Scope } from "../domain/scope.ts";
import { TreatmentAction } from "../domain/treatments.ts";
import { findAll, type LiveFinding, RULES } from "../explore/find.ts";
import { type Look, openLook } from "../explore/look.ts";
import type { Rule } from "../explore/rule.ts";
import type { Json, NewEvent } from "../store/events.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import { bringUp } from "./bring-up.ts";
import { type LedgerTreatment, treatmentsInForce, WORKSPACE } from "./ledger.ts";
import type { Workspace } from "./workspace.ts";

/** @throws Problem `FINDING_UNKNOWN` */
export function findingUnknown(key: string): Problem {
  return new Problem("FINDING_UNKNOWN", {
    what: "The data, as they are now, have no such finding",
    where: key,
    fix: "List the findings to see their keys; one that was mended in the source is gone.",
  });
}

/** The rules that may have made the finding of a key. */
export function rulesOf(key: string): Rule[] {
  return RULES.filter((rule) => key.startsWith(rule.id));
}

/** What a rule looks for; of one that is gone, its id. */
export function ruleTitle(id: string): Text {
  return RULES.find((rule) => rule.id === id)?.title ?? { en: id, ar: id };
}

/** The finding of a key, found anew. */
async function liveFinding(look: Look, key: string): Promise<LiveFinding> {
  const found = (await findAll(look, rulesOf(key))).live.find((one) => one.found.key === key);
  if (!found) throw findingUnknown(key);
  return found;
}

function notOffered(key: string, what: string, fix: string): Problem {
  return new Problem("TREATMENT_NOT_OFFERED", { what, where: key, fix });
}

/** What the accepted proposal does, in full. @throws Problem `TREATMENT_NOT_OFFERED` */
async function actionOf(
  { found }: LiveFinding,
  { kind, items }: TreatmentRequest,
): Promise<TreatmentAction> {
  const remedy = found.remedies.find((one) => one.kind === kind);
  if (!remedy) {
    const kinds = [...new Set(found.remedies.map((one) => one.kind))].join(", ");
    throw notOffered(
      found.key,
      `"${kind}" is not offered for this finding`,
      kinds === "" ? "Nothing is offered for it." : `Choose one of: ${kinds}.`,
    );
  }
  const listed = found.items.length === found.itemsTotal;
  const strangers = (items ?? []).filter((id) => !found.items.some((item) => item.id === id));
  if (listed && strangers.length > 0) {
    throw notOffered(
      found.key,
      `The finding has no item "${strangers[0]}"`,
      "Choose among its items, or leave `items` out for all of them.",
    );
  }
  const parsed = TreatmentAction.safeParse(await remedy.action(items));
  if (!parsed.success) {
    throw notOffered(
      found.key,
      "There is nothing to do for the items named",
      "Choose among its items, or leave `items` out for all of them.",
    );
  }
  return parsed.data;
}

/** Whether a treatment of the same finding is wholly covered by a newer one for `items`. */
function coveredBy(earlier: LedgerTreatment, items: TreatmentRequest["items"]): boolean {
  if (items === null) return true;
  return earlier.items?.every((id) => items.includes(id)) ?? false;
}

function meets(earlier: LedgerTreatment, items: TreatmentRequest["items"]): boolean {
  return items === null || earlier.items === null || earlier.items.some((id) => items.includes(id));
}

function withdrawal(id: string, by: string, at: Date): NewEvent {
  return {
    account: WORKSPACE,
    type: "treatment.withdrawn",
    key: id,
    occurredAt: at,
    payload: { id, by },
  };
}

/**
 * Accepts a proposal for a finding, or for some of its items. What was accepted before for the same items gives way,
 * so that nothing is corrected twice. Accepting what is in force already changes nothing.
 *
 * @returns the treatment in force, when every number rests on it
 * @throws Problem `FINDING_UNKNOWN`, `TREATMENT_NOT_OFFERED`, `TREATMENT_OVERLAPS`, `BUILD_FAILED`
 */
export async function acceptTreatment(
  workspace: Workspace,
  request: TreatmentRequest,
  by: string,
): Promise<TreatmentRow> {
  const { ledger, store, clock } = workspace;
  return workspace.turn.pass(async () => {
    await workspace.refreshLedger();
    const look = await openLook(workspace.warehouse, {
      scope: EVERYTHING,
      definitions: workspace.definitions(),
    });
    let live: LiveFinding;
    let action: TreatmentAction;
    try {
      live = await liveFinding(look, request.finding);
      action = await actionOf(live, request);
    } finally {
      await look.close();
    }
    const items = request.items === null ? null : [...new Set(request.items)].sort();
    const earlier = treatmentsInForce(ledger).filter((one) => one.finding === request.finding);
    const content = canonicalJson({ kind: request.kind, items, action });
    const same = earlier.find(
      (one) => canonicalJson({ kind: one.kind, items: one.items, action: one.action }) === content,
    );
    if (same) return rowOf(workspace, same.id);
    const standing = earlier.find((one) => meets(one, items) && !coveredBy(one, items));
    if (standing) {
      throw new Problem("TREATMENT_OVERLAPS", {
        what: `A treatment of more than these items is in force since ${standing.at.toISOString()}`,
        where: standing.id,
        fix: "Withdraw that one first, or accept for all items at once.",
      });
    }
    const now = clock.now();
    const id = `t-${createHash("sha256")
      .update(`${ledger.position} ${request.finding} ${content}`)
      .digest("hex")
      .slice(0, 12)}`;
    const results = await store.append([
      ...earlier.filter((one) => coveredBy(one, items)).map((one) => withdrawal(one.id, by, now)),
      {
        account: WORKSPACE,
        type: "treatment.accepted",
        key: id,
        occurredAt: now,
        payload: {
          finding: request.finding,
          rule: live.rule.id,
          kind: request.kind,
          items,
          action: action as unknown as Json,
          by,
        },
      },
    ]);
    for (const result of results) if (result.outcome === "conflict") throw result.problem;
    await workspace.refreshLedger();
    await bringUp(workspace, { where: id, kept: "The treatment is kept" });
    return rowOf(workspace, id);
  });
}

/**
 * Takes a treatment back; every number is as it was before it. Taking back what is withdrawn already changes nothing.
 *
 * @throws Problem `TREATMENT_UNKNOWN`, `BUILD_FAILED`
 */
export async function withdrawTreatment(
  workspace: Workspace,
  id: string,
  by: string,
): Promise<TreatmentRow> {
  return workspace.turn.pass(async () => {
    await workspace.refreshLedger();
    const treatment = workspace.ledger.treatments.get(id);
    if (!treatment) {
      throw new Problem("TREATMENT_UNKNOWN", {
        what: "There is no such treatment",
        where: id,
        fix: "List the treatments to find its id.",
      });
    }
    if (treatment.withdrawn === null) {
      const [result] = await workspace.store.append([withdrawal(id, by, workspace.clock.now())]);
      if (result?.outcome === "conflict") throw result.problem;
      await workspace.refreshLedger();
      await bringUp(workspace, { where: id, kept: "The withdrawal is kept" });
    }
    return rowOf(workspace, id);
  });
}

interface Done {
  treatment_id: string;
  rows: number | null;
  spend_minor: number;
  leads: number;
  /** Campaign days that it changes. */
  days: number;
}

const accountsOf = ({ accounts }: Scope) => (accounts === "all" ? null : [...accounts]);

/** What each treatment in force does within a scope, by id. */
async function doneBy(workspace: Workspace, scope: Scope): Promise<Map<string, Done>> {
  const rows = await workspace.warehouse.all<Done>(sqlFile(import.meta.url, "sql/treatments.sql"), {
    accounts: accountsOf(scope),
  });
  return new Map(rows.map((row) => [row.treatment_id, row]));
}

function noteOf(treatment: LedgerTreatment, done: Done | undefined): TreatmentNote {
  const { id, finding, rule, kind, items, by, at } = treatment;
  return {
    id,
    finding,
    rule,
    kind,
    items: items === null ? null : items.length,
    by,
    at: at.toISOString(),
    applies: treatment.withdrawn === null && done?.rows !== 0,
  };
}

/** Treatments in force as findings show them, newest first. */
export async function notesInForce(
  workspace: Workspace,
): Promise<readonly { readonly note: TreatmentNote; readonly items: readonly string[] | null }[]> {
  const done = await doneBy(workspace, EVERYTHING);
  return treatmentsInForce(workspace.ledger)
    .map((one) => ({ note: noteOf(one, done.get(one.id)), items: one.items }))
    .reverse();
}

/**
 * Every treatment ever accepted, newest first, with what it changes now; who holds only some accounts sees those that
 * change something in them, and by how much there.
 */
export async function listTreatments(
  workspace: Workspace,
  scope: Scope,
): Promise<TreatmentsAnswer> {
  const done = await doneBy(workspace, scope);
  const found = await workspace.warehouse.first<{ currencies: string[] | null }>(
    sqlFile(import.meta.url, "sql/currencies.sql"),
    { accounts: accountsOf(scope) },
  );
  const [first, ...others] = found?.currencies ?? [];
  const fallback = workspace.definitions().default.currency;
  const currency = others.length > 0 ? null : (first ?? fallback);
  const seen = [...workspace.ledger.treatments.values()].filter(
    ({ id }) => scope.accounts === "all" || (done.get(id)?.days ?? 0) > 0,
  );
  return {
    currency,
    currencyDecimals: currencyDecimals(currency ?? fallback),
    items: seen
      .map((treatment): TreatmentRow => {
        const effect = done.get(treatment.id);
        const { withdrawn } = treatment;
        return {
          ...noteOf(treatment, effect),
          title: ruleTitle(treatment.rule),
          spendMinor: currency === null ? null : (effect?.spend_minor ?? null),
          leads: effect?.leads ?? null,
          withdrawn: withdrawn && { by: withdrawn.by, at: withdrawn.at.toISOString() },
        };
      })
      .reverse(),
  };
}

async function rowOf(workspace: Workspace, id: string): Promise<TreatmentRow> {
  const { items } = await listTreatments(workspace, EVERYTHING);
  const row = items.find((one) => one.id === id);
  if (!row) throw new Error(`Treatment ${id} is not in the ledger`);
  return row;
}
