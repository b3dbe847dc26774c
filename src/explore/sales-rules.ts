/** Checks of leads, their contacts and their status log, in no order that matters. */
import type { Rule } from "./rule.ts";

export const SALES_RULES: readonly Rule[] = [];
