/** Who is given a lead that nobody has: in turn, or whoever has the fewest open ones; never somebody on leave. */
import { definitionsOf } from "../domain/definitions.ts";
import { dayOf, wallMs } from "../domain/wall-clock.ts";
import type { NewEvent } from "../store/events.ts";
import type { Person } from "../store/store.ts";
import type { ConditionalEvent } from "../store/work.ts";
import { NEW_DAYS, readLeads } from "./work-leads.ts";
import { teamCounts } from "./work-lists.ts";
import type { WorkMirror, WorkSight } from "./work-mirror.ts";
import { leadTaken } from "./work-problems.ts";
import type { Workspace } from "./workspace.ts";

const DAY_MS = 86_400_000;

export type DealRule = "in_turn" | "by_load";

/** How a lead came to whom it is given to. */
export type How = "claimed" | "by_hand" | DealRule;

/**
 * A lead is given to somebody, or put back into the pool.
 *
 * @param version of the lead's state when that was decided: the same decision taken twice is one event
 */
export function assignedEvent(given: {
  readonly account: string;
  readonly lead: string;
  readonly version: number;
  readonly to: string | null;
  readonly by: string;
  readonly how: How;
  readonly at: Date;
}): NewEvent {
  const { account, lead, version, to, by, how, at } = given;
  return {
    account,
    type: "lead.assigned",
    key: `${lead} v${version} ${to ?? ""}`,
    occurredAt: at,
    payload: { leadId: lead, assignee: to, by, how },
  };
}

/** Those who call in an account by role. */
export function repsOf(sight: WorkSight, account: string): Person[] {
  return sight
    .workersOf(account)
    .filter(({ grants }) =>
      grants.some((one) => one.role === "rep" && (one.account === "*" || one.account === account)),
    );
}

/** Gives the next person of an account with every call; null where nobody is there to be given anything. */
export async function chooser(
  workspace: Workspace,
  sight: WorkSight,
  account: string,
  rule: DealRule,
): Promise<() => string | null> {
  const { timeZone } = definitionsOf(workspace.definitions(), account);
  const today = dayOf(wallMs(workspace.clock.now().getTime(), timeZone));
  const leaves = await workspace.store.work.leaves();
  const away = new Set(
    leaves.filter(({ from, to }) => from <= today && today <= to).map((one) => one.person),
  );
  const given = await workspace.store.work.lastGiven(account);
  const counts = await teamCounts(workspace, sight, [account]);
  const present = repsOf(sight, account)
    .filter(({ id }) => !away.has(id))
    .map(({ id }) => ({
      id,
      load: counts.find((one) => one.holder === id)?.open ?? 0,
      turn: given.get(id) ?? 0,
    }));
  let turn = Math.max(0, ...present.map((one) => one.turn));
  return () => {
    const [next] = present.sort(
      (left, right) =>
        (rule === "by_load" ? left.load - right.load : 0) ||
        left.turn - right.turn ||
        (left.id < right.id ? -1 : 1),
    );
    if (!next) return null;
    next.load++;
    next.turn = ++turn;
    return next.id;
  };
}

/**
 * Deals new leads that nobody was ever given, in accounts whose definitions say by which rule. Older ones, and those put
 * back by hand, stay in the pool.
 *
 * @returns accounts in which leads were dealt
 */
export async function dealWaiting(
  workspace: Workspace,
  mirror: WorkMirror,
  only: readonly string[] | null,
): Promise<string[]> {
  const now = workspace.clock.now();
  const { default: base, accounts } = workspace.definitions();
  const rules = [base, ...Object.values(accounts)].map((one) => one.assignment);
  if (!rules.some((one) => one === "round_robin" || one === "by_load")) return [];
  const steps = await mirror.ask(async (sight) => {
    const made: ConditionalEvent[] = [];
    for (const account of sight.accounts) {
      if (only !== null && !only.includes(account)) continue;
      const { assignment } = definitionsOf(workspace.definitions(), account);
      if (assignment !== "round_robin" && assignment !== "by_load") continue;
      const waiting = await readLeads(sight.session, {
        accounts: [account],
        holder: null,
        sinceWall: now.getTime() - NEW_DAYS * DAY_MS,
      });
      const undecided = waiting.filter((one) => !one.decided && !one.touched).reverse();
      if (undecided.length === 0) continue;
      const how = assignment === "round_robin" ? "in_turn" : "by_load";
      const next = await chooser(workspace, sight, account, how);
      for (const { lead, version } of undecided) {
        const to = next();
        if (to === null) break;
        made.push({
          event: assignedEvent({ account, lead, version, to, by: to, how, at: now }),
          unless: async (work) =>
            (await work.find(account, lead))?.decided ? leadTaken(account, lead, to) : null,
        });
      }
    }
    return made;
  });
  if (steps.length === 0) return [];
  const results = await workspace.store.work.append(steps);
  const dealt = new Set<string>();
  results.forEach((result, index) => {
    const account = steps[index]?.event.account;
    if (result.outcome === "appended" && account !== undefined) dealt.add(account);
  });
  return [...dealt];
}
