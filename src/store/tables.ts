/** The tables of the store as the query builder sees them; their DDL is in migrations.ts. Instants are ms since 1970 UTC. */
import type { Generated, Selectable } from "kysely";

export interface EventsTable {
  position: Generated<number>;
  recorded_at: number;
  account: string;
  type: string;
  key: string;
  occurred_at: number;
  /** Canonical JSON, so that equal content is equal text. */
  payload: string;
  person: string | null;
  /** The person's key at the time; a number that is never given out twice. */
  person_key_id: number | null;
  /** nonce (12) · ciphertext · tag (16) */
  sealed_fields: Uint8Array | null;
  /** HMAC of the plaintext fields under the person's key: recognises a repeat without decrypting. */
  fields_digest: Uint8Array | null;
}

export interface PersonKeysTable {
  id: Generated<number>;
  person: string;
  /** 32 bytes for AES-256-GCM, then 32 bytes for HMAC-SHA-256. */
  key: Uint8Array;
}

export interface TokensTable {
  digest: string;
  purpose: string;
  expires_at: number;
  /** Whom the token lets in; null where its purpose says so. */
  person: string | null;
}

export interface SessionsTable {
  digest: string;
  person: string;
  expires_at: number;
}

export interface PeopleTable {
  id: string;
  name: string;
  /** E-mail or phone as it was given, for signing in with a password; null without. */
  contact: string | null;
  /** The contact as it is compared. */
  contact_key: string | null;
  /** `scrypt:…`; null without a password. */
  password: string | null;
  added_at: number;
  added_by: string;
  removed_at: number | null;
}

export interface GrantsTable {
  person: string;
  account: string;
  role: string;
}

export interface ApiKeysTable {
  id: string;
  digest: string;
  name: string;
  /** Who made it; it may never do more than they may. */
  person: string;
  /** JSON list of grants. */
  grants: string;
  added_at: number;
  expires_at: number;
  used_at: number | null;
  revoked_at: number | null;
}

export interface AuditTable {
  position: Generated<number>;
  at: number;
  person: string;
  /** `session`, or `key:` and its id. */
  via: string;
  /** Operation of the API. */
  action: string;
  /** JSON: path and query parameters, never a body. */
  about: string;
  status: number;
}

export interface PasskeysTable {
  /** Of the credential, base64url. */
  id: string;
  person: string;
  /** What its owner calls it. */
  name: string;
  /** COSE. */
  public_key: Uint8Array;
  /** How often the authenticator says that it signed; 0 where it does not count. */
  counter: number;
  /** JSON list. */
  transports: string;
  added_at: number;
  used_at: number | null;
}

export interface NotesTable {
  key: string;
  value: string;
}

/** One row per lead to which something happened here: all its entries together. */
export interface WorkLeadsTable {
  account: string;
  lead: string;
  assignee: string | null;
  claimed_at: number | null;
  /** 1: somebody decided who has it, be it nobody. */
  decided: number;
  received_position: number | null;
  last_status: string | null;
  last_at: number | null;
  last_by: string | null;
  last_position: number | null;
  last_recorded_at: number | null;
  next_attempt_at: number | null;
  attempts: number;
  version: number;
  /** Of its last entry. */
  position: number;
}

/** One row per event of a lead. */
export interface WorkEntriesTable {
  position: number;
  account: string;
  lead: string;
  type: string;
  key: string;
  at: number;
  recorded_at: number;
  by: string;
  status: string | null;
  next_attempt_at: number | null;
  assignee: string | null;
  /** 1: a status that was taken back. */
  withdrawn: number;
}

export interface WorkLeavesTable {
  person: string;
  first_day: string;
  last_day: string;
}

export interface PushDevicesTable {
  endpoint: string;
  person: string;
  p256dh: string;
  auth: string;
  language: string;
  added_at: number;
  last_sent_at: number | null;
}

export interface JobsTable {
  id: string;
  kind: string;
  key: string;
  owner: string;
  /** JSON: "all", or a list. */
  accounts: string;
  /** JSON, as problem, result and checkpoint. */
  input: string;
  state: string;
  phase: string | null;
  progress: number | null;
  attempts: number;
  created_at: number;
  due_at: number;
  started_at: number | null;
  ended_at: number | null;
  problem: string | null;
  result: string | null;
  checkpoint: string | null;
}

export interface MigrationsTable {
  number: number;
  name: string;
  applied_at: number;
}

export interface StoreTables {
  events: EventsTable;
  person_keys: PersonKeysTable;
  tokens: TokensTable;
  sessions: SessionsTable;
  people: PeopleTable;
  grants: GrantsTable;
  api_keys: ApiKeysTable;
  audit: AuditTable;
  passkeys: PasskeysTable;
  jobs: JobsTable;
  notes: NotesTable;
  work_leads: WorkLeadsTable;
  work_entries: WorkEntriesTable;
  work_leaves: WorkLeavesTable;
  push_devices: PushDevicesTable;
  migrations: MigrationsTable;
}

export type EventRow = Selectable<EventsTable>;
