/** Definitions: what words mean here, where each meaning comes from, and the way to change one. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../base/canonical-json.ts";
import { type Definitions, type DefinitionsInput, readDefinitions } from "../domain/definitions.ts";
import type { Scope } from "../domain/scope.ts";
import type { Json, NewEvent } from "../store/events.ts";
import { sqlFile } from "../warehouse/sql-file.ts";
import { bringUp } from "./bring-up.ts";
import { WORKSPACE } from "./ledger.ts";
import type { Workspace } from "./workspace.ts";

/** Where a value of the workspace comes from: the last who set it. */
export type Origin =
  | { readonly from: "default" }
  | { readonly from: "file" }
  | { readonly from: "change"; readonly by: string; readonly at: Date };

export interface Origins {
  /** By setting; what is not here is the product's default. */
  readonly settings: ReadonlyMap<string, Origin>;
  /** By status of the status map. */
  readonly statuses: ReadonlyMap<string, Origin>;
}

/** A status that leads or their log carry. */
export interface StatusCount {
  readonly status: string;
  readonly rows: number;
  /** Rows among them that no stage covers; an account may map a status that the workspace does not. */
  readonly leftOut: number;
}

/** What a door may ask of the definitions. */
export interface DefinitionsDesk {
  inForce(): Definitions;
  origins(): Origins;
  /** Most rows first. */
  statuses(scope: Scope): Promise<readonly StatusCount[]>;
  /** As `changeDefinitions`. */
  change(change: DefinitionsInput, by: string): Promise<Definitions>;
}

/** Who set each value of the workspace last; overrides of accounts are not looked at. */
export function originsOf({ configLayers, ledger }: Workspace): Origins {
  const settings = new Map<string, Origin>();
  const statuses = new Map<string, Origin>();
  const note = (layer: DefinitionsInput, origin: Origin) => {
    for (const [setting, value] of Object.entries(layer.default ?? {})) {
      if (value !== undefined) settings.set(setting, origin);
    }
    for (const status of Object.keys(layer.default?.statusMap ?? {})) statuses.set(status, origin);
  };
  for (const layer of configLayers) note(layer as DefinitionsInput, { from: "file" });
  for (const { change, by, at } of ledger.definitionChanges)
    note(change, { from: "change", by, at });
  return { settings, statuses };
}

/** The statuses that rows of the scope's accounts carry, most rows first. */
async function statusCounts({ warehouse }: Workspace, scope: Scope): Promise<StatusCount[]> {
  const counted = await warehouse.all<{ status: string; rows: number; left_out: number }>(
    sqlFile(import.meta.url, "sql/statuses.sql"),
    { accounts: scope.accounts === "all" ? null : [...scope.accounts] },
  );
  return counted.map(({ left_out: leftOut, ...one }) => ({ ...one, leftOut }));
}

/**
 * Lays a change over the definitions in force, keeps it, and brings every number to it. Waits for its turn among
 * imports; a change that sets what is set already is not kept.
 *
 * @param change settings to set; status maps are merged status by status
 * @param template name of the template that the change comes from
 * @param alongside why it is changed: kept with the change, also where that sets what is set already
 * @returns the definitions then in force, when the numbers rest on them
 * @throws Problem `BAD_DEFINITIONS` before anything is kept; `BUILD_FAILED`
 */
export async function changeDefinitions(
  workspace: Workspace,
  change: DefinitionsInput,
  by: string,
  alongside: readonly NewEvent[] = [],
  template: string | null = null,
): Promise<Definitions> {
  const { configLayers, ledger, store, clock } = workspace;
  return workspace.turn.pass(async () => {
    await workspace.refreshLedger();
    const changes = ledger.definitionChanges.map((one) => one.change);
    const changed = readDefinitions([...configLayers, ...changes, change], "definitions");
    const same = changed.version === workspace.definitions().version;
    if (same && alongside.length === 0) return changed;
    const last = ledger.definitionChanges.at(-1)?.position ?? 0;
    const again = ledger.definitionsWithdrawn === 0 ? "" : `${ledger.definitionsWithdrawn} `;
    const event: NewEvent = {
      account: WORKSPACE,
      type: "definitions.changed",
      key: createHash("sha256")
        .update(`${again}${last} ${canonicalJson(change)}`)
        .digest("hex"),
      occurredAt: clock.now(),
      payload: {
        change: change as unknown as Json,
        by,
        ...(template === null ? {} : { template }),
      },
    };
    const results = await store.append(same ? [...alongside] : [...alongside, event]);
    const conflict = results.find((result) => result.outcome === "conflict");
    if (conflict?.outcome === "conflict") throw conflict.problem;
    await workspace.refreshLedger();
    await bringUp(workspace, { where: "definitions", kept: "The change is kept" });
    return workspace.definitions();
  });
}

/**
 * Takes a change back as a whole: what was set before it holds again, unless it was set anew since.
 *
 * @param key of the change's event
 * @returns false where no such change is in force
 * @throws Problem `BUILD_FAILED`
 */
export async function withdrawDefinitions(
  workspace: Workspace,
  key: string,
  by: string,
): Promise<boolean> {
  const { ledger, store, clock } = workspace;
  return workspace.turn.pass(async () => {
    await workspace.refreshLedger();
    if (!ledger.definitionChanges.some((one) => one.key === key)) return false;
    await store.append([
      {
        account: WORKSPACE,
        type: "definitions.withdrawn",
        key,
        occurredAt: clock.now(),
        payload: { by },
      },
    ]);
    await workspace.refreshLedger();
    await bringUp(workspace, { where: "definitions", kept: "It is taken back" });
    return true;
  });
}

export function createDefinitionsDesk(workspace: Workspace): DefinitionsDesk {
  return {
    inForce: workspace.definitions,
    origins: () => originsOf(workspace),
    statuses: (scope) => statusCounts(workspace, scope),
    change: (change, by) => changeDefinitions(workspace, change, by),
  };
}
