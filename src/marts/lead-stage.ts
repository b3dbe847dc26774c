import { Problem } from "../base/problem.ts";
import { STAGES } from "../domain/stages.ts";

/** What the page calls leads whose status the status map does not know. */
export const UNMAPPED = "unmapped";

/**
 * The clause that keeps leads of one stage; the stage comes from the list, never from the caller's text.
 *
 * @throws Problem `UNKNOWN_STAGE`
 */
export function stageClause(stage: string | undefined): { stage?: string } {
  if (stage === undefined || stage === "") return {};
  if (stage === UNMAPPED) return { stage: "l.stage IS NULL" };
  const known = STAGES.find((one) => one === stage);
  if (known === undefined) {
    throw new Problem("UNKNOWN_STAGE", {
      what: `There is no stage "${stage}"`,
      where: "stage",
      fix: `Use one of ${[...STAGES, UNMAPPED].join(", ")}.`,
    });
  }
  return { stage: `l.stage = '${known}'` };
}
