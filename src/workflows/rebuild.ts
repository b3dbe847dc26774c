import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { isProblem } from "../base/problem.ts";
import { digestWarehouse } from "../marts/digest.ts";
import { lockHome } from "../store/home-lock.ts";
import { builtBefore } from "./project.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "./workspace.ts";

export interface TableDifference {
  readonly table: string;
  readonly rowsBefore: number | null;
  readonly rowsAfter: number | null;
  readonly identical: boolean;
}

export interface RebuildReport {
  readonly identical: boolean;
  /** False when there was no readable warehouse before, so that nothing could be compared. */
  readonly compared: boolean;
  /** False when other code, definitions or imports made the one before: then differences are expected and listed. */
  readonly sameBasis: boolean;
  readonly tables: readonly TableDifference[];
  readonly seconds: number;
}

const FRESH = "warehouse.rebuilt.duckdb";

type Digests = Awaited<ReturnType<typeof digestWarehouse>>;
type Basis = Awaited<ReturnType<typeof builtBefore>>;

interface Made {
  readonly digests: Digests;
  readonly basis: Basis;
}

async function madeIn(workspace: Workspace): Promise<Made> {
  const basis = await builtBefore(workspace.warehouse);
  return { basis, digests: basis ? await digestWarehouse(workspace.warehouse) : {} };
}

/** What the present warehouse holds; nothing when it is damaged. */
async function madeBefore(options: WorkspaceOptions): Promise<Made> {
  const present = await openWorkspace({ ...options, asFound: true });
  try {
    return await madeIn(present);
  } catch (error) {
    if (!isProblem(error) || error.code !== "WAREHOUSE_UNREADABLE") throw error;
    return { basis: null, digests: {} };
  } finally {
    await present.close();
  }
}

function sameBasis(one: Basis, other: Basis): boolean {
  return (
    one?.code_version === other?.code_version &&
    one?.definitions_version === other?.definitions_version &&
    one?.position === other?.position
  );
}

/**
 * Makes the warehouse again from the store alone, compares it table by table with the present one, and puts it
 * in its place. The home stays locked from the first look to the last rename.
 *
 * @throws Problem `HOME_IN_USE` while another process has the home open, and those of opening a workspace
 */
export async function rebuildWarehouse(options: WorkspaceOptions): Promise<RebuildReport> {
  const home = path.resolve(options.home);
  const began = options.clock.now().getTime();
  const lock = await lockHome(home);
  try {
    const before = await madeBefore({ ...options, lock });
    const fresh = path.join(home, FRESH);
    await rm(fresh, { force: true });
    await rm(`${fresh}.wal`, { force: true });
    const remade = await openWorkspace({ ...options, lock, warehouseFile: FRESH });
    const after = await madeIn(remade).finally(() => remade.close());
    await rm(path.join(home, "warehouse.duckdb.wal"), { force: true });
    await rename(fresh, path.join(home, "warehouse.duckdb"));

    const names = new Set([...Object.keys(before.digests), ...Object.keys(after.digests)]);
    const tables = [...names].sort().map((table) => ({
      table,
      rowsBefore: before.digests[table]?.rows ?? null,
      rowsAfter: after.digests[table]?.rows ?? null,
      identical: before.digests[table]?.digest === after.digests[table]?.digest,
    }));
    return {
      identical: tables.every((table) => table.identical),
      compared: before.basis !== null,
      sameBasis: sameBasis(before.basis, after.basis),
      tables,
      seconds: (options.clock.now().getTime() - began) / 1000,
    };
  } finally {
    lock.release();
  }
}
