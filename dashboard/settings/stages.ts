import type { DefinitionsAnswer } from "../../src/contract/server.ts";

export type Stage = DefinitionsAnswer["default"]["undecidedStages"][number];

/** The funnel in its order, then what lies beside it. */
export const STAGES = [
  "new",
  "attempting",
  "engaged",
  "qualified",
  "meeting",
  "won",
  "lost",
  "invalid",
  "unknown",
] as const satisfies readonly Stage[];
