/** The work on leads as the store keeps it: who has which lead, and what came of it; folded from events as they are kept. */
import type { Problem } from "../base/problem.ts";
import type { AppendResult, NewEvent, StoredEvent } from "./events.ts";

/** Events that change the work on leads. */
export const WORK_EVENTS = [
  "lead.received",
  "lead.status_set",
  "lead.status_withdrawn",
  "lead.note_added",
  "lead.assigned",
  "person.away",
] as const;

/** How a lead stands here; a lead to which nothing happened here has no such state. */
export interface WorkState {
  readonly account: string;
  readonly lead: string;
  /** Person id; null: whoever the lead's file names, else nobody. */
  readonly assignee: string | null;
  /** When it was given to them. */
  readonly claimedAt: Date | null;
  /** Whether somebody decided who has it; a lead put back into the pool is decided and has no assignee. */
  readonly decided: boolean;
  /** Of `lead.received`; null: it came by file. */
  readonly receivedPosition: number | null;
  /** Of the last status set here and not taken back, by the time it is of. */
  readonly lastStatus: string | null;
  readonly lastAt: Date | null;
  readonly lastBy: string | null;
  readonly lastPosition: number | null;
  /** When it was kept. */
  readonly lastRecordedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  /** Statuses set here and not taken back. */
  readonly attempts: number;
  /** Events of the lead. */
  readonly version: number;
  /** Of the last of them. */
  readonly position: number;
}

/** One event of a lead, without what is sealed in it. */
export interface WorkEntry {
  readonly position: number;
  readonly account: string;
  readonly lead: string;
  readonly type: (typeof WORK_EVENTS)[number];
  readonly key: string;
  readonly at: Date;
  readonly recordedAt: Date;
  readonly by: string;
  readonly status: string | null;
  readonly nextAttemptAt: Date | null;
  readonly assignee: string | null;
  /** A status that was taken back. */
  readonly withdrawn: boolean;
}

/** What a condition may look at, as it is right before the event would be kept. */
export interface WorkReader {
  find(account: string, lead: string): Promise<WorkState | null>;
  /** In the order in which they were kept. */
  entries(account: string, lead: string): Promise<WorkEntry[]>;
}

/** An event that is kept only where nothing speaks against it at that very moment. */
export interface ConditionalEvent {
  readonly event: NewEvent;
  /** Asked after repeats are recognised: an event that is there already is a repeat, whatever holds now. */
  readonly unless?: (work: WorkReader) => Promise<Problem | null>;
}

export type ConditionalResult =
  | AppendResult
  /** The condition spoke against it: nothing written. */
  | { readonly outcome: "refused"; readonly problem: Problem };

/** Days on which somebody takes no new leads; both inclusive. */
export interface Leave {
  readonly person: string;
  readonly from: string;
  readonly to: string;
}

/** How many outcomes somebody set in an account. */
export interface DoneCount {
  readonly account: string;
  readonly person: string;
  readonly status: string;
  readonly done: number;
}

export interface WorkTable extends WorkReader {
  /** As `Store.append`, each event under its condition. */
  append(events: readonly ConditionalEvent[]): Promise<ConditionalResult[]>;
  /** States that changed after a position. */
  changedAfter(position: number): Promise<WorkState[]>;
  /** Leads received here after a position, as events. */
  receivedAfter(position: number): Promise<StoredEvent[]>;
  /** Statuses set at or after a moment and not taken back. */
  doneSince(moment: Date, accounts: "all" | readonly string[]): Promise<DoneCount[]>;
  /** When each person was last given a lead in an account, as a position; the longest ago comes first. */
  lastGiven(account: string): Promise<ReadonlyMap<string, number>>;
  /** By first day. */
  leaves(): Promise<Leave[]>;
  /** The moments of events that are there already under these keys; null where none is. */
  moments(
    keys: readonly { readonly account: string; readonly type: string; readonly key: string }[],
  ): Promise<(Date | null)[]>;
}
