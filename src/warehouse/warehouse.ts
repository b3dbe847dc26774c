/**
 * The analytic database: one DuckDB file (or memory), derived and disposable.
 * Takes SQL with named parameters, gives plain records; one writer at a time, few readers at once.
 */
import { availableParallelism } from "node:os";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { openingProblem, readingFailure } from "./failures.ts";
import { createGate, type Gate } from "./gate.ts";
import { bindings, type Params, plainValue } from "./values.ts";

export interface WarehouseOptions {
  /** Threads DuckDB may use for one query; default: all cores. */
  readonly threads?: number;
  /** DuckDB's own limit, e.g. "1GB"; it spills to `tempDirectory` beyond that. */
  readonly memoryLimit?: string;
  readonly tempDirectory?: string;
  /**
   * How many analytic reads run at once; the rest wait in order. Default: one less than the threads, as whoever answers
   * requests and makes events durable needs a core too.
   */
  readonly readers?: number;
  /** Told right before and right after each COMMIT of a write; for tests that kill a process inside one. */
  readonly onCommit?: { begin(): void; end(): void };
}

/** Statements on one connection. */
export interface Session {
  /** Runs one statement, or a script of several without parameters. */
  run(sql: string, params?: Params): Promise<void>;
  /** Rows as plain records (see `plainValue` for the types). */
  all<T>(sql: string, params?: Params): Promise<T[]>;
  /** The first row; null when there is none. */
  first<T>(sql: string, params?: Params): Promise<T | null>;
  /** Columns as plain arrays, without a record per row. */
  columns(sql: string, params?: Params): Promise<Record<string, unknown[]>>;
  /** The driver's connection, for appenders and progress; only inside data rooms. */
  readonly connection: DuckDBConnection;
}

export interface Warehouse {
  readonly path: string;
  /** Reads on a pooled connection, waiting at the gate. */
  all<T>(sql: string, params?: Params): Promise<T[]>;
  first<T>(sql: string, params?: Params): Promise<T | null>;
  columns(sql: string, params?: Params): Promise<Record<string, unknown[]>>;
  /** Several reads on one connection that see one state of the data. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** The only way to change anything: alone, in one transaction, rolled back if `work` throws. */
  write<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** As `write`, on a session of the caller's own, so that its temporary tables can be read. */
  writeOn<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T>;
  /** A connection of the caller's own with its own temporary tables, for loading; not gated. */
  openScratch(): Promise<Session & { close(): void }>;
  /**
   * From now on, until what this gives is called, no query on this warehouse is split over threads. For many small queries
   * on several sessions at once: each has a thread of its own, and handing parts of it to others costs more than it gives.
   */
  undivided(): Promise<() => Promise<void>>;
  /** Folds the write-ahead log into the file; left to a later one while a transaction with temporary tables is open. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

function sessionOn(connection: DuckDBConnection, path: string): Session {
  const honest = <T>(deed: Promise<T>): Promise<T> =>
    deed.catch((error: unknown) => {
      throw readingFailure(path, error);
    });
  // Without parameters the text is taken as it is: a `$` in it belongs to a name or a path.
  const read = (sql: string, params: Params | undefined) =>
    honest(
      params === undefined
        ? connection.runAndReadAll(sql)
        : connection.runAndReadAll(sql, bindings(sql, params)),
    );
  const session: Session = {
    connection,
    async run(sql, params) {
      await honest(
        params === undefined ? connection.run(sql) : connection.run(sql, bindings(sql, params)),
      );
    },
    async all<T>(sql: string, params?: Params) {
      const reader = await read(sql, params);
      const names = reader.deduplicatedColumnNames();
      return reader.getRows().map((row) => {
        const record: Record<string, unknown> = {};
        for (let i = 0; i < names.length; i++) {
          record[names[i] as string] = plainValue(row[i] as DuckDBValue);
        }
        return record as T;
      });
    },
    async first<T>(sql: string, params?: Params) {
      const rows = await session.all<T>(sql, params);
      return rows[0] ?? null;
    },
    async columns(sql, params) {
      const reader = await read(sql, params);
      const names = reader.deduplicatedColumnNames();
      const columns = reader.getColumns();
      return Object.fromEntries(
        names.map((name, i) => [name, (columns[i] ?? []).map((value) => plainValue(value))]),
      );
    },
  };
  return session;
}

/**
 * Opens (or creates) a warehouse.
 *
 * @param path a file, or ":memory:"
 * @throws Problem `WAREHOUSE_IN_USE`, `WAREHOUSE_UNREADABLE` (damage or another format only), `WAREHOUSE_NOT_OPENED`;
 * any reading later on throws `WAREHOUSE_UNREADABLE` where it meets a damaged block
 */
export async function openWarehouse(
  path: string,
  options: WarehouseOptions = {},
): Promise<Warehouse> {
  // Rows lie in any order and every query says the order it needs: then threads write whole row groups on their own,
  // and a commit has nothing left to compress. The file is derived, so no older DuckDB ever has to read it.
  const settings: Record<string, string> = {
    preserve_insertion_order: "false",
    storage_compatibility_version: "latest",
  };
  if (options.threads !== undefined) settings.threads = String(options.threads);
  if (options.memoryLimit !== undefined) settings.memory_limit = options.memoryLimit;
  if (options.tempDirectory !== undefined) settings.temp_directory = options.tempDirectory;
  let instance: DuckDBInstance;
  try {
    instance = await DuckDBInstance.create(path, settings);
  } catch (error) {
    throw openingProblem(path, error);
  }
  const readers: Gate = createGate(
    options.readers ?? Math.max(1, (options.threads ?? availableParallelism()) - 1),
  );
  const writer: Gate = createGate(1);
  const idle: DuckDBConnection[] = [];

  const withConnection = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const connection = idle.pop() ?? (await instance.connect());
    try {
      return await work(sessionOn(connection, path));
    } finally {
      idle.push(connection);
    }
  };
  const inTransaction = async <T>(
    session: Session,
    work: (session: Session) => Promise<T>,
    observer?: WarehouseOptions["onCommit"],
  ) => {
    await session.run("BEGIN TRANSACTION");
    try {
      const result = await work(session);
      observer?.begin();
      await session.run("COMMIT");
      observer?.end();
      return result;
    } catch (error) {
      await session.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
  };

  let undivided = 0;
  const setThreads = (threads: number) =>
    withConnection((session) => session.run(`SET threads = ${threads}`));

  return {
    path,
    all: (sql, params) => readers.pass(() => withConnection((s) => s.all(sql, params))),
    first: (sql, params) => readers.pass(() => withConnection((s) => s.first(sql, params))),
    columns: (sql, params) => readers.pass(() => withConnection((s) => s.columns(sql, params))),
    snapshot: (work) => readers.pass(() => withConnection((s) => inTransaction(s, work))),
    write: (work) =>
      writer.pass(() => withConnection((s) => inTransaction(s, work, options.onCommit))),
    writeOn: (session, work) => writer.pass(() => inTransaction(session, work, options.onCommit)),
    async openScratch() {
      const connection = await instance.connect();
      return { ...sessionOn(connection, path), close: () => connection.closeSync() };
    },
    async undivided() {
      if (++undivided === 1) await setThreads(1);
      let held = true;
      return async () => {
        if (!held) return;
        held = false;
        if (--undivided === 0) await setThreads(options.threads ?? availableParallelism());
      };
    },
    checkpoint: () =>
      writer.pass(() =>
        withConnection((s) =>
          s.run("CHECKPOINT").catch((error: unknown) => {
            if (!/Cannot CHECKPOINT: there are other/.test(String(error))) throw error;
          }),
        ),
      ),
    async close() {
      await writer.drained();
      await readers.drained();
      for (const connection of idle.splice(0)) connection.closeSync();
      instance.closeSync();
    },
  };
}
