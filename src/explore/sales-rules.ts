/** Checks of leads, their contacts and their status log, in no order that matters. */
import type { Rule } from "./rule.ts";
import { backwardTransitions } from "./rules/backward-transitions.ts";
import { contradictoryStatuses } from "./rules/contradictory-statuses.ts";
import { illegalTransitions } from "./rules/illegal-transitions.ts";
import { repeatedStatuses } from "./rules/repeated-statuses.ts";
import { statusBeforeLead } from "./rules/status-before-lead.ts";

export const SALES_RULES: readonly Rule[] = [
  backwardTransitions,
  contradictoryStatuses,
  illegalTransitions,
  repeatedStatuses,
  statusBeforeLead,
];
