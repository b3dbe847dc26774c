/** Lists of the work on leads: a person's own, in the order of calling, and how a whole team stands. */
import type { MineAnswer, MineQuery, TeamAnswer, WorkAccount } from "../contract/work.ts";
import { definitionsOf } from "../domain/definitions.ts";
import { lateArrivalMs } from "../domain/first-contact.ts";
import type { Scope } from "../domain/scope.ts";
import type { Stage } from "../domain/stages.ts";
import { dayOf, instantMs, wallMs } from "../domain/wall-clock.ts";
import { decodeCursor, encodeCursor } from "../marts/cursor.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { WorkCaller } from "./work-desk.ts";
import {
  inOrder,
  isAfter,
  type LeadRow,
  NEW_DAYS,
  type Placed,
  readLeads,
  workLead,
} from "./work-leads.ts";
import type { WorkMirror, WorkSight } from "./work-mirror.ts";
import type { Workspace } from "./workspace.ts";

const DAY_MS = 86_400_000;
const LIST = "work mine";
const sql = (name: string) => sqlFile(import.meta.url, `sql/${name}.sql`);

/** Accounts of the scope that hold leads. */
export function accountsIn(sight: WorkSight, { accounts }: Scope): string[] {
  return sight.accounts.filter((one) => accounts === "all" || accounts.includes(one));
}

export interface TeamCount {
  readonly account: string;
  readonly holder: string | null;
  readonly open: number;
  readonly overdue: number;
}

/** Open leads and late ones, per account and holder. */
export async function teamCounts(
  workspace: Workspace,
  sight: WorkSight,
  accounts: readonly string[],
): Promise<TeamCount[]> {
  if (accounts.length === 0) return [];
  const nowMs = workspace.clock.now().getTime();
  const late = accounts.flatMap((account) => {
    const settings = definitionsOf(workspace.definitions(), account);
    const wall = lateArrivalMs(wallMs(nowMs, settings.timeZone), settings);
    return wall === null ? [] : [{ account, wall }];
  });
  return sight.session.all<TeamCount>(sql("work-team"), {
    accounts,
    late_accounts: late.map((one) => one.account),
    late_wall: late.map((one) => one.wall),
    now_ms: nowMs,
    since_wall: nowMs - NEW_DAYS * DAY_MS,
  });
}

const plain = (text: string) => text.normalize("NFC").toLowerCase();
const digitsOf = (text: string) => text.replace(/\D/g, "").replace(/^0+/, "");

/** Which leads a search means: by name, id, or digits of the phone. */
export function finds(search: string): (row: LeadRow) => boolean {
  const text = plain(search.trim());
  if (text === "") return () => true;
  const digits = digitsOf(text);
  return (row) =>
    plain(row.name ?? "").includes(text) ||
    plain(row.lead) === text ||
    (digits.length > 2 && digitsOf(row.phone ?? "").includes(digits));
}

function describe(workspace: Workspace, account: string, pool: number): WorkAccount {
  const { timeZone, statusMap } = definitionsOf(workspace.definitions(), account);
  const statuses = Object.entries(statusMap).map(([status, stage]) => ({ status, stage }));
  return { account, timeZone, pool, statuses };
}

/** @throws Problem `BAD_CURSOR` */
export function listMine(
  workspace: Workspace,
  mirror: WorkMirror,
  caller: WorkCaller,
  query: MineQuery,
): Promise<MineAnswer> {
  const place =
    query.cursor === undefined
      ? null
      : (decodeCursor(LIST, query.cursor) as unknown as Placed["place"]);
  return mirror.ask(async (sight) => {
    const now = workspace.clock.now();
    const accounts = accountsIn(sight, caller.scope);
    const rows = await readLeads(sight.session, { accounts, holder: caller.person });
    const all = inOrder(rows, workspace.definitions(), now.getTime());
    const groups = { due: 0, new: 0, open: 0, later: 0 };
    for (const { group } of all) groups[group]++;
    const wanted = finds(query.search ?? "");
    const found = all.filter(
      ({ row, group }) => (query.group === undefined || query.group === group) && wanted(row),
    );
    const rest = place === null ? found : found.filter((one) => isAfter(one, place));
    const page = rest.slice(0, query.limit);
    const last = page.at(-1);
    const counts = await teamCounts(workspace, sight, accounts);
    const pool = new Map(
      counts.filter((one) => one.holder === null).map((one) => [one.account, one.open]),
    );
    const leaves = await workspace.store.work.leaves();
    const today = dayOf(wallMs(now.getTime(), workspace.definitions().default.timeZone));
    const days = await doneToday(workspace, accounts);
    return {
      items: page.map((one) => workLead(one, sight.names, caller.person, now.getTime())),
      next: last !== undefined && rest.length > page.length ? encodeCursor(LIST, last.place) : null,
      total: found.length,
      groups,
      accounts: accounts.map((account) => describe(workspace, account, pool.get(account) ?? 0)),
      today: days.get(caller.person) ?? { done: 0, reached: 0 },
      away: leaves
        .filter((one) => one.person === caller.person && one.to >= today)
        .map(({ from, to }) => ({ from, to })),
      now: now.toISOString(),
    };
  });
}

/** Stages that somebody comes to who was spoken to. */
const SPOKEN = new Set<Stage>(["engaged", "qualified", "meeting", "won", "lost"]);

interface Day {
  readonly done: number;
  readonly reached: number;
}

/** Outcomes since midnight, per person, each account by its own clock. */
async function doneToday(
  workspace: Workspace,
  accounts: readonly string[],
): Promise<Map<string, Day>> {
  const byZone = new Map<string, string[]>();
  for (const account of accounts) {
    const { timeZone } = definitionsOf(workspace.definitions(), account);
    byZone.set(timeZone, [...(byZone.get(timeZone) ?? []), account]);
  }
  const days = new Map<string, Day>();
  for (const [timeZone, those] of byZone) {
    const wall = wallMs(workspace.clock.now().getTime(), timeZone);
    const midnight = instantMs(Math.floor(wall / DAY_MS) * DAY_MS, timeZone);
    for (const one of await workspace.store.work.doneSince(new Date(midnight), those)) {
      const { statusMap } = definitionsOf(workspace.definitions(), one.account);
      const stage = statusMap[one.status];
      const day = days.get(one.person) ?? { done: 0, reached: 0 };
      days.set(one.person, {
        done: day.done + one.done,
        reached: day.reached + (stage !== undefined && SPOKEN.has(stage) ? one.done : 0),
      });
    }
  }
  return days;
}

/** How the people who work leads in the caller's accounts stand, and what waits there. */
export function listTeam(
  workspace: Workspace,
  mirror: WorkMirror,
  caller: WorkCaller,
): Promise<TeamAnswer> {
  return mirror.ask(async (sight) => {
    const now = workspace.clock.now();
    const accounts = accountsIn(sight, caller.scope);
    const counts = await teamCounts(workspace, sight, accounts);
    const done = await doneToday(workspace, accounts);
    const leaves = await workspace.store.work.leaves();
    const today = dayOf(wallMs(now.getTime(), workspace.definitions().default.timeZone));
    const members = new Map<string, Set<string>>();
    const note = (person: string, account: string) => {
      members.set(person, (members.get(person) ?? new Set()).add(account));
    };
    for (const account of accounts) {
      // Those who call; others only where they have leads.
      for (const { id, grants } of sight.workersOf(account)) {
        const calls = grants.some(
          (one) => one.role === "rep" && (one.account === "*" || one.account === account),
        );
        if (calls) note(id, account);
      }
    }
    for (const { account, holder } of counts) if (holder !== null) note(holder, account);
    const strangers =
      accounts.length === 0
        ? []
        : await sight.session.all<TeamAnswer["strangers"][number]>(sql("work-strangers"), {
            accounts,
          });
    return {
      items: [...members]
        .map(([person, held]) => {
          const own = counts.filter((one) => one.holder === person);
          const away = leaves.filter((one) => one.person === person && one.to >= today);
          return {
            person,
            name: sight.people.get(person)?.name ?? "",
            accounts: [...held].sort(),
            open: own.reduce((sum, one) => sum + one.open, 0),
            overdue: own.reduce((sum, one) => sum + one.overdue, 0),
            doneToday: done.get(person)?.done ?? 0,
            away: away.map(({ from, to }) => ({ from, to })),
            awayNow: away.some(({ from }) => from <= today),
          };
        })
        .sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0)),
      pool: counts
        .filter((one) => one.holder === null)
        .map(({ account, open, overdue }) => ({ account, leads: open, overdue })),
      strangers,
      now: now.toISOString(),
    };
  });
}
