import type { Problem } from "../base/problem.ts";

/** Anything JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A business fact on its way into the store. */
export interface NewEvent {
  /** Account the fact belongs to; "*" for facts of the workspace as a whole (imports, definitions). */
  readonly account: string;
  /** Dotted, past tense: `file.imported`, `import.undone`, `definitions.changed`. */
  readonly type: string;
  /** Unique per account and type: the idempotency key. */
  readonly key: string;
  /** When it happened in the world. */
  readonly occurredAt: Date;
  readonly payload: { readonly [key: string]: Json };
  /**
   * Fields about a person, encrypted under that person's own key; forgetting the key erases them. `person` itself, like
   * account, type, key and payload, stays readable: name people by numbers, never by their phone.
   */
  readonly personal?: {
    readonly person: string;
    readonly fields: { readonly [key: string]: Json };
  };
}

/** A fact as it lies in the store. */
export interface StoredEvent {
  /** Grows by commit order; a reader that has seen position p will never meet a new event at or below p. */
  readonly position: number;
  readonly recordedAt: Date;
  readonly account: string;
  readonly type: string;
  readonly key: string;
  readonly occurredAt: Date;
  readonly payload: { readonly [key: string]: Json };
  /** Decrypted; `fields` is null once the person's key was forgotten. */
  readonly personal: {
    readonly person: string;
    readonly fields: { readonly [key: string]: Json } | null;
  } | null;
}

/** What became of one event of an append; acknowledged means fsynced. */
export type AppendResult =
  | { readonly outcome: "appended"; readonly position: number }
  /** The same key with the same content was there: its old position. */
  | { readonly outcome: "repeated"; readonly position: number }
  /** The same key with other content was there: nothing written, `EVENT_CONFLICT`. */
  | { readonly outcome: "conflict"; readonly position: number; readonly problem: Problem };
