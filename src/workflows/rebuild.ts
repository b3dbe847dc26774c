import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { digestWarehouse } from "../marts/digest.ts";
import { builtBefore } from "./project.ts";
import { openWorkspace, type WorkspaceOptions } from "./workspace.ts";

export interface TableDifference {
  readonly table: string;
  readonly rowsBefore: number | null;
  readonly rowsAfter: number | null;
  readonly identical: boolean;
}

export interface RebuildReport {
  readonly identical: boolean;
  /** False when other code, definitions or imports made the one before: then differences are expected and listed. */
  readonly sameBasis: boolean;
  readonly tables: readonly TableDifference[];
  readonly seconds: number;
}

const FRESH = "warehouse.rebuilt.duckdb";

/**
 * Makes the warehouse again from the store alone, compares it table by table with the present one, and puts it
 * in its place.
 */
export async function rebuildWarehouse(options: WorkspaceOptions): Promise<RebuildReport> {
  const home = path.resolve(options.home);
  const began = options.clock.now().getTime();
  const present = await openWorkspace({ ...options, asFound: true });
  const built = await builtBefore(present.warehouse);
  const before = built ? await digestWarehouse(present.warehouse) : {};
  await present.close();

  const fresh = path.join(home, FRESH);
  await rm(fresh, { force: true });
  await rm(`${fresh}.wal`, { force: true });
  const remade = await openWorkspace({ ...options, warehouseFile: FRESH });
  const after = await digestWarehouse(remade.warehouse);
  const remadeBy = await builtBefore(remade.warehouse);
  await remade.close();
  await rm(path.join(home, "warehouse.duckdb.wal"), { force: true });
  await rename(fresh, path.join(home, "warehouse.duckdb"));

  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const tables = names.map((table) => ({
    table,
    rowsBefore: before[table]?.rows ?? null,
    rowsAfter: after[table]?.rows ?? null,
    identical: before[table]?.digest === after[table]?.digest,
  }));
  return {
    identical: tables.every((table) => table.identical),
    sameBasis:
      built?.code_version === remadeBy?.code_version &&
      built?.definitions_version === remadeBy?.definitions_version &&
      built?.position === remadeBy?.position,
    tables,
    seconds: (options.clock.now().getTime() - began) / 1000,
  };
}
