/** The part of a prediction that a thread does. */
import { sumByKernel } from "./walk-blocks.ts";
import { walkKernel } from "./walk-kernel.ts";
import type { Plan } from "./walk-plan.ts";

/** Some rows, encoded. */
export interface RowPart {
  readonly columns: readonly Float64Array[];
  readonly rows: number;
}

/** Adds up what the trees say of a part of the rows. */
export function predictPart(plan: Plan, { columns, rows }: RowPart): Float64Array {
  const kernel = walkKernel();
  if (kernel === null) throw new Error("WebAssembly is allowed in one thread and not in another");
  const sums = new Float64Array(rows * plan.outputs);
  sumByKernel(plan, kernel, columns, rows, sums);
  return sums;
}
