/** What differs between the databases a store can lie in; everything else is written once, in Kysely. */
import type { ColumnDefinitionBuilder, Kysely, Transaction } from "kysely";
import type { StoreTables } from "./tables.ts";

/** The names of column types in migrations. */
export interface ColumnTypes {
  /** 64-bit whole number. */
  readonly whole: "integer" | "bigint";
  readonly bytes: "blob" | "bytea";
  /** A primary key that grows and never gives a number twice. */
  readonly identity: "integer" | "bigserial";
  readonly asIdentity: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
}

export interface Engine {
  readonly db: Kysely<StoreTables>;
  readonly columns: ColumnTypes;
  /**
   * Runs `work` in a transaction that overlaps no other writer of any process and is fsynced when this resolves,
   * so identities grow in commit order.
   *
   * @throws Problem `STORE_BUSY` when another writer holds the store too long, `STORE_WRITE_FAILED` for a full or failing disk
   */
  write<T>(work: (trx: Transaction<StoreTables>) => Promise<T>): Promise<T>;
  /** Leaves no byte of deleted rows in the database's files. @throws Problem `STORE_BUSY` */
  scrub(): Promise<void>;
  close(): Promise<void>;
}

/** Told right before and right after each COMMIT; for tests that kill a process inside one. */
export interface CommitObserver {
  begin(): void;
  end(): void;
}
