import type { Stage } from "../../src/contract/names.ts";

/** How a status is spelt, apart from case, outer spaces, and what stands between its words. */
export function spelling(status: string): string {
  return status
    .trim()
    .toLowerCase()
    .replace(/[\s._\p{Dash_Punctuation}]+/gu, "_");
}

/**
 * The stage of the known status that is spelt the same; null where there is none, or where several are and they
 * disagree. The whole status must match: "not qualified" is spelt like NOT_QUALIFIED, never like QUALIFIED.
 *
 * @param known status map: status as written → stage
 */
export function suggestStage(status: string, known: Readonly<Record<string, Stage>>): Stage | null {
  const wanted = spelling(status);
  const stages = new Set(
    Object.entries(known).flatMap(([one, stage]) => (spelling(one) === wanted ? [stage] : [])),
  );
  const [stage = null] = stages;
  return stages.size === 1 ? stage : null;
}
