/** The store's face: what must never be lost. Implemented over Kysely on SQLite; PostgreSQL joins behind the same face. */
import type { Readable } from "node:stream";
import type { AppendResult, Json, NewEvent, StoredEvent } from "./events.ts";

export interface Store {
  /**
   * One result per event, in order; a refused event never takes its batch with it. Concurrent calls share commits, and
   * the events of one call that are new are kept together or, when the process dies before the answer, perhaps not at all.
   *
   * @throws Problem `EVENT_INVALID` for an event that could not be given back as it is (nothing of the call is written),
   * `STORE_BUSY`, `STORE_WRITE_FAILED`
   */
  append(events: readonly NewEvent[]): Promise<AppendResult[]>;
  /** Events after a position in position order, at most `limit` (1000 when not given). */
  read(options: {
    readonly after: number;
    readonly types?: readonly string[];
    readonly account?: string;
    readonly limit?: number;
  }): Promise<StoredEvent[]>;
  /** Position of the newest event; 0 when there is none. */
  lastPosition(): Promise<number>;
  readonly blobs: BlobStore;
  readonly sessions: SessionTable;
  /**
   * Forgets a person's key: their encrypted fields can never be read again. The same events sent again are repeats and
   * bring nothing back; a new event about the person is sealed under a new key.
   */
  forgetPerson(person: string): Promise<void>;
  /** A small durable key → JSON table for operational state (saved uploads, settings of the server). */
  readonly notes: NoteTable;
  close(): Promise<void>;
}

/** Content-addressed files, exactly as received. */
export interface BlobStore {
  /** Streams in; durable (fsync of file and folder) when it resolves. The same bytes are kept once. */
  put(content: Readable): Promise<{ readonly hash: string; readonly bytes: number }>;
  /** A local path to read from. @throws Problem `BLOB_MISSING` */
  path(hash: string): Promise<string>;
  has(hash: string): Promise<boolean>;
  /** Hashes present, sorted. */
  list(): Promise<string[]>;
  /** Full check: reads every byte again. */
  verify(hash: string): Promise<boolean>;
}

/** Sign-in sessions and one-time tokens; only digests of the secrets are kept. */
export interface SessionTable {
  createToken(options: { readonly purpose: string; readonly expiresAt: Date }): Promise<string>;
  /** True once; afterwards, or expired, or unknown: false. */
  spendToken(options: {
    readonly purpose: string;
    readonly token: string;
    readonly now: Date;
  }): Promise<boolean>;
  create(options: { readonly person: string; readonly expiresAt: Date }): Promise<string>;
  find(secret: string, now: Date): Promise<{ readonly person: string } | null>;
  end(secret: string): Promise<void>;
}

export interface NoteTable {
  get(key: string): Promise<Json | null>;
  set(key: string, value: Json): Promise<void>;
  delete(key: string): Promise<void>;
}
