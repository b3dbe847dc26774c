/** Leads and statuses as programs hand them in: each row is kept, is there already, or is refused with its reason. */
import { isProblem, type Problem } from "../base/problem.ts";
import type { KeptAnswer, KeptRow, LeadIn, StatusIn } from "../contract/work.ts";
import { type Definitions, definitionsOf } from "../domain/definitions.ts";
import type { Stage } from "../domain/stages.ts";
import type { Json, NewEvent } from "../store/events.ts";
import type { ConditionalEvent, ConditionalResult, WorkTable } from "../store/work.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { WorkCaller } from "./work-desk.ts";
import type { WorkMirror, WorkSight } from "./work-mirror.ts";
import {
  accountNotTold,
  accountNotYours,
  campaignElsewhere,
  leadUnknown,
  outcomeAhead,
  stageWithoutStatus,
} from "./work-problems.ts";
import type { Workspace } from "./workspace.ts";

/** Clocks of senders may be ahead by this much. */
const AHEAD_MS = 10 * 60_000;

/** One row on its way: an event under its condition, or why there is none. */
export type Step =
  | { readonly leadId: string; readonly account: string; readonly step: ConditionalEvent }
  | { readonly leadId: string; readonly account: string | null; readonly problem: Problem };

/** Whether a caller may do here what they ask for. */
export function holds({ scope }: WorkCaller, account: string): boolean {
  return scope.accounts === "all" || scope.accounts.includes(account);
}

/** The id that a lead has within its account: without what tells it apart from one of the same id elsewhere. */
export function ownId(account: string, leadId: string): string {
  const suffix = ` @ ${account}`;
  return leadId.endsWith(suffix) ? leadId.slice(0, -suffix.length) : leadId;
}

/** By whose key the personal fields of a lead are sealed. */
export function personOf(account: string, lead: string): string {
  return `lead ${account} ${lead}`;
}

function rowOf(index: number, step: Step, result: ConditionalResult | null): KeptRow {
  const { leadId, account } = step;
  const problem =
    "problem" in step ? step.problem : result && "problem" in result ? result.problem : null;
  if (problem) return { index, account, leadId, outcome: "refused", problem: problem.toJSON() };
  const outcome = result?.outcome === "appended" ? "kept" : "repeated";
  return { index, account, leadId, outcome, problem: null };
}

/** Keeps what can be kept, all in one commit where it fits. */
export async function keepSteps(work: WorkTable, steps: readonly Step[]): Promise<KeptRow[]> {
  const events = steps.flatMap((one) => ("step" in one ? [one.step] : []));
  const results = await work.append(events);
  let next = 0;
  return steps.map((one, index) => {
    const result = "step" in one ? (results[next++] ?? null) : null;
    return rowOf(index, one, result);
  });
}

export function sumUp(items: KeptRow[]): KeptAnswer {
  const count = (outcome: KeptRow["outcome"]) =>
    items.filter((one) => one.outcome === outcome).length;
  return { kept: count("kept"), repeated: count("repeated"), refused: count("refused"), items };
}

/**
 * Events that name no time of their own happened when the server first took them: one that is there already keeps that
 * time, so that sending it again is a repeat.
 */
export async function atFirstTime(
  work: WorkTable,
  steps: readonly Step[],
  timeless: ReadonlySet<number>,
): Promise<Step[]> {
  const asked = steps.flatMap((one, index) =>
    timeless.has(index) && "step" in one ? [{ index, event: one.step.event }] : [],
  );
  if (asked.length === 0) return [...steps];
  const moments = await work.moments(asked.map(({ event }) => event));
  const known = new Map(asked.map(({ index }, i) => [index, moments[i] ?? null]));
  return steps.map((one, index) => {
    const moment = known.get(index);
    if (!moment || !("step" in one)) return one;
    const event: NewEvent = { ...one.step.event, occurredAt: moment };
    return { ...one, step: { ...one.step, event } };
  });
}

/** Keeps rows of which some name no time; two that came at the same moment for the first time are settled by a second look. */
export async function keepTimeless(
  work: WorkTable,
  steps: readonly Step[],
  timeless: ReadonlySet<number>,
): Promise<KeptRow[]> {
  const first = await keepSteps(work, await atFirstTime(work, steps, timeless));
  const clashed = first.some(
    (one) => timeless.has(one.index) && one.problem?.code === "EVENT_CONFLICT",
  );
  if (!clashed) return first;
  const again = await keepSteps(work, await atFirstTime(work, steps, timeless));
  return again.map((one, index) => (first[index]?.outcome === "kept" ? first[index] : one));
}

/** A problem as a value; anything else is a defect and goes on its way. */
export function asProblem<T>(deed: () => T): T | Problem {
  try {
    return deed();
  } catch (error) {
    if (isProblem(error)) return error;
    throw error;
  }
}

/** The status to set: as sent, or the first that the account's map leads to the stage. @throws Problem `STAGE_WITHOUT_STATUS` */
export function statusFor(
  definitions: Definitions,
  account: string,
  lead: string,
  row: { readonly status?: string | undefined; readonly stage?: Stage | undefined },
): string {
  if (row.status !== undefined) return row.status;
  const stage = row.stage ?? "unknown";
  const { statusMap } = definitionsOf(definitions, account);
  const found = Object.entries(statusMap).find(([, of]) => of === stage);
  if (!found) throw stageWithoutStatus(account, lead, stage);
  return found[0];
}

/** @throws Problem `STAGE_WITHOUT_STATUS`, `OUTCOME_AHEAD` */
export function statusEvent(
  workspace: Workspace,
  account: string,
  lead: string,
  by: string,
  row: Omit<StatusIn, "leadId" | "account">,
): NewEvent {
  const now = workspace.clock.now();
  const at = row.at === undefined ? now : new Date(row.at);
  if (at.getTime() > now.getTime() + AHEAD_MS) throw outcomeAhead(account, lead);
  const status = statusFor(workspace.definitions(), account, lead, row);
  const key = row.id === undefined ? `${lead} ${status} ${at.toISOString()}` : `${by} ${row.id}`;
  const nextAttemptAt =
    row.nextAttemptAt === undefined ? null : new Date(row.nextAttemptAt).toISOString();
  return {
    account,
    type: "lead.status_set",
    key,
    occurredAt: at,
    payload: { leadId: lead, status, nextAttemptAt, by },
    ...(row.note === undefined
      ? {}
      : { personal: { person: personOf(account, lead), fields: { note: row.note } } }),
  };
}

async function campaignAccounts(
  sight: WorkSight,
  leads: readonly LeadIn[],
): Promise<Map<string, string>> {
  const campaigns = [...new Set(leads.flatMap(({ campaignId }) => campaignId ?? []))];
  if (campaigns.length === 0) return new Map();
  const rows = await sight.session.all<{ campaign: string; account: string }>(
    sqlFile(import.meta.url, "sql/work-campaigns.sql"),
    { campaigns },
  );
  return new Map(rows.map(({ campaign, account }) => [campaign, account]));
}

function receivedEvent(account: string, lead: LeadIn, by: string, now: Date): NewEvent {
  return {
    account,
    type: "lead.received",
    key: lead.id,
    occurredAt: lead.addedAt === undefined ? now : new Date(lead.addedAt),
    payload: {
      leadId: lead.id,
      campaignId: lead.campaignId ?? null,
      campaignName: lead.campaignName ?? null,
      project: lead.project ?? null,
      adSetId: lead.adSetId ?? null,
      adId: lead.adId ?? null,
      formId: lead.formId ?? null,
      formName: lead.formName ?? null,
      platform: lead.platform ?? null,
      isOrganic: lead.isOrganic ?? null,
      language: lead.language ?? null,
      status: lead.status ?? null,
      assignedTo: lead.assignedTo ?? null,
      by,
    },
    personal: {
      person: personOf(account, lead.id),
      fields: {
        name: lead.name ?? null,
        phone: lead.phone ?? null,
        email: lead.email ?? null,
        attributes: (lead.attributes ?? null) as Json,
      },
    },
  };
}

/** Takes leads in. */
export async function receiveLeads(
  workspace: Workspace,
  mirror: WorkMirror,
  caller: WorkCaller,
  leads: readonly LeadIn[],
): Promise<KeptRow[]> {
  const now = workspace.clock.now();
  const { accounts } = caller.scope;
  const only = accounts !== "all" && accounts.length === 1 ? accounts[0] : undefined;
  const homes = await mirror.ask((sight) => campaignAccounts(sight, leads));
  const timeless = new Set<number>();
  const steps = leads.map((lead, index): Step => {
    const home = lead.campaignId === undefined ? undefined : homes.get(lead.campaignId);
    const account = lead.account ?? only ?? home;
    if (account === undefined) {
      return { leadId: lead.id, account: null, problem: accountNotTold(lead.id) };
    }
    const refused = (problem: Problem): Step => ({ leadId: lead.id, account, problem });
    if (!holds(caller, account)) return refused(accountNotYours(account, lead.id));
    if (home !== undefined && home !== account) return refused(campaignElsewhere(account, lead.id));
    if (lead.addedAt === undefined) timeless.add(index);
    const event = receivedEvent(account, lead, caller.person, now);
    return { leadId: lead.id, account, step: { event } };
  });
  return keepTimeless(workspace.store.work, steps, timeless);
}

/** Where leads of these ids are known, as far as the caller holds the account. */
async function whereabouts(
  sight: WorkSight,
  caller: WorkCaller,
  rows: readonly StatusIn[],
): Promise<Map<string, string[]>> {
  const named = [
    ...new Set(rows.map((row) => (row.account ? ownId(row.account, row.leadId) : row.leadId))),
  ];
  const found = await sight.session.all<{ account: string; lead: string }>(
    sqlFile(import.meta.url, "sql/work-where.sql"),
    { named },
  );
  const accounts = new Map<string, string[]>();
  for (const { account, lead } of found) {
    if (holds(caller, account)) accounts.set(lead, [...(accounts.get(lead) ?? []), account]);
  }
  return accounts;
}

/** Sets statuses of leads that are known. */
export async function receiveStatuses(
  workspace: Workspace,
  mirror: WorkMirror,
  caller: WorkCaller,
  rows: readonly StatusIn[],
  request: string | undefined,
): Promise<KeptRow[]> {
  const known = await mirror.ask((sight) => whereabouts(sight, caller, rows));
  const timeless = new Set<number>();
  const steps = rows.map((row, index): Step => {
    const lead = row.account === undefined ? row.leadId : ownId(row.account, row.leadId);
    const homes = known.get(lead) ?? [];
    const account = row.account ?? (homes.length === 1 ? homes[0] : undefined);
    const refused = (problem: Problem): Step => ({
      leadId: row.leadId,
      account: account ?? null,
      problem,
    });
    if (account === undefined) {
      return refused(homes.length > 1 ? accountNotTold(row.leadId) : leadUnknown(null, row.leadId));
    }
    if (!holds(caller, account)) return refused(accountNotYours(account, row.leadId));
    if (!homes.includes(account)) return refused(leadUnknown(account, row.leadId));
    const id = row.id ?? (request === undefined ? undefined : `${request} ${index}`);
    if (row.at === undefined && id !== undefined) timeless.add(index);
    const event = asProblem(() =>
      statusEvent(workspace, account, lead, caller.person, {
        ...row,
        ...(id === undefined ? {} : { id }),
      }),
    );
    if (isProblem(event)) return refused(event);
    return { leadId: row.leadId, account, step: { event } };
  });
  return keepTimeless(workspace.store.work, steps, timeless);
}
