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
}

export interface SessionsTable {
  digest: string;
  person: string;
  expires_at: number;
}

export interface NotesTable {
  key: string;
  value: string;
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
  notes: NotesTable;
  migrations: MigrationsTable;
}

export type EventRow = Selectable<EventsTable>;
