/** The part of a prediction that a thread does. */
import { sumByKernel } from "./walk-blocks.ts";
import { walkKernel } from "./walk-kernel.ts";
import type { Plan } from "./walk-plan.ts";

/** What all parts share. */
export interface PartPlan {
  readonly plan: Plan;
  /** The kernel's loops, made once for all threads. */
  readonly loops: WebAssembly.Module;
}

/** Some rows, in memory that is shared with whoever asks. */
export interface RowPart {
  /** Encoded. */
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  /** Where the answer goes: rows × outputs. */
  readonly sums: Float64Array;
}

/** Writes down what the trees say of a part of the rows. */
export function predictPart({ plan, loops }: PartPlan, { columns, rows, sums }: RowPart): void {
  const kernel = walkKernel(loops);
  if (kernel === null) throw new Error("WebAssembly is allowed in one thread and not in another");
  sumByKernel(plan, kernel, columns, rows, sums);
}
