/** Which fields a file maps, and how their typed values are called in the generated statements. */
import type { TypingPlan } from "./typing-plan.ts";

export const typedName = (field: string) => `t_${field}`;

export function has(plan: TypingPlan, field: string): boolean {
  return field in plan.mapping.fields;
}
