/** Insights of a selection: what the rules say of it, ranked by money, and which of them somebody has silenced. */
import { Problem } from "../base/problem.ts";
import type { SelectionQuery } from "../contract/common.ts";
import type { Frame } from "../contract/overview.ts";
import { type SelectionInsight, Silence, type SilenceRequest } from "../contract/today.ts";
import { accountsInBoth } from "../domain/roles.ts";
import type { Scope } from "../domain/scope.ts";
import { SELECTION_RULES, tellWithCampaigns } from "../explore/insights.ts";
import { openLook } from "../explore/look.ts";
import { type Ranked, rankInsights } from "../explore/rank-insights.ts";
import type { Workspace } from "./workspace.ts";

/** Selections kept per workspace; a page asks again for the few that somebody goes between. */
const KEPT = 8;
const CAMPAIGNS_SHOWN = 20;

const kept = new WeakMap<Workspace, Map<string, Promise<Ranked[]>>>();

const noteOf = (insight: string) => `insight.silenced/${insight}`;

/** Scope and days that a selection means. */
function narrowedScope(scope: Scope, selection: SelectionQuery): Scope {
  if (selection.account.length === 0) return scope;
  return { ...scope, accounts: accountsInBoth(scope.accounts, selection.account) };
}

async function tell(
  workspace: Workspace,
  selection: SelectionQuery,
  scope: Scope,
  frame: Frame,
): Promise<Ranked[]> {
  const everything = selection.from === "all" && selection.to === undefined;
  const look = await openLook(workspace.warehouse, {
    scope: narrowedScope(scope, selection),
    definitions: workspace.definitions(),
    asOf: selection.asOf ?? null,
    contacts: false,
    within: {
      from: everything ? null : frame.period.from,
      to: everything ? null : frame.period.to,
      projects: selection.project,
      campaigns: selection.campaign,
    },
  });
  try {
    return rankInsights(await tellWithCampaigns(look));
  } finally {
    await look.close();
  }
}

/** Told once per state of the data, definitions, scope and selection. */
async function told(
  workspace: Workspace,
  selection: SelectionQuery,
  scope: Scope,
  frame: Frame,
): Promise<Ranked[]> {
  const { basis: _, ...narrowing } = selection;
  const accounts = scope.accounts === "all" ? "all" : [...scope.accounts].sort();
  const version = workspace.definitions().version;
  const key = JSON.stringify([workspace.dataVersion, version, accounts, narrowing]);
  const all = kept.get(workspace) ?? new Map<string, Promise<Ranked[]>>();
  kept.set(workspace, all);
  const known = all.get(key);
  if (known) return known;
  const made = tell(workspace, selection, scope, frame);
  all.set(key, made);
  for (const old of [...all.keys()].slice(0, -KEPT)) all.delete(old);
  made.catch(() => all.delete(key));
  return made;
}

/** The silence that still holds over an insight: its day has not come, and it has not got worse by as much as was said. */
export function inForce(
  silence: Silence | null,
  moneyMinor: number | null,
  today: string,
): Silence | null {
  if (silence === null) return null;
  if (silence.until !== null && today >= silence.until) return null;
  const limit =
    silence.worseBy === null || silence.moneyMinor === null
      ? null
      : Math.abs(silence.moneyMinor) * (1 + silence.worseBy);
  return limit !== null && Math.abs(moneyMinor ?? 0) >= limit ? null : silence;
}

async function silenceOf({ store }: Workspace, insight: string): Promise<Silence | null> {
  return Silence.safeParse(await store.notes.get(noteOf(insight))).data ?? null;
}

/** @throws those of the marts, which `frame` comes from */
export async function selectionInsights(
  workspace: Workspace,
  selection: SelectionQuery,
  scope: Scope,
  frame: Frame,
): Promise<SelectionInsight[]> {
  const ranked = await told(workspace, selection, scope, frame);
  const today = workspace.clock.now().toISOString().slice(0, 10);
  const items = await Promise.all(
    ranked.map(async (one) => ({
      ...one,
      campaigns: one.campaigns.slice(0, CAMPAIGNS_SHOWN),
      silenced: inForce(await silenceOf(workspace, one.id), one.moneyMinor, today),
    })),
  );
  return [
    ...items.filter((one) => one.silenced === null),
    ...items.filter((one) => one.silenced !== null),
  ];
}

/**
 * Keeps an insight quiet for everybody in the workspace.
 *
 * @throws Problem `INSIGHT_UNKNOWN`
 */
export async function silenceInsight(
  workspace: Workspace,
  insight: string,
  request: SilenceRequest,
  by: string,
): Promise<Silence> {
  if (!SELECTION_RULES.some((rule) => rule.id === insight)) throw insightUnknown(insight);
  const at = workspace.clock.now().toISOString();
  const silence = { insight, by, at, ...request };
  await workspace.store.notes.set(noteOf(insight), silence);
  return silence;
}

/** Lets it speak again; one that nobody silenced stays as it is. @throws Problem `INSIGHT_UNKNOWN` */
export async function hearInsight(workspace: Workspace, insight: string): Promise<void> {
  if (!SELECTION_RULES.some((rule) => rule.id === insight)) throw insightUnknown(insight);
  await workspace.store.notes.delete(noteOf(insight));
}

function insightUnknown(insight: string): Problem {
  return new Problem("INSIGHT_UNKNOWN", {
    what: "There is no such insight",
    where: insight,
    fix: "List the insights to find its id.",
  });
}
