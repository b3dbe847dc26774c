import { buildProblem } from "./build-problem.ts";
import { project } from "./project.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Brings the numbers to what the events say now, and tells whoever listens; the event itself is durable already.
 *
 * @param about what changed, for an error: where, and what is kept all the same ("The change is kept")
 * @throws Problem `BUILD_FAILED`, `DISK_FULL`
 */
export async function bringUp(
  workspace: Workspace,
  about: { readonly where: string; readonly kept: string },
): Promise<void> {
  try {
    await project(workspace);
  } catch (error) {
    throw buildProblem(error, { home: workspace.home, ...about });
  } finally {
    workspace.news.tell({ type: "data.changed", version: workspace.dataVersion });
  }
}
