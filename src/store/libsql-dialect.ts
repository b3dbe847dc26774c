/** Kysely on libsql: one connection, cached statements, exclusive writers, and only values that libsql keeps exactly. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type Database from "libsql";
import type { CommitObserver } from "./engine.ts";

const CACHED_STATEMENTS = 200;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The dialect over an open database; closing Kysely closes it. */
export function libsqlDialect(database: Database.Database, observer?: CommitObserver): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new LibsqlDriver(database, observer),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/**
 * What libsql may be given. It binds every number as a float, cuts text at NUL, replaces lone surrogates,
 * and a boolean ends the process (0.5.29).
 *
 * @throws TypeError for a value that would not come back as it was
 */
export function bindable(value: unknown): string | number | bigint | Uint8Array | null {
  if (value === null || typeof value === "bigint") return value;
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return BigInt(value);
    if (Number.isFinite(value)) return value;
  }
  if (typeof value === "string" && !value.includes("\0") && !LONE_SURROGATE.test(value)) {
    return value;
  }
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`The store cannot keep this ${typeof value} exactly`);
}

class LibsqlDriver implements Driver {
  readonly #database: Database.Database;
  readonly #observer: CommitObserver | undefined;
  readonly #connection: LibsqlConnection;
  #last: Promise<void> = Promise.resolve();
  #release: (() => void) | null = null;

  constructor(database: Database.Database, observer: CommitObserver | undefined) {
    this.#database = database;
    this.#observer = observer;
    this.#connection = new LibsqlConnection(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last;
    let release = () => {};
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#release?.();
  }

  async beginTransaction(): Promise<void> {
    this.#database.exec("BEGIN IMMEDIATE");
  }

  async commitTransaction(): Promise<void> {
    this.#observer?.begin();
    this.#database.exec("COMMIT");
    this.#observer?.end();
  }

  async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) this.#database.exec("ROLLBACK"); // a full disk rolls back by itself
  }

  async destroy(): Promise<void> {
    this.#connection.forgetStatements();
    this.#database.close();
  }
}

class LibsqlConnection implements DatabaseConnection {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = query.parameters.map(bindable);
    const statement = this.#prepared(query.sql);
    if (statement.reader) {
      const rows = statement.all(parameters) as Record<string, unknown>[];
      for (const row of rows) wrapBytes(row);
      return { rows: rows as R[] };
    }
    const { changes } = statement.run(parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  // biome-ignore lint/correctness/useYield: the store pages by position, it never streams a cursor
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new TypeError("Read in pages; a cursor would hold the only connection");
  }

  forgetStatements(): void {
    this.#statements.clear();
  }

  #prepared(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    if (this.#statements.size >= CACHED_STATEMENTS) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** libsql gives a blob as a bare ArrayBuffer. */
function wrapBytes(row: Record<string, unknown>): void {
  for (const name in row) {
    const value = row[name];
    if (value instanceof ArrayBuffer) row[name] = new Uint8Array(value);
  }
}
