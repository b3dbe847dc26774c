/** Leads as their callers see them: where each stands, and in which order to call them. */
import type { WorkLead } from "../contract/work.ts";
import { type AccountDefinitions, type Definitions, definitionsOf } from "../domain/definitions.ts";
import { contactDueMs } from "../domain/first-contact.ts";
import type { Stage } from "../domain/stages.ts";
import { instantMs } from "../domain/wall-clock.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import type { Session } from "../warehouse/warehouse.ts";

const DAY_MS = 86_400_000;
/** A lead that nobody touched for longer is no new one any more. */
export const NEW_DAYS = 14;
/** Within this time after it was kept an outcome can be taken back. */
export const UNDO_MINUTES = 10;

/** A row of work-leads.sql; moments are epoch milliseconds, those ending in _wall of the account's wall clock. */
export interface LeadRow {
  readonly account: string;
  readonly lead: string;
  readonly status: string | null;
  readonly stage: Stage | null;
  readonly arrived_wall: number;
  readonly touched_wall: number | null;
  readonly touched: boolean;
  readonly holder: string | null;
  readonly claimed_ms: number | null;
  readonly last_status: string | null;
  readonly last_ms: number | null;
  readonly last_recorded_ms: number | null;
  readonly last_by: string | null;
  readonly next_ms: number | null;
  readonly attempts: number;
  readonly version: number;
  readonly decided: boolean;
  readonly name: string | null;
  readonly phone: string | null;
  readonly phone_valid: boolean | null;
  readonly email: string | null;
  readonly campaign: string | null;
  readonly project: string | null;
}

const MOST = 20_000;

/** Leads of a person (or, of nobody, the pool), newest first; or those named, whoever has them. */
export async function readLeads(
  session: Session,
  wanted: {
    readonly accounts: readonly string[];
    readonly holder?: string | null;
    readonly named?: readonly string[];
    readonly open?: boolean;
    /** Arrival, milliseconds of the wall clock. */
    readonly sinceWall?: number;
    readonly limit?: number;
  },
): Promise<LeadRow[]> {
  if (wanted.accounts.length === 0 || wanted.named?.length === 0) return [];
  return session.all<LeadRow>(sqlFile(import.meta.url, "sql/work-leads.sql"), {
    accounts: wanted.accounts,
    holder: wanted.holder ?? null,
    named: wanted.named ?? null,
    open: wanted.open ?? true,
    since_wall: wanted.sinceWall ?? 0,
    limit: wanted.limit ?? MOST,
  });
}

/** A lead with its place in the order of calling. */
export interface Placed {
  readonly row: LeadRow;
  readonly group: WorkLead["group"];
  readonly arrivedMs: number;
  readonly dueMs: number | null;
  /** Compared one by one, ascending. */
  readonly place: readonly [number, number, string, string];
}

const RANK = { due: 0, new: 1, open: 2, later: 3 } as const;

/**
 * Where a lead stands in the order of calling: next attempts that are due, the oldest first; then new leads, the least
 * time left first; then those touched longest ago; then next attempts to come, the soonest first.
 */
export function placeOf(row: LeadRow, settings: AccountDefinitions, nowMs: number): Placed {
  const { timeZone } = settings;
  const arrivedMs = instantMs(row.arrived_wall, timeZone);
  const wallDue = row.touched ? null : contactDueMs(row.arrived_wall, settings);
  const dueMs = wallDue === null ? null : instantMs(wallDue, timeZone);
  const placed = (group: WorkLead["group"], key: number): Placed => ({
    row,
    group,
    arrivedMs,
    dueMs,
    place: [RANK[group], key, row.account, row.lead],
  });
  if (row.next_ms !== null) return placed(row.next_ms <= nowMs ? "due" : "later", row.next_ms);
  const fresh = !row.touched && arrivedMs >= nowMs - NEW_DAYS * DAY_MS;
  if (fresh) return placed("new", dueMs ?? arrivedMs);
  const touchedMs = row.touched_wall === null ? 0 : instantMs(row.touched_wall, timeZone);
  return placed("open", Math.max(row.last_ms ?? 0, touchedMs, arrivedMs));
}

function compare(one: Placed["place"], other: Placed["place"]): number {
  for (let i = 0; i < one.length; i++) {
    const left = one[i] as number | string;
    const right = other[i] as number | string;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Leads in the order of calling. */
export function inOrder(
  rows: readonly LeadRow[],
  definitions: Definitions,
  nowMs: number,
): Placed[] {
  const settings = new Map<string, AccountDefinitions>();
  const of = (account: string) => {
    const known = settings.get(account) ?? definitionsOf(definitions, account);
    settings.set(account, known);
    return known;
  };
  return rows
    .map((row) => placeOf(row, of(row.account), nowMs))
    .sort((left, right) => compare(left.place, right.place));
}

/** Whether a lead comes after a place in that order. */
export function isAfter(placed: Placed, place: Placed["place"]): boolean {
  return compare(placed.place, place) > 0;
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Until when a person can take their last outcome of a lead back; null where they cannot. */
export function undoUntilMs(row: LeadRow, person: string, nowMs: number): number | null {
  if (row.last_by !== person || row.last_recorded_ms === null) return null;
  const until = row.last_recorded_ms + UNDO_MINUTES * 60_000;
  return until > nowMs ? until : null;
}

/** The lead as it goes over the wire, for a person who may see it and call. */
export function workLead(
  { row, group, arrivedMs, dueMs }: Placed,
  names: ReadonlyMap<string, string>,
  person: string,
  nowMs: number,
): WorkLead {
  return {
    account: row.account,
    leadId: row.lead,
    name: row.name,
    phone: row.phone,
    phoneValid: row.phone_valid,
    email: row.email,
    campaign: row.campaign,
    project: row.project,
    status: row.status,
    stage: row.stage,
    arrivedAt: new Date(arrivedMs).toISOString(),
    group,
    firstContactDueAt: iso(dueMs),
    nextAttemptAt: iso(row.next_ms),
    attempts: row.attempts,
    last:
      row.last_status === null || row.last_ms === null || row.last_by === null
        ? null
        : {
            status: row.last_status,
            at: new Date(row.last_ms).toISOString(),
            by: row.last_by,
            byName: names.get(row.last_by) ?? null,
          },
    assignee: row.holder,
    claimedAt: row.holder === null ? null : iso(row.claimed_ms),
    undoUntil: iso(undoUntilMs(row, person, nowMs)),
    version: row.version,
  };
}
