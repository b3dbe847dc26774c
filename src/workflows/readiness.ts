/** Whether numbers can be asked for that rest on all that is kept, and whether more can be kept. */
import { isProblem } from "../base/problem.ts";
import { isBehind } from "./project.ts";
import type { Workspace } from "./workspace.ts";

/** A look is not repeated more often than this, however often it is asked for. */
const FRESH_MS = 2_000;
const PROBE = "readiness.probe";

async function storeReason({ store, clock }: Workspace): Promise<string[]> {
  try {
    await store.notes.set(PROBE, clock.now().toISOString());
    return [];
  } catch (error) {
    return [`the store cannot be written${isProblem(error) ? ` (${error.code})` : ""}`];
  }
}

async function warehouseReason(workspace: Workspace): Promise<string[]> {
  try {
    const behind = await isBehind(workspace);
    return behind ? ["the numbers do not rest on everything that is kept yet"] : [];
  } catch (error) {
    return [`the warehouse cannot be read${isProblem(error) ? ` (${error.code})` : ""}`];
  }
}

/** Tells why the server is not ready: nothing when it is. */
export function createReadiness(workspace: Workspace): () => Promise<readonly string[]> {
  let look: { readonly at: number; readonly reasons: Promise<readonly string[]> } | null = null;
  return () => {
    const now = workspace.clock.now().getTime();
    if (look === null || now - look.at >= FRESH_MS || now < look.at) {
      const reasons = Promise.all([warehouseReason(workspace), storeReason(workspace)]);
      look = { at: now, reasons: reasons.then((lists) => lists.flat()) };
    }
    return look.reasons;
  };
}
