/** The store's face: what must never be lost. Implemented over Kysely on SQLite; PostgreSQL joins behind the same face. */
import type { Readable } from "node:stream";
import type { Grant } from "../domain/roles.ts";
import type { AppendResult, Json, NewEvent, StoredEvent } from "./events.ts";
import type { JobTable } from "./jobs.ts";
import type { PushTable } from "./push.ts";
import type { WorkTable } from "./work.ts";

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
  readonly people: PeopleTable;
  readonly keys: ApiKeyTable;
  readonly passkeys: PasskeyTable;
  readonly audit: AuditTable;
  /** Who has which lead and what came of it, as the events say. */
  readonly work: WorkTable;
  /** Work in the background. */
  readonly jobs: JobTable;
  readonly push: PushTable;
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
  /** @param options.person whom it lets in; a person who is removed takes their tokens along */
  createToken(options: {
    readonly purpose: string;
    readonly person: string;
    readonly expiresAt: Date;
  }): Promise<string>;
  /** Whom the token lets in, once; afterwards, or expired, or unknown: null. */
  spendToken(options: {
    readonly purpose: string;
    readonly token: string;
    readonly now: Date;
  }): Promise<string | null>;
  /** Ends every unspent token of a person for a purpose. */
  dropTokens(options: { readonly purpose: string; readonly person: string }): Promise<void>;
  create(options: { readonly person: string; readonly expiresAt: Date }): Promise<string>;
  find(secret: string, now: Date): Promise<{ readonly person: string } | null>;
  end(secret: string): Promise<void>;
  /** Ends every session of a person, but not the one with this secret. */
  endOthers(person: string, secret: string | null): Promise<void>;
}

/** Somebody who may come in, or could once. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** E-mail or phone, by which they sign in with a password. */
  readonly contact: string | null;
  readonly hasPassword: boolean;
  readonly addedAt: Date;
  /** Id of who let them in. */
  readonly addedBy: string;
  readonly removedAt: Date | null;
  /** One role per account at most; none once removed. */
  readonly grants: readonly Grant[];
}

export interface NewPerson {
  /** Default: a new one. */
  readonly id?: string;
  readonly name: string;
  readonly contact: string | null;
  readonly grants: readonly Grant[];
  readonly by: string;
}

export interface PersonChange {
  readonly name?: string | undefined;
  readonly contact?: string | null | undefined;
  readonly grants?: readonly Grant[] | undefined;
}

/** At any time at least one person owns every account, once there is one. */
export interface PeopleTable {
  /** In the order in which they were added, removed ones too. */
  list(): Promise<Person[]>;
  find(id: string): Promise<Person | null>;
  /** @returns their id. @throws Problem `CONTACT_TAKEN` */
  add(person: NewPerson): Promise<string>;
  /** False where there is no such person. @throws Problem `CONTACT_TAKEN`, `LAST_OWNER` */
  change(id: string, change: PersonChange): Promise<boolean>;
  /**
   * Takes roles, sessions, links and keys away; the name stays beside what they did.
   * False where there is no such person.
   *
   * @throws Problem `LAST_OWNER`
   */
  remove(id: string): Promise<boolean>;
  /** @param password as `hashPassword` made it; null takes it away */
  setPassword(id: string, password: string | null): Promise<void>;
  passwordOf(
    contact: string,
  ): Promise<{ readonly person: string; readonly password: string } | null>;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** Who made it; it may never do more than they may. */
  readonly person: string;
  readonly grants: readonly Grant[];
  readonly addedAt: Date;
  readonly expiresAt: Date;
  /** To the minute. */
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface ApiKeyTable {
  /** The secret is told here and never again. */
  create(key: {
    readonly name: string;
    readonly person: string;
    readonly grants: readonly Grant[];
    readonly expiresAt: Date;
  }): Promise<{ readonly id: string; readonly secret: string }>;
  /** Null when unknown, expired or revoked. */
  find(secret: string): Promise<ApiKey | null>;
  list(): Promise<ApiKey[]>;
  /** False where there is none to revoke. */
  revoke(id: string): Promise<boolean>;
}

/** A key pair whose private half never leaves somebody's device. */
export interface Passkey {
  /** Of the credential, base64url. */
  readonly id: string;
  readonly person: string;
  readonly name: string;
  /** COSE. */
  readonly publicKey: Uint8Array;
  /** How often the authenticator says that it signed; 0 where it does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly addedAt: Date;
  readonly usedAt: Date | null;
}

export interface PasskeyTable {
  /** False where a passkey with this id is there already. */
  add(passkey: Omit<Passkey, "addedAt" | "usedAt">): Promise<boolean>;
  /** Of a person who is still let in; else null. */
  find(id: string): Promise<Passkey | null>;
  /** In the order in which they were added. */
  list(person: string): Promise<Passkey[]>;
  /** Notes that it signed just now. */
  used(id: string, counter: number): Promise<void>;
  /** False where this person has no such passkey. */
  remove(person: string, id: string): Promise<boolean>;
}

/** One deed: which operation of the API was asked for, by whom, and how it was answered. */
export interface AuditEntry {
  readonly person: string;
  /** `session`, or `key:` and its id. */
  readonly via: string;
  readonly action: string;
  /** Parameters of the address, never a body. */
  readonly about: Json;
  /** HTTP status of the answer. */
  readonly status: number;
}

export interface AuditTable {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first, at positions below `before`. */
  read(options: {
    readonly before: number | null;
    readonly limit: number;
  }): Promise<(AuditEntry & { readonly position: number; readonly at: Date })[]>;
}

export interface NoteTable {
  get(key: string): Promise<Json | null>;
  set(key: string, value: Json): Promise<void>;
  delete(key: string): Promise<void>;
}
