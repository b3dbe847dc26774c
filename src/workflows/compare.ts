/** What changed between two imports, or between what was known on two days. */
import { Problem } from "../base/problem.ts";
import type { Comparison } from "../contract/explore.ts";
import type { Scope } from "../domain/scope.ts";
import { compareLooks } from "../explore/compare.ts";
import { type LookOptions, openLook } from "../explore/look.ts";
import type { Workspace } from "./workspace.ts";

/** A side: an import's id, or a day `YYYY-MM-DD`, whose end is meant. */
export interface CompareOptions {
  readonly left: string;
  readonly right: string;
  readonly scope: Scope;
  /** Whether to run the checks on both sides. */
  readonly findings: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What of the data a side means, and what it is called. @throws Problem `NO_SUCH_IMPORT` */
function sideOf(
  workspace: Workspace,
  side: string,
): Pick<LookOptions, "asOf" | "files"> & { readonly label: string } {
  if (DAY.test(side)) return { asOf: side, label: side };
  const made = workspace.ledger.imports.get(side);
  if (!made || made.undone !== null) {
    throw new Problem("NO_SUCH_IMPORT", {
      what: made ? "This import was undone" : "There is no such import",
      where: side,
      fix: "List the imports to find its id, or give two days.",
    });
  }
  const names = made.files.map((file) => file.name).join(", ");
  return {
    files: made.files.map((file) => file.fileId),
    label: `${names} (${made.at.toISOString().slice(0, 10)})`,
  };
}

/**
 * Compares two states of the data by natural keys: rows that came, went and changed, drift of columns, totals, and
 * findings that appeared or are gone.
 *
 * @throws Problem `NO_SUCH_IMPORT`
 */
export async function compare(
  workspace: Workspace,
  { left, right, scope, findings }: CompareOptions,
): Promise<Comparison> {
  const definitions = workspace.definitions();
  const [before, after] = [sideOf(workspace, left), sideOf(workspace, right)];
  const one = await openLook(workspace.warehouse, { ...before, scope, definitions });
  try {
    const other = await openLook(workspace.warehouse, { ...after, scope, definitions });
    try {
      const labels = { left: before.label, right: after.label };
      return await compareLooks(one, other, { labels, findings });
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
}
