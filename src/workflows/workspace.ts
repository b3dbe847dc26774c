/**
 * One home, open: the store that is the truth, the warehouse derived from it, and the questions it can answer.
 * Opening brings the warehouse up to the store's last event, whatever happened before.
 */

import { mkdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { Clock } from "../base/clock.ts";
import { isProblem, type Problem } from "../base/problem.ts";
import { type Definitions, readDefinitions } from "../domain/definitions.ts";
import { createMartQueries } from "../marts/mart-queries.ts";
import type { MartQueries } from "../marts/queries.ts";
import { type HomeLock, lockHome } from "../store/home-lock.ts";
import { openStore } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { createGate, type Gate } from "../warehouse/gate.ts";
import { openWarehouse, type Warehouse } from "../warehouse/warehouse.ts";
import { buildProblem } from "./build-problem.ts";
import { codeVersion } from "./code-version.ts";
import { configFile, configLayers } from "./config-file.ts";
import { diskFull, isDiskFull } from "./disk-space.ts";
import { activeFiles, emptyLedger, fileBytes, fold, LEDGER_EVENTS, type Ledger } from "./ledger.ts";
import { createNews, type News } from "./news.ts";
import { builtBefore, type ProjectionNews, project } from "./project.ts";

export interface WorkspaceOptions {
  readonly home: string;
  readonly clock: Clock;
  readonly threads?: number;
  /** DuckDB's memory limit, e.g. "1GB". */
  readonly memoryLimit?: string;
  /** File of the warehouse within the home; another name while a rebuild is made beside it. */
  readonly warehouseFile?: string;
  /** Leave the warehouse as it is found, however old. */
  readonly asFound?: boolean;
  /** The lock of the home where the caller holds it already, over several openings; it stays the caller's. */
  readonly lock?: HomeLock;
  /** Told around every COMMIT of store and warehouse; for tests that kill a process inside one. */
  readonly onCommit?: { begin(): void; end(): void };
  readonly onProgress?: (news: ProjectionNews) => void;
}

export interface Workspace {
  readonly home: string;
  /** For uploads and canonical files; emptied when the home opens. */
  readonly scratchDirectory: string;
  readonly clock: Clock;
  readonly store: Store;
  readonly warehouse: Warehouse;
  readonly queries: MartQueries;
  readonly codeVersion: string;
  readonly ledger: Ledger;
  /** Files that are in the store but could not be read into the warehouse, by file id. */
  readonly unreadable: Map<number, Problem>;
  /** Store position that the warehouse was last built up to; grows with every change of its content. */
  dataVersion: number;
  /** Whatever changes ledger and warehouse takes this turn: one deed at a time, in the order asked. */
  readonly turn: Gate;
  /** What open pages and terminals are told. */
  readonly news: News;
  definitions(): Definitions;
  /** Parsed JSON of the home's config file; empty when there is none. */
  readonly configLayers: readonly unknown[];
  /** Reads events that came since, from any process. */
  refreshLedger(): Promise<void>;
  close(): Promise<void>;
}

/** Derived and disposable: what cannot be read is made again from the store. */
async function removeWarehouse(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(`${file}.wal`, { force: true });
}

function isDamaged(error: unknown): boolean {
  return isProblem(error) && error.code === "WAREHOUSE_UNREADABLE";
}

async function openOrRenew(
  file: string,
  options: WorkspaceOptions,
  scratch: string,
): Promise<Warehouse> {
  const settings = {
    threads: options.threads ?? availableParallelism(),
    memoryLimit: options.memoryLimit ?? "1GB",
    tempDirectory: path.join(scratch, "spill"),
    ...(options.onCommit ? { onCommit: options.onCommit } : {}),
  };
  try {
    return await openWarehouse(file, settings);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    await removeWarehouse(file);
    return openWarehouse(file, settings);
  }
}

/**
 * Opens a home, creating it when it is empty.
 *
 * @throws Problem `HOME_IN_USE`, `HOME_NOT_WRITABLE`, `WAREHOUSE_IN_USE`, `WAREHOUSE_NOT_OPENED`, `CONFIG_NOT_JSON`,
 * `BAD_DEFINITIONS`, `BUILD_FAILED`, `DISK_FULL`, and those of the store
 */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const home = path.resolve(options.home);
  const own = options.lock ? null : await locked(home);
  const place: Place = {
    home,
    file: path.join(home, options.warehouseFile ?? "warehouse.duckdb"),
    scratch: path.join(home, options.warehouseFile ? "tmp-rebuild" : "tmp"),
    release: () => own?.release(),
  };
  try {
    return await openLocked(place, options).catch(async (error: unknown) => {
      if (!isDamaged(error) || options.asFound) throw error;
      await removeWarehouse(place.file);
      return openLocked(place, options);
    });
  } catch (error) {
    own?.release();
    throw isDiskFull(error) ? diskFull(home, null, error) : error;
  }
}

async function locked(home: string): Promise<HomeLock> {
  try {
    return await lockHome(home);
  } catch (error) {
    throw isDiskFull(error) ? diskFull(home, null, error) : error;
  }
}

/** Where the parts of a home lie, and how to give its lock back. */
interface Place {
  readonly home: string;
  readonly file: string;
  readonly scratch: string;
  readonly release: () => void;
}

/** Opens a home that this process has locked. */
async function openLocked(place: Place, options: WorkspaceOptions): Promise<Workspace> {
  const { home, file, scratch } = place;
  // This process alone has the home: what an earlier one left in the scratch folder is rubbish.
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const warehouse = await openOrRenew(file, options, scratch);
  let store: Store | null = null;
  try {
    const config = await configLayers(home);
    store = await openStore({
      home,
      clock: options.clock,
      ...(options.onCommit ? { onCommit: options.onCommit } : {}),
    });
    const opened = store;
    const ledger = emptyLedger();
    let definitions = readDefinitions(config, configFile(home));
    const workspace: Workspace = {
      home,
      scratchDirectory: scratch,
      clock: options.clock,
      store: opened,
      warehouse,
      queries: createMartQueries({ warehouse, definitions: () => definitions }),
      codeVersion: codeVersion(),
      ledger,
      unreadable: new Map(),
      dataVersion: 0,
      turn: createGate(1),
      news: createNews(),
      definitions: () => definitions,
      configLayers: config,
      async refreshLedger() {
        const versionOf = () =>
          `${ledger.definitionChanges.at(-1)?.position} ${ledger.definitionsWithdrawn}`;
        const before = versionOf();
        for (;;) {
          const events = await opened.read({
            after: ledger.position,
            types: LEDGER_EVENTS,
            limit: 1000,
          });
          for (const event of events) fold(ledger, event);
          if (events.length < 1000) break;
        }
        if (versionOf() !== before) {
          const changes = ledger.definitionChanges.map((one) => one.change);
          definitions = readDefinitions([...config, ...changes], home);
        }
      },
      async close() {
        await warehouse.close();
        await opened.close();
        await rm(scratch, { recursive: true, force: true });
        place.release();
      },
    };
    await workspace.refreshLedger();
    if (options.asFound) {
      workspace.dataVersion = (await builtBefore(warehouse))?.position ?? 0;
      return workspace;
    }
    await project(workspace, options.onProgress ? { onProgress: options.onProgress } : {}).catch(
      (error: unknown) => {
        throw buildProblem(error, {
          home,
          where: home,
          kept: "Nothing is lost",
          fileBytes: fileBytes(activeFiles(ledger)),
        });
      },
    );
    return workspace;
  } catch (error) {
    await warehouse.close();
    await store?.close();
    throw error;
  }
}
